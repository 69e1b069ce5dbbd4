/* A click on a value shows the record, the line and the commit that the value is from (docs/adr/0055). The list at the end of
   the page says the same without a script.
   Exports: wordsOf. */
import { all, make } from "./dom.js";
import { fetchText } from "./fetch.js";

const VALUES = "[data-claim],[data-count]";
const root = document.documentElement;
let panel = null;
let origin = null;

const addTo = (parent, name, text) => parent.appendChild(make(name, text));

/* 落实事项第1条的完成期限: a JSON pointer in the names that the list of the page gives ("key=name|key=name"). */
export function wordsOf(names, pointer) {
  const known = new Map();
  for (const pair of names.split("|")) {
    const at = pair.indexOf("=");
    known.set(pair.slice(0, at), pair.slice(at + 1));
  }
  const key = [];
  const words = [];
  for (const step of pointer.split("/").slice(1)) {
    if (/^\d+$/.test(step)) {
      if (words.length) words[words.length - 1] += "第" + (Number(step) + 1) + "条";
    } else {
      key.push(step);
      words.push(known.get(key.join(".")) || step);
    }
  }
  return words.join("的") || known.get("");
}

/* A mark without the number of its record belongs to the record of the last mark that has one. */
function recordBefore(page, value) {
  const marks = all("[data-at]", page);
  let n = marks.indexOf(value);
  while (marks[n].getAttribute("data-at")[0] === ":") n--;
  return marks[n].getAttribute("data-at").split(":")[0];
}

/* Shows what the list of a page says of a value there; `address` is the address of that page where it is another one. */
function showSource(page, value, address) {
  const [number, line] = value.getAttribute("data-at").split(":");
  const [file, pointer] = value.getAttribute("data-claim").split("#");
  const record = page.getElementById("src-" + (number || recordBefore(page, value)));
  const like = record.getAttribute("data-like");
  const names = (like ? page.getElementById("src-" + like) : record).getAttribute("data-words");
  openPanel(wordsOf(names, pointer) + (line ? "，第" + line + "行" : ""));
  if (record.querySelector(".file").textContent !== file) {
    addTo(panel, "p", "这个值经过更正，现在的值写在这份更正里。");
  }
  const source = addTo(panel, "p");
  for (const node of record.childNodes) source.append(document.importNode(node, true));
  for (const link of all("a", source)) {
    const target = link.getAttribute("href") + (link.className === "file" && line ? "#L" + line : "");
    link.href = new URL(target, address || location.href).href;
  }
  finishPanel();
}

/* The page that a row of a list links to has the line and the commit of the row's values. */
async function showSourceElsewhere(value, link) {
  const claim = value.getAttribute("data-claim");
  openPanel("出自 " + claim.split("#")[0]);
  const message = addTo(panel, "p", "正在看这份记录的页面……");
  const mine = panel;
  finishPanel();
  try {
    const page = new DOMParser().parseFromString(await fetchText(link.href), "text/html");
    const same = page.querySelector('[data-at][data-claim="' + claim + '"]');
    if (panel === mine) showSource(page, same, link.href);
  } catch {
    message.textContent = "";
    addTo(message, "a", "到这份记录的页面上看行号和提交").href = link.href;
  }
}

function showCount(value) {
  const [counted, filters] = value.getAttribute("data-count").split("?");
  openPanel("从记录里数出来的：" + counted.split("@")[0].replace(/\+/g, "、"));
  if (filters) addTo(panel, "p", "只数" + filters.replace(/&/g, "，").replace(/=/g, "："));
  addTo(panel, "p", "用 weimin verify --claims 可以重新数一遍。");
  finishPanel();
}

/* The panel */

function openPanel(title) {
  removePanel();
  panel = addTo(document.body, "div");
  panel.className = "door";
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-labelledby", "door");
  panel.tabIndex = -1;
  addTo(panel, "h2", title).id = "door";
}

function finishPanel() {
  const data = document.querySelector(".doors > p a, .data a[href$='.json']");
  const link = origin.closest("a");
  const last = addTo(panel, "p");
  if (link) addTo(last, "a", "打开链接").href = link.href;
  if (data) addTo(last, "a", "本页的数据（JSON）").href = data.href;
  const button = addTo(last, "button", "关闭");
  button.type = "button";
  button.addEventListener("click", closePanel);
  panel.focus();
}

function removePanel() {
  panel?.remove();
  panel = null;
}

function closePanel() {
  if (!panel) return;
  removePanel();
  const target = origin.closest("a") || origin;
  if (!target.matches("a,[tabindex]")) target.tabIndex = -1;
  target.focus();
}

function show(value) {
  const link = value.closest("a") || value.closest("li,tr")?.querySelector("a[href]");
  origin = value;
  if (value.hasAttribute("data-at")) showSource(document, value);
  else if (value.hasAttribute("data-count")) showCount(value);
  else if (link) showSourceElsewhere(value, link);
}

/* While 看出处 is on, the keyboard reaches every value, and a link shows its source instead of being followed. */
function toggleSources(button) {
  const on = root.toggleAttribute("data-claims");
  button.setAttribute("aria-pressed", on);
  for (const value of all(VALUES)) {
    if (value.closest("a")) continue;
    if (on) value.tabIndex = 0;
    else value.removeAttribute("tabindex");
    if (!/^(SPAN|TIME|INS)$/.test(value.tagName)) continue;
    if (on) value.setAttribute("role", "button");
    else value.removeAttribute("role");
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do=claims]");
  const value = event.target.closest(VALUES);
  if (button) return toggleSources(button);
  if (!value || event.ctrlKey || event.metaKey || String(getSelection())) return;
  if (event.target.closest("a,button,summary") && !root.hasAttribute("data-claims")) return;
  event.preventDefault();
  show(value);
});

document.addEventListener("keydown", (event) => {
  const value = event.target;
  if (event.key === "Escape") return closePanel();
  if ((event.key !== "Enter" && event.key !== " ") || !value.matches(VALUES) || value.matches("a")) return;
  event.preventDefault();
  show(value);
});
