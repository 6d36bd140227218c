import { refuse } from '../protocol/refusal.ts';

const malformed = (why: string): never => refuse('ValidationException', `Malformed inline policy: ${why}`);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const texts = (value: unknown): readonly string[] => {
  const list = Array.isArray(value) ? value : [value];
  return list.every((one) => typeof one === 'string') && list.length > 0
    ? list
    : malformed('an element must be a string or a list of strings.');
};

/**
 * The policy's text, if it is an identity-based policy that IAM would take.
 * Grammar: IAM user guide, "Grammar of the IAM JSON policy language". Quotas: 32,768 bytes and 10,240 without white space.
 */
export function inlinePolicyFrom(text: string): string {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    malformed('it is no JSON.');
  }
  if (!isRecord(policy)) return malformed('it is no JSON object.');
  const unknown = Object.keys(policy).find((key) => !['Version', 'Id', 'Statement'].includes(key));
  if (unknown !== undefined) malformed(`${unknown} is no element of a policy.`);
  if (policy.Version !== undefined && policy.Version !== '2012-10-17' && policy.Version !== '2008-10-17')
    malformed('its Version is neither 2012-10-17 nor 2008-10-17.');
  const statements: readonly unknown[] = Array.isArray(policy.Statement)
    ? policy.Statement
    : [policy.Statement];
  if (statements.length === 0) malformed('it has no statement.');
  for (const statement of statements) check(statement);
  // IAM's own sentences on Sids. Any number of statements may have an empty one.
  const sids = statements.flatMap((one) => (isRecord(one) && one.Sid ? [one.Sid] : []));
  if (new Set(sids).size < sids.length) malformed('Statement IDs (SID) in a single policy must be unique.');
  if (Buffer.byteLength(text.replace(/\s/g, '')) > 10_240 || Buffer.byteLength(text) > 32_768)
    refuse(
      'ServiceQuotaExceededException',
      'The inline policy is larger than the quota of 10,240 non-whitespace bytes.',
    );
  return text;
}

function check(given: unknown): void {
  const statement = isRecord(given) ? given : malformed('a statement is no JSON object.');
  const elements = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
  const unknown = Object.keys(statement).find((key) => !elements.includes(key));
  if (unknown !== undefined) malformed(`${unknown} is no element of an identity-based statement.`);
  const { Sid = '', Effect, Action, NotAction, Resource, NotResource, Condition } = statement;
  if (typeof Sid !== 'string' || !/^[0-9A-Za-z]*$/.test(Sid))
    malformed(
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    );
  if (Effect !== 'Allow' && Effect !== 'Deny') malformed('an Effect is neither Allow nor Deny.');
  if ((Action === undefined) === (NotAction === undefined))
    malformed('a statement must have one of Action and NotAction.');
  if ((Resource === undefined) === (NotResource === undefined))
    malformed('a statement must have one of Resource and NotResource.');
  for (const action of texts(Action ?? NotAction))
    if (action !== '*' && !/^[a-zA-Z0-9-]+:[a-zA-Z0-9*?_]+$/.test(action))
      malformed(`${action} is no action: vendor:Name is expected.`);
  for (const resource of texts(Resource ?? NotResource))
    if (resource !== '*' && !/^arn:([^:]*:){4}.+$|^arn:\*|^\*/.test(resource))
      malformed(`${resource} is no resource: an ARN or * is expected.`);
  if (Condition !== undefined && !isRecord(Condition)) malformed('a Condition is no JSON object.');
}
