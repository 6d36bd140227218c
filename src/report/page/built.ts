// What script/main.ts and style.css come to: the build and the tests put the texts in this file's place (src/page.mjs).
const absent = (): never => {
  throw new Error('the page’s script and style are made by the build');
};
export const script: string = absent();
export const style: string = absent();
