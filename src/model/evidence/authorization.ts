import { unseenAs } from '../text/escape-control-chars.ts';

/** What a change is done under, as whoever runs it says: nothing of it is known to be so. Journals keep it as it was typed. */
export interface Authorization {
  readonly ticket?: string;
  readonly requestedBy?: string;
  readonly approvedBy?: string;
  readonly reason?: string;
  /** The plan file that is carried out: the SHA-256 that it says of itself. */
  readonly plan?: string;
}
/** What has to be there before a change is made. `ticket`: the form it must have, as a regular expression. */
export interface Required {
  readonly ticket?: string;
  readonly approver?: boolean;
}

/** The names of an authorization's members, in the order they are told. */
export const authorizationMembers = ['ticket', 'requestedBy', 'approvedBy', 'reason'] as const;
type Told = (typeof authorizationMembers)[number];
/** What each is called, and the flag that takes it. */
export const authorizationWords: Readonly<Record<Told, { readonly name: string; readonly flag: string }>> = {
  ticket: { name: 'Ticket', flag: '--ticket' },
  requestedBy: { name: 'Requested by', flag: '--requested-by' },
  approvedBy: { name: 'Approved by', flag: '--approved-by' },
  reason: { name: 'Reason', flag: '--reason' },
};

/** What an event may be, as far as it is looked at here. */
type Said = { readonly type: string } & Readonly<Record<string, unknown>>;

/** What a run is done under: of each member what was said last. */
export function authorizationIn(events: readonly object[]): Authorization {
  const told = (events as readonly Said[]).filter(({ type }) => type === 'authorized');
  const last = [...authorizationMembers, 'plan' as const].flatMap((member) => {
    const event = told.findLast((one) => typeof one[member] === 'string');
    return event ? [[member, event[member]] as const] : [];
  });
  return Object.fromEntries(last);
}

/** Characters of a name or a reason: more is a document, and has a ticket of its own. */
const longest = 500;
/** A ticket, a name or a reason as it is kept; undefined where it is not one line of up to `longest` characters. */
export function authorizationText(given: string): string | undefined {
  const text = given.trim();
  return text === '' || text.length > longest || unseenAs(text, () => '') !== text ? undefined : text;
}
/** What `authorizationText` takes, in words. */
export const authorizationForm = `one line of 1 to ${longest} characters`;

/** Whether a text has a form, a regular expression: somebody else's, which may never come to an end. Throws where it does not. */
type Fits = (text: string, form: string) => boolean;

/** What is missing of what is required, a sentence with the flag that gives it; undefined where nothing is. */
export function missingFor(
  required: Required,
  { ticket, approvedBy }: Authorization,
  fits: Fits,
): { readonly says: string; readonly remedy: string } | undefined {
  if (required.ticket !== undefined && (ticket === undefined || !fits(ticket, required.ticket)))
    return {
      says:
        ticket === undefined
          ? 'This needs a ticket, and none is named.'
          : `“${ticket}” is not a ticket here: it must match ${required.ticket}.`,
      remedy: 'Name it: --ticket ID. It is written into the audit log.',
    };
  if (required.approver === true && approvedBy === undefined)
    return {
      says: 'This needs somebody who has approved it, and nobody is named.',
      remedy: 'Name who approved it: --approved-by NAME. It is written into the audit log.',
    };
  return undefined;
}
/**
 * As whom the approver acted here, where that is the same person as far as can be told: the system's user, or the session
 * or user that an ARN names. Undefined where it is somebody else, or nobody was named. One who approves what they do
 * themselves is told, never refused.
 */
export function selfApproval(events: readonly object[]): string | undefined {
  const { approvedBy } = authorizationIn(events);
  if (approvedBy === undefined) return undefined;
  return operatorsIn(events as readonly Said[]).find((operator) => isSamePerson(approvedBy, operator));
}

/** Everybody who acted: the system's users, and the last part of the ARNs that were accepted. */
const operatorsIn = (events: readonly Said[]): readonly string[] => [
  ...new Set(
    events.flatMap(({ type, by, arn }) => {
      if (type === 'identified' && typeof arn === 'string') return [arn.split('/').at(-1) ?? ''];
      const took = ['opened', 'took-over', 'reclaimed', 'authorized'].includes(type);
      return took && typeof by === 'string' ? [by.slice(0, hostAt(by))] : [];
    }),
  ),
];
/** Where the host begins in “user@host”: a user's name may have an @ itself. */
const hostAt = (by: string): number => (by.includes('@') ? by.lastIndexOf('@') : by.length);

/** “Ann Lee <ann@example.com>”, “ANN@example.com” and “ann” are one; two addresses are one only where they are equal. */
function isSamePerson(one: string, other: string): boolean {
  const [a, b] = [namesOf(one), namesOf(other)];
  if (a.some((name) => b.includes(name))) return true;
  const [inA, inB] = [a, b].map((names) => names.filter((name) => name.includes('@')));
  if ((inA?.length ?? 0) > 0 && (inB?.length ?? 0) > 0) return false;
  const [plainA, plainB] = [a.map(local), b.map(local)];
  return plainA.some((name) => plainB.includes(name));
}
const local = (name: string): string => name.split('@')[0] ?? name;
function namesOf(text: string): readonly string[] {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  const [, name = '', address = ''] = /^(.*)<([^<>]+)>$/.exec(plain) ?? [];
  return (address === '' ? [plain] : [name.trim(), address.trim()]).filter((one) => one !== '');
}
