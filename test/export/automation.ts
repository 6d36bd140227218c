import * as identitystore from '@aws-sdk/client-identitystore';
import * as organizations from '@aws-sdk/client-organizations';
import * as sso from '@aws-sdk/client-sso-admin';
import * as sts from '@aws-sdk/client-sts';
import { checkDocument, type Step, selectorParts } from './automation-check.ts';
import documented from './automation-schema.json' with { type: 'json' };

const clients = {
  'sso-admin': [sso, sso.SSOAdminClient],
  identitystore: [identitystore, identitystore.IdentitystoreClient],
  organizations: [organizations, organizations.OrganizationsClient],
  sts: [sts, sts.STSClient],
} as const;

/** Where a document runs: as whom, and what the people say who are asked. */
export interface Place {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly approve: (message: string) => boolean;
}
export interface Ran {
  readonly status: 'Success' | 'Failed';
  readonly why?: string;
  readonly approvals: readonly string[];
  readonly steps: readonly string[]; // those that were gone through, in order
}
type Inputs = Readonly<Record<string, unknown>>;
type Choice = Readonly<Record<string, string>>;
/** What a step tells: a text, a list, or nothing where the selector found nothing. */
type Told = string | readonly string[] | undefined;

/** Runs a document as Systems Manager Automation would, with the actions that AWS documents, and refuses everything else. */
export async function runDocument(
  text: string,
  place: Place,
  given: Readonly<Record<string, string | readonly string[]>> = {},
): Promise<Ran> {
  const it = checkDocument(text);
  const approvals: string[] = [];
  const steps: string[] = [];
  const variables = new Map(
    Object.entries(it.variables ?? {}).map(([name, one]) => [name, String(one.default)]),
  );
  const told = new Map<string, Told>();
  const ended = (status: Ran['status'], why?: string): Ran => ({
    ...{ status, approvals, steps },
    ...(why === undefined ? {} : { why }),
  });
  for (const [name, { default: usual }] of Object.entries(it.parameters)) {
    const value = given[name] ?? usual;
    if (value === undefined) return ended('Failed', `the parameter ${name} is missing`);
    told.set(name, value as Told);
  }
  const lookUp = (name: string): Told =>
    name.startsWith('variable:') ? variables.get(name.slice(9)) : told.get(name);
  const resolved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolved);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one)]));
    if (typeof value !== 'string') return value;
    const [whole, name = ''] = /^\{\{ ([^}]*) \}\}$/.exec(value) ?? [];
    if (whole !== undefined) return lookUp(name);
    return value.replace(/\{\{ ([^}]*) \}\}/g, (_, one) => String(lookUp(one) ?? ''));
  };

  const run = async (all: readonly Step[]): Promise<void> => {
    let at = 0;
    while (at < all.length) {
      const step = all[at];
      if (!step) return;
      steps.push(step.name);
      let to: string | undefined = step.nextStep;
      try {
        to = (await perform(step)) ?? to;
      } catch (error) {
        if (step.onFailure === undefined || step.onFailure === 'Abort')
          throw new Error(`${step.name}: ${(error as Error).message}`);
        to = step.onFailure.startsWith('step:') ? step.onFailure.slice(5) : undefined;
      }
      at = to === undefined ? at + 1 : all.findIndex(({ name }) => name === to);
    }
  };

  const property = async (inputs: Inputs, times: number): Promise<undefined> => {
    for (let n = 0; n < times; n++) if (await isDesired(inputs, place)) return;
    throw new Error('it is not as desired');
  };
  /** What each action does. What it resolves to is the step that comes next, where it says so. */
  const actions: Readonly<
    Record<Step['action'], (inputs: Inputs, step: Step) => Promise<string | undefined>>
  > = {
    'aws:executeAwsApi': async (inputs, { name, outputs = [] }) => {
      const answer = await call(inputs, place);
      for (const { Name, Selector, Type } of outputs)
        told.set(`${name}.${Name}`, converted(select(answer, Selector), Type));
      return undefined;
    },
    'aws:assertAwsResourceProperty': (inputs) => property(inputs, 1),
    'aws:waitForAwsResourceProperty': (inputs) => property(inputs, 20),
    'aws:approve': async (inputs) => {
      const { length } = inputs.Approvers as readonly string[];
      if (length === 0 || length > documented.approve.approvers) throw new Error('so many approvers');
      approvals.push(String(inputs.Message));
      if (!place.approve(String(inputs.Message))) throw new Error('it was rejected');
      return undefined;
    },
    'aws:branch': async (inputs) => chosen(inputs.Choices as readonly Choice[]) ?? String(inputs.Default),
    'aws:loop': async (inputs, { name, inputs: { Steps } }) => {
      const items = inputs.Iterators as readonly string[];
      if (!Array.isArray(items) || items.length > documented.loop.iterations)
        throw new Error('too many times');
      for (const [n, item] of items.slice(0, Number(inputs.MaxIterations ?? items.length)).entries()) {
        told.set(`${name}.CurrentIteratorValue`, item);
        told.set(`${name}.CurrentIteration`, String(n + 1));
        await run(Steps as readonly Step[]);
      }
      return undefined;
    },
    'aws:updateVariable': async (inputs) => {
      const value = inputs.Value;
      // Of another type, or of a step that told nothing: AWS converts nothing here.
      if (typeof value !== 'string' || value === '' || value.length > documented.updateVariable.characters)
        throw new Error('the value');
      variables.set(String(inputs.Name).slice('variable:'.length), value);
      return undefined;
    },
    'aws:sleep': async () => undefined,
  };
  const perform = (step: Step): Promise<string | undefined> => {
    const { Steps: _, ...inputs } = step.inputs; // those of a loop are resolved when they are run
    return actions[step.action](resolved(inputs) as Inputs, step);
  };

  try {
    await run(it.mainSteps);
    return ended('Success');
  } catch (error) {
    return ended('Failed', (error as Error).message);
  }
}

