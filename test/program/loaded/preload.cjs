// Writes down which files of the program are loaded, and when the first frame is written.
const { appendFileSync } = require('node:fs');
const Module = require('node:module');
const { basename } = require('node:path');

const note = (what) => appendFileSync(process.env.CW_LOADED, `${what}\n`);
const load = Module.prototype.load;
Module.prototype.load = function (file) {
  note(basename(file, '.cjs'));
  return load.call(this, file);
};
const { write } = process.stdout;
process.stdout.write = function (text, ...rest) {
  if (String(text).includes('Step ')) note('the first frame');
  return write.call(this, text, ...rest);
};
