/* Sets before the first paint what this reader has chosen, whether a place is kept, and whether words are searched for, so
   that hits have their room. Where it comes late, the search itself has set that.
   A classic script: a module would run after the page is painted. */
((root) => {
  root.setAttribute("data-js", "");
  if (document.readyState === "loading" && /[?&]\w+=[^&]/.test(location.search)) root.setAttribute("data-asked", "");
  try {
    const kept = JSON.parse(localStorage.getItem("weimin") || "{}");
    for (const name of ["size", "theme", "care", "place"]) {
      if (kept[name]) root.setAttribute("data-" + name, typeof kept[name] === "string" ? kept[name] : "");
    }
  } catch {
    // The browser stores nothing.
  }
})(document.documentElement);
