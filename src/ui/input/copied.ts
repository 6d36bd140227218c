import { loginLine } from '../../model/identity.ts';
import { aheadOf } from '../../model/progress/ahead.ts';
import { partsOf } from '../../model/progress/applicable-steps.ts';
import { planOf } from '../../model/run.ts';
import { messageLines } from '../../model/text/message.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import type { Block } from '../../presentation/block.ts';
import { isInTheWay } from '../../presentation/checks.ts';
import { documentBlocks } from '../../presentation/document.ts';
import { present } from '../../presentation/present.ts';
import type { DetailName } from '../../presentation/presentation.ts';
import { moreBlocks, standBlocks } from '../../presentation/standing.ts';
import { textsOf } from '../../presentation/texts.ts';
import { aheadLines } from '../../report/ahead-lines.ts';
import type { Asking, KeyContext, KeyResult, SideEffect } from './binding.ts';
import { commandsOf } from './cli-commands.ts';
import { isPageOfAws } from './links.ts';
import { logOf } from './log-search.ts';
import { type Mode, type View, visible } from './state.ts';

type Copy = Extract<SideEffect, { do: 'copy' }>;
const copy = (what: string, lines: readonly string[]): Copy | undefined => {
  const text = lines.join('\n').trim();
  return text === '' ? undefined : { do: 'copy', what, text };
};

/** What `c` does: it copies what the screen is about. */
export function copied(at: KeyContext): KeyResult {
  const { ui, ask } = at;
  const asking = ask && { ...at, ask };
  const sideEffect = ui.view ? ofView(ui.view, at) : asking && (fromList(ui.mode, asking) ?? ofAsk(asking));
  return sideEffect ? { ui, sideEffect } : { ui: { ...ui, notice: 'There is nothing to copy here.' } };
}

/** Whether it copies anything. A log has its beginning at least; it may be long, and is not put together for this. */
export const isToCopy = (at: KeyContext): boolean =>
  at.ui.view?.is === 'log' || copied(at).sideEffect !== undefined;

/** Of the command, the policy, the address, the message: the one that decides here. */
function ofAsk(at: Asking): Copy | undefined {
  const { ask, step, run } = at;
  const commands = commandsOf(ask, step, run);
  const words = commands.filter((one) => !one.startsWith('#')).length === 1 ? 'the command' : 'the commands';
  switch (ask.is) {
    case 'confirm':
    case 'busy':
    case 'cannot-tell':
    case 'under-way':
      return copy(words, commands);
    case 'by-hand':
      return copy(words, commands) ?? ofLink(at) ?? ofBody(at);
    case 'done':
      return copy(words, commands) ?? ofBody(at);
    case 'credentials': {
      const { login, problem, remedy } = ask.problem ?? {};
      if (login) return copy('the sign-in command', [loginLine(login)]);
      return problem === undefined ? undefined : copy('the error', [problem, remedy ?? '']);
    }
    case 'sign-in':
      return copy('the address', [ask.device.page]);
    case 'accept':
      return copy('the ARN', [ask.caller.arn]);
    case 'question':
      return ofLink(at);
    case 'blocked':
    case 'unknown':
      return copy('what is in the way', textsOf(ask.plan.goals.filter(isInTheWay).map(goalBlock)));
    case 'finished': {
      const { message } = ask.plan.result ?? {};
      return message ? copy('the message', messageLines(message)) : ofBody(at);
    }
    case 'failed':
    case 'declined':
    case 'drifted':
    case 'undo':
    case 'undone':
    case 'watching':
    case 'handed-off':
    case 'incoming':
      return ofBody(at);
    case 'code':
      return undefined;
    default:
      return unreachable(ask);
  }
}
const goalBlock = (goal: Extract<Block, { is: 'goal' }>['goal']): Block => ({ is: 'goal', goal });

/** The highlighted line, with its id. */
function fromList(mode: Mode, { ask }: Asking): Copy | undefined {
  if (mode.is !== 'pick' || (ask.is === 'credentials' && ask.problem)) return undefined;
  const row = visible(mode.picker)[mode.picker.at];
  if (!row || row.apart || (ask.is === 'question' && ask.question.as === 'attestation')) return undefined;
  const label = row.cells ? [row.cells.name, row.cells.account].join('  ') : row.label;
  return copy('the highlighted line', [label]);
}

function ofLink({ ask }: Asking): Copy | undefined {
  const link = 'plan' in ask ? ask.plan.link : undefined;
  return link !== undefined && isPageOfAws(link) ? copy('the address', [link]) : undefined;
}
const ofBody = ({ ask, run, steps }: Asking): Copy | undefined =>
  copy('the text of this screen', textsOf(present(ask, { run, steps, endpoint: '' }).body));

/** Of a view, all of it: also what is not in the window. */
function ofView(view: View, at: KeyContext): Copy | undefined {
  const { ask, run, steps, step, events } = at;
  const details = ask ? present(ask, { run, steps, endpoint: '' }).details : [];
  const blocksOf = (name: DetailName) => details.flatMap(({ of, blocks }) => (of === name ? blocks : []));
  switch (view.is) {
    case 'policy':
      return copy(
        'the policy',
        blocksOf('policy').flatMap((one) => (one.is === 'member' ? (one.policy ?? []) : [])),
      );
    case 'means': {
      const commands = commandsOf(ask, step, run);
      return copy('the command', commands) ?? copy('this text', textsOf(blocksOf('means')));
    }
    case 'checks':
      return copy('the checks', textsOf(blocksOf('checks')));
    case 'document':
      return copy('this text', textsOf(documentBlocks(step)));
    case 'steps': {
      const parts = partsOf(steps, run);
      const open = parts.find(({ id }) => id === view.open);
      if (!open)
        return copy(
          'the checklist',
          parts.map(({ title }, n) => `${n + 1}. ${title}`),
        );
      const stands = textsOf([
        ...standBlocks(open, planOf(run, open.id), run),
        ...moreBlocks(planOf(run, open.id)),
      ]);
      return copy('this step', [open.title, ...stands, ...textsOf(documentBlocks(open))]);
    }
    case 'ahead':
      return copy('what is ahead', aheadLines(aheadOf(steps, run), run));
    case 'log': {
      const { saying, toldOf } = logOf({ run, steps });
      return copy('the log', toldOf(events, '').map(saying));
    }
    case 'help':
      return undefined;
    default:
      return unreachable(view);
  }
}
