import type { ReactNode } from 'react';
import { type Instance, newInstance } from './instance.ts';
import type { Box } from './nodes.ts';
import { type Effect, type EffectSlot, isAnythingPending, onDirty, pending } from './pending.ts';
import { draw, hand } from './tree.ts';

/**
 * Keeps what stands on the screen as React's elements say: draws components that changed, and runs effects. It stands in
 * the place of React's own reconciler (`src/replaced.mjs`), which does it in slices, for pages of thousands of elements,
 * with priorities and transitions; this one does all that is asked for at once, in React's order.
 */
const reconciler = {
  createContainer: (box: Box): Instance => {
    const kind = { is: 'host', name: box.nodeName } as const;
    const root = newInstance(undefined, { kind, type: box, place: 0, props: {} });
    root.node = box;
    root.mounted = true;
    return root;
  },
  updateContainerSync,
  updateContainer: updateContainerSync,
  flushSyncWork: flush,
  /** What a key asks for is drawn once it is done, with everything else that came with it. */
  discreteUpdates: (act: () => void): void => act(),
};
export default reconciler;
/** Ink's two ways to draw: both are this one. */
export const [LegacyRoot, ConcurrentRoot] = [0, 1];

function updateContainerSync(children: ReactNode, root: Instance): void {
  root.props = { children };
  pending.dirty.add(root);
}

let running = false;
onDirty(flush);
function flush(): void {
  if (running) return; // whoever is at it comes to this, too
  running = true;
  try {
    for (let n = 0; isAnythingPending(); n++) {
      notForEver(n);
      commit(drawDirty());
    }
  } finally {
    running = false;
  }
}
/** Draws all that is out of date, from above: what is above may have those below drawn, or gone. */
function drawDirty(): ReadonlySet<Instance> {
  const roots = new Set<Instance>();
  for (let n = 0; pending.dirty.size > 0; n++) {
    notForEver(n);
    for (const one of [...pending.dirty].sort((a, b) => a.depth - b.depth)) {
      if (!pending.dirty.has(one)) continue;
      roots.add(rootOf(one));
      try {
        draw(one);
      } catch (error) {
        pending.dirty.delete(one);
        hand(one, error);
      }
    }
  }
  return roots;
}
/** More rounds in a row than anything needs that ever comes to an end. */
function notForEver(rounds: number): void {
  if (rounds < 50) return;
  pending.dirty.clear();
  throw new Error('The screen is drawn again and again.');
}
const rootOf = (instance: Instance): Instance => (instance.parent ? rootOf(instance.parent) : instance);

/** In React's order: what was left before what came, and what draws the screen before what looks at it. */
function commit(roots: ReadonlySet<Instance>): void {
  for (const { call } of taken(pending.events).values()) call();
  const effects = taken(pending.effects);
  const of = (phase: EffectSlot['phase']) => [...effects].filter(([slot]) => slot.phase === phase);
  const [layout, passive] = [of('layout'), of('passive')];
  for (const instance of new Set([...effects.values()].map((one) => one.instance))) {
    const insertion = of('insertion').filter(([, effect]) => effect.instance === instance);
    end(insertion);
    start(insertion);
    end(layout.filter(([, effect]) => effect.instance === instance));
  }
  const changed = pending.changed;
  pending.changed = false;
  if (changed) for (const { node } of roots) if (node && node.nodeName !== '#text') show(node);
  start(layout);
  for (const { instance, call } of pending.calls.splice(0)) guarded(instance, call);
  for (const { instance, call } of pending.cleanups.splice(0)) guarded(instance, call);
  end(passive);
  start(passive);
}
type Listed = readonly (readonly [EffectSlot, Effect])[];
function show(box: Box): void {
  box.onComputeLayout?.();
  box.onRender?.();
}
/** What is in a map; it is empty afterwards. */
function taken<K, V>(map: Map<K, V>): Map<K, V> {
  const all = new Map(map);
  map.clear();
  return all;
}
function end(effects: Listed): void {
  for (const [slot, { instance }] of effects) {
    const { cleanup } = slot;
    slot.cleanup = undefined;
    if (cleanup) guarded(instance, cleanup);
  }
}
function start(effects: Listed): void {
  for (const [slot, { instance, create }] of effects) {
    if (instance.gone) continue;
    guarded(instance, () => {
      slot.cleanup = create() ?? undefined;
    });
  }
}
function guarded(instance: Instance, call: () => void): void {
  try {
    call();
  } catch (error) {
    hand(instance, error);
  }
}
