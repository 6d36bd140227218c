import { asksAboutPeople, namedIn, peopleIn } from '../../model/people/named.ts';
import type { Plan } from '../../model/plan.ts';
import type { Aws } from '../../model/reader.ts';
import type { Step } from '../../model/step.ts';
import { defined } from '../../model/text/defined.ts';

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
    ...defined({
      others: others
        ? async function* () {
            for await (const other of others()) yield { ...other, aws: meeting(other.aws as Aws, met) };
          }
        : undefined,
    }),
  };
}

/**
 * A plan, with those of the names that its sentences hold: what is told of a person can be found again by them. A step
 * that may ask about people always says whom it names, be it nobody.
 */
export const withPeople = (plan: Plan, { calls }: Pick<Step, 'calls'>, met: ReadonlySet<string>): Plan =>
  asksAboutPeople(calls) ? { ...plan, people: namedIn(plan, met) } : plan;
