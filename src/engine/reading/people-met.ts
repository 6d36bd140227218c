import { asksAboutPeople, peopleIn } from '../../model/people/named.ts';
import type { Plan } from '../../model/plan.ts';
import type { Aws } from '../../model/reader.ts';
import type { Step } from '../../model/step.ts';

/** The same way into AWS. `met` gets what its answers call people. */
export function meeting(aws: Aws, met: Set<string>): Aws {
  const { others } = aws;
  return {
    ...aws,
    in: (region) => meeting(aws.in(region) as Aws, met),
    read: async (operation, input, limit) => {
      const answer = await aws.read(operation, input, limit);
      for (const name of peopleIn(operation, answer)) met.add(name);
      return answer;
    },
    pages: async function* (operation, input, limit) {
      for await (const page of aws.pages(operation, input, limit)) {
        for (const name of peopleIn(operation, page)) met.add(name);
        yield page;
      }
    },
    ...(others && {
      others: async function* () {
        for await (const other of others()) yield { ...other, aws: meeting(other.aws as Aws, met) };
      },
    }),
  };
}

const startLength = 4;

/**
 * A plan, with those of the names that its sentences hold: what is told of a person can be found again by them. A step
 * that may ask about people always says whom it names, be it nobody.
 */
export function withPeople(plan: Plan, { calls }: Pick<Step, 'calls'>, met: ReadonlySet<string>): Plan {
  if (!asksAboutPeople(calls)) return plan;
  const text = JSON.stringify(plan);
  // A directory has 100,000 people, and a plan names a few of them.
  const starts = new Set(Array.from({ length: text.length }, (_, n) => text.slice(n, n + startLength)));
  const people = [...met].filter((name) => {
    const sought = JSON.stringify(name).slice(1, -1);
    return (
      sought !== '' &&
      (sought.length < startLength || starts.has(sought.slice(0, startLength))) &&
      text.includes(sought)
    );
  });
  return { ...plan, people: people.sort() };
}
