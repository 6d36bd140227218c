/**
 * One condition of a statement in words, its operator behind it: equal conditions are equal texts. `given`: one value
 * or a list, as it stands in the policy. Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
 */
export function conditionOf(operator: string, key: string, given: unknown): string {
  const values = [...new Set((Array.isArray(given) ? given : [given]).map(String))].sort();
  const [, set = '', base = '', optional = ''] =
    /^(?:(For\w+Values?):)?(.*?)(IfExists)?$/i.exec(operator) ?? [];
  const all = /^ForAllValues$/i.test(set);
  const subject = all
    ? `every value of ${key}`
    : /^ForAnyValue$/i.test(set) && isNegated(base)
      ? `a value of ${key}`
      : key;
  // A key that is not in the request matches nothing; what must not match is fulfilled then.
  const absent = all
    ? ', or there is none'
    : optional !== '' || (isNegated(base) && set === '')
      ? ', or is not in the request'
      : '';
  return `${subject} ${says(base, values)}${absent} (${operator})`;
}

const isNegated = (base: string): boolean => /^Not|Not(?=Equals|Like)/i.test(base);

/** Those that compare: with numbers, and with dates. */
const comparisons: readonly (readonly [RegExp, number: string, date: string])[] = [
  [/LessThanEquals$/i, 'is at most', 'is at or before'],
  [/LessThan$/i, 'is less than', 'is before'],
  [/GreaterThanEquals$/i, 'is at least', 'is at or after'],
  [/GreaterThan$/i, 'is more than', 'is after'],
];
function says(base: string, values: readonly string[]): string {
  if (/^Null$/i.test(base)) return absence(values);
  const [, number, date] = comparisons.find(([kind]) => kind.test(base)) ?? [];
  const verb = (/^Date/i.test(base) ? date : number) ?? 'is';
  if (!isNegated(base)) return `${verb} ${values.join(' or ')}`;
  return values.length === 1 ? `is not ${values.join()}` : `is neither ${values.join(' nor ')}`;
}
const absence = (values: readonly string[]): string => {
  const [only] = values.map((value) => value.toLowerCase());
  if (values.length !== 1 || (only !== 'true' && only !== 'false'))
    return `is absent: ${values.join(' or ')}`;
  return only === 'true' ? 'is not in the request' : 'is in the request';
};

/** Whom a statement is about, in words that stand among its conditions. Only resource-based policies say so. */
export const describePrincipal = (name: 'Principal' | 'NotPrincipal', who: unknown): string =>
  `the caller ${name === 'Principal' ? 'is' : 'is not'} ${JSON.stringify(who)} (${name})`;
