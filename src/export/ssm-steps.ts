import type { Service } from '../model/operations/sdk.ts';
import { services } from '../model/operations/services.ts';
import type { Operation } from '../model/operations.ts';
import type { SetupCall } from '../model/progress/setup.ts';

/** A step of an Automation document, with the properties that AWS documents for all actions. */
export interface AutomationStep {
  readonly name: string;
  readonly action: string;
  readonly description?: string;
  readonly timeoutSeconds?: number;
  readonly onFailure?: string;
  readonly isCritical?: boolean;
  readonly nextStep?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs?: readonly { readonly Name: string; readonly Selector: string; readonly Type: string }[];
}
type Shared = Partial<Omit<AutomationStep, 'name' | 'action' | 'inputs'>>;

/** An operation as `Service` and `Api` name it. The services are named as the AWS CLI does. */
const apiOf = (operation: Operation): { readonly Service: string; readonly Api: string } => {
  const [service, Api = ''] = operation.split(':') as [Service, string];
  return { Service: services[service].cli, Api };
};
export const execute = (
  name: string,
  operation: Operation,
  input: object,
  more: Shared = {},
): AutomationStep => ({
  ...{ name, action: 'aws:executeAwsApi', inputs: { ...apiOf(operation), ...input } },
  ...more,
});
/** Whether AWS shows something: `is` the answer's `at`. */
export interface Asked {
  readonly operation: Operation;
  readonly input: object;
  readonly at: string;
  readonly is: readonly string[];
}
const property = (action: string, name: string, asked: Asked, more: Shared): AutomationStep => ({
  ...{ name, action },
  ...more,
  inputs: {
    ...apiOf(asked.operation),
    ...asked.input,
    PropertySelector: asked.at,
    DesiredValues: asked.is,
  },
});
export const assert = (name: string, asked: Asked, more: Shared = {}): AutomationStep =>
  property('aws:assertAwsResourceProperty', name, asked, more);
export const wait = (name: string, asked: Asked, timeoutSeconds: number, more: Shared = {}): AutomationStep =>
  property('aws:waitForAwsResourceProperty', name, asked, { timeoutSeconds, ...more });
/** A choice between steps. `choices`: the first that holds counts. */
export const branch = (
  name: string,
  choices: readonly Readonly<Record<string, string>>[],
  otherwise: string,
): AutomationStep => ({
  ...{ name, action: 'aws:branch', inputs: { Choices: choices, Default: otherwise } },
});
export const keep = (name: string, variable: string, value: string, more: Shared = {}): AutomationStep => ({
  ...{ name, action: 'aws:updateVariable', inputs: { Name: `variable:${variable}`, Value: value } },
  ...more,
});
/** What is not there is no failure of the document: it goes on at `step`. */
export const otherwise = (step: string, nextStep: string): Shared => ({
  onFailure: `step:${step}`,
  isCritical: false,
  nextStep,
});
/** An approval before a dangerous change. A message has 4,096 characters at most. */
export const approve = (name: string, { says, consequences }: SetupCall): AutomationStep => ({
  ...{ name, action: 'aws:approve', timeoutSeconds: 604_800, onFailure: 'Abort' },
  inputs: {
    Message: [says, ...consequences].join('\n').replaceAll('{{', '{ {').slice(0, 4096),
    MinRequiredApprovals: 1,
    Approvers: '{{ Approvers }}',
  },
});
