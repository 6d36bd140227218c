// Compiles one event class of OCSF, with profiles, to a JSON Schema (draft 2020-12): what test/report/ocsf/ checks exports
// against. `node test/report/ocsf/compile.mjs FOLDER COMMIT > test/report/ocsf/api-activity.json`, FOLDER being a checkout of
// github.com/ocsf/ocsf-schema at COMMIT.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, commit] = process.argv.slice(2);
const applied = ['cloud', 'datetime', 'record_integrity'];
const read = (...path) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
const { version } = read('version.json');
const dictionary = read('dictionary.json');
const all = (part) =>
  new Map(
    readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .map((name) => read(part, name))
      .filter(({ name }) => name !== undefined)
      .map((one) => [one.name, one]),
  );
const [classes, objects] = [all('events'), all('objects')];

/** What a class or an object has, what it extends included; of profiles only those that are applied. */
function attributesOf(one, from) {
  const parent = one.extends === undefined ? {} : attributesOf(from.get(one.extends), from);
  const { $include = [], ...own } = one.attributes ?? {};
  const included = [$include].flat().map((path) => read(path));
  const merged = { ...parent };
  const add = (attributes, profile) => {
    for (const [name, attribute] of Object.entries(attributes)) {
      const owner = attribute.profile === undefined ? profile : attribute.profile;
      if (typeof owner === 'string' && !applied.includes(owner)) continue;
      const known = merged[name] ?? {};
      const values = attribute.enum ? { enum: { ...known.enum, ...attribute.enum } } : {};
      merged[name] = { ...known, ...attribute, ...values };
    }
  };
  for (const profile of included)
    add(profile.attributes, profile.meta === 'profile' ? profile.name : undefined);
  add(own);
  return merged;
}
const constraintsOf = (one, from) =>
  one.constraints ?? (one.extends === undefined ? {} : constraintsOf(from.get(one.extends), from));

const needed = new Set();
function typeOf(name, attribute) {
  const listed = dictionary.attributes[name] ?? {};
  const { type, is_array } = { ...listed, ...attribute };
  const { range, regex, max_len, type: base = type } = dictionary.types.attributes[type] ?? {};
  const values = (listed.enum || attribute.enum) && { ...listed.enum, ...attribute.enum };
  const one = !(type in dictionary.types.attributes)
    ? reference(type)
    : {
        ...({
          boolean_t: { type: 'boolean' },
          integer_t: { type: 'integer' },
          long_t: { type: 'integer' },
          float_t: { type: 'number' },
          json_t: {},
        }[base] ?? { type: 'string' }),
        ...(regex && { pattern: regex }),
        ...(max_len && { maxLength: max_len }),
        ...(range && { minimum: range[0], maximum: range[1] }),
        ...(values && base === 'integer_t' && { enum: Object.keys(values).map(Number) }),
      };
  return is_array ? { type: 'array', items: one } : one;
}
function reference(type) {
  needed.add(type);
  return { $ref: `#/$defs/${type}` };
}
function schemaOf(one, from) {
  if (one.name === 'object') return { type: 'object' };
  const attributes = attributesOf(one, from);
  const properties = {};
  for (const [name, attribute] of Object.entries(attributes)) {
    properties[name] = typeOf(name, attribute);
    if ((attribute.type ?? dictionary.attributes[name]?.type) === 'timestamp_t')
      // profile datetime
      properties[`${name}_dt`] = { type: 'string', pattern: dictionary.types.attributes.datetime_t.regex };
  }
  const { at_least_one, just_one } = constraintsOf(one, from);
  const wanted = (names) => names.filter((name) => name in properties).map((name) => ({ required: [name] }));
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    required: Object.entries(attributes).flatMap(([name, { requirement }]) =>
      requirement === 'required' ? [name] : [],
    ),
    ...(at_least_one && { anyOf: wanted(at_least_one) }),
    ...(just_one && { oneOf: wanted(just_one) }),
  };
}

const event = schemaOf(classes.get('api_activity'), classes);
event.properties.class_uid = { const: 6003 };
event.properties.category_uid = { const: 6 };
event.properties.type_uid = { enum: [0, 1, 2, 3, 4, 99].map((n) => 600300 + n) };
const $defs = {};
for (let open = [...needed]; open.length > 0; open = [...needed].filter((type) => !(type in $defs)))
  for (const type of open) $defs[type] = schemaOf(objects.get(type), objects);
console.log(
  JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $comment: `OCSF ${version}, class API Activity, profiles ${applied.join(', ')}. Source: github.com/ocsf/ocsf-schema, commit ${commit}, Apache-2.0; compiled by compile.mjs.`,
    ...event,
    $defs,
  }),
);
