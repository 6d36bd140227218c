/** Where a fault is brought about, and a text that stands in that file: the name of the test, or what is done there. */
interface Entry {
  readonly name: string;
  readonly file: string;
  readonly says: string;
}
const here = (file: string, name: string, says = name): Entry => ({
  name,
  file: `test/faults/${file}.test.ts`,
  says,
});
const elsewhere = (file: string, name: string, says: string): Entry => ({ name, file: `test/${file}`, says });

/** The faults that the program has to bear. Their numbers are their places: reports and the files in said/ name them. */
export const catalogue: readonly Entry[] = [
  here('aws', 'reset-after-effect'),
  here('aws-more', '500-after-effect'),
  here('aws-more', 'truncated-body'),
  here('aws', 'response-lost-async'),
  here('aws', 'conflict-exists'),
  here('aws', 'conflict-busy'),
  here('aws-more', 'throttle-burst'),
  here('aws-more', 'throttle-forever'),
  here('aws-more', 'async-failed'),
  here('aws-more', 'async-stuck'),
  here('aws-more', 'eventual-consistency'),
  here('aws-more', 'delegated-admin-exists'),
  here('aws-more', 'management-account-target'),
  here('aws-more', 'policy-drift'),
  here('network', 'hang'),
  here('network', 'dns-fail'),
  here('network', 'offline-mid-run'),
  here('network', 'captive-portal'),
  here('network', 'proxy-mitm'),
  here('network', 'stray AWS_ENDPOINT_URL'),
  here('credentials', 'expired-before'),
  here('credentials', 'expired-mid-bulk'),
  here('credentials', 'identity-changed'),
  here('credentials', 'denied-by-scp'),
  here('credentials', 'clock-skew'),
  here('credentials', 'profile-typo'),
  elsewhere('crash/each-operation.ts', 'sigkill@N', 'die-before'),
  elsewhere('crash/power-loss.ts', 'power-loss@state', 'Everything that a loss of power can leave'),
  elsewhere('crash/each-operation.ts', 'enospc@N', 'ENOSPC'),
  elsewhere('crash/each-operation.ts', 'eio-on-fsync', 'EIO'),
  elsewhere('crash/each-byte.ts', 'torn-tail', 'cut off at every byte'),
  elsewhere('crash/each-byte.ts', 'bit-flip', 'changed bits'),
  elsewhere('journal/journal.test.ts', 'state folder deleted or replaced', 'replaced by a copy of itself'),
  elsewhere('program/window.test.ts', 'resize-storm', '500 sizes in a row'),
  elsewhere('program/shutdown.test.ts', 'sighup', 'the terminal goes away'),
  elsewhere('program/suspend.test.ts', 'sigtstp/sigcont', 'stopped and continued'),
  elsewhere('program/plain.test.ts', 'not a TTY', 'the whole procedure in lines of text'),
  elsewhere('program/shutdown.test.ts', 'ctrl-c', 'Ctrl-C twice'),
  elsewhere('program/window.test.ts', 'paste-bomb', '10 kB pasted into a confirmation'),
  here('starts', 'resume-after-90-days'),
  here('starts', 'two-terminals'),
  here('starts', 'paused-holder'),
  elsewhere('ui/hostile.test.ts', 'escape-names', 'nothing of it is left to act'),
  here('hostile-state', 'hostile-state'),
  here('absences', 'key-trouble'),
  here('absences', 'store-not-found'),
  here('absences', 'said-to-be-missing'),
  elsewhere('program/codes.test.ts', 'sign-in-answers', 'signed in with a code on AWS’s page'),
  elsewhere('program/codes.test.ts', 'sign-in-page', 'a page that is not AWS’s is shown'),
  here('trail', 'trail-late'),
];