/** Of a choice whose variable has no value none holds. */
const chosen = (choices: readonly Choice[]): string | undefined =>
  choices.find(({ Variable, StringEquals, StartsWith }) =>
    Variable === undefined
      ? false
      : StringEquals === undefined
        ? Variable.startsWith(StartsWith ?? '\0')
        : Variable === StringEquals,
  )?.NextStep;

async function call(inputs: Readonly<Record<string, unknown>>, place: Place): Promise<unknown> {
  const { Service, Api, PropertySelector: _, DesiredValues: __, ...input } = inputs;
  const [library, Client] = clients[Service as keyof typeof clients];
  const Command = (library as unknown as Record<string, new (of: object) => never>)[`${Api}Command`];
  if (!Command) throw new Error(`there is no ${Api}`);
  const { endpoint, region, credentials } = place;
  const client = new Client({ endpoint, region, credentials }) as unknown as {
    send(command: never): Promise<unknown>;
    destroy(): void;
  };
  try {
    return await client.send(new Command(input));
  } finally {
    client.destroy();
  }
}

async function isDesired(inputs: Readonly<Record<string, unknown>>, place: Place): Promise<boolean> {
  const found = select(await call(inputs, place), String(inputs.PropertySelector));
  const desired = inputs.DesiredValues as readonly string[];
  const all = Array.isArray(found) ? found : [found];
  return all.length > 0 && all.every((one) => desired.includes(String(one)));
}

/** What a selector finds: a filter and a deep scan always make a list. */
function select(answer: unknown, selector: string): unknown {
  let at: readonly unknown[] = [answer];
  let several = false;
  const into = (value: unknown, key: string): readonly unknown[] =>
    typeof value === 'object' && value !== null && key in value
      ? [(value as Record<string, unknown>)[key]]
      : [];
  for (const part of selectorParts(selector) ?? []) {
    const [, left = '', operator, right] = /^\[\?\(@\.([\w.]+) (\S+) '([^']*)'\)\]$/.exec(part) ?? [];
    if (operator !== undefined) {
      if (operator !== '==') throw new Error(`${operator} is not tried here`);
      several = true;
      const holds = (one: unknown): boolean =>
        left
          .split('.')
          .reduce<readonly unknown[]>((all, key) => all.flatMap((v) => into(v, key)), [one])[0] === right;
      at = at.flatMap((list) => (Array.isArray(list) ? list.filter(holds) : []));
    } else if (part.startsWith('[')) {
      const n = Number(part.slice(1, -1));
      at = at.flatMap((list) => (Array.isArray(list) && n < list.length ? [list[n]] : []));
    } else if (part.startsWith('..')) throw new Error('a deep scan is not tried here');
    else at = at.flatMap((value) => into(value, part.slice(1)));
  }
  return several ? at : at[0];
}

/** As the page on outputs has it: one element of a list can be a text, a text can be a list. */
function converted(value: unknown, type = 'String'): Told {
  if (value === undefined) return undefined;
  if (type === 'StringList') return Array.isArray(value) ? value.map(String) : [String(value)];
  if (!Array.isArray(value)) return String(value);
  if (value.length !== 1) throw new Error(`a list of ${value.length} is no ${type}`);
  return String(value[0]);
}
