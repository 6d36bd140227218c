import * as react from 'react';
import { type Instance, type Slot, upFrom } from './instance.ts';
import { type Effect, type EffectSlot, pending, schedule } from './pending.ts';

type Deps = readonly unknown[] | undefined;
const same = (a: Deps, b: Deps): boolean =>
  a !== undefined && b !== undefined && a.length === b.length && a.every((one, n) => Object.is(one, b[n]));

/** Whose drawing runs now, and how many hooks it has asked for. */
let at: Instance | undefined;
let asked = 0;

function drawnNow(): Instance {
  if (!at) throw new Error('A hook is only there while a component is drawn.');
  return at;
}
function slot<T extends Slot>(make: (instance: Instance) => T): T {
  const instance = drawnNow();
  const n = asked++;
  const found = instance.slots[n] ?? make(instance);
  instance.slots[n] = found;
  return found as T;
}

function readContext<T>(context: react.Context<T>): T {
  const instance = drawnNow();
  instance.reads.add(context);
  for (const one of upFrom(instance.parent))
    if (one.kind.is === 'provider' && one.type === context) return one.props.value as T;
  return (context as unknown as { readonly _currentValue: T })._currentValue;
}

type Reducer = (state: unknown, action: unknown) => unknown;
interface StateSlot {
  state: unknown;
  reducer: Reducer;
  readonly queue: ({ readonly action: unknown } | { readonly state: unknown })[];
  readonly send: (action: unknown) => void;
}
/** `known`: its reducer is always the same, so that a state that stays what it is need not be drawn. */
function state(
  reducer: Reducer,
  first: () => unknown,
  known: boolean,
): readonly [unknown, StateSlot['send']] {
  const own = slot((instance): StateSlot => {
    const made: StateSlot = {
      state: first(),
      reducer,
      queue: [],
      send: (action) => {
        if (known && made.queue.length === 0) {
          const next = reducer(made.state, action);
          if (Object.is(next, made.state)) return;
          made.queue.push({ state: next });
        } else made.queue.push({ action });
        schedule(instance);
      },
    };
    return made;
  });
  own.reducer = reducer;
  for (const one of own.queue.splice(0))
    own.state = 'state' in one ? one.state : own.reducer(own.state, one.action);
  return [own.state, own.send];
}
const replaced: Reducer = (before, action) =>
  typeof action === 'function' ? (action as (before: unknown) => unknown)(before) : action;

function memo<T>(make: () => T, deps: Deps): T {
  const own = slot(() => ({ value: make(), deps }));
  if (!same(own.deps, deps)) Object.assign(own, { value: make(), deps });
  return own.value;
}
const effect =
  (phase: EffectSlot['phase']) =>
  (create: Effect['create'], deps?: Deps): void => {
    const own = slot((): EffectSlot => ({ phase, deps: undefined, began: false, cleanup: undefined }));
    if (own.began && same(own.deps, deps)) return;
    own.began = true;
    own.deps = deps;
    pending.effects.set(own, { instance: drawnNow(), create });
  };
const [useInsertionEffect, useLayoutEffect, useEffect] = [
  effect('insertion'),
  effect('layout'),
  effect('passive'),
];

function useSyncExternalStore<T>(subscribe: (changed: () => void) => () => void, now: () => T): T {
  const value = now();
  const own = slot((instance) => {
    const made = {
      value,
      now,
      check: () => {
        if (!Object.is(made.now(), made.value)) schedule(instance);
      },
    };
    return made;
  });
  useLayoutEffect(() => {
    Object.assign(own, { value, now });
    own.check();
  }, [subscribe, value, now]);
  useEffect(() => {
    own.check();
    return subscribe(own.check);
  }, [subscribe]);
  return value;
}
function useEffectEvent<A extends readonly unknown[], R>(callback: (...given: A) => R): (...given: A) => R {
  const own = slot(() => {
    const made = { callback, call: (...given: A): R => made.callback(...given) };
    return made;
  });
  const call = (): void => {
    own.callback = callback;
  };
  pending.events.set(own, { instance: drawnNow(), call });
  return own.call;
}

/** What React's hooks are while a component is drawn. Those that neither Ink nor the screen asks for are not there. */
const hooks = {
  use: readContext,
  useContext: readContext,
  useReducer: (reducer: Reducer, given: unknown, init?: (given: unknown) => unknown) =>
    state(reducer, () => (init ? init(given) : given), false),
  useState: (given: unknown) => state(replaced, () => (typeof given === 'function' ? given() : given), true),
  useRef: (current: unknown) => slot(() => ({ current })),
  useMemo: memo,
  useCallback: (callback: unknown, deps: Deps) => memo(() => callback, deps),
  useInsertionEffect,
  useLayoutEffect,
  useEffect,
  useSyncExternalStore,
  useEffectEvent,
};
/** Where React's hooks find those of whoever draws. Every reconciler takes this way. */
const inside = (
  react as unknown as Record<
    '__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE',
    { H: typeof hooks | null }
  >
).__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE;

/** Draws a component. */
export function drawing<T>(instance: Instance, draw: () => T): T {
  const before = { at, asked, hooks: inside.H };
  [at, asked, inside.H] = [instance, 0, hooks];
  instance.reads.clear();
  try {
    return draw();
  } finally {
    ({ at, asked } = before);
    inside.H = before.hooks;
  }
}
