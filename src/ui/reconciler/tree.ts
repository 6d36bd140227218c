import type { ReactNode } from 'react';
import { unreachable } from '../../model/text/unreachable.ts';
import { equal, type Given, givenIn, inText, kindOf } from './elements.ts';
import { drawing } from './hooks.ts';
import { type Instance, newInstance, type Props, upFrom } from './instance.ts';
import { type Box, createNode, insert, type Node, remove } from './nodes.ts';
import { type EffectSlot, effectsLast, forgetBelow, pending, schedule } from './pending.ts';

/** Puts an element into the tree, with all below it. Its nodes are put where they belong by who asked for it. */
function mount({ type, place, props }: Given, parent: Instance): Instance {
  const host = hostAbove(parent);
  const instance = newInstance(parent, { kind: kindOf(type, inText(host)), type, place, props });
  const { kind } = instance;
  if (kind.is === 'text') {
    if (!inText(host)) throw new Error(`A text has to stand in one: ${String(props.text)}`);
    instance.node = { nodeName: '#text', nodeValue: String(props.text), parentNode: undefined };
  } else if (kind.is === 'host') {
    const box = createNode(kind.name);
    instance.node = box;
    box.style = styleIn(props);
    draw(instance);
    for (const node of nodesOf(instance.children)) insert(box, node);
    if (props.ref) pending.calls.push({ instance, call: () => refer(props.ref, box) });
  } else draw(instance);
  instance.mounted = true;
  pending.changed = true;
  return instance;
}
const styleIn = ({ style }: Props): Box['style'] => (style ?? {}) as Box['style'];
function refer(ref: unknown, box: Box | null): void {
  if (typeof ref === 'function') ref(box);
  else if (ref) (ref as { current: unknown }).current = box;
}
const hostAbove = (instance: Instance): Instance => {
  for (const one of upFrom(instance)) if (one.kind.is === 'host') return one;
  throw new Error('The tree has no root.');
};

/** An element of the same type stands where this one stood. */
function update(instance: Instance, props: Props): void {
  const { kind, props: before } = instance;
  if (props === before) return;
  if (kind.is === 'function' && kind.same?.(before, props)) return;
  instance.props = props;
  if (kind.is === 'text' && instance.node?.nodeName === '#text') {
    if (instance.node.nodeValue === props.text) return;
    instance.node.nodeValue = String(props.text);
    pending.changed = true;
    return;
  }
  if (instance.node && instance.node.nodeName !== '#text' && !equal(styleIn(before), styleIn(props))) {
    instance.node.style = styleIn(props);
    pending.changed = true;
  }
  if (kind.is === 'provider' && !Object.is(before.value, props.value))
    outdate(instance.children, instance.type);
  draw(instance, before);
}
/** Whoever has read the context is drawn anew; below another provider of it, nobody has. */
function outdate(instances: readonly Instance[], context: unknown): void {
  for (const one of instances) {
    if (one.kind.is === 'provider' && one.type === context) continue;
    if (one.reads.has(context)) pending.dirty.add(one);
    outdate(one.children, context);
  }
}

/** Draws an element and what follows from it. `before`: its props until now, where it is not drawn for itself. */
export function draw(instance: Instance, before = instance.props): void {
  pending.dirty.delete(instance);
  const { kind, props } = instance;
  switch (kind.is) {
    case 'text':
      break;
    case 'host':
    case 'provider':
    case 'many':
      place(instance, props.children);
      break;
    case 'function': {
      const children = drawing(instance, () => kind.call(props));
      place(instance, children);
      effectsLast(instance);
      break;
    }
    case 'class':
      drawClass(instance, before);
      break;
    default:
      unreachable(kind);
  }
}

/** Has the children of an instance be those: what is the same stays, what is not comes and goes. */
function place(parent: Instance, children: ReactNode): void {
  const before = new Map(parent.children.map((one, n) => [one.place, { one, n }]));
  const moved = new Set<Instance>();
  let last = 0;
  const after = givenIn(children).map((given) => {
    const found = before.get(given.place);
    if (!found || found.one.type !== given.type) {
      const made = mount(given, parent);
      moved.add(made);
      return made;
    }
    before.delete(given.place);
    if (found.n < last) moved.add(found.one);
    else last = found.n;
    update(found.one, given.props);
    return found.one;
  });
  for (const { one } of before.values()) unmount(one);
  parent.children = after;
  if (parent.mounted && moved.size > 0) putNodes(parent, moved);
}
function putNodes(parent: Instance, moved: ReadonlySet<Instance>): void {
  const { node: box } = hostAbove(parent);
  if (!box || box.nodeName === '#text') return;
  let next = parent.kind.is === 'host' ? undefined : nodeAfter(parent);
  for (const child of parent.children.toReversed()) {
    const nodes = [...nodesOf([child])];
    if (moved.has(child)) for (const node of nodes) insert(box, node, next);
    next = nodes[0] ?? next;
  }
  pending.changed = true;
}
/** The nodes that stand for instances, from the top. */
function* nodesOf(instances: readonly Instance[]): Generator<Node> {
  for (const one of instances)
    if (one.node) yield one.node;
    else yield* nodesOf(one.children);
}
/** What stands after an instance in the box that both are in. */
function nodeAfter(instance: Instance): Node | undefined {
  for (const one of upFrom(instance)) {
    const siblings = one.parent?.children ?? [];
    for (const node of nodesOf(siblings.slice(siblings.indexOf(one) + 1))) return node;
    if (!one.parent || one.parent.kind.is === 'host') return undefined;
  }
  return undefined;
}

