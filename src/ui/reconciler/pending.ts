import { type Instance, isUnder } from './instance.ts';

/** What an effect has returned, to be called before it runs again and when its component goes. */
export interface EffectSlot {
  readonly phase: 'insertion' | 'layout' | 'passive';
  deps: readonly unknown[] | undefined;
  began: boolean;
  cleanup: (() => void) | undefined;
}
export interface Effect {
  readonly instance: Instance;
  // biome-ignore lint/suspicious/noConfusingVoidType: what React's effects return
  readonly create: () => (() => void) | void;
}
/** What is called once the nodes stand as they are to be. */
interface Call {
  readonly instance: Instance;
  readonly call: () => void;
}

/** What has to be drawn anew, and what is to be done after that: there is one screen, and one drawing at a time. */
export const pending = {
  /** Whose drawing is out of date. */
  dirty: new Set<Instance>(),
  events: new Map<object, Call>(),
  /** In React's order: those of what is within come before those of what is around it. */
  effects: new Map<EffectSlot, Effect>(),
  /** Of components that have gone. */
  cleanups: [] as Call[],
  calls: [] as Call[],
  /** A node was changed: there is something to draw. */
  changed: false,
};

/** Draws what is out of date once whoever is running now is done. */
let begin: () => void = () => undefined;
let asked = false;
export function onDirty(flush: () => void): void {
  begin = () => {
    asked = false;
    flush();
  };
}
export function schedule(instance: Instance): void {
  if (instance.gone) return;
  pending.dirty.add(instance);
  if (asked) return;
  asked = true;
  queueMicrotask(() => begin());
}

/** Whether there is anything left to draw or to do. */
export const isAnythingPending = (): boolean =>
  [pending.dirty, pending.events, pending.effects].some(({ size }) => size > 0) ||
  pending.cleanups.length + pending.calls.length > 0 ||
  pending.changed;

/** What is within has been drawn, and its effects stand before those of the one around it. */
export function effectsLast({ slots }: Instance): void {
  for (const slot of slots) {
    const effect = pending.effects.get(slot as EffectSlot);
    if (effect && pending.effects.delete(slot as EffectSlot)) pending.effects.set(slot as EffectSlot, effect);
  }
}

/** What was to be done for those below, which were given up while they were being drawn. */
export function forgetBelow(above: Instance): void {
  for (const map of [pending.events, pending.effects])
    for (const [slot, { instance }] of map) if (isUnder(instance, above)) map.delete(slot as never);
  pending.calls = pending.calls.filter(({ instance }) => !isUnder(instance, above));
  for (const instance of pending.dirty) if (isUnder(instance, above)) pending.dirty.delete(instance);
}
