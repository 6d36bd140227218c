import { createContext } from 'react';
import createReconciler from 'react-reconciler';
import { DefaultEventPriority, NoEventPriority } from 'react-reconciler/constants.js';
import { type Box, createNode, insert, type Letters, type Node, remove } from './nodes.ts';

interface Inside {
  readonly text: boolean;
}
type Props = Readonly<Record<string, unknown>>;
const nothing = (): void => undefined;
const noneOf = (): null => null;
const never = (): boolean => false;

/** What React sets, and asks for again: one for all that is drawn, as in Ink. */
function priorities() {
  let priority: number = NoEventPriority;
  return {
    setCurrentUpdatePriority(next: number) {
      priority = next;
    },
    getCurrentUpdatePriority: () => priority,
    resolveUpdatePriority: () => (priority === NoEventPriority ? DefaultEventPriority : priority),
  };
}

/**
 * What React's reconciler has to know to keep our nodes. It stands in the place of the module in which Ink tells it of its
 * own (`src/replaced.mjs`): those are laid out, may be transformed, and may be written above the screen, and ours are not.
 * It also waits for developer tools, which a file of CommonJS cannot.
 */
export default createReconciler({
  getRootHostContext: (): Inside => ({ text: false }),
  getChildHostContext: (outside: Inside, type: Box['nodeName']): Inside =>
    type === 'ink-text' || type === 'ink-virtual-text' ? { text: true } : outside,
  shouldSetTextContent: never,
  createInstance(type: Box['nodeName'], props: Props, _root: Box, inside: Inside): Box {
    const box = createNode(type === 'ink-text' && inside.text ? 'ink-virtual-text' : type);
    box.style = styleOf(props);
    return box;
  },
  createTextInstance(text: string, _root: Box, inside: Inside): Letters {
    if (!inside.text) throw new Error(`“${text}” stands outside of a <Text>`);
    return { nodeName: '#text', nodeValue: text, parentNode: undefined };
  },
  finalizeInitialChildren: never,

  appendInitialChild: (box: Box, node: Node) => insert(box, node),
  appendChild: (box: Box, node: Node) => insert(box, node),
  insertBefore: (box: Box, node: Node, before: Node) => insert(box, node, before),
  removeChild: (_box: Box, node: Node) => remove(node),
  appendChildToContainer: (box: Box, node: Node) => insert(box, node),
  insertInContainerBefore: (box: Box, node: Node, before: Node) => insert(box, node, before),
  removeChildFromContainer: (_box: Box, node: Node) => remove(node),
  clearContainer: nothing,
  commitUpdate(box: Box, _type: string, _before: Props, props: Props) {
    box.style = styleOf(props);
  },
  commitTextUpdate(letters: Letters, _before: string, text: string) {
    letters.nodeValue = text;
  },
  prepareForCommit: noneOf,
  /** All stands as it is to be drawn. */
  resetAfterCommit(root: Box) {
    root.onComputeLayout?.();
    root.onRender?.();
  },

  ...priorities(),
  supportsMicrotasks: true,
  scheduleMicrotask: queueMicrotask,
  scheduleTimeout: setTimeout,
  cancelTimeout: clearTimeout,
  noTimeout: -1,

  isPrimaryRenderer: true,
  supportsMutation: true,
  supportsPersistence: false,
  supportsHydration: false,
  getPublicInstance: (node: Node) => node,
  // Nothing of ours is hidden while something else is waited for, refers to a fragment, or is a form.
  maySuspendCommit: never,
  maySuspendCommitOnUpdate: never,
  maySuspendCommitInSyncRender: never,
  NotPendingTransition: undefined,
  HostTransitionContext: createContext(undefined),
  shouldAttemptEagerTransition: never,
  trackSchedulerEvent: nothing,
  resolveEventType: noneOf,
  resolveEventTimeStamp: () => -1.1,
  requestPostPaintCallback: nothing,
  preloadInstance: () => true,
  startSuspendingCommit: nothing,
  suspendInstance: nothing,
  waitForCommitToBeReady: noneOf,
  resetFormInstance: nothing,
  preparePortalMount: nothing,
  detachDeletedInstance: nothing,
  beforeActiveInstanceBlur: nothing,
  afterActiveInstanceBlur: nothing,
  getInstanceFromNode: noneOf,
  prepareScopeUpdate: nothing,
  getInstanceFromScope: noneOf,
  createFragmentInstance: noneOf,
  rendererVersion: '',
  rendererPackageName: 'cw-runbook',
  extraDevToolsConfig: null,
  bindToConsole: () => nothing,
  suspendOnActiveViewTransition: nothing,
  getSuspendedCommitReason: noneOf,
});
const styleOf = ({ style }: Props): Box['style'] => (style ?? {}) as Box['style'];
