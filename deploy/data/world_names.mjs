// Writes milter/detect/recognizers/tables/world_names.tsv: given and family names of the world.
//
// In:  the npm package @faker-js/faker 10.6.0, unpacked (its folder named on the command line;
//      MIT licence, see NOTICE): the lists of all its countries that write Latin, Greek or Cyrillic
// Out: two lists, "given" and "family", kept in the repository so that a build needs no npm
// Run it by hand:  node deploy/data/world_names.mjs FOLDER
import fs from 'node:fs';
import path from 'node:path';
import url from 'node:url';

const target = path.join(path.dirname(url.fileURLToPath(import.meta.url)),
                         '../../milter/detect/recognizers/tables/world_names.tsv');
const folder = process.argv[2];
if (!folder) {
  console.error('usage: world_names.mjs FOLDER');
  process.exit(2);
}
const faker = await import(url.pathToFileURL(path.resolve(folder, 'dist/index.js')));

// Lists of other than personal names: jokes, and words that stand for sounds.
const kLeftOut = /^faker(EN_AU_ocker|EN_BORK|EO|BASE|$)/i;
const kWord = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]{3,24}$/u;

const names = {given: new Set(), family: new Set()};
for (const [locale, module] of Object.entries(faker)) {
  const person = module?.rawDefinitions?.person;
  if (!person || kLeftOut.test(locale)) continue;
  for (const [list, value] of Object.entries(person)) {
    const kind = /^first_name(_|$)/.test(list) ? 'given' : /^last_name(_|$)/.test(list) ? 'family' : null;
    if (!kind || list.endsWith('pattern')) continue;
    const words = (Array.isArray(value) ? value : Object.values(value ?? {}).flat())
                      .filter((name) => typeof name === 'string')
                      .flatMap((name) => name.normalize('NFC').split(/[\s\-'’.]+/u));
    for (const word of words) {
      if (kWord.test(word) && word[0] !== word[0].toLowerCase()) names[kind].add(word.toLowerCase());
    }
  }
}
let text = '# Written by deploy/data/world_names.mjs. Source: @faker-js/faker 10.6.0.\n';
for (const [kind, words] of Object.entries(names)) {
  const sorted = [...words].sort();
  for (let i = 0; i < sorted.length; i += 12) text += `${kind}\t${sorted.slice(i, i + 12).join(' ')}\n`;
}
fs.writeFileSync(target, text);
