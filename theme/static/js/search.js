/* The page 查找: connects its form, its lists and its address with the modules in search/.
   Exports nothing. */
import { byId } from "./dom.js";
import { fetchOnce } from "./fetch.js";
import { FILTERS, addressOf, faultOf, fieldsOf, isEmpty, queryOf } from "./search/address.js";
import { firstPages, hasMore, nextPages, startSearch } from "./search/find.js";
import { rowOf, sentenceOf } from "./search/hits.js";

const SLOW = 4000; // milliseconds
const form = byId("search");
const root = form.getAttribute("data-root");
const [status, above, hits, more] = ["said", "above", "hits", "more"].map(byId);
let current = null; // the search whose hits are shown

const get = (path, options) => fetchOnce(root + "/search/" + path, options);
const fields = () => Object.fromEntries(["q", ...FILTERS].map((name) => [name, form[name].value]));

/* Where nothing is listed, the page offers other ways (search.css). */
const showListed = (some) => document.documentElement.toggleAttribute("data-asked", some);

function show(search, found) {
  search.count += found.length;
  more.hidden = !hasMore(search);
  more.textContent = found.length ? "更多" : "继续找";
  const { query, count } = search;
  status.textContent = sentenceOf({ kind: query.kind, count, more: hasMore(search), above: above.children.length > 0 });
}

/* Lists the next hits of a search. An answer that comes after another search has begun is dropped. */
async function step(search, isFirst) {
  const { query } = search;
  current = search;
  status.textContent = "正在找……";
  const slow = setTimeout(() => {
    if (current === search) status.textContent = "网络有点慢，还在找……";
  }, SLOW);
  hits.setAttribute("aria-busy", "true");
  try {
    if (isFirst) Object.assign(search, await startSearch(get, query));
    const [top, found] = await Promise.all([isFirst ? firstPages(get, search) : [], nextPages(get, search)]);
    if (current !== search) return;
    above.append(...top.map((page) => rowOf(root, page, query.words)));
    const rows = found.map((page) => rowOf(root, page, query.words));
    hits.append(...rows);
    show(search, found);
    if (!isFirst && rows.length) rows[0].querySelector("a").focus();
  } catch {
    if (current !== search) return;
    status.textContent = "没有取到查找用的文件，可能是网络断了，或者网站刚刚更新。改法：稍等一下，再按一次“查找”。";
    more.hidden = true;
  } finally {
    clearTimeout(slow);
    if (current === search) {
      hits.removeAttribute("aria-busy");
      showListed(above.children.length + hits.children.length > 0);
    }
  }
}

function begin() {
  const query = queryOf(fields());
  const count = FILTERS.filter((name) => query[name]).length;
  form.querySelector("summary").textContent = count ? "加条件（已加" + count + "个）" : "加条件";
  above.textContent = hits.textContent = "";
  more.hidden = true;
  current = null;
  const fault = faultOf(query);
  if (fault || isEmpty(query)) status.textContent = fault;
  else step({ query, count: 0 }, true);
  showListed(current !== null);
}

function beginFromAddress() {
  const given = fieldsOf(location.search);
  for (const name of Object.keys(given)) form[name].value = given[name];
  begin();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const address = addressOf(location.pathname, fields());
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
  begin();
});
more.addEventListener("click", () => current && step(current, false));
addEventListener("popstate", beginFromAddress);
beginFromAddress();
