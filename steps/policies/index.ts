import documented from './codewhisperer-as-documented.json' with { type: 'json' };
import addition from './customizations-addition.json' with { type: 'json' };

/**
 * The policy for the set, minified. Sources: `codewhisperer-as-documented.json` is the text that AWS's document prints;
 * `customizations-addition.json` is from the Amazon Q Developer User Guide, "Administrator permissions", as of 2026.
 */
export const policyOf = (customizations: boolean): string =>
  JSON.stringify(
    customizations
      ? { ...documented, Statement: [...documented.Statement, ...addition.Statement] }
      : documented,
  );

/** What a reviewer will ask about. */
export function remarksOn(policy: string): readonly string[] {
  const { Statement } = JSON.parse(policy) as typeof documented;
  const wide = (prefix: string): readonly string[] =>
    Statement.filter(({ Resource }) => Resource.includes('*')).flatMap(({ Action }) =>
      Action.filter((action) => action.startsWith(prefix)),
    );
  const linked = wide('iam:CreateServiceLinkedRole');
  const keys = [...new Set(wide('kms:'))];
  return [
    ...(linked.length === 0
      ? []
      : [
          'A reviewer will ask about iam:CreateServiceLinkedRole on every resource: it may create any AWS service’s own role. AWS prints it narrowed to the Amazon Q role today.',
        ]),
    ...(keys.length === 0
      ? []
      : [
          `A reviewer will ask about ${keys.join(', ')} on every resource: it reaches every KMS key whose key policy lets IAM decide.`,
        ]),
  ];
}
