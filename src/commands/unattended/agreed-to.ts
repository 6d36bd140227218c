import type { Ask } from '../../engine/ask.ts';
import { valueIn } from '../../model/call.ts';
import { bringsWhat } from '../../model/operations.ts';
import { wayNow } from '../../model/phase.ts';
import { type Change, wordsFor } from '../../model/plan.ts';
import { wordsFor as wordsOfHandoff } from '../../model/progress/handoff.ts';
import { unprovisioned } from '../../model/progress/unprovisioned.ts';
import type { Run } from '../../model/run.ts';
import { isOneOf } from '../../model/text/account-id.ts';
import { defined } from '../../model/text/defined.ts';
import { agreementBlocks } from '../../presentation/changes.ts';
import { type ExitCode, exitCodes } from '../process/exit.ts';
import { confirmWith, whyNotAgain } from './confirm-again.ts';

type Agreed =
  | { readonly is: 'yes'; readonly typed?: string }
  /** `again`: it was sent before, and does not go on by itself. */
  | {
      readonly is: 'no';
      readonly code: ExitCode;
      readonly says: readonly string[];
      readonly again?: true;
    };
interface Consent {
  readonly yes: boolean;
  readonly confirm: readonly string[];
  readonly reconfirm?: number;
  readonly from: number;
}

/** Whether what was agreed to beforehand covers these changes. */
export function agreedTo(
  asked: Extract<Ask, { is: 'confirm' }>,
  run: Run,
  { yes, ...consent }: Consent,
): Agreed {
  const { changes } = asked;
  const { id, elsewhere, handoff } = run;
  const agreed = handoff ? wordsOfHandoff(handoff) : [id];
  const no = (code: ExitCode, ...says: readonly string[]): Agreed => ({ is: 'no', code, says });
  if (elsewhere && !agreed.some((word) => consent.confirm.includes(word)))
    return no(
      exitCodes.changesPending,
      `This run continued twice: AWS has what it made, and its journal here does not list it (${Object.values(elsewhere).flat().join('; ')}). Nothing more was sent.`,
      `Ask who did, and agree on who continues. Then continue here with --confirm ${agreed[0]}.`,
    );
  const not = whyNotAgain(asked, run, consent);
  if (not) return { is: 'no', ...not, again: true };
  const dangerous = changes.some(({ risk }) => risk === 'dangerous');
  const words = wordsFor(changes);
  const typed = consent.confirm.find((word) => isOneOf(words, word));
  const what = changes.map(({ says }) => says).join('; ');
  // How the same was sent before, and what follows: as every other way of asking presents it.
  const blocks = agreementBlocks(asked, run);
  const before = blocks.flatMap((one) => (one.is === 'warning' ? [one.text] : []));
  const follows = blocks.flatMap((one) => (one.is === 'consequence' ? [one.text] : []));
  if (dangerous && typed === undefined)
    return no(
      // The policy was put: all that is missing is that the accounts get it.
      isLastPart(changes, run) ? exitCodes.parked : exitCodes.answerNeeded,
      `Dangerous: ${what}.`,
      ...before,
      ...follows,
      `Confirm it with ${confirmWith(words)}.`,
    );
  if (!dangerous && !yes)
    return no(
      exitCodes.answerNeeded,
      `To be confirmed: ${what}.`,
      ...before,
      'Confirm routine changes with --yes.',
    );
  return { is: 'yes', ...defined({ typed }) };
}

/** Only the provisioning that this run's own change of a policy asks for. */
function isLastPart(changes: readonly Change[], run: Run): boolean {
  const behind = unprovisioned(run, wayNow(run), Date.now()).map(({ set }) => set);
  return changes.every(({ call }) => {
    const what = bringsWhat(call.operation);
    return what !== undefined && behind.some((set) => set === valueIn(call, what));
  });
}
