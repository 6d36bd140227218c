import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeProfiles } from '../../src/simulator/profiles.ts';
import { runner } from '../commands/in-process.ts';
import { chance } from '../crash/chance.ts';
import { testSeed } from '../seed.ts';
import { type Alteration, alterationsOf, altering } from './altered.ts';
import { whole } from './judge.ts';

// ALTERED=all takes everything, some 1,900 runs; ALTERED=n so many of it. ALTERED_OF: those whose name fits it.
const wanted = process.env.ALTERED ?? '12';
const of = process.env.ALTERED_OF === undefined ? undefined : new RegExp(process.env.ALTERED_OF);

async function opened() {
  const at = await runner('fresh');
  const way = await altering(at.simulator.url);
  await writeProfiles(join(at.home, '..', 'aws'), { ...at.simulator, url: way.url } as never);
  return { at, way };
}
const named = ({ operation, name }: Alteration): string => `${operation} ${name}`;

test('answers that are altered, in JSON and in XML: never an unexpected end, and never a success that is none', async () => {
  const { at, way } = await opened();
  expect((await at.run()).code).toBe(0);
  expect((await at.undo()).code).toBe(0);
  const every = [...way.seen]
    .flatMap(([operation, answer]) => alterationsOf(operation, answer))
    .filter((one) => of === undefined || of.test(named(one)));
  if (of === undefined) {
    expect(every.length).toBeGreaterThan(1_000);
    expect([...way.seen.keys()]).toEqual(
      expect.arrayContaining(['sts:GetCallerIdentity', 'iam:SimulatePrincipalPolicy']),
    );
  }
  const draw = chance(testSeed(20_261_130));
  const some =
    wanted === 'all'
      ? every
      : Array.from({ length: Number(wanted) }, () => every[draw.below(every.length)] as Alteration);
  const wrong: string[] = [];
  for (const alteration of some) {
    const one = await opened();
    one.way.alter(alteration);
    const ended = await one.at.run();
    const said = ended.said.replace(/x{1000,}/g, 'x…');
    if (ended.code === 1) wrong.push(`${named(alteration)}: exit 1\n${said.slice(-1_500)}`);
    if (/Cannot (read|destructure|set|convert)|\bundefined\b|Something unexpected|\[object /.test(ended.said))
      wrong.push(
        `${named(alteration)}: ${/.*(Cannot |undefined|Something unexpected|\[object ).*/.exec(said)?.[0].slice(0, 300)}`,
      );
    if (ended.said.length > 400_000)
      wrong.push(`${named(alteration)}: ${ended.said.length} characters are said`);
    const { effects } = await one.at.ledger();
    const done = effects.map(({ operation }) => operation);
    if (new Set(done).size !== done.length) wrong.push(`${named(alteration)}: twice: ${done}`);
    // What is said to be finished is so: the same run, with nothing altered, sees nothing left to do.
    if (ended.code !== 0) continue;
    one.way.alter(undefined);
    const again = await one.at.run();
    const now = (await one.at.ledger()).effects.map(({ operation }) => operation);
    if (
      again.code !== 0 ||
      now.length !== done.length ||
      whole.some((operation) => !done.includes(operation))
    )
      wrong.push(`${named(alteration)}: said to be finished, and is not: ${done} then ${again.code} ${now}`);
  }
  expect(wrong.join('\n\n')).toBe('');
}, 3_600_000);
