/* What a page can do beyond being read: remember how it is read, print, share. Nothing here is needed to read a page. */
(function () {
  "use strict";
  var root = document.documentElement;
  var CARE = "care";

  /* One entry of localStorage holds everything; it never leaves the device. A browser that keeps nothing gets a
     choice that lasts as long as the page. */
  var fleeting = {};

  function kept() {
    try {
      return JSON.parse(localStorage.getItem("weimin") || "{}") || {};
    } catch (_) {
      return fleeting;
    }
  }

  function keep(name, value) {
    var all = kept();
    if (value) all[name] = value;
    else delete all[name];
    try {
      localStorage.setItem("weimin", JSON.stringify(all));
    } catch (_) {
      fleeting = all;
    }
  }

  function mark(name, value) {
    if (value) root.setAttribute("data-" + name, typeof value === "string" ? value : "");
    else root.removeAttribute("data-" + name);
  }

  function byId(id) {
    return document.getElementById(id);
  }

  function each(list, act) {
    Array.prototype.forEach.call(list, act);
  }

  /* How the site is read */

  function show() {
    var all = kept();
    ["size", "theme", CARE, "place"].forEach(function (name) {
      mark(name, all[name]);
    });
    if (byId(CARE)) byId(CARE).checked = all.care === "on";
    [["size", "medium"], ["theme", "system"]].forEach(function (choice) {
      var box = byId(choice[0] + "-" + (all[choice[0]] || choice[1]));
      if (box) box.checked = true;
    });
  }

  function choose(event) {
    var box = event.target;
    if (box.id === CARE) keep(CARE, box.checked ? "on" : "");
    else if (box.name === "size") keep("size", box.value === "medium" ? "" : box.value);
    else if (box.name === "theme") keep("theme", box.value === "system" ? "" : box.value);
    else return;
    show();
  }

  /* The plain link #care means the same as the switch. */
  function careByLink() {
    if (location.hash !== "#care") return;
    keep(CARE, "on");
    show();
    history.replaceState(null, "", location.pathname + location.search);
    scrollTo(0, 0);
    if (byId(CARE)) byId(CARE).focus();
  }

  /* Print and share */

  function say(words) {
    each(document.querySelectorAll(".said"), function (place) {
      place.textContent = words;
    });
  }

  function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    var area = document.createElement("textarea");
    area.value = text;
    document.body.appendChild(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  function share() {
    var canonical = document.querySelector('link[rel="canonical"]');
    var address = canonical ? canonical.href : location.href.split("#")[0];
    if (navigator.share) {
      navigator.share({ title: document.title, url: address }).catch(function () {});
      return;
    }
    copy(address).then(
      function () {
        say("网址已复制，可以粘贴给别人");
      },
      function () {
        say("请复制网址：" + address);
      }
    );
  }

  function openAll() {
    each(document.querySelectorAll("main details:not([open])"), function (part) {
      part.open = true;
      part.setAttribute("data-shut", "");
    });
  }

  function shutAgain() {
    each(document.querySelectorAll("details[data-shut]"), function (part) {
      part.open = false;
      part.removeAttribute("data-shut");
    });
  }

  document.addEventListener("change", choose);
  document.addEventListener("click", function (event) {
    var act = event.target.getAttribute && event.target.getAttribute("data-do");
    if (act === "print") print();
    if (act === "share") share();
    var look = document.querySelector(".look details[open]");
    if (look && !look.contains(event.target)) look.open = false;
  });
  document.addEventListener("keydown", function (event) {
    var look = document.querySelector(".look details[open]");
    if (event.key === "Escape" && look) {
      look.open = false;
      look.querySelector("summary").focus();
    }
  });
  addEventListener("beforeprint", openAll);
  addEventListener("afterprint", shutAgain);
  addEventListener("pageshow", show);
  addEventListener("storage", show);
  addEventListener("hashchange", careByLink);
  show();
  careByLink();
  window.weimin = { kept: kept, keep: keep, show: show };
})();
