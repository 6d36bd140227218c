// In the place of yoga-layout, which Ink has lay its boxes out: 120 kB, and 50 of them WebAssembly that is compiled before
// the first frame. A column of rows (renderer.ts) needs none: Ink makes these, tells them of styles, and nobody asks.
const nothing = (): undefined => undefined;
const node = {
  setMeasureFunc: nothing,
  unsetMeasureFunc: nothing,
  markDirty: nothing,
  insertChild: nothing,
  removeChild: nothing,
  getChildCount: () => 0,
  setDisplay: nothing,
  setWidth: nothing,
  calculateLayout: nothing,
  free: nothing,
  freeRecursive: nothing,
};
export default { Node: { create: () => node } };
