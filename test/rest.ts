/**
 * What `npm run test:all` runs and `npm test` does not: whole programs in processes and terminals of their own, and more
 * of what `npm test` has a sample of. A file, or a folder with its slash. Of a file that takes `test` from test/more.ts each
 * runs a part. A test whose fault nothing else would notice
 * does not belong here: `npm run mutants` plants its faults against what is left.
 */
export const rest: readonly string[] = [
  // The sample of these is test/crash/sample.test.ts.
  'test/crash/crash.test.ts',
  'test/crash/handoff-kills.test.ts',
  'test/engine/kills-slow.test.ts', // of test/engine/kills.test.ts
  // The sample is test/faults/aws.test.ts; what the SDK throws for each is in test/aws/errors.test.ts.
  'test/faults/altered.test.ts',
  'test/faults/aws-more.test.ts',
  'test/faults/credentials.test.ts',
  'test/faults/network.test.ts',
  'test/faults/starts.test.ts',
  'test/model/reconciling/hundred-thousand.test.ts', // of test/model/reconciling/reconcile.test.ts
  'test/faults/trail.test.ts', // of test/commands/audit-reconcile.test.ts
  'test/commands/canaries.test.ts', // of test/commands/audit-export.test.ts and test/faults/echoes.test.ts
  'test/commands/choices.test.ts', // of test/commands/informing.test.ts
  'test/commands/stale.test.ts', // of test/engine/provisioning.test.ts
  'test/commands/undo-gone.test.ts', // of test/steps/undo.test.ts
  // Several whole runs each, of what test/commands/run.test.ts, undo.test.ts and handoff.test.ts begin.
  'test/commands/handoff-between.test.ts',
  'test/commands/handoff-management.test.ts',
  'test/commands/management-target.test.ts',
  'test/commands/many.test.ts', // of test/commands/plan.test.ts
  'test/commands/proxy.test.ts',
  'test/commands/real.test.ts',
  'test/commands/reconcile-more.test.ts', // of test/commands/audit-reconcile.test.ts
  'test/commands/reconfirm.test.ts',
  'test/commands/record/recording.test.ts',
  'test/commands/shutdown.test.ts',
  'test/commands/undo-between.test.ts',
  'test/login/secrets.test.ts',
  'test/commands/absences-each.test.ts', // of test/commands/absences.test.ts
  'test/faults/absences.test.ts', // of the same
  'test/commands/console-links-each.test.ts', // of test/commands/console-links.test.ts
  'test/commands/hiccups.test.ts', // of test/commands/informing.test.ts
  'test/commands/killed.test.ts', // of test/commands/run.test.ts and undo.test.ts
  'test/commands/permissions-each.test.ts', // of test/commands/permissions.test.ts
  // The shipped program in a terminal: its one walk in `npm test` is test/program/demo.test.ts.
  'test/program/codes.test.ts',
  'test/program/start.test.ts', // what is loaded is in test/program/parts.test.ts
  'test/program/contents.test.ts',
  'test/program/credential-process.test.ts',
  'test/program/demo-sizes.test.ts',
  'test/program/full-output.test.ts',
  'test/program/handoff.test.ts',
  'test/program/login.test.ts',
  'test/program/management-target.test.ts',
  'test/program/package.test.ts',
  'test/program/picture.test.ts',
  'test/program/plain.test.ts',
  'test/program/policy.test.ts',
  'test/program/record.test.ts',
  'test/program/restored.test.ts',
  'test/program/scale.test.ts',
  'test/program/scenarios.test.ts',
  'test/program/screen.test.ts',
  'test/program/shutdown.test.ts',
  'test/program/suspend.test.ts',
  'test/program/two-windows.test.ts',
  'test/program/unattended-page.test.ts',
  'test/program/verify-memory.test.ts', // the bench measures the same: npm run bench:audit
  'test/program/undo-between.test.ts',
  'test/program/walk.test.ts',
  'test/program/undo.test.ts',
  'test/program/window.test.ts',
];
