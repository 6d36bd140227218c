import { frameText } from './src/ui/frame/frame.ts';
import { textBox } from './src/ui/input/text-box.ts';
import { codewhisperer } from './steps/index.ts';
import { draw, ready } from './test/ui/drive.ts';
import { scenarioAsks } from './test/ui/scenario-asks.ts';

const [sc, want, cols, rows, pref] = process.argv.slice(2);
const puts = await scenarioAsks(
  sc as never,
  pref
    ? {
        existing: (all) => all.find(({ value }) => value.startsWith(pref)),
        already: (all) => all.find(({ value }) => value === pref),
      }
    : {},
);
for (const put of puts) {
  const is = put.choice?.danger ? 'choice' : put.ask.is;
  if (want !== 'all' && is !== want) continue;
  const ui = put.choice?.danger
    ? ({
        mode: { is: 'typed', box: textBox(), words: put.choice.danger.typed, choice: put.choice },
        scroll: 0,
      } as const)
    : ready(put.ask);
  console.log(`\n#### ${is} ${put.ask.step.id}`);
  console.log(
    frameText(
      draw(put.ask, put.run, ui, { columns: Number(cols), rows: Number(rows) }, true, [], codewhisperer),
    ),
  );
}
