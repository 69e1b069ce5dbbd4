/* Finds hits step by step, the newest dossiers first. Where every kind is asked for, platforms and other pages stand above
   them. `get` is that of files.js.
   Exports: PAGE, STEP, startSearch, nextPages, firstPages, hasMore. */
import { ERA, findBlocks, readPages, tilesOf } from "./files.js";
import { matches } from "./match.js";

export const PAGE = 20; // hits of a step
export const STEP = 20; // blocks that a step reads at most
const ABOVE = 3; // platforms and pages, about

/* `left`: tiles to read; `few`: tiles of platforms and pages; `queue`: blocks of the tile that is being read. */
export async function startSearch(get, query) {
  const { kind, level, year, theme, state } = query;
  const tiles = tilesOf(await get("meta.json", { fresh: true, type: "json" }));
  const named = (name) => tiles.filter((tile) => tile.name === name);
  const dossiersOnly = year || theme || state;
  const hasYear = (tile) => !year || (year >= +tile.name && year < +tile.name + ERA);
  let left;
  if (kind === "p") left = dossiersOnly ? [] : named("platforms");
  else if (kind && "rn".includes(kind)) left = dossiersOnly || level ? [] : named("pages");
  else left = tiles.filter((tile) => tile.years && hasYear(tile)).sort((a, b) => b.name - a.name);
  const few = kind || dossiersOnly ? [] : [...named("platforms"), ...(level ? [] : named("pages"))];
  return { query, left, few, queue: [] };
}

export const hasMore = (search) => search.queue.length > 0 || search.left.length > 0;

/* Reads at once as many blocks as are expected to have the `wanted` hits. */
async function readSome(get, queue, query, wanted, most) {
  let taken = 0;
  let expected = 0;
  while (taken < Math.min(queue.length, most) && expected < wanted) expected += queue[taken++].count;
  const read = await Promise.all(queue.slice(0, taken).map((block) => readPages(get, block)));
  return { taken, pages: read.flat().filter((page) => matches(page, query)) };
}

/* The next hits; fewer than PAGE where none are left or STEP blocks had no more. */
export async function nextPages(get, search) {
  const found = [];
  let read = 0;
  while (found.length < PAGE && read < STEP && hasMore(search)) {
    if (search.queue.length) {
      const { taken, pages } = await readSome(get, search.queue, search.query, PAGE - found.length, STEP - read);
      search.queue = search.queue.slice(taken);
      read += taken;
      found.push(...pages);
    } else {
      search.queue = await findBlocks(get, search.left.shift(), search.query);
    }
  }
  return found;
}

/* The platforms and pages that stand above the dossiers. */
export async function firstPages(get, search) {
  const few = search.few.map(async (tile) => readSome(get, await findBlocks(get, tile, search.query), search.query, ABOVE, STEP));
  return (await Promise.all(few)).flatMap(({ pages }) => pages);
}
