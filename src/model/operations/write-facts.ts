import type { Kept } from '../evidence/recorded.ts';
import type { Rate, ReadOperation, Resource } from './reads.ts';
import type { Member, Output, RawInput, SdkWrite, TextPath } from './sdk.ts';

/** What becomes of AWS by it. `overwrites`: it takes the place of what was there, which may have been nothing. */
type Effect = 'creates' | 'grants' | 'overwrites' | 'removes';
/**
 * What of it outlasts the run. `by-itself`: a thing that stays whatever is chosen later, and is told of where nobody
 * chooses it any more. `in-another`: it stays as long as what it is a part of. `emptyRun`: it took away.
 */
type Stays = 'by-itself' | 'in-another' | 'nothing';

/** How AWS puts a refusal. A member that is absent matches anything. */
export interface Wording {
  readonly code: string;
  readonly reason?: string;
  readonly says?: RegExp;
  /** Where these words are from. */
  readonly source: string;
}
/** How it stands where AWS says that it is so already, and does not show it to these credentials. */
export interface Unseen {
  readonly found: string;
  readonly remedy: string;
}
/** How many AWS has under way at once. `each`: of those that agree in this member, one. */
interface Pace<Name> {
  readonly most: number;
  readonly each: Name;
}
/** A question as data: what is asked to see the effect of a change. */
type Question = {
  readonly [R in ReadOperation]: { readonly operation: R; readonly input: RawInput<R> };
}[ReadOperation];

/**
 * What takes a change back, and where that has its members from. Of several the first counts that has them all.
 * `alone`: it takes away this one effect and touches nobody else, so that it may be told as a command by itself.
 */
export interface Reversal<By, Same, To, Path> {
  readonly by: By;
  readonly same: readonly Same[]; // have the change's own values
  readonly reply?: { readonly [M in To & string]?: Path }; // are in AWS's reply to it
  readonly before?: To; // has what was there before, where there was something
  readonly alone: boolean;
}
/** How its difference is told in sentences, besides its members. `leaves`: the member with the policy that the set has afterwards. */
type Words<Name> =
  | { readonly as: 'members' }
  | { readonly as: 'policy'; readonly leaves: Name | null }
  | { readonly as: 'assignment'; readonly who: Name; readonly kind: Name; readonly where: Name };

/** An asynchronous operation: how to learn how it ended. `Name`: its own members. */
interface Settling<Name, By, Id, Status, Lost> {
  readonly by: By; // asked again and again
  readonly id: Id; // the member of that question that takes the request's id
  readonly status: Status; // the member of both replies that says how it stands
  readonly scope: readonly Name[]; // what both questions take over from the call
  readonly lost: Lost; // lists the requests, when the process died before it was told the id
}
interface Listing<By, Rows> {
  readonly by: By;
  readonly rows: Rows; // the member of its reply that holds them
}
/** `seenBy`: the question that shows whether it took effect. What settles is seen by its request. */
type Follow<Settles, Input> =
  | { readonly settles: null; readonly seenBy: (input: Input) => Question }
  | { readonly settles: Settles; readonly seenBy: 'its-request' };

/** All of it, by the names that differ from operation to operation. No member is optional: who adds one knows them. */
type Shape<Name, Settles, Back, Write, Input, Records> = Follow<Settles, Input> & {
  readonly is: 'write';
  /** What the journal may hold of its input and of AWS's answer: nothing else of them is written down. */
  readonly records: Records;
  readonly key: readonly Name[]; // the members that name the effect: AWS has no idempotency token
  readonly effect: Effect;
  readonly stays: Stays;
  /** `with`: accounts have what it changes only after that operation, for what has the same in the member `of`. */
  readonly takesHold:
    | 'at-once'
    | { readonly with: Write; readonly of: Name; readonly everywhere: (input: Input) => object };
  /** The member that names the account which it makes a delegated administrator. */
  readonly appoints: Name | null;
  readonly reversedBy: readonly Back[]; // empty: nothing that this program does
  /** On what IAM checks it, and which further actions are checked. `spare`: AWS does it, but for that part, without. */
  readonly iam: {
    readonly about: readonly Resource[];
    readonly also: readonly {
      readonly action: string;
      readonly about: readonly Resource[];
      readonly spare: boolean;
    }[];
  };
  readonly plumbing: readonly Name[]; // say where it is done, and nothing of what
  readonly people: readonly Name[]; // name people: their names and addresses, never their ids
  readonly worded: Words<Name>;
  readonly quota: {
    readonly rate: Rate;
    readonly underWay: Pace<Name> | null;
    readonly size: { readonly member: Name; readonly most: number } | null; // characters, white space left out
  };
  readonly refused: {
    readonly inProgress: readonly Wording[]; // it passes, and nothing was changed
    readonly already: readonly Wording[];
    readonly unseen: (input: Input) => Unseen;
  };
};

/** What may be kept of a type of the SDK's. */
type KeptOf<T> =
  NonNullable<T> extends string | number | boolean | Date
    ? true
    : NonNullable<T> extends readonly (infer E)[]
      ? KeptOf<E>
      : { readonly [K in keyof NonNullable<T>]?: KeptOf<NonNullable<T>[K]> };

type StatusOf<Op> = {
  [By in ReadOperation]: Settling<
    Member<Op>,
    By,
    Member<By>,
    keyof Output<Op> & keyof Output<By> & string,
    { [L in ReadOperation]: Listing<L, keyof Output<L> & string> }[ReadOperation]
  >;
}[ReadOperation];
/** What is known about a write, whoever plans it. */
export type WriteFacts<Op> = Shape<
  Member<Op>,
  StatusOf<Op>,
  Reversal<SdkWrite, Member<Op>, string, TextPath<Output<Op>>>,
  SdkWrite,
  RawInput<Op>,
  { readonly input: KeptOf<RawInput<Op>>; readonly output: KeptOf<Output<Op>> }
>;
/** Writes with all their facts: each file of the catalogue is one. */
export type Catalogue = { readonly [Op in SdkWrite]?: WriteFacts<Op> };

/** The same facts without their operation's type, for code that handles any of them. */
export type Facts<Write> = Shape<
  string,
  Settling<string, ReadOperation, string, string, Listing<ReadOperation, string>>,
  Reversal<Write, string, string, string>,
  Write,
  never,
  { readonly input: Kept; readonly output: Kept }
>;

/**
 * IAM Identity Center’s `ConflictException` has no Reason. Its page recommends a retry, and it says "already exists" as
 * well: only the sentence tells.
 */
export const ssoBusy: readonly Wording[] = [
  {
    code: 'ConflictException',
    says: /^There is a conflicting operation in process\.?$/i,
    source: 'aws-samples/aws-iam-identity-center-extensions#111; fivexl/terraform-aws-sso-elevator (tests)',
  },
];
/** What is to be taken away is not there. */
export const isGone: readonly Wording[] = [
  { code: 'ResourceNotFoundException', source: 'service model of sso-admin, without a Reason' },
];
/** What was to go is gone by AWS's word, and is shown. */
export const stillShown = (): Unseen => ({
  found: 'AWS says that it is gone already, and still shows it to these credentials',
  remedy: 'Wait a few minutes and check again. If it stays so, look for it in the console.',
});
/** Of what AWS has no words for that are known. */
export const notShown = (): Unseen => ({
  found: 'AWS says that it is so already, and does not show it to these credentials',
  remedy: 'Wait a few minutes and check again. If it stays so, look for it in the console.',
});