/** Takes an instance out of the tree, and with it all below. */
function unmount(instance: Instance): void {
  leave(instance);
  for (const node of nodesOf([instance])) remove(node);
  pending.changed = true;
}
function leave(instance: Instance): void {
  instance.gone = true;
  pending.dirty.delete(instance);
  for (const one of instance.slots) {
    if (!('phase' in one)) continue;
    const slot = one as EffectSlot;
    pending.effects.delete(slot);
    const { cleanup } = slot;
    slot.cleanup = undefined;
    if (!cleanup) continue;
    if (slot.phase === 'passive') pending.cleanups.push({ instance, call: cleanup });
    else attempt(instance, cleanup);
  }
  attempt(instance, () => instance.object?.componentWillUnmount?.());
  if (instance.kind.is === 'host') refer(instance.props.ref, null);
  for (const child of instance.children) leave(child);
}

/** An error of one that goes does not keep the others from going. */
function attempt(instance: Instance, call: () => void): void {
  try {
    call();
  } catch (error) {
    const fail = (): never => {
      throw error;
    };
    pending.calls.push({ instance, call: fail });
  }
}

function drawClass(instance: Instance, before: Props): void {
  const { kind, props, changes } = instance;
  if (kind.is !== 'class') return;
  const object = instance.object ?? begin(instance, kind.type);
  const { state: earlier } = object;
  let state: object = earlier;
  for (const change of changes.splice(0))
    state = { ...state, ...(typeof change === 'function' ? change(state, props) : change) };
  const same = state === earlier && equal(before, props);
  Object.assign(object, { props, state });
  if (instance.mounted && same && kind.type.prototype.isPureReactComponent) return;
  const call = instance.mounted
    ? () => object.componentDidUpdate?.(before, earlier)
    : () => object.componentDidMount?.();
  try {
    place(instance, object.render());
  } catch (error) {
    if (!catches(instance)) throw error;
    recover(instance, error, call);
    return;
  }
  pending.calls.push({ instance, call });
}
function begin(instance: Instance, type: new (props: Props) => NonNullable<Instance['object']>) {
  const object = new type(instance.props);
  object.state ??= {};
  const change = (_: unknown, ...[state]: readonly unknown[]): void => {
    instance.changes.push(state);
    schedule(instance);
  };
  Object.assign(object, {
    updater: { enqueueSetState: change, enqueueForceUpdate: () => change(object, () => ({})) },
  });
  instance.object = object;
  return object;
}

const catches = ({ kind, object }: Instance): boolean =>
  kind.is === 'class' &&
  (kind.type.getDerivedStateFromError !== undefined || object?.componentDidCatch !== undefined);

/** Hands an error of an instance to the nearest above that takes errors. Throws it where there is none. */
export function hand(instance: Instance, thrown: unknown): void {
  let error = thrown;
  for (const one of upFrom(instance.parent)) {
    if (one.gone || !catches(one)) continue;
    try {
      recover(one, error);
      return;
    } catch (another) {
      error = another;
    }
  }
  throw error;
}
/** What threw is given up, and what the one that takes errors shows instead is drawn. */
function recover(
  instance: Instance,
  error: unknown,
  done = (): void => instance.object?.componentDidUpdate?.(instance.props, {}),
): void {
  const { kind, object, children } = instance;
  if (kind.is !== 'class' || !object) return;
  for (const child of children) unmount(child);
  instance.children = [];
  forgetBelow(instance);
  object.state = { ...object.state, ...kind.type.getDerivedStateFromError?.(error) };
  const told = { componentStack: '' };
  const call = (): void =>
    object.componentDidCatch?.(error instanceof Error ? error : new Error(String(error)), told);
  place(instance, object.render());
  pending.calls.push({ instance, call: done }, { instance, call });
}
