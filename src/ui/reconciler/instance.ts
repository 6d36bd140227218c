import type { Component, ReactNode } from 'react';
import type { Box, Letters } from './nodes.ts';

export type Props = Readonly<Record<string, unknown>> & { readonly children?: ReactNode };

/** A component that is a class, and what React calls of it. */
export interface ClassType {
  new (props: Props): Component<Props, object>;
  readonly prototype: { readonly isReactComponent?: object; readonly isPureReactComponent?: boolean };
  readonly getDerivedStateFromError?: (error: unknown) => object | null;
}
/** What a type of element is: how it is drawn, and where it says so, when it is not drawn anew. */
export type Kind =
  | { readonly is: 'host'; readonly name: Box['nodeName'] }
  | { readonly is: 'text' | 'provider' | 'many' }
  | { readonly is: 'class'; readonly type: ClassType }
  | {
      readonly is: 'function';
      readonly call: (props: Props) => ReactNode;
      readonly same?: (before: Props, after: Props) => boolean;
    };

/** What a hook keeps from one drawing to the next. Each hook knows its own. */
export type Slot = object;

/** An element that stands on the screen, or leads to some that do. */
export interface Instance {
  readonly kind: Kind;
  readonly type: unknown;
  /** Its key, or else its place among its siblings: what an element has to share with it to be the same. */
  readonly place: string | number;
  props: Props;
  readonly parent: Instance | undefined;
  readonly depth: number;
  children: readonly Instance[];
  node?: Box | Letters;
  readonly slots: Slot[];
  /** The contexts that its last drawing has read. */
  readonly reads: Set<unknown>;
  object?: Component<Props, object>;
  /** What a class was told to change of its state, in order. */
  readonly changes: unknown[];
  /** False until it is in the tree. */
  mounted: boolean;
  gone: boolean;
}

export const newInstance = (
  parent: Instance | undefined,
  of: Pick<Instance, 'kind' | 'type' | 'place' | 'props'>,
): Instance => ({
  ...of,
  parent,
  depth: (parent?.depth ?? -1) + 1,
  children: [],
  slots: [],
  reads: new Set(),
  changes: [],
  mounted: false,
  gone: false,
});

/** Itself and all that leads to it, from within. */
export function* upFrom(instance: Instance | undefined): Generator<Instance> {
  for (let at = instance; at; at = at.parent) yield at;
}
export const isUnder = (instance: Instance, above: Instance): boolean => {
  for (const one of upFrom(instance.parent)) if (one === above) return true;
  return false;
};
