/* The words of a search, and the terms that the index has for them: pairs of neighbouring characters, codes and numbers.
   plugins/weimin/site/search/words.py makes the same terms when it writes the index.
   Exports: fold, wordsOf, pairs, hash, numberOf, ways, spread. */

const MOST_WORDS = 8;
const RUN = /[a-z0-9\u00c0-\u1fff\u2e80-\u2fff\u3005-\u3007\u3040-\ufe0f\ufe70-\ufeff\uff66-\uffdc\u{10000}-\u{10ffff}]+/gu;
const NUMBER = /^(?:(\d{6}|\d{9}|\d{12})\/?)?(?:(\d{4})-(\d{1,3}))?$/;

/* The text with half-width characters and small letters. Its length does not change. */
export const fold = (text) =>
  text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[A-Z]/g, (c) => c.toLowerCase())
    .replace(/\u3000/g, " ");

export const wordsOf = (text) => fold(text).split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);

export function pairs(word) {
  const found = new Set();
  for (const run of word.match(RUN) || []) {
    const characters = Array.from(run);
    for (let i = 1; i < characters.length; i++) found.add(characters[i - 1] + characters[i]);
  }
  return Array.from(found);
}

/* FNV-1a of code points, folded. It says which file has the row of a term. */
export function hash(term) {
  let h = 0x811c9dc5;
  for (const c of term) h = Math.imul(h ^ c.codePointAt(0), 0x01000193);
  return (h ^ (h >>> 15)) >>> 0;
}

/* The code of a platform and the number of a dossier (YYYY-NNN) in a word; either may be empty. Null: neither. */
export function numberOf(word) {
  const match = word && NUMBER.exec(word);
  if (!match) return null;
  const [, code = "", year, number] = match;
  return { code, number: year ? year + "-" + number.padStart(3, "0") : "" };
}

/* The ways in which a page can have a word, each a list of terms that it must have. Empty: every page may have it. */
export function ways(word) {
  const found = [pairs(word)];
  const asked = numberOf(word);
  if (asked) {
    const isCity = /^\d{4}00$/.test(asked.code);
    found.push([asked.code && !isCity && "@" + asked.code, asked.number && "#" + asked.number].filter(Boolean));
  }
  return found.every((terms) => terms.length) ? found : [];
}

/* At most `most` of the terms, far from each other: neighbours share a character. A greater `most` has those of a smaller. */
export function spread(terms, most) {
  if (terms.length <= most) return terms;
  const chosen = new Set();
  for (let at = 0; chosen.size < most; at = (at + 618) % 1000) chosen.add(Math.floor((at * terms.length) / 1000));
  return Array.from(chosen, (n) => terms[n]);
}
