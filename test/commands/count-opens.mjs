// Loaded before the program: how often it opens each file whose name ends as COUNT_OPENS says, printed when it ends.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const counted = new RegExp(process.env.COUNT_OPENS ?? '^$');
const opens = {};
const note = (path) => {
  if (counted.test(String(path))) opens[path] = (opens[path] ?? 0) + 1;
};
for (const [where, names] of [
  [fs, ['readFile', 'open', 'readFileSync', 'openSync', 'createReadStream']],
  [fs.promises, ['readFile', 'open']],
])
  for (const name of names) {
    const { [name]: before } = where;
    where[name] = function (path, ...rest) {
      note(path);
      return before.call(this, path, ...rest);
    };
  }
syncBuiltinESMExports();
process.on('exit', () => fs.writeSync(2, `opens ${JSON.stringify(opens)}\n`));
