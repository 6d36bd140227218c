/** How keys are called in the footer and in the help. */
export const keyNames: Readonly<Record<string, string>> = {
  enter: 'Enter',
  escape: 'Esc',
  down: '↓',
  up: '↑',
  left: '←',
  right: '→',
  space: 'Space',
  tab: 'Tab',
  'ctrl-c': 'Ctrl-C',
  'ctrl-z': 'Ctrl-Z',
  'ctrl-l': 'Ctrl-L',
};

/** What each key means, in every question and every view: a key has one meaning. Help lists them. */
export const meanings: readonly (readonly [string, string])[] = [
  ['enter', 'what the line above the keys says; in a list, choose'],
  ['y', 'yes: use these credentials, or do what is shown (a dangerous change wants a name typed instead)'],
  ['n', 'no, not now, others'],
  ['r', 'look at AWS again'],
  ['b', 'earlier answers: change one'],
  ['i', 'other credentials'],
  ['w', 'go on although something could not be checked, with a reason'],
  ['s', 'set something aside that cannot be told, with a note'],
  ['u', 'take the run back'],
  ['k', 'while it is taken back: leave this one'],
  ['h', 'hand the run to somebody else: it is read-only here from then on'],
  ['c', 'copy the command shown here to the clipboard of your terminal'],
  ['t', 'run the credential_process that is waited for with the terminal'],
  ['o', 'open the page in AWS’s console, or the guide'],
  ['d', 'what the document asks'],
  ['l', 'the audit log, as it is written'],
  ['?', 'this help'],
  ['/', 'search, in lists and texts'],
  ['a', 'where several may be chosen: mark all that are shown, or none of them'],
  ['tab', 'the next section'],
  ['down', 'one row further, the same for ↑; PgUp, PgDn and Space by the page; Home and End'],
  ['right', 'in a long list, ten rows further; ← ten back'],
  ['escape', 'back; while a text is typed: to the other keys'],
  ['q', 'leave'],
  ['ctrl-c', 'leave, also while a text is typed; a second time: at once'],
  ['ctrl-z', 'back to the shell for a while (fg brings you back)'],
  ['ctrl-l', 'draw the screen anew'],
];

/** Where lines are typed there are numbers and texts instead of these. */
export const onScreenOnly: readonly string[] = [
  ...['down', 'up', 'left', 'right', 'pagedown', 'pageup', '/', 'tab', 'space', 'a', 'ctrl-l'],
];
/** Keys that are no letters, as they are typed in a line. */
export const keysInLines: Readonly<Record<string, string>> = { escape: '.', enter: 'Enter' };
