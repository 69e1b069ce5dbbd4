/* What a reader has chosen: size, colours, 关怀版, and the place that is kept. One entry of localStorage has all of it and
   never leaves the device; early.js reads it, too. Where the browser stores nothing, a choice lasts as long as the page.
   Exports: settings, keepSetting, showSettings. */
import { byId } from "./dom.js";

const KEY = "weimin";
const NAMES = ["size", "theme", "care", "place"];
const DEFAULTS = { size: "medium", theme: "system" };
const unstored = {};

export function settings() {
  try {
    return JSON.parse(localStorage.getItem(KEY) || "{}") || {};
  } catch {
    return unstored;
  }
}

/* An empty value removes the setting. */
export function keepSetting(name, value) {
  const all = settings();
  if (value) all[name] = value;
  else delete all[name];
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // Where reading fails, too, `all` is `unstored` and has the new value.
  }
}

/* Sets the attributes of <html> that the style sheet reads, and the switches at the top of the page. */
export function showSettings() {
  const all = settings();
  const root = document.documentElement;
  for (const name of NAMES) {
    if (all[name]) root.setAttribute("data-" + name, typeof all[name] === "string" ? all[name] : "");
    else root.removeAttribute("data-" + name);
  }
  const care = byId("care");
  if (care) care.checked = all.care === "on";
  for (const [name, usual] of Object.entries(DEFAULTS)) {
    const choice = byId(name + "-" + (all[name] || usual));
    if (choice) choice.checked = true;
  }
}
