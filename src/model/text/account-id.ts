const hyphenated = /^(\d{4})[-\u2010\u2011\u2013 ](\d{4})[-\u2010\u2011\u2013 ](\d{4})$/;

/** An account id as AWS takes it: the console shows, and people write, 1234-5678-9012. Any other text as it is. */
export function plainAccountId(text: string): string {
  const id = text.trim().replace(hyphenated, '$1$2$3');
  return /^\d{12}$/.test(id) ? id : text;
}

/** The same for the account in an ARN of IAM. */
export const plainRoleArn = (arn: string): string =>
  arn.replace(/^(arn:[^:]+:iam::)([^:]+)(?=:)/, (_, start: string, id: string) => start + plainAccountId(id));

/** Whether what was typed is one of the words that are asked for; an account's id also with its hyphens. */
export const isOneOf = (words: readonly string[], typed: string): boolean =>
  words.includes(typed) || words.includes(plainAccountId(typed));
