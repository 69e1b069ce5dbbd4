/* 我的村居: the reader types a name, chooses a platform, and this device alone keeps it. /places/shards.json has the number of
   files; a name is in the file of each pair of its characters, so that one file answers a query.
   plugins/weimin/site/place_index.py writes the files.
   Exports: shardOf, find. */
import { all, make } from "./dom.js";
import { fetchOnce } from "./fetch.js";
import { keepSetting, settings, showSettings } from "./settings.js";

const MOST = 30;

/* The number of the file of a pair of characters. */
export function shardOf(pair, shards) {
  const [first, second] = Array.from(pair, (character) => character.codePointAt(0));
  return (first * 31 + (second || 0)) % shards;
}

/* The township and the county of a platform, each with a space before it. */
function above(file, code) {
  const name = (length) => (code.length > length && file.above[code.slice(0, length)]) || "";
  return [9, 6].map(name).filter(Boolean).map((text) => " " + text).join("");
}

/* The places whose name and chain have every word; those whose name begins with the first word stand first. */
export function find(file, words) {
  const matches = ([code, name]) => words.every((word) => (name + above(file, code)).includes(word));
  const rank = ([, name]) => (name.startsWith(words[0]) ? 0 : 1);
  return file.places.filter(matches).sort((a, b) => rank(a) - rank(b));
}

function showFound(form, file, found, message) {
  const list = form.querySelector(".found");
  list.textContent = "";
  for (const [code, name] of found.slice(0, MOST)) {
    const link = make("a", name + " ");
    link.href = form.getAttribute("data-root") + "/" + code + "/";
    link.append(make("span", above(file, code).trim(), "by"));
    link.addEventListener("click", () => keepSetting("place", code + " " + name));
    const entry = make("li");
    entry.append(link);
    list.append(entry);
  }
  if (!found.length) message.textContent = "没有找到，换个写法，或者按县区找";
  else message.textContent = "找到" + found.length + "个" + (found.length > MOST ? "，列出前" + MOST + "个，请再多输入几个字" : "");
}

const fileFor = async (folder, word) => {
  const json = { type: "json" };
  const { shards } = await fetchOnce(folder + "shards.json", json);
  const characters = Array.from(word);
  if (shards > 1 && characters.length < 2) return null;
  return fetchOnce(folder + shardOf(characters.slice(0, 2).join(""), shards) + ".json", json);
};

async function search(form) {
  const list = form.querySelector(".found");
  const message = form.parentNode.querySelector("[role=status]");
  const typed = form.querySelector("input").value.trim();
  const words = typed.split(/\s+/);
  form.asked = typed;
  if (!typed) {
    list.textContent = "";
    message.textContent = "";
    return;
  }
  try {
    const file = await fileFor(form.getAttribute("data-places"), words[0]);
    if (form.asked !== typed) return;
    if (file) {
      showFound(form, file, find(file, words), message);
    } else {
      list.textContent = "";
      message.textContent = "请再输入一个字";
    }
  } catch {
    message.textContent = "名录没有取到，请按县区找";
  }
}

function moveByKey(form, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] || 0;
  const links = all(".found a", form);
  if (event.key === "Escape" && links.length) {
    form.querySelector(".found").textContent = "";
    form.querySelector("input").focus();
  }
  if (!step || !links.length) return;
  event.preventDefault();
  const next = links.indexOf(document.activeElement) + step;
  (links[Math.min(next, links.length - 1)] || form.querySelector("input")).focus();
}

function start(box) {
  const form = box.querySelector("form");
  const input = form.querySelector("input");
  const link = box.querySelector(".kept a");
  const [code, name] = (settings().place || "").split(" ");
  if (name) {
    link.href = form.getAttribute("data-root") + "/" + code + "/";
    link.textContent = name;
  }
  input.addEventListener("input", () => search(form));
  form.addEventListener("keydown", (event) => moveByKey(form, event));
  form.addEventListener("submit", async (event) => {
    if (!input.value.trim()) return;
    event.preventDefault();
    await search(form);
    const links = all(".found a", form);
    const named = links.filter((one) => one.firstChild.data.trim() === input.value.trim());
    const best = named.length ? named : links;
    if (best.length === 1) best[0].click();
    else if (best.length) best[0].focus();
  });
  box.querySelector("[data-do=forget]").addEventListener("click", () => {
    keepSetting("place", "");
    showSettings();
    input.focus();
    box.querySelector("[role=status]").textContent = "已经忘掉，这台设备上不再记着";
  });
}

all(".mine").forEach(start);
