import { expect, test } from 'vitest';
import { welcomeBack } from '../../../src/model/progress/welcome.ts';
import { applyEvent } from '../../../src/model/run.ts';
import { welcomeText } from '../../../src/report/welcome-lines.ts';
import { fixture } from '../../fixture-runbook/index.ts';
import { asks } from '../../ui/asks.ts';

test('who comes back to an undo is told what is left of it, and not how far the setup was', () => {
  const { run } = asks['undo-blocked'] ?? expect.fail();
  const opened = { type: 'opened', at: 6, by: 'ben', program: 'cw-runbook/0.1.0' } as const;
  const back = welcomeBack(applyEvent(run ?? expect.fail(), { ...opened, undoing: true }), fixture.steps);
  expect(welcomeText(back ?? expect.fail())).toMatch(
    /^Welcome back: .*; (1 step is|\d steps are) still to undo\.$/,
  );
  const forth = welcomeBack(applyEvent(run ?? expect.fail(), opened), fixture.steps);
  expect(welcomeText(forth ?? expect.fail())).toMatch(/; \d of \d steps done\.$/);
});
