/* Every number is a door: a click on a value says which record, line and commit it is from (docs/adr/0055).
   The list at the end of the page says the same without script. */
(function () {
  "use strict";
  var root = document.documentElement;
  var VALUES = "[data-claim],[data-count]";
  var panel, origin;

  function make(name, text, to) {
    var node = document.createElement(name);
    node.textContent = text;
    if (to) to.appendChild(node);
    return node;
  }

  /* 落实事项第1条的完成期限, by the names that the list of the page gives. */
  function words(names, pointer) {
    var known = {}, key = [], said = [];
    names.split("|").forEach(function (pair) {
      var at = pair.indexOf("=");
      known[pair.slice(0, at)] = pair.slice(at + 1);
    });
    pointer.split("/").slice(1).forEach(function (step) {
      if (/^\d+$/.test(step)) {
        if (said.length) said[said.length - 1] += "第" + (Number(step) + 1) + "条";
        return;
      }
      key.push(step);
      said.push(known[key.join(".")] || step);
    });
    return said.join("的") || known[""];
  }

  /* The number of the record of a value whose mark leaves it out: that of the last mark with one. */
  function before(page, value) {
    var all = Array.from(page.querySelectorAll("[data-at]")), n = all.indexOf(value);
    while (all[n].getAttribute("data-at")[0] === ":") n--;
    return all[n].getAttribute("data-at").split(":")[0];
  }

  /* What the list of a page says of a value there; `address` is that of another page. */
  function tell(page, value, address) {
    var at = value.getAttribute("data-at").split(":");
    if (!at[0]) at[0] = before(page, value);
    var claim = value.getAttribute("data-claim").split("#");
    var record = page.getElementById("src-" + at[0]);
    var like = record.getAttribute("data-like");
    open(words((like ? page.getElementById("src-" + like) : record).getAttribute("data-words"), claim[1]) + (at[1] ? "，第" + at[1] + "行" : ""));
    if (record.querySelector(".file").textContent !== claim[0]) {
      make("p", "这个值经过更正，现在的值写在这份更正里。", panel);
    }
    var told = make("p", "", panel);
    record.childNodes.forEach(function (node) {
      told.appendChild(document.importNode(node, true));
    });
    told.querySelectorAll("a").forEach(function (link) {
      var to = link.getAttribute("href");
      if (link.className === "file" && at[1]) to += "#L" + at[1];
      link.href = new URL(to, address || location.href).href;
    });
    end();
  }

  /* A row of a list: the page that it leads to knows where its values stand. */
  function ask(value, link) {
    var claim = value.getAttribute("data-claim");
    open("出自 " + claim.split("#")[0]);
    var said = make("p", "正在看这份记录的页面……", panel), mine = panel;
    end();
    fetch(link.href).then(function (answer) {
      return answer.text();
    }).then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html");
      var same = page.querySelector('[data-at][data-claim="' + claim + '"]');
      if (panel === mine) tell(page, same, link.href);
    }).catch(function () {
      said.textContent = "";
      make("a", "到这份记录的页面上看行号和提交", said).href = link.href;
    });
  }

  function count(value) {
    var said = value.getAttribute("data-count").split("?");
    open("从记录里数出来的：" + said[0].split("@")[0].replace(/\+/g, "、"));
    if (said[1]) make("p", "只数" + said[1].replace(/&/g, "，").replace(/=/g, "："), panel);
    make("p", "用 weimin verify --claims 可以重新数一遍。", panel);
    end();
  }

  function open(title) {
    close(true);
    panel = make("div", "", document.body);
    panel.className = "door";
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-labelledby", "door");
    panel.tabIndex = -1;
    make("h2", title, panel).id = "door";
  }

  function end() {
    var data = document.querySelector(".doors > p a, .data a[href$='.json']");
    var link = origin.closest("a"), last = make("p", "", panel);
    if (link) make("a", "打开链接", last).href = link.href;
    if (data) make("a", "本页的数据（JSON）", last).href = data.href;
    var button = make("button", "关闭", last);
    button.type = "button";
    button.onclick = function () {
      close();
    };
    panel.focus();
  }

  function close(stay) {
    if (!panel) return;
    panel.remove();
    panel = null;
    if (stay) return;
    var to = origin.closest("a") || origin;
    if (!to.matches("a,[tabindex]")) to.tabIndex = -1;
    to.focus();
  }

  function show(value) {
    var row = value.closest("li,tr"), link = value.closest("a") || (row && row.querySelector("a[href]"));
    origin = value;
    if (value.hasAttribute("data-at")) tell(document, value);
    else if (value.hasAttribute("data-count")) count(value);
    else if (link) ask(value, link);
  }

  /* While sources are asked for, every value is a stop of the keyboard, and a link shows its source first. */
  function stops(button) {
    var on = root.toggleAttribute("data-claims");
    button.setAttribute("aria-pressed", on);
    document.querySelectorAll(VALUES).forEach(function (value) {
      if (value.closest("a")) return;
      if (on) value.tabIndex = 0;
      else value.removeAttribute("tabindex");
      if (!/^(SPAN|TIME|INS)$/.test(value.tagName)) return;
      if (on) value.setAttribute("role", "button");
      else value.removeAttribute("role");
    });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-do=claims]"), value = event.target.closest(VALUES);
    if (button) return stops(button);
    if (!value || event.ctrlKey || event.metaKey || String(getSelection())) return;
    if (event.target.closest("a,button,summary") && !root.hasAttribute("data-claims")) return;
    event.preventDefault();
    show(value);
  });

  document.addEventListener("keydown", function (event) {
    var value = event.target;
    if (event.key === "Escape") return close();
    if ((event.key !== "Enter" && event.key !== " ") || !value.matches(VALUES) || value.matches("a")) return;
    event.preventDefault();
    show(value);
  });
})();
