/** Who a message goes to: a user, by user name, or a group. Texts from AWS. */
interface Addressee {
  readonly name: string;
  readonly display?: string;
  readonly email?: string;
  readonly group?: true;
}
/** What has to be told to whoever goes on once a run is finished. The operator sends it; this program sends nothing. */
export interface Message {
  readonly to: readonly Addressee[];
  /** One sentence on what they are from now on. */
  readonly says: string;
  /** What they do, in order. `link`: the address where. */
  readonly steps: readonly { readonly says: string; readonly link?: string }[];
}
/** What a run has come to, by its last step. */
export interface Result {
  /** What holds, as it was read back: a few words each. */
  readonly holds: readonly string[];
  readonly message?: Message;
  /** What to keep in mind from now on, a sentence each. */
  readonly mind?: readonly string[];
}

/** Whom it is for. `masked`: for where others read along, by user name and with most of the e-mail address left out. */
export const addressees = ({ to }: Message, masked: boolean): readonly string[] =>
  to.map(({ name, display, email, group }) => {
    if (group) return `everybody in the group ${name}`;
    if (masked)
      return email === undefined || email === name
        ? maskEmails(name)
        : `${maskEmails(name)} (${maskedEmail(email)})`;
    return `${display ?? name}${email === undefined ? '' : ` <${email}>`}`;
  });

/** 'e…@example.com': enough to see which of one's own addresses it is. */
function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '…' : `${[...email].slice(0, 1).join('')}…${email.slice(at)}`;
}

/** A text in which every e-mail address is masked: user names often are some. */
export const maskEmails = (text: string): string =>
  !text.includes('@')
    ? text
    : text.replace(/[^\s@<>()“”"',;:/=]+@[^\s@<>()“”"',;:/=]+\.[\p{L}\d-]+/gu, maskedEmail);

/** What they do, in order: each with the address where. */
export const messageSteps = ({ steps }: Message): readonly string[] =>
  steps.map(({ says, link }) => `${says}${link === undefined ? '' : ` ${link}`}`);

/** The message as it is sent: what they are, then what they do. */
export const messageLines = (message: Message): readonly string[] => [
  message.says,
  ...messageSteps(message).map((step, n) => `${n + 1}. ${step}`),
];
