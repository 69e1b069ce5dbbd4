/* Helpers for the elements of a page.
   Exports: byId, all, make. */

export const byId = (id) => document.getElementById(id);

/* The elements that match a selector, as an array. */
export const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

/* A new element with a text and a class; both may be left out. */
export function make(name, text = "", className = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.append(text);
  return element;
}
