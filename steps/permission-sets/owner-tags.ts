type Tags = Readonly<Record<string, string>>;

/** A tag by which a tool that changes things back marks what is its own. `value`: absent where any value says so. */
interface Mark {
  readonly key: RegExp;
  readonly value?: RegExp;
  readonly owner: (value: string) => string;
}
const asNamed = (value: string): string => value;
const tools =
  /terraform|opentofu|terragrunt|pulumi|crossplane|cloudformation|\bcfn\b|cdk|ansible|control ?tower|accelerator|pipeline|gitops|argo|flux|github|gitlab|iac|automation|\b(lza|aft|tf)\b/i;
const marks: readonly Mark[] = [
  // CloudFormation puts it on what a stack makes. Source: AWS CloudFormation User Guide, "Resource tag".
  { key: /^aws:cloudformation:stack-name$/, owner: (stack) => `the CloudFormation stack ${stack}` },
  // Landing Zone Accelerator on AWS names its stacks and tags by its prefix, AWSAccelerator unless another is chosen.
  { key: /^accel(erator|-p)$/i, value: /accel/i, owner: () => 'Landing Zone Accelerator' },
  // Source: crossplane-runtime, GetExternalTags.
  { key: /^crossplane-(kind|name|providerconfig)$/, owner: () => 'Crossplane' },
  // Source: AWS Controllers for Kubernetes, "Managing Tags on your AWS Resources"; EKS's own ACK has tags of eks:.
  { key: /^(services\.k8s\.aws\/|eks:eks-capability-arn$)/, owner: () => 'AWS Controllers for Kubernetes' },
  // Custom of AWS Prescriptive Guidance and of Terraform's default_tags in its documentation.
  { key: /^(managed|provisioned|created|deployed)[-_ ]?(by|with|using)$/i, value: tools, owner: asNamed },
  { key: /^(terraform|opentofu|pulumi|cdk|iac|tool|provisioner|automation)$/i, value: tools, owner: asNamed },
  { key: /^(terraform|opentofu|pulumi|cdk)([:/_-].*)?$/i, value: /^(?!false$|no$|0$)/i, owner: () => '' },
];

/** Who keeps a set as they have it, by its tags: the tool's name, and the tag that says so. */
export function ownersIn(tags: Tags): readonly string[] {
  return Object.entries(tags).flatMap(([key, value]) => {
    const mark = marks.find((one) => one.key.test(key) && (one.value?.test(value) ?? true));
    return mark ? [`${mark.owner(value) || key} (tag ${key}=${value})`] : [];
  });
}

/** As many tags are named; the rest are counted. */
const most = 8;

/** What has to be known of a set’s tags before somebody overwrites it, or rests on it. */
export function tagsSay(tags: Tags): readonly string[] {
  const owners = ownersIn(tags);
  const all = Object.entries(tags).map(([key, value]) => (value === '' ? key : `${key}=${value}`));
  if (all.length === 0) return [];
  const named = `${all.slice(0, most).join('; ')}${all.length > most ? `; and ${all.length - most} more` : ''}`;
  return [
    ...owners.map(
      (owner) =>
        `${owner} manages it: a change made here is reverted there, and the set itself may change. Ask its owner first, and make the change there.`,
    ),
    `It has ${all.length === 1 ? 'the tag' : `${all.length} tags`}: ${named}`,
  ];
}
