/* What every page does beyond being read: it remembers how the reader wants to read it, prints and shares.
   No page needs this script to be read.
   Exports nothing. */
import { copyText } from "./copy.js";
import { all, byId } from "./dom.js";
import { keepSetting, showSettings } from "./settings.js";

const OPEN_SETTINGS = ".look details[open]";

/* Settings */

function choose({ target }) {
  if (target.id === "care") keepSetting("care", target.checked ? "on" : "");
  else if (target.name === "size") keepSetting("size", target.value === "medium" ? "" : target.value);
  else if (target.name === "theme") keepSetting("theme", target.value === "system" ? "" : target.value);
  else return;
  showSettings();
}

/* The plain link #care has the same effect as the switch. */
function careByLink() {
  if (location.hash !== "#care") return;
  keepSetting("care", "on");
  showSettings();
  history.replaceState(null, "", location.pathname + location.search);
  scrollTo(0, 0);
  byId("care")?.focus();
}

/* Share and print */

async function share() {
  const canonical = document.querySelector('link[rel="canonical"]');
  const address = canonical ? canonical.href : location.href.split("#")[0];
  if (navigator.share) {
    navigator.share({ title: document.title, url: address }).catch(() => {});
    return;
  }
  const message = (await copyText(address)) ? "网址已复制，可以粘贴给别人" : "请复制网址：" + address;
  for (const place of all(".said")) place.textContent = message;
}

function openFolded() {
  for (const part of all("main details:not([open])")) {
    part.open = true;
    part.setAttribute("data-shut", "");
  }
}

function foldAgain() {
  for (const part of all("details[data-shut]")) {
    part.open = false;
    part.removeAttribute("data-shut");
  }
}

document.addEventListener("change", choose);
document.addEventListener("click", ({ target }) => {
  const action = target.getAttribute?.("data-do");
  if (action === "print") print();
  if (action === "share") share();
  const open = document.querySelector(OPEN_SETTINGS);
  if (open && !open.contains(target)) open.open = false;
});
document.addEventListener("keydown", (event) => {
  const open = document.querySelector(OPEN_SETTINGS);
  if (event.key === "Escape" && open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
addEventListener("beforeprint", openFolded);
addEventListener("afterprint", foldAgain);
addEventListener("pageshow", showSettings);
addEventListener("storage", showSettings);
addEventListener("hashchange", careByLink);
showSettings();
careByLink();
