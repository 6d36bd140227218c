import { defined } from '../../model/text/defined.ts';
import type { AuditRow } from '../rows/row.ts';

/** Who acted at AWS, where somebody did, and who sat at this machine. */
export function whoActed({ as, account, by }: AuditRow): object {
  if (as === undefined)
    return by === undefined ? { app_name: 'cw-runbook' } : { app_name: 'cw-runbook', user: { name: by } };
  const [, role, session] = /:assumed-role\/([^/]+)\/(.+)$/.exec(as) ?? [];
  const own = defined({
    account: account === undefined ? undefined : { uid: account, type: 'AWS Account', type_id: 10 },
  });
  return {
    app_name: 'cw-runbook',
    user: {
      ...{ uid: as, name: session ?? as.split('/').at(-1) ?? as },
      ...{ type: role === undefined ? 'IAMUser' : 'AssumedRole', type_id: 2, ...own },
    },
    session: {
      ...defined({ uid: session, issuer: role, terminal: by }),
    },
    ...defined({ iam_role: role === undefined ? undefined : { name: role, ...own } }),
  };
}

/** This machine. */
export function whereFrom({ by }: AuditRow): object {
  const host = by?.includes('@') ? by.slice(by.lastIndexOf('@') + 1) : '';
  return host === '' ? { name: by ?? 'unknown' } : { hostname: host };
}

/** AWS, or what was asked in its place. */
export function whereTo({ endpoint, region }: AuditRow): object {
  if (endpoint === 'aws')
    return {
      svc_name: 'amazonaws.com',
      ...defined({ name: region === undefined ? undefined : `AWS ${region}` }),
    };
  try {
    const { hostname, port } = new URL(endpoint);
    if (hostname !== '')
      return { hostname, name: endpoint, ...defined({ port: port === '' ? undefined : Number(port) }) };
  } catch {
    // A demo's is no address.
  }
  return { name: endpoint };
}
