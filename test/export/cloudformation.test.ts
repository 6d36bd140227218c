import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import { expect, test } from 'vitest';
import { cloudformation } from '../../src/export/cloudformation.ts';
import type { Exporting } from '../../src/export/export.ts';
import { exportingOf, wholeRun, withoutPerson } from './runs.ts';

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy: string;
  readonly UpdateReplacePolicy: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}
interface Template {
  readonly AWSTemplateFormatVersion: string;
  readonly Description: string;
  readonly Metadata: { readonly Stack: string; readonly Notes: readonly string[] };
  readonly Parameters?: object;
  readonly Resources: Readonly<Record<string, Resource>>;
}
interface Imported {
  readonly ResourceType: string;
  readonly LogicalResourceId: string;
  readonly ResourceIdentifier: Readonly<Record<string, string>>;
}
const spec = await loadAwsServiceSpec();
const schemaOf = (type: string) => {
  const [found] = spec.lookup('resource', 'cloudFormationType', 'equals', type);
  return found ?? expect.fail(`CloudFormation has no ${type}`);
};

function filesOf(exporting: Exporting) {
  const files = new Map(cloudformation(exporting).map(({ name, text }) => [name, JSON.parse(text)]));
  const templates = [...files].flatMap(([name, it]) =>
    name.endsWith('template.json') ? [[name, it as Template] as const] : [],
  );
  const imports = [...files].flatMap(([name, it]) =>
    name.endsWith('to-import.json') ? [[name, it as readonly Imported[]] as const] : [],
  );
  return { names: [...files.keys()], templates, imports };
}

/** Each property is one of its type's, the required ones are there, and references lead somewhere. */
function isValid({ Resources, Parameters = {}, AWSTemplateFormatVersion, Description }: Template): void {
  expect(AWSTemplateFormatVersion).toBe('2010-09-09');
  expect(Description.length).toBeLessThanOrEqual(1024);
  for (const [name, { Type, Properties, DeletionPolicy, UpdateReplacePolicy }] of Object.entries(Resources)) {
    expect(name).toMatch(/^[A-Za-z0-9]{1,255}$/);
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    const { properties } = schemaOf(Type);
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(Properties)));
    const required = Object.entries(properties).flatMap(([key, of]) => (of.required ? [key] : []));
    expect(Object.keys(Properties)).toEqual(expect.arrayContaining(required));
    for (const [key, value] of Object.entries(Properties)) {
      const { type } = properties[key] ?? expect.fail(key);
      if (type.type === 'string' && typeof value !== 'object') expect(typeof value).toBe('string');
      if (type.type === 'string' && type.allowedValues) expect(type.allowedValues).toContain(value);
      if (typeof value !== 'object' || value === null) continue;
      if ('Fn::GetAtt' in value) {
        const [to = '', attribute = ''] = value['Fn::GetAtt'] as readonly string[];
        expect(Object.keys(schemaOf(Resources[to]?.Type ?? '').attributes)).toContain(attribute);
      }
      if ('Ref' in value) expect(Object.keys(Parameters)).toContain(value.Ref);
    }
  }
}

test('a finished run is a template for each account, and the objects to import by their primary identifiers', async () => {
  const { names, templates, imports } = filesOf(exportingOf(await wholeRun()));
  expect(names).toEqual([
    'codewhisperer-delegated-administrator.template.json',
    'codewhisperer-delegated-administrator.resources-to-import.json',
    'codewhisperer-management.template.json',
    'codewhisperer-management.resources-to-import.json',
  ]);
  const counts = templates.map(([, { Resources }]) => Object.values(Resources).map(({ Type }) => Type));
  expect(counts.map((types) => types.filter((type) => type === 'AWS::SSO::Assignment').length)).toEqual([
    4, 2,
  ]);
  expect(counts.map((types) => types.filter((type) => type === 'AWS::SSO::PermissionSet').length)).toEqual([
    1, 1,
  ]);
  for (const [n, [, template]] of templates.entries()) {
    isValid(template);
    const importing = imports[n]?.[1] ?? [];
    expect(importing.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(
      Object.keys(template.Resources),
    );
    for (const { ResourceType, LogicalResourceId, ResourceIdentifier } of importing) {
      const { Type, Properties } = template.Resources[LogicalResourceId] ?? expect.fail(LogicalResourceId);
      expect(ResourceType).toBe(Type);
      expect(Object.keys(ResourceIdentifier)).toEqual(schemaOf(Type).primaryIdentifier);
      for (const [key, value] of Object.entries(ResourceIdentifier)) {
        if (typeof Properties[key] === 'string') expect(value).toBe(Properties[key]);
        if (key === 'PermissionSetArn')
          expect(value).toMatch(/^arn:aws:sso:::permissionSet\/ssoins-\w+\/ps-\w+$/);
      }
    }
  }
});

test('of a half-done run a template has what is there alone: an import takes nothing new along', async () => {
  const { names, templates, imports } = filesOf(withoutPerson(exportingOf(await wholeRun())));
  expect(names.slice(0, 3)).toEqual([
    'codewhisperer-delegated-administrator.template.json',
    'codewhisperer-delegated-administrator.import.template.json',
    'codewhisperer-delegated-administrator.resources-to-import.json',
  ]);
  for (const [, template] of templates) isValid(template);
  const [whole, part] = templates.map(([, { Resources }]) => Resources);
  expect(Object.keys(part ?? {})).toEqual(imports[0]?.[1].map(({ LogicalResourceId }) => LogicalResourceId));
  expect(whole).toMatchObject(part ?? {});
  expect(Object.keys(whole ?? {}).length).toBeGreaterThan(Object.keys(part ?? {}).length);
});

test('who is still to be made is a parameter, and a set that is used as it was found is named by its ARN', async () => {
  const { templates } = filesOf(withoutPerson(exportingOf(await wholeRun())));
  expect(templates).toHaveLength(4);
  for (const [, template] of templates) {
    isValid(template);
    const waits = JSON.stringify(template.Resources).includes('"Ref"');
    expect(Object.keys(template.Parameters ?? {})).toEqual(waits ? ['administratoruserId'] : []);
  }
  const { setup, ...rest } = exportingOf(await wholeRun());
  const calls = setup.calls.map((one) =>
    one.call.operation === 'sso:PutInlinePolicyToPermissionSet'
      ? { ...one, stands: 'as-found' as const, keeps: true }
      : { ...one, keeps: one.call.operation === 'sso:CreatePermissionSet' },
  );
  for (const [, template] of filesOf({ ...rest, setup: { ...setup, calls } }).templates) {
    isValid(template);
    const resources = Object.values(template.Resources);
    expect(new Set(resources.map(({ Type }) => Type))).toEqual(new Set(['AWS::SSO::Assignment']));
    expect(resources.every(({ Properties }) => /^arn:/.test(String(Properties.PermissionSetArn)))).toBe(true);
  }
});

test('what is not in it stands in the template, and that a run was simulated', async () => {
  const { templates } = filesOf(exportingOf({ ...(await wholeRun()), simulated: true }));
  expect(templates[0]?.[1].Metadata.Notes.join('\n')).toMatch(
    /SIMULATED[\s\S]*Not in it:[\s\S]*delegated administrator/,
  );
});
