import type { ReactElement, ReactNode } from 'react';
import type { ClassType, Instance, Kind, Props } from './instance.ts';

/** An element as it is to stand: `type` tells whether one that stands there already is the same. */
export type Given = Pick<Instance, 'type' | 'place' | 'props'>;

const lists = Symbol('a list of elements');
const texts = Symbol('a text');

/** The elements among children, each at its place. What shows nothing keeps its place, too. */
export function givenIn(children: ReactNode): readonly Given[] {
  const list = isList(children) ? [...children] : [children];
  return list.flatMap((one, n) => givenAs(one, n) ?? []);
}
const isList = (node: ReactNode): node is Iterable<ReactNode> & object =>
  typeof node === 'object' && node !== null && Symbol.iterator in node;

function givenAs(node: ReactNode, n: number): Given | undefined {
  if (node === undefined || node === null || typeof node === 'boolean') return undefined;
  if (typeof node !== 'object') return { type: texts, place: n, props: { text: String(node) } };
  if (isList(node)) return { type: lists, place: n, props: { children: node } };
  if (!('props' in node)) throw new Error('This is nothing that can be drawn.');
  const { type, key, props } = node as ReactElement<Props>;
  return { type, place: key === null ? n : `.${key}`, props };
}

const [fragment, context, memo, forward] = ['fragment', 'context', 'memo', 'forward_ref'].map((name) =>
  Symbol.for(`react.${name}`),
);
type Wrapped = { readonly $$typeof: symbol; readonly type: unknown } & {
  readonly render: (props: Props, ref: unknown) => ReactNode;
  readonly compare: ((before: Props, after: Props) => boolean) | null;
};

/** How elements of a type are drawn. `inText`: they stand in a text. */
export function kindOf(type: unknown, inText: boolean): Kind {
  if (type === texts) return { is: 'text' };
  if (type === lists || type === fragment) return { is: 'many' };
  if (typeof type === 'string') return { is: 'host', name: hostNamed(type, inText) };
  if (typeof type === 'function')
    return (type as ClassType).prototype?.isReactComponent
      ? { is: 'class', type: type as ClassType }
      : { is: 'function', call: type as (props: Props) => ReactNode };
  const wrapped = type as Wrapped;
  switch (wrapped.$$typeof) {
    case context:
      return { is: 'provider' };
    case forward:
      return { is: 'function', call: ({ ref, ...props }) => wrapped.render(props, ref ?? null) };
    case memo: {
      const inner = kindOf(wrapped.type, inText);
      if (inner.is !== 'function') throw new Error('Only functions are remembered.');
      return { ...inner, same: wrapped.compare ?? equal };
    }
    default:
      throw new Error(`The screen knows no element of the type ${String(wrapped.$$typeof ?? type)}.`);
  }
}
function hostNamed(name: string, inText: boolean): 'ink-box' | 'ink-text' | 'ink-virtual-text' {
  if (name === 'ink-text') return inText ? 'ink-virtual-text' : 'ink-text';
  if (name !== 'ink-box' || inText)
    throw new Error(`A ${name} cannot stand ${inText ? 'in a text' : 'here'}.`);
  return name;
}
export const inText = ({ kind }: Instance): boolean => kind.is === 'host' && /text/.test(kind.name);

/** Whether props have the same members. */
export const equal = (a: object, b: object): boolean => {
  const [before, after] = [Object.entries(a), b as Readonly<Record<string, unknown>>];
  return (
    before.length === Object.keys(after).length &&
    before.every(([name, value]) => Object.hasOwn(after, name) && Object.is(value, after[name]))
  );
};
