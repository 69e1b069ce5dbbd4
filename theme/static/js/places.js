/* 我的村居: a name typed, its platform found and kept on this device alone. /places/shards.json says how many files the
   names are spread over; a name stands in the file of each of its pairs of characters, so that one file answers a query.
   plugins/weimin/site/place_index.py writes them; site.js keeps what is chosen. */
(function () {
  "use strict";
  var site;
  var MOST = 30;
  var files = {};

  function read(address) {
    if (!files[address]) {
      files[address] = fetch(address).then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      });
      files[address].catch(function () {
        delete files[address];
      });
    }
    return files[address];
  }

  function shardOf(pair, shards) {
    var points = Array.from(pair);
    return (points[0].codePointAt(0) * 31 + (points[1] ? points[1].codePointAt(0) : 0)) % shards;
  }

  function matches(file, words) {
    var found = file.places.filter(function (place) {
      var whole = place[1] + chain(file, place[0]);
      return words.every(function (word) {
        return whole.indexOf(word) >= 0;
      });
    });
    return found.sort(function (a, b) {
      return (a[1].indexOf(words[0]) ? 1 : 0) - (b[1].indexOf(words[0]) ? 1 : 0);
    });
  }

  function chain(file, code) {
    return (file.above[code.slice(0, 9)] && code.length > 9 ? " " + file.above[code.slice(0, 9)] : "") +
      (file.above[code.slice(0, 6)] && code.length > 6 ? " " + file.above[code.slice(0, 6)] : "");
  }

  function find(form) {
    var list = form.querySelector(".found");
    var said = form.parentNode.querySelector("[role=status]");
    var typed = form.querySelector("input").value.trim();
    var words = typed.split(/\s+/);
    form.asked = typed;
    if (!typed) {
      list.textContent = "";
      said.textContent = "";
      return Promise.resolve();
    }
    return read(form.getAttribute("data-places") + "shards.json")
      .then(function (index) {
        if (index.shards > 1 && Array.from(words[0]).length < 2) return null;
        var pair = Array.from(words[0]).slice(0, 2).join("");
        return read(form.getAttribute("data-places") + shardOf(pair, index.shards) + ".json");
      })
      .then(function (file) {
        if (form.asked !== typed) return;
        if (!file) {
          list.textContent = "";
          said.textContent = "请再输入一个字";
          return;
        }
        draw(form, list, file, matches(file, words), said);
      })
      .catch(function () {
        said.textContent = "名录没有取到，请按县区找";
      });
  }

  function draw(form, list, file, found, said) {
    list.textContent = "";
    found.slice(0, MOST).forEach(function (place) {
      var link = document.createElement("a");
      var above = document.createElement("span");
      link.href = form.getAttribute("data-root") + "/" + place[0] + "/";
      link.textContent = place[1] + " ";
      above.className = "by";
      above.textContent = chain(file, place[0]).trim();
      link.appendChild(above);
      link.addEventListener("click", function () {
        site.keep("place", place[0] + " " + place[1]);
      });
      var entry = document.createElement("li");
      entry.appendChild(link);
      list.appendChild(entry);
    });
    if (!found.length) said.textContent = "没有找到，换个写法，或者按县区找";
    else said.textContent = "找到" + found.length + "个" + (found.length > MOST ? "，列出前" + MOST + "个，请再多输入几个字" : "");
  }

  function arrows(form, event) {
    var step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    var links = Array.prototype.slice.call(form.querySelectorAll(".found a"));
    if (event.key === "Escape" && links.length) {
      form.querySelector(".found").textContent = "";
      form.querySelector("input").focus();
    }
    if (!step || !links.length) return;
    event.preventDefault();
    var next = links.indexOf(document.activeElement) + step;
    (links[Math.min(next, links.length - 1)] || form.querySelector("input")).focus();
  }

  function mine(box) {
    var form = box.querySelector("form");
    var input = form.querySelector("input");
    var link = box.querySelector(".kept a");
    var place = (site.kept().place || "").split(" ");
    if (place[1]) {
      link.href = form.getAttribute("data-root") + "/" + place[0] + "/";
      link.textContent = place[1];
    }
    input.addEventListener("input", function () {
      find(form);
    });
    form.addEventListener("keydown", function (event) {
      arrows(form, event);
    });
    form.addEventListener("submit", function (event) {
      if (!input.value.trim()) return;
      event.preventDefault();
      find(form).then(function () {
        var all = form.querySelectorAll(".found a");
        var named = Array.prototype.filter.call(all, function (link) {
          return link.firstChild.data.trim() === input.value.trim();
        });
        var only = named.length ? named : all;
        if (only.length === 1) only[0].click();
        else if (only.length) only[0].focus();
      });
    });
    box.querySelector("[data-do=forget]").addEventListener("click", function () {
      site.keep("place", "");
      site.show();
      input.focus();
      box.querySelector("[role=status]").textContent = "已经忘掉，这台设备上不再记着";
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    site = window.weimin;
    Array.prototype.forEach.call(document.querySelectorAll(".mine"), mine);
  });
})();
