/* Search in the files below /search/: rows of terms say which pages may have a word, blocks of pages prove it.
   plugins/weimin/site/search/ writes the files; plugins/weimin/bench/search_client.py does the same in Python. */
(function () {
  "use strict";
  const form = document.getElementById("search");
  const root = form.getAttribute("data-root");
  const [status, above, hits, more] = ["said", "above", "hits", "more"].map((id) => document.getElementById(id));
  const PAGE = 20, STEP = 20, ABOVE = 3, TERMS = 2, ROUNDS = 2, MANY = 16, HARDLY = 0.8, CELLS = 16, ERA = 4;
  const END = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
  const ON = "!\"#$%&'()*+,./:;<=>?@[\\]^`{|}~";
  const RUN = /[a-z0-9\u00c0-\u1fff\u2e80-\u2fff\u3005-\u3007\u3040-\ufe0f\ufe70-\ufeff\uff66-\uffdc\u{10000}-\u{10ffff}]+/gu;
  const NUMBER = /^(?:(\d{6}|\d{9}|\d{12})\/?)?(?:(\d{4})-(\d{1,3}))?$/;
  const KINDS = { p: "平台", r: "规则", n: "网页" };
  const FILTERS = ["kind", "level", "year", "theme", "state"];
  const kept = new Map();
  let search = null;

  /* Words */
  const fold = (text) =>
    text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
      .replace(/[A-Z]/g, (c) => c.toLowerCase()).replace(/\u3000/g, " ");

  function pairs(word) {
    const found = new Set();
    for (const run of word.match(RUN) || []) {
      const chars = Array.from(run);
      for (let i = 1; i < chars.length; i++) found.add(chars[i - 1] + chars[i]);
    }
    return Array.from(found);
  }

  function hash(term) {
    let h = 0x811c9dc5;
    for (const c of term) h = Math.imul(h ^ c.codePointAt(0), 0x01000193);
    return (h ^ (h >>> 15)) >>> 0;
  }

  function numbered(word) {
    const m = word && NUMBER.exec(word);
    return m && { code: m[1] || "", number: m[2] ? m[2] + "-" + m[3].padStart(3, "0") : "" };
  }

  function ways(word) {
    const found = [pairs(word)], n = numbered(word);
    if (n) found.push([n.code && !/^\d{4}00$/.test(n.code) && "@" + n.code, n.number && "#" + n.number].filter(Boolean));
    return found.every((terms) => terms.length) ? found : [];
  }

  function spread(terms, most) {
    if (terms.length <= most) return terms;
    const chosen = new Set();
    for (let at = 0; chosen.size < most; at = (at + 618) % 1000) chosen.add(Math.floor(at * terms.length / 1000));
    return Array.from(chosen, (n) => terms[n]);
  }

  /* Pages */
  function pageOf([kind, address, title, area, on, state, label, has, themes, text]) {
    const [, code, number = ""] = address.split("/");
    return { kind, address, title, area, on, state, label, has, themes, text, code, number, words: fold([title, area, ...themes, text].join("\n")) };
  }

  const levelOf = (code) => ({ 9: "township", 12: "village" })[code.length] || (code.endsWith("00") ? "city" : "county");

  function hasWord(page, word) {
    if (page.words.includes(word)) return true;
    const n = numbered(word);
    if (!n || !"dp".includes(page.kind)) return false;
    const c = page.code;
    const below = !n.code || [c, c.slice(0, 9), c.slice(0, 6), c.slice(0, 4) + "00"].includes(n.code);
    return below && (!n.number || n.number === page.number);
  }

  function matches(page, q) {
    return (!q.kind || q.kind === page.kind || page.has.includes(q.kind)) &&
      (!q.level || ("dp".includes(page.kind) && levelOf(page.code) === q.level)) &&
      (!q.year || page.number.slice(0, 4) === q.year) && (!q.theme || page.themes.includes(q.theme)) &&
      (!q.state || page.label === q.state) && q.words.every((word) => hasWord(page, word));
  }

  /* Files */
  function get(path, fresh) {
    if (fresh || !kept.has(path)) {
      const asked = fetch(root + "/search/" + path, { cache: fresh ? "no-cache" : "default" }).then((answer) => {
        if (!answer.ok) throw new Error(path);
        return answer.text();
      });
      asked.catch(() => kept.delete(path));
      kept.set(path, asked);
    }
    return kept.get(path);
  }

  async function row(tile, term) {
    const text = "\n" + await get(tile.at + "/t/" + (hash(term) & (tile.shards - 1)) + ".txt");
    const at = text.indexOf("\n" + term + "\t"), found = new Set();
    if (at < 0) return found;
    let cell = -1, held = 0;
    for (let i = at + term.length + 2; text[i] !== "\n"; i++) {
      const on = ON.indexOf(text[i]);
      if (on >= 0) held = held * 30 + on + 1;
      else {
        cell += held * 64 + END.indexOf(text[i]) + 1;
        held = 0;
        found.add(cell);
      }
    }
    return found;
  }

  const both = (sets) => sets.reduce((a, b) => new Set(Array.from(a).filter((n) => b.has(n))));
  const all = async (tile, terms) => both(await Promise.all(terms.map((term) => row(tile, term))));

  async function either(tile, found) {
    const sets = await Promise.all(found.map((terms) => all(tile, terms)));
    return new Set(sets.flatMap((set) => Array.from(set)));
  }

  async function cells(tile, q) {
    const filters = [["=k", "dp".includes(q.kind) ? "" : q.kind], ["=l", q.level], ["=t", tile.years && q.theme], ["=s", tile.years && q.state]]
      .filter((f) => f[1]).map((f) => f[0] + f[1]);
    const asked = q.words.map(ways).filter((w) => w.length);
    if (!asked.length) return all(tile, filters.length ? filters : ["*"]);
    const share = Math.max(1, Math.floor(TERMS / asked.length));
    let found = null;
    for (let turn = 1; turn <= ROUNDS; turn++) {
      const picked = asked.map((w) => w.map((terms) => spread(terms, share * turn)));
      let now = both(await Promise.all(picked.map((w) => either(tile, w))));
      if (!found && now.size > MANY && filters.length) now = both([now, await all(tile, filters)]);
      const before = found;
      found = found ? both([found, now]) : now;
      const whole = asked.every((w, i) => w.every((terms, j) => terms.length === picked[i][j].length));
      if (found.size <= MANY || whole || (before && found.size > before.size * HARDLY)) break;
    }
    return found;
  }

  async function blocks(tile, q) {
    const size = tile.slices * tile.buckets * CELLS, first = (q.year - tile.name) * size, counts = new Map();
    const found = Array.from(await cells(tile, q)).filter((n) => !q.year || (n >= first && n < first + size));
    for (const n of found.sort((a, b) => b - a)) {
      const block = Math.floor(n / CELLS);
      counts.set(block, (counts.get(block) || 0) + 1);
    }
    return Array.from(counts, ([block, count]) => ({ path: tile.at + "/b/" + block + ".json", count }));
  }

  async function wave(queue, q, wanted, most) {
    let taken = 0, hoped = 0;
    while (taken < Math.min(queue.length, most) && hoped < wanted) hoped += queue[taken++].count;
    const texts = await Promise.all(queue.slice(0, taken).map((block) => get(block.path)));
    return { taken, pages: texts.flatMap((text) => JSON.parse(text).map(pageOf).filter((page) => matches(page, q))) };
  }

  /* A search */
  async function begun(q) {
    const meta = JSON.parse(await get("meta.json", true));
    const tiles = meta.tiles.map((at) => {
      const [name, slices, buckets, shards] = at.split("-");
      return { at, name, slices: +slices, buckets: +buckets, shards: +shards, years: /^\d/.test(name) };
    });
    const named = (name) => tiles.filter((tile) => tile.name === name);
    const dated = q.year || q.theme || q.state;
    let left;
    if (q.kind === "p") left = dated ? [] : named("platforms");
    else if (q.kind && "rn".includes(q.kind)) left = dated || q.level ? [] : named("pages");
    else left = tiles.filter((t) => t.years && (!q.year || (q.year >= +t.name && q.year < +t.name + ERA))).sort((a, b) => b.name - a.name);
    const few = q.kind || dated ? [] : [...named("platforms"), ...(q.level ? [] : named("pages"))];
    return { q, left, few, queue: [], count: 0 };
  }

  async function step(s) {
    const found = [];
    let read = 0;
    while (found.length < PAGE && read < STEP && (s.queue.length || s.left.length)) {
      if (!s.queue.length) {
        s.queue = await blocks(s.left.shift(), s.q);
        continue;
      }
      const got = await wave(s.queue, s.q, PAGE - found.length, STEP - read);
      s.queue = s.queue.slice(got.taken);
      read += got.taken;
      found.push(...got.pages);
    }
    return found;
  }

  async function first(s) {
    const got = await Promise.all(s.few.map(async (tile) => wave(await blocks(tile, s.q), s.q, ABOVE, STEP)));
    return got.flatMap((g) => g.pages);
  }

  /* What is shown */
  function made(name, text, kind) {
    const node = document.createElement(name);
    if (kind) node.className = kind;
    node.append(text);
    return node;
  }

  function marked(node, text, words) {
    const folded = fold(text);
    for (let at = 0; at < text.length;) {
      const next = words.map((w) => [folded.indexOf(w, at), w.length]).filter((n) => n[0] >= 0).sort((a, b) => a[0] - b[0] || b[1] - a[1])[0] || [text.length, 0];
      node.append(text.slice(at, next[0]));
      at = next[0] + next[1];
      if (next[1]) node.append(made("mark", text.slice(next[0], at)));
    }
    return node;
  }

  function snippet(page, words) {
    const lines = page.text.split("\n");
    const hit = lines.find((line) => words.some((w) => fold(line).includes(w))) || lines[0];
    const at = Math.max(0, ...words.map((w) => fold(hit).indexOf(w)));
    const from = at > 60 ? at - 30 : 0;
    return (from ? "…" : "") + hit.slice(from, from + 110) + (hit.length > from + 110 ? "…" : "");
  }

  function item(page, words) {
    const node = made("li", "", "row wide"), link = made("a", "");
    link.href = root + page.address;
    const tags = made("span", "", "tags"), by = made("span", "", "by");
    tags.append(made("span", page.label || KINDS[page.kind], "tag " + page.state));
    if (page.has.includes("x")) tags.append(" ", made("span", "据报道", "tag compiled"));
    by.append(marked(made("span", ""), page.area.split(" ").slice(-2).join(" "), words), " ", made("span", page.on, "on"));
    node.append(marked(link, page.title, words), " ", tags, " ", by);
    if (page.text) node.append(marked(made("p", "", "text"), snippet(page, words), words));
    return node;
  }

  function tell(s, found) {
    const what = KINDS[s.q.kind] ? "个" + KINDS[s.q.kind] : "个卷宗";
    const left = s.queue.length || s.left.length;
    s.count += found.length;
    more.hidden = !left;
    more.textContent = found.length ? "更多" : "继续找";
    if (s.count) status.textContent = left ? "已列出" + s.count + what + "，较新的在前，后面可能还有。" : "共找到" + s.count + what + "，较新的在前。";
    else if (left) status.textContent = "新近的里面没有找到，还可以往前找。";
    else status.textContent = (above.children.length ? "没有找到卷宗，只有上面这些。" : "没有找到。") + "可以试试：少打几个字，换一个说法，或者去掉几个条件。";
  }

  async function go(s, begin) {
    search = s;
    status.textContent = "正在找……";
    const slow = setTimeout(() => { if (search === s) status.textContent = "网络有点慢，还在找……"; }, 4000);
    hits.setAttribute("aria-busy", "true");
    try {
      if (begin) Object.assign(s, await begun(s.q));
      const [top, found] = await Promise.all([begin ? first(s) : [], step(s)]);
      if (search !== s) return;
      above.append(...top.map((page) => item(page, s.q.words)));
      const items = found.map((page) => item(page, s.q.words));
      hits.append(...items);
      tell(s, found);
      if (!begin && items.length) items[0].querySelector("a").focus();
    } catch (_) {
      if (search !== s) return;
      status.textContent = "没有取到查找用的文件，可能是网络断了，或者网站刚刚更新。改法：稍等一下，再按一次“查找”。";
      more.hidden = true;
    } finally {
      clearTimeout(slow);
      if (search === s) {
        hits.removeAttribute("aria-busy");
        listed(above.children.length + hits.children.length > 0);
      }
    }
  }

  function begin() {
    const q = { words: fold(form.q.value).split(/\s+/).filter(Boolean).slice(0, 8) };
    for (const name of FILTERS) q[name] = form[name].value.trim();
    const set = FILTERS.filter((name) => q[name]).length;
    form.querySelector("summary").textContent = set ? "加条件（已加" + set + "个）" : "加条件";
    above.textContent = hits.textContent = "";
    more.hidden = true;
    search = null;
    const short = !set && q.words.length && !q.words.some((word) => ways(word).length || numbered(word));
    if (q.year && !/^\d{4}$/.test(q.year)) status.textContent = "年份要写四位数字，如 2026。";
    else if (short) status.textContent = "至少打两个连着的字。";
    else if (q.words.length || set) go({ q }, true);
    else status.textContent = "";
    listed(search !== null);
  }

  /* Where nothing is listed, the other ways are offered (search.css). */
  function listed(some) {
    document.documentElement.toggleAttribute("data-asked", some);
  }

  function address() {
    const given = new URLSearchParams();
    for (const name of ["q", ...FILTERS]) if (form[name].value.trim()) given.set(name, form[name].value.trim());
    return location.pathname + (given.toString() ? "?" + given : "");
  }

  function read() {
    const given = new URLSearchParams(location.search);
    for (const name of ["q", ...FILTERS]) form[name].value = given.get(name) || "";
    begin();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (address() !== location.pathname + location.search) history.pushState(null, "", address());
    begin();
  });
  more.addEventListener("click", () => search && go(search, false));
  window.addEventListener("popstate", read);
  read();
})();
