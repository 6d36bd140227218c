/** The words that are commands after the program's name: for what spells them without defining them. */
export const commandNames: readonly string[] = [
  ...[
    'help',
    'demo',
    'run',
    'undo',
    'plan',
    'apply',
    'verify',
    'handoff',
    'resume',
    'status',
    'answers',
    'runs',
  ],
  ...['export', 'audit', 'doctor', 'permissions', 'simulator', 'completion', 'man'],
];
