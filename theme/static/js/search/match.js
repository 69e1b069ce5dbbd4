/* Decides whether a page is a hit. plugins/weimin/bench/search_client.py has the same `matches`.
   Exports: pageOf, matches. */
import { fold, numberOf } from "./terms.js";

/* A page, from its row in a block. `words` is the text in which words are looked for. */
export function pageOf([kind, address, title, area, on, state, label, has, themes, text]) {
  const [, code, number = ""] = address.split("/");
  const words = fold([title, area, ...themes, text].join("\n"));
  return { kind, address, title, area, on, state, label, has, themes, text, code, number, words };
}

/* Dossiers and platforms have a code; rules and other pages do not. */
const hasCode = (page) => "dp".includes(page.kind);

const levelOf = (code) => ({ 9: "township", 12: "village" })[code.length] || (code.endsWith("00") ? "city" : "county");

function hasWord(page, word) {
  if (page.words.includes(word)) return true;
  const asked = numberOf(word);
  if (!asked || !hasCode(page)) return false;
  const { code } = page;
  const chain = [code, code.slice(0, 9), code.slice(0, 6), code.slice(0, 4) + "00"];
  return (!asked.code || chain.includes(asked.code)) && (!asked.number || asked.number === page.number);
}

/* `kind` is a kind of page or a letter of what a dossier has. An empty filter fits every page. */
export function matches(page, { words, kind, level, year, theme, state }) {
  return (!kind || kind === page.kind || page.has.includes(kind)) &&
    (!level || (hasCode(page) && levelOf(page.code) === level)) &&
    (!year || page.number.slice(0, 4) === year) &&
    (!theme || page.themes.includes(theme)) &&
    (!state || page.label === state) &&
    words.every((word) => hasWord(page, word));
}
