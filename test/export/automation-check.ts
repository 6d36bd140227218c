import { models } from '../../src/simulator/protocol/model.ts';
import documented from './automation-schema.json' with { type: 'json' };

type Json = Readonly<Record<string, unknown>>;
export interface Step {
  readonly name: string;
  readonly action: keyof typeof documented.actions;
  readonly inputs: Json;
  readonly timeoutSeconds?: number;
  readonly onFailure?: string;
  readonly isCritical?: boolean;
  readonly nextStep?: string;
  readonly isEnd?: boolean;
  readonly outputs?: readonly { readonly Name: string; readonly Selector: string; readonly Type?: string }[];
}
export interface AutomationDocument {
  readonly schemaVersion: string;
  readonly description: string;
  readonly assumeRole: string;
  readonly parameters: Readonly<Record<string, { readonly type: string; readonly default?: unknown }>>;
  readonly variables?: Readonly<Record<string, { readonly type: string; readonly default?: unknown }>>;
  readonly mainSteps: readonly Step[];
}
/** What boto3 calls the services. */
const namespaces: Readonly<Record<string, keyof typeof models>> = {
  'sso-admin': 'sso',
  identitystore: 'identitystore',
  organizations: 'organizations',
  sts: 'sts',
};

function refuse(where: string, what: string): never {
  throw new Error(`${where}: ${what} is not documented`);
}
function members(
  where: string,
  given: object,
  { required, optional }: { required: string[]; optional: string[] },
) {
  for (const name of required) if (!(name in given)) throw new Error(`${where}: ${name} is missing`);
  for (const name of Object.keys(given)) if (![...required, ...optional].includes(name)) refuse(where, name);
}

/** Throws at the first thing in a document that AWS's pages do not have. */
export function checkDocument(text: string): AutomationDocument {
  const it = JSON.parse(text) as AutomationDocument;
  if (Buffer.byteLength(text) > documented.document.bytes) throw new Error('the document is too large');
  members('the document', it, documented.document);
  if (it.schemaVersion !== '0.3') refuse('the document', `schema ${it.schemaVersion}`);
  for (const [name, one] of Object.entries({ ...it.parameters, ...it.variables })) {
    members(name, one, documented.parameter);
    if (!documented.parameter.types.includes(one.type)) refuse(name, one.type);
  }
  for (const [name, { type, default: usual }] of Object.entries(it.variables ?? {}))
    if (type !== 'String' || typeof usual !== 'string' || usual === '')
      refuse(name, 'the value it begins with');
  const names = new Set<string>();
  checkSteps(it.mainSteps, names, it);
  return it;
}

function checkSteps(steps: readonly Step[], names: Set<string>, it: AutomationDocument): void {
  const order = steps.map(({ name }) => name);
  for (const [n, step] of steps.entries()) {
    const { name, action } = step;
    members(name, step, documented.step);
    if (!new RegExp(documented.step.name).test(name)) refuse(name, 'the name');
    if (names.has(name)) throw new Error(`${name}: two steps are called so`);
    names.add(name);
    const schema = documented.actions[action] ?? refuse(name, action);
    const api = 'api' in schema;
    members(name, step.inputs, api ? { ...schema, optional: Object.keys(step.inputs) } : schema);
    if (api) checkCall(step);
    if (step.outputs && !('outputs' in schema)) refuse(name, 'an output');
    checkOutputs(step);
    for (const to of jumps(step))
      if (order.indexOf(to) <= n) throw new Error(`${name}: ${to} is no step after it`);
    if ('onCancel' in step && documented.withoutCancel.includes(action)) refuse(name, 'onCancel');
    if (step.onFailure !== undefined && !/^(Abort|Continue|step:\w+)$/.test(step.onFailure))
      refuse(name, step.onFailure);
    checkPlaceholders(step, names, it);
    checkOwn(step, names, it);
  }
}

function checkOutputs({ name, outputs = [] }: Step): void {
  for (const output of outputs) {
    members(name, output, documented.output);
    checkSelector(name, output.Selector);
    if (output.Type !== undefined && !documented.parameter.types.includes(output.Type))
      refuse(name, output.Type);
  }
}
/** Where a step can go on besides the next one. */
const jumps = ({ nextStep, onFailure, action, inputs }: Step): readonly string[] => [
  ...(nextStep === undefined ? [] : [nextStep]),
  ...(onFailure?.startsWith('step:') ? [onFailure.slice(5)] : []),
  ...(action === 'aws:branch'
    ? [...(inputs.Choices as readonly Json[]).map(({ NextStep }) => String(NextStep)), String(inputs.Default)]
    : []),
];

