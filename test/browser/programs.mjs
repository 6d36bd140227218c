// The programs that the tests in this folder run. Started by itself: whether they are there.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const wanted = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome'],
  libreoffice: ['soffice', 'libreoffice'],
};
/** Where a program is. Undefined where there is none. */
export function find(name) {
  const chosen = process.env[`CW_${name.toUpperCase()}`];
  if (chosen) return chosen;
  for (const folder of (process.env.PATH ?? '').split(delimiter))
    for (const file of wanted[name])
      try {
        accessSync(join(folder, file), constants.X_OK);
        return join(folder, file);
      } catch {
        // Not here.
      }
  return undefined;
}
if (process.argv[1] === import.meta.filename) {
  const missing = Object.keys(wanted).filter((name) => find(name) === undefined);
  if (missing.length > 0) {
    console.error(
      `These tests need Chromium and LibreOffice Calc, and install nothing. Missing: ${missing.join(', ')}.
On Debian, as root: bash test/browser/install.sh
Elsewhere: name the programs in CW_CHROMIUM and CW_LIBREOFFICE.`,
    );
    process.exit(1);
  }
}
