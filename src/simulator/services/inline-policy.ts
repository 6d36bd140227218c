import { refuse } from '../protocol/refusal.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The policy's text, if it is an identity-based policy that IAM would take (IAM user guide, "Grammar of the IAM JSON
 * policy language") and within the quotas: 32,768 bytes, and 10,240 without white space (IAM Identity Center user
 * guide). Throws `Refusal`: AWS does not say what is wrong with another one
 * (test/recorded/answers/permission-sets.jsonl).
 */
export function inlinePolicyFrom(text: string): string {
  if (!isPolicy(parsed(text))) refuse('ValidationException', `Invalid PermissionsPolicy Document ${text}`);
  if (Buffer.byteLength(text.replace(/\s/g, '')) > 10_240 || Buffer.byteLength(text) > 32_768)
    refuse(
      'ServiceQuotaExceededException',
      'The inline policy is larger than the quota of 10,240 non-whitespace bytes.',
    );
  return text;
}
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPolicy(policy: unknown): boolean {
  if (!isRecord(policy) || !hasOnly(policy, ['Version', 'Id', 'Statement'])) return false;
  const { Version = '2008-10-17', Statement } = policy;
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  // Any number of statements may have an empty Sid; others are unique.
  const sids = statements.flatMap((one) => (isRecord(one) && one.Sid ? [one.Sid] : []));
  return (
    (Version === '2012-10-17' || Version === '2008-10-17') &&
    statements.length > 0 &&
    statements.every(isStatement) &&
    new Set(sids).size === sids.length
  );
}
function isStatement(statement: unknown): boolean {
  const elements = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
  if (!isRecord(statement) || !hasOnly(statement, elements)) return false;
  const { Sid = '', Effect, Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  return (
    typeof Sid === 'string' &&
    /^[0-9A-Za-z]*$/.test(Sid) &&
    (Effect === 'Allow' || Effect === 'Deny') &&
    (Action === undefined) !== (NotAction === undefined) &&
    (Resource === undefined) !== (NotResource === undefined) &&
    areTexts(Action ?? NotAction, /^(\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?_]+)$/) &&
    areTexts(Resource ?? NotResource, /^arn:([^:]*:){4}.+$|^arn:\*|^\*/) &&
    isRecord(Condition)
  );
}
const hasOnly = (value: object, names: readonly string[]): boolean =>
  Object.keys(value).every((key) => names.includes(key));
/** A text, or a list of at least one, each in that form. */
function areTexts(value: unknown, form: RegExp): boolean {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.length > 0 && list.every((one) => typeof one === 'string' && form.test(one));
}