/** The operation and its members, by AWS's service models. */
function checkCall({ name, inputs }: Step): void {
  const { Service, Api, PropertySelector, DesiredValues, ...input } = inputs;
  const model = models[namespaces[String(Service)] ?? refuse(name, String(Service))];
  const operation = model.operations[String(Api)] ?? refuse(name, String(Api));
  const shape = operation.input === undefined ? undefined : model.shapes[operation.input];
  members(name, input, {
    required: [...(shape?.required ?? [])],
    optional: Object.keys(shape?.members ?? {}),
  });
  if (PropertySelector === undefined) return;
  checkSelector(name, String(PropertySelector));
  if (!Array.isArray(DesiredValues) || DesiredValues.length === 0) refuse(name, 'DesiredValues');
}

/** JSONPath as Automation has it: children, deep scans, an index, and a filter with one comparison. */
export const selectorParts = (selector: string): readonly string[] | undefined => {
  const part = /^(\.\.?\w+|\[\d+\]|\[\?\(@(\.\w+)+ (==|!=|>|<|>=|<=) '[^']*'\)\])/;
  const parts: string[] = [];
  let rest = selector.replace(/^\$(?=\.)/, '');
  if (rest === selector) return undefined;
  while (rest !== '') {
    const [found] = part.exec(rest) ?? [];
    if (found === undefined) return undefined;
    parts.push(found);
    rest = rest.slice(found.length);
  }
  return parts;
};
function checkSelector(where: string, selector: string): void {
  if (!selectorParts(selector)) refuse(where, `the selector ${selector}`);
}

/** Each placeholder names a parameter, a variable, or what a step before it told. */
function checkPlaceholders(step: Step, names: ReadonlySet<string>, it: AutomationDocument): void {
  const { Steps: _, ...inputs } = step.inputs;
  for (const [, name = ''] of JSON.stringify({ ...step, inputs }).matchAll(/\{\{ ([^}]*) \}\}/g)) {
    const [of = '', output] = name.split('.');
    const known = name.startsWith('variable:')
      ? name.slice(9) in (it.variables ?? {})
      : output === undefined
        ? name in it.parameters
        : names.has(of);
    if (!known) throw new Error(`${step.name}: nothing is called ${name}`);
  }
}

const between = (least: number, n: unknown, most: number): boolean =>
  Number.isInteger(n) && Number(n) >= least && Number(n) <= most;

function checkLoop(name: string, inputs: Json): void {
  const { iterations, types } = documented.loop;
  if (!between(1, inputs.MaxIterations ?? iterations, iterations)) refuse(name, 'so many times');
  if ('Iterators' in inputs === 'LoopCondition' in inputs) refuse(name, 'what it goes round by');
  if (!types.includes(String(inputs.IteratorDataType))) refuse(name, 'the type');
}

function checkOwn(step: Step, names: Set<string>, it: AutomationDocument): void {
  const { name, inputs } = step;
  switch (step.action) {
    case 'aws:approve':
      if (String(inputs.Message).length > documented.approve.message) refuse(name, 'so long a message');
      if ((step.timeoutSeconds ?? 0) > documented.approve.timeoutSeconds) refuse(name, 'so long a wait');
      break;
    case 'aws:branch':
      for (const { NextStep: _, Variable, ...operation } of inputs.Choices as readonly Json[]) {
        if (typeof Variable !== 'string' || Object.keys(operation).length !== 1)
          refuse(name, 'such a choice');
        if (!documented.operations.includes(Object.keys(operation)[0] ?? '')) refuse(name, 'the operation');
      }
      break;
    case 'aws:loop':
      checkLoop(name, inputs);
      checkSteps(inputs.Steps as readonly Step[], names, it);
      break;
    case 'aws:updateVariable':
      if (!(String(inputs.Name).replace(/^variable:/, '') in (it.variables ?? {})))
        refuse(name, String(inputs.Name));
      break;
    default:
  }
}
