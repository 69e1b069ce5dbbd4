/* Makes what is shown of hits: a row for each page, with the words marked, and the sentence that says how many there are.
   Exports: rowOf, marked, snippet, sentenceOf. */
import { make } from "../dom.js";
import { fold } from "./terms.js";

const KINDS = { p: "平台", r: "规则", n: "网页" };
const LONGEST = 110; // characters of a snippet

/* Adds the text to the element, with each word in a <mark>. */
export function marked(element, text, words) {
  const folded = fold(text);
  const next = (from) =>
    words.map((word) => ({ at: folded.indexOf(word, from), length: word.length }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at || b.length - a.length)[0] || { at: text.length, length: 0 };
  for (let from = 0; from < text.length;) {
    const { at, length } = next(from);
    element.append(text.slice(from, at));
    from = at + length;
    if (length) element.append(make("mark", text.slice(at, from)));
  }
  return element;
}

/* The part of a page's text around the first word that it has. */
export function snippet(text, words) {
  const lines = text.split("\n");
  const line = lines.find((one) => words.some((word) => fold(one).includes(word))) || lines[0];
  const at = Math.max(0, ...words.map((word) => fold(line).indexOf(word)));
  const from = at > 60 ? at - 30 : 0;
  return (from ? "…" : "") + line.slice(from, from + LONGEST) + (line.length > from + LONGEST ? "…" : "");
}

/* `root` is the address of the site. */
export function rowOf(root, page, words) {
  const row = make("li", "", "row wide");
  const link = make("a");
  link.href = root + page.address;
  const tags = make("span", "", "tags");
  tags.append(make("span", page.label || KINDS[page.kind], "tag " + page.state));
  if (page.has.includes("x")) tags.append(" ", make("span", "据报道", "tag compiled"));
  const by = make("span", "", "by");
  by.append(marked(make("span"), page.area.split(" ").slice(-2).join(" "), words), " ", make("span", page.on, "on"));
  row.append(marked(link, page.title, words), " ", tags, " ", by);
  if (page.text) row.append(marked(make("p", "", "text"), snippet(page.text, words), words));
  return row;
}

/* `count`: the hits that are listed; `more`: others may follow; `above`: platforms or pages stand above them. */
export function sentenceOf({ kind, count, more, above }) {
  const what = KINDS[kind] ? "个" + KINDS[kind] : "个卷宗";
  if (count && more) return "已列出" + count + what + "，较新的在前，后面可能还有。";
  if (count) return "共找到" + count + what + "，较新的在前。";
  if (more) return "新近的里面没有找到，还可以往前找。";
  const none = above ? "没有找到卷宗，只有上面这些。" : "没有找到。";
  return none + "可以试试：少打几个字，换一个说法，或者去掉几个条件。";
}
