import { defined } from '../../model/text/defined.ts';
import { regions } from '../../model/text/regions.ts';
import { unasked } from './client-defaults.ts';
import type { AwsHost, EndpointName } from './endpoint-names.ts';

/**
 * Whether an address is AWS's own for a service: over https on the usual port, exactly a host that the SDK's endpoint
 * rules give for it in some Region, or the name of a VPC endpoint (PrivateLink) of it. Other names below amazonaws.com
 * are customers': API Gateway, S3, load balancers, machines, endpoint services. They would be handed session tokens.
 */
export async function awsHost(service: EndpointName, address: string): Promise<AwsHost | undefined> {
  const url = new URL(address);
  const { protocol, hostname: host, port, pathname, username, password, search, hash } = url;
  if (protocol !== 'https:' || port !== '' || pathname !== '/') return undefined;
  if (
    `${username}${password}${search}${hash}` !== '' ||
    !/\.(amazonaws\.com|api\.aws|aws\.amazon\.com)$/.test(host)
  )
    return undefined;
  const known = await (hosts.get(service) ?? remember(service));
  return known.get(host) ?? ofVpcEndpoint(host, known);
}

const hosts = new Map<EndpointName, Promise<ReadonlyMap<string, AwsHost>>>();
function remember(service: EndpointName): Promise<ReadonlyMap<string, AwsHost>> {
  const found = ruled(service);
  hosts.set(service, found);
  return found;
}

interface Rules {
  readonly config: {
    endpointProvider(asked: object): {
      readonly url: URL;
      readonly properties?: { readonly authSchemes?: readonly { readonly signingRegion?: string }[] };
    };
  };
}
type Loaded = new (config: object) => unknown;
const clients: Readonly<Record<EndpointName, () => Promise<Loaded>>> = {
  account: async () => (await import('../services/account.ts')).Client as Loaded,
  cloudtrail: async () => (await import('../services/cloudtrail.ts')).Client as Loaded,
  iam: async () => (await import('../services/iam.ts')).Client as Loaded,
  identitystore: async () => (await import('../services/identitystore.ts')).Client as Loaded,
  organizations: async () => (await import('../services/organizations.ts')).Client as Loaded,
  sso_admin: async () => (await import('../services/sso.ts')).Client as Loaded,
  sts: async () => (await import('../services/sts.ts')).Client as Loaded,
  sso: async () => (await import('../services/sign-in.ts')).SSOClient as Loaded,
  sso_oidc: async () => (await import('../services/sign-in.ts')).SSOOIDCClient as Loaded,
  signin: async () => (await import('../services/sign-in.ts')).SigninClient as Loaded,
};

/** Every host that the SDK would choose for a service. Nothing is sent. */
async function ruled(service: EndpointName): Promise<ReadonlyMap<string, AwsHost>> {
  const Client = await clients[service]();
  const nobody = { accessKeyId: 'none', secretAccessKey: 'none' };
  const client = new Client({ ...unasked, region: 'us-east-1', credentials: nobody }) as Rules;
  const found = new Map<string, AwsHost>();
  for (const asked of variants(service)) {
    try {
      const { url, properties } = client.config.endpointProvider(asked);
      const host: AwsHost = {
        region: properties?.authSchemes?.[0]?.signingRegion ?? asked.Region,
        fips: asked.UseFIPS,
        dualstack: asked.UseDualStack,
      };
      if (url.protocol === 'https:' && !found.has(url.hostname)) found.set(url.hostname, host);
    } catch {
      // There is none of this kind there.
    }
  }
  return found;
}
function* variants(service: EndpointName) {
  for (const Region of regions)
    for (const UseFIPS of [false, true])
      for (const UseDualStack of [false, true])
        for (const UseGlobalEndpoint of service === 'sts' ? [false, true] : [false])
          yield {
            Region,
            UseFIPS,
            UseDualStack,
            ...defined({ UseGlobalEndpoint: service === 'sts' ? UseGlobalEndpoint : undefined }),
          };
}

const idOfEndpoint = '^vpce-[0-9a-f]{8,17}-[0-9a-z]{8}';

/** vpce-ID[-AZ].SERVICE.REGION.vpce.amazonaws.com, where SERVICE.REGION.amazonaws.com or SERVICE.amazonaws.com is ours. */
function ofVpcEndpoint(host: string, known: ReadonlyMap<string, AwsHost>): AwsHost | undefined {
  const [, zone, service = '', region = ''] =
    new RegExp(
      `${idOfEndpoint}(?:-([a-z0-9-]+))?\\.([a-z-]+(?:\\.[a-z-]+)?)\\.([a-z0-9-]+)\\.vpce\\.amazonaws\\.com$`,
    ).exec(host) ?? [];
  if (!regions.includes(region)) return undefined;
  if (zone !== undefined && !new RegExp(`^${region}(-[a-z]+-\\d+)?[a-z]$`).test(zone)) return undefined;
  const own = known.get(`${service}.${region}.amazonaws.com`) ?? known.get(`${service}.amazonaws.com`);
  return own && own.region === region ? own : undefined;
}
