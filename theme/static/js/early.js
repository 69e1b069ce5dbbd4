/* Before the first paint: what this reader chose (size, colours, 关怀版) and whether a place is kept. */
(function (root) {
  "use strict";
  root.setAttribute("data-js", "");
  try {
    var kept = JSON.parse(localStorage.getItem("weimin") || "{}");
    ["size", "theme", "care", "place"].forEach(function (name) {
      if (kept[name]) root.setAttribute("data-" + name, typeof kept[name] === "string" ? kept[name] : "");
    });
  } catch (_) {
    return;
  }
})(document.documentElement);
