/**
 * What React's elements become: boxes, texts, and what stands in them. It stands in the place of Ink's own nodes
 * (`src/replaced.mjs`), which are laid out besides; ours are read by `renderer.ts` alone.
 */
export interface Box {
  readonly nodeName: 'ink-root' | 'ink-box' | 'ink-text' | 'ink-virtual-text';
  style: Readonly<Record<string, unknown>>;
  readonly childNodes: Node[];
  parentNode: Box | undefined;
  /** Ink's, at the root: called when everything stands as it is to be drawn. */
  onComputeLayout?: () => void;
  onRender?: () => void;
}
export interface Letters {
  readonly nodeName: '#text';
  nodeValue: string;
  parentNode: Box | undefined;
}
export type Node = Box | Letters;

export const createNode = (nodeName: Box['nodeName']): Box => ({
  nodeName,
  style: {},
  childNodes: [],
  parentNode: undefined,
});
/** Ink calls those who want to know that sizes may have changed. Nobody can ask for that here. */
export const emitLayoutListeners = (): void => undefined;

/** Puts a node, which may stand somewhere else so far, before another one; without one at the end. */
export function insert(box: Box, node: Node, before?: Node): void {
  remove(node);
  const index = before ? box.childNodes.indexOf(before) : -1;
  box.childNodes.splice(index < 0 ? box.childNodes.length : index, 0, node);
  node.parentNode = box;
}
export function remove(node: Node): void {
  const siblings = node.parentNode?.childNodes ?? [];
  const index = siblings.indexOf(node);
  if (index >= 0) siblings.splice(index, 1);
  node.parentNode = undefined;
}
