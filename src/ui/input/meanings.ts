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

/** A key's name, with the characters that there are. */
export const keyName = (key: string, charset: 'unicode' | 'ascii'): string =>
  (charset === 'ascii' ? inWords[key] : undefined) ?? keyNames[key] ?? key;
const inWords: Readonly<Record<string, string>> = { down: 'Down', up: 'Up', left: 'Left', right: 'Right' };

/** What each key means, in every question and every view: a key has one meaning. Help lists them. */
export const meanings: readonly (readonly [string, string])[] = [
  ['enter', 'what the line above the keys says; in a list, choose'],
  [
    'y',
    'yes: use these credentials, or make the change shown (you confirm a dangerous one by typing a name)',
  ],
  ['n', 'no, not now, others'],
  ['r', 'check again at AWS'],
  ['b', 'earlier answers: change one'],
  ['i', 'other credentials'],
  ['g', 'continue although something could not be checked, with a reason'],
  ['s', 'mark something resolved whose outcome is unknown, with a note'],
  ['u', 'undo the run'],
  ['k', 'during an undo: leave this one as it is'],
  ['h', 'hand the run to somebody else; this copy becomes read-only'],
  ['c', 'copy what the screen is about to your terminal’s clipboard: the command, policy, address, message'],
  ['f', 'skip a search that only informs, while it is waited for'],
  ['x', 'run the credential_process with the terminal, while it is waited for'],
  ['o', 'open the page that the footer names, in AWS’s console or its guides'],
  ['d', 'what the document asks, and the guides it names'],
  ['m', 'the change with the AWS CLI, in the console, and as the call that is sent'],
  ['v', 'every check, and what else is known'],
  ['p', 'the policy, as it is sent'],
  ['t', 'what is ahead: changes, questions, and the credentials they need'],
  ['w', 'copy the message for the new administrator, at the end of a run'],
  ['e', 'the checklist: every step and how it stands; Enter opens one'],
  ['l', 'the audit log, as it is written'],
  ['?', 'this help'],
  ['/', 'search, in lists and texts'],
  ['a', 'where you can choose several: mark all that are shown, or none'],
  ['tab', 'this help; also while a text is typed'],
  ['down', 'one row down, ↑ one up; PgUp, PgDn, Space, Ctrl-B and Ctrl-F by the page; Home and End'],
  ['right', 'in a long list, ten rows down; ← ten up'],
  ['escape', 'back; while a text is typed: to the other keys'],
  ['q', 'leave'],
  ['ctrl-c', 'leave, also while a text is typed; a second time: at once'],
  ['ctrl-z', 'suspend: back to the shell (fg returns here)'],
  ['ctrl-l', 'redraw the screen'],
];

/** Where lines are typed there are numbers and texts instead of these. */
export const onScreenOnly: readonly string[] = [
  ...[
    'down',
    'up',
    'left',
    'right',
    'pagedown',
    'pageup',
    'ctrl-f',
    'ctrl-b',
    '/',
    'tab',
    'space',
    'a',
    'ctrl-l',
  ],
];
/** Keys that are no letters, as they are typed in a line. */
export const keysInLines: Readonly<Record<string, string>> = { escape: '.', enter: 'Enter' };
