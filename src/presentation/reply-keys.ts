import type { Actor } from '../model/call.ts';
import type { Reply } from './ask.ts';
import type { Reason, ReplyKey } from './presentation.ts';

/** A key that replies at once. */
export const replying = (key: string, does: string, reply: Reply): ReplyKey => ({
  key,
  does,
  to: 'reply',
  reply,
});
export const goOn = (key: string, does: string): ReplyKey => replying(key, does, { do: 'go-on' });
export const decline = (does: string): ReplyKey => replying('n', does, { do: 'decline' });
export const again = (does: string): ReplyKey => replying('enter', does, { do: 'again' });
/** Enter, and r, which checks again wherever there is something to check. */
export const checkAgain = (does = 'check again'): readonly ReplyKey[] => [
  again(does),
  replying('r', '', { do: 'again' }),
];
export const otherCredentials = (actor: Actor): ReplyKey =>
  replying('i', 'other credentials', { do: 'switch', actor });
export const typing = (does: string, words: readonly string[]): ReplyKey => ({
  key: 'enter',
  does,
  to: 'words',
  words,
});
export const explaining = (key: string, does: string, about: Reason): ReplyKey => ({
  key,
  does,
  to: 'reason',
  about,
});

/** Enter opens a page. */
export const opening = (does: string, url: string): ReplyKey => ({ key: 'enter', does, to: 'page', url });
