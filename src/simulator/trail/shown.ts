import { models, type Service, type ServiceModel, shapeNamed } from '../protocol/model.ts';

// What CloudTrail keeps of a request and of its answer. As events of others show it: names in lower camel case, times
// as text (CreatePermissionSet, CreateRole), sensitive members hidden (PutResourcePolicy at Organizations).

const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/** requestParameters: null where nothing was asked. `input`: as it came, be it as it should or not. */
export const parametersOf = (service: Service, operation: string, input: unknown): unknown =>
  shown(service, models[service].operations[operation]?.input, input);
/** responseElements of what changed something: null where the answer says nothing. */
export const elementsOf = (service: Service, operation: string, output: unknown): unknown =>
  shown(service, models[service].operations[operation]?.output, output);

function shown(service: Service, shape: string | undefined, value: unknown): unknown {
  const isEmpty =
    shape === undefined || typeof value !== 'object' || value === null || Object.keys(value).length === 0;
  return isEmpty ? null : shownAs(models[service], shape, value);
}

function shownAs(model: ServiceModel, name: string, value: unknown): unknown {
  const shape = shapeNamed(model, name);
  if (shape.sensitive) return hidden;
  if (value instanceof Date) return dateText(value);
  if (Array.isArray(value))
    return shape.member === undefined
      ? null
      : value.map((item: unknown) => shownAs(model, shape.member ?? '', item));
  if (typeof value !== 'object' || value === null) return value;
  if (shape.type === 'map')
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, shownAs(model, shape.value ?? '', item)]),
    );
  if (shape.type !== 'structure') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const { members = {} } = shape;
      const member = Object.hasOwn(members, key) ? members[key] : undefined;
      if (member === undefined || item === undefined) return []; // no model has it: `State` of an instance, say
      return [[`${key.slice(0, 1).toLowerCase()}${key.slice(1)}`, shownAs(model, member, item)]];
    }),
  );
}

/** “Apr 25, 2023 12:48:16 AM”. */
function dateText(date: Date): string {
  const [day, time] = [
    { month: 'short', day: 'numeric', year: 'numeric' } as const,
    { hour: 'numeric', minute: '2-digit', second: '2-digit' } as const,
  ].map((parts) => date.toLocaleString('en-US', { ...parts, timeZone: 'UTC' }));
  return `${day} ${time?.replace('\u202f', ' ')}`;
}
