import { authorizationMembers } from '../model/evidence/authorization.ts';
import { isGuarded, type Question } from '../model/question.ts';
import type { Runbook } from '../model/runbook.ts';
import { defined } from '../model/text/defined.ts';

/**
 * The JSON Schema (draft 2020-12) of an answers file: editors complete keys by it, and say what each question asks.
 */
export function answersSchema(runbook: Runbook): object {
  const { actors, title } = runbook;
  const text = { type: 'string', minLength: 1 };
  const byActor = (description: string): object => ({
    ...{ type: 'object', description, additionalProperties: false },
    properties: Object.fromEntries(actors.map((actor) => [actor, text])),
  });
  const questions = runbook.steps.flatMap(({ id, questions }) =>
    Object.entries(questions).map(([name, question]) => [`${id}.${name}`, schemaOf(question)]),
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Answers for ${title}`,
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      profiles: byActor('The AWS profile of each account that acts.'),
      roles: byActor('The ARN of a role that is assumed with the profile.'),
      externalIds: byActor('The external id that the role’s trust policy wants.'),
      answers: { type: 'object', additionalProperties: false, properties: Object.fromEntries(questions) },
      waive: {
        type: 'object',
        description: 'Reasons to continue although something could not be checked, by STEP.GOAL.',
        additionalProperties: text,
      },
      change: {
        type: 'object',
        description: 'Under what the change is made, for the audit log.',
        additionalProperties: false,
        properties: Object.fromEntries(authorizationMembers.map((member) => [member, text])),
      },
    },
  };
}

function schemaOf(question: Question): object {
  const { as, pattern, example, skippable, values } = question;
  const says = question.of === 'accounts' ? `${question.says} Its 12-digit id, or its name.` : question.says;
  const text = {
    type: 'string',
    ...defined({
      pattern: pattern === undefined ? undefined : `^(?:${pattern})$`,
      enum: as === 'attestation' ? ['attested', ...(skippable ? ['skipped'] : [])] : values,
    }),
  };
  const described = {
    description: isGuarded(question) ? `${says} A dangerous choice wants --confirm as well.` : says,
    ...defined({ examples: example === undefined ? undefined : [example] }),
  };
  return as === 'several'
    ? { ...described, anyOf: [text, { type: 'array', items: text, minItems: 1 }] }
    : { ...text, ...described };
}
