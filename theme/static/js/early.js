/* Before the first paint: what this reader chose (size, colours, 关怀版), whether a place is kept, and whether words are
   searched for, so that what is found has its room: unless this comes late, when the search has said so itself. */
(function (root) {
  "use strict";
  root.setAttribute("data-js", "");
  if (document.readyState === "loading" && /[?&]\w+=[^&]/.test(location.search)) root.setAttribute("data-asked", "");
  try {
    var kept = JSON.parse(localStorage.getItem("weimin") || "{}");
    ["size", "theme", "care", "place"].forEach(function (name) {
      if (kept[name]) root.setAttribute("data-" + name, typeof kept[name] === "string" ? kept[name] : "");
    });
  } catch (_) {
    return;
  }
})(document.documentElement);
