// What is shipped of other people's: their notices, and the same as a CycloneDX bill of materials.
import { readdir, readFile } from 'node:fs/promises';

const mit = (holder) => `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;

/** The folders of packages of which something is in the bundle, by its modules. */
function foldersOf(modules) {
  const folders = modules.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path) ?? []);
  return [...new Set(folders)].toSorted();
}

/** Each package once: its name, version, license and the texts that go with it. What has none that we know ends the build. */
export async function packagesOf(modules, root) {
  const found = await Promise.all(
    foldersOf(modules).map(async (folder) => {
      const at = new URL(`${folder}/`, root);
      const { name, version, license, author, main } = JSON.parse(
        await readFile(new URL('package.json', at), 'utf8'),
      );
      if (typeof license !== 'string') throw new Error(`${name} ${version} does not say its license.`);
      const files = (await readdir(at)).filter((file) => /^(licen[cs]e|notice|copying)(\.|$)/i.test(file));
      const texts = await Promise.all(files.toSorted().map((file) => readFile(new URL(file, at), 'utf8')));
      const brought = files.some((file) => !/^notice/i.test(file));
      if (!brought)
        texts.unshift(
          await standard(license, (await holderIn(at, main)) ?? author, `${name} ${version}`, root),
        );
      return {
        name,
        version,
        license,
        brought,
        text: texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n'),
      };
    }),
  );
  const order = ({ name, version }) => `${name}@${version}`;
  const once = new Map(found.map((one) => [order(one), one]));
  return [...once.values()].toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
}
/** Whose copyright the package's own code says that it is. */
async function holderIn(at, main) {
  const text = main === undefined ? '' : await readFile(new URL(main, at), 'utf8').catch(() => '');
  return /Copyright \(c\) (.+)/.exec(text)?.[1];
}
async function standard(license, author, who, root) {
  const holder = typeof author === 'string' ? author : author?.name;
  if (license === 'MIT' && holder) return mit(holder.replace(/\s*[<(].*/, ''));
  if (license === 'Apache-2.0') return readFile(new URL('LICENSE', root), 'utf8'); // ours is the same text
  throw new Error(`${who} brings no license text, and none is known for ${license}.`);
}

/** A line that says whose it is, and no other: the license is the same for all who use it. */
const holds = /^\s*Copyright (\(c\)|\d|\[yyyy\]).*$/gim;
/** What a license says, whoever grants it: without the lines on whose it is, and however its lines are broken. */
const wordsOf = (text) =>
  text.replaceAll(holds, '').replace(titled, '').split(/\s+/).filter(Boolean).join(' ');
const titled = /^\(?(the )?MIT License\)?( \(MIT\))?$/im;

/**
 * Packages under the same license stand together over its text, each with the lines on whose it is. `own`: the license of
 * the program, which is beside: what is the same is not told twice.
 */
export function noticesOf(packages, own = '') {
  const byWords = new Map();
  for (const one of packages) {
    const words = wordsOf(one.text);
    byWords.set(words, [...(byWords.get(words) ?? []), one]);
  }
  const sections = [...byWords].map(([words, ones]) => {
    const isOwn = own !== '' && words.split(end)[0] === wordsOf(own).split(end)[0];
    const shared = isOwn || ones.length > 1;
    const names = ones.map(({ name, version, license, brought, text }) => {
      const whose = shared ? (text.match(holds) ?? []).map((line) => `\n  ${line.trim()}`) : [];
      return `${name} ${version} (${license})${brought ? '' : ' [brings no license file: the standard text]'}${whose.join('')}`;
    });
    const [{ text }] = ones;
    const told = shared ? text.replaceAll(holds, '').trim() : text;
    return `${'='.repeat(80)}\n${names.join('\n')}\n${'-'.repeat(80)}\n\n${isOwn ? beside : told}\n`;
  });
  return `cw-runbook contains the following packages, or parts of them.\n\n${sections.join('\n')}`;
}
const beside = 'The text is in the file LICENSE of cw-runbook.';
/** How to apply the license is told after it. */
const end = / END OF TERMS AND CONDITIONS| APPENDIX: /;

/**
 * CycloneDX 1.6. Without a time and a serial number: the same sources make the same file. Without the hashes of packages,
 * too: a part of one is shipped, and of that there is none.
 */
export function billOf(packages, { name, version, license }) {
  const purl = (one) => `pkg:npm/${one.name.replace('@', '%40')}@${one.version}`;
  const component = (type, one) => ({
    type,
    'bom-ref': purl(one),
    ...(one.name.startsWith('@')
      ? { group: one.name.split('/')[0], name: one.name.split('/')[1] }
      : { name: one.name }),
    version: one.version,
    licenses: [/[ ()]/.test(one.license) ? { expression: one.license } : { license: { id: one.license } }],
    purl: purl(one),
  });
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: component('application', { name, version, license }) },
    components: packages.map((one) => component('library', one)),
  };
}
