import { isObject, memberIn, type ServiceShapes, shapeIn } from './shapes.ts';

/** Lists as AWS Query has them: one element for each, of this name. */
const itemsIn = (value: unknown): readonly unknown[] | undefined => {
  if (value === '') return [];
  if (!isObject(value) || !Object.hasOwn(value, 'member')) return undefined;
  return Array.isArray(value.member) ? value.member : [value.member];
};
const entriesIn = (value: unknown): readonly unknown[] | undefined => {
  if (value === '') return [];
  if (!isObject(value) || !Object.hasOwn(value, 'entry')) return undefined;
  return Array.isArray(value.entry) ? value.entry : [value.entry];
};

/**
 * The data that an XML parser's objects of texts stand for, by the service's model. `name`: of the shape. What is no
 * value of its type stays a text.
 */
export function fromXml(model: ServiceShapes | undefined, name: string | undefined, value: unknown): unknown {
  const shape = shapeIn(model, name);
  switch (shape?.type) {
    case 'structure': {
      const members = value === '' ? {} : value;
      if (!isObject(members)) return value;
      return Object.fromEntries(
        Object.entries(members).map(([key, item]) => [key, fromXml(model, memberIn(shape, key), item)]),
      );
    }
    case 'list':
      return itemsIn(value)?.map((item) => fromXml(model, shape.member, item)) ?? value;
    case 'map': {
      const entries = entriesIn(value);
      if (!entries?.every(isObject)) return value;
      return Object.fromEntries(
        entries.map(({ key, value: item }) => [String(key), fromXml(model, shape.value, item)]),
      );
    }
    case 'integer':
    case 'long':
      return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : value;
    default:
      return value;
  }
}
