import { headTag } from '../../src/model/evidence/head-tag.ts';
import type { Reader } from '../../src/model/reader.ts';
import type { AppliedChange } from '../../src/model/step.ts';

/** The tag on what is created: its value is the run's id. */
export const runTag = 'cw-runbook:run';
/** What a set is tagged with when it is made. `head`: the hash that says how far the journal was. */
export const tagsFor = (run: string, head: string | undefined) => [
  { Key: runTag, Value: run },
  ...(head === undefined ? [] : [{ Key: headTag, Value: head }]),
];
/** AWS's clock and the operator's may differ so much, in milliseconds. */
const skew = 300_000;
/** True where AWS's date fits the time in which this run made it. */
export const isOfThen = ({ at, seen }: AppliedChange, date: number | undefined): boolean =>
  date !== undefined && date >= at - skew && date <= seen + skew;
/** By key. */
export type Tags = Readonly<Record<string, string>>;
/** What a thing is tagged with. Throws what the reads throw. */
export async function tagsOf(
  aws: Reader<'sso:ListTagsForResource'>,
  InstanceArn: string,
  ResourceArn: string,
): Promise<Tags> {
  const all: Record<string, string> = {};
  for await (const page of aws.pages('sso:ListTagsForResource', { InstanceArn, ResourceArn }))
    for (const { Key, Value } of page.Tags ?? []) if (Key !== undefined) all[Key] = Value ?? '';
  return all;
}
