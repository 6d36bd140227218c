import { isQuery, models, type Service, shapeNamed } from '../../src/simulator/protocol/model.ts';

type Read = (value: unknown) => unknown;
const readers = new Map<string, Read>();

/**
 * What the SDK makes of an operation's output once it has gone over the wire: a copy, with the members that AWS's model
 * has and no others. Times come as `Date`, of the services that speak AWS Query to the second.
 */
export function asSdk(service: Service, operation: string, output: unknown): object {
  const shape = models[service].operations[operation]?.output;
  return shape === undefined ? {} : (readerOf(service, shape)(output) as object);
}

function readerOf(service: Service, name: string): Read {
  const key = `${service} ${name}`;
  const known = readers.get(key);
  if (known !== undefined) return known;
  let made: Read | undefined;
  readers.set(key, (value) => made?.(value)); // a shape may hold itself
  made = reader(service, name);
  readers.set(key, made);
  return made;
}

function reader(service: Service, name: string): Read {
  const shape = shapeNamed(models[service], name);
  switch (shape.type) {
    case 'structure': {
      const members = new Map(
        Object.entries(shape.members ?? {}).map(([key, member]) => [key, readerOf(service, member)]),
      );
      return (value) => {
        const kept: Record<string, unknown> = {};
        for (const [key, given] of Object.entries(value as object)) {
          const read = members.get(key);
          if (given !== undefined && read !== undefined) kept[key] = read(given);
        }
        return kept;
      };
    }
    case 'list': {
      const read = readerOf(service, shape.member ?? '');
      return (value) => (value as readonly unknown[]).map(read);
    }
    case 'map': {
      const read = readerOf(service, shape.value ?? '');
      return (value) =>
        Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, read(item)]));
    }
    case 'timestamp':
      return (value) => {
        const ms = (value as Date).getTime();
        return new Date(isQuery(service) ? Math.floor(ms / 1000) * 1000 : ms);
      };
    case 'document':
      return structuredClone;
    default:
      return (value) => value;
  }
}
