/* Reads the index (docs/adr/0056; plugins/weimin/site/search/ writes it): rows of terms say which cells of a tile may have a
   hit, blocks have the pages of these cells. `get(path, options)` is fetchOnce of ../fetch.js for files below /search/.
   Exports: ON, END, CELLS, ERA, tilesOf, cellsOf, findCells, findBlocks, readPages. */
import { pageOf } from "./match.js";
import { hash, spread, ways } from "./terms.js";

/* The digits of a number in a row: those of ON come first, one of END is the last. */
export const END = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
export const ON = "!\"#$%&'()*+,./:;<=>?@[\\]^`{|}~";
export const CELLS = 16; // of a block
export const ERA = 4; // years of a tile
const TERMS = 2; // that are asked for in a round
const ROUNDS = 2;
const MANY = 16; // cells: a second round is worth its requests
const HARDLY = 0.8; // of the cells left over: the round found nothing out

/* The tiles in meta.json: NAME-SLICES-BUCKETS-SHARDS. A tile of dossiers is named by its first year. */
export function tilesOf(meta) {
  return meta.tiles.map((at) => {
    const [name, slices, buckets, shards] = at.split("-");
    return { at, name, slices: +slices, buckets: +buckets, shards: +shards, years: /^\d/.test(name) };
  });
}

/* The cells in the row of a term. Each number is its distance from the one before it. */
export function cellsOf(rows, term) {
  const found = new Set();
  const text = "\n" + rows;
  const start = text.indexOf("\n" + term + "\t");
  if (start < 0) return found;
  let cell = -1;
  let held = 0;
  for (let i = start + term.length + 2; text[i] !== "\n"; i++) {
    const on = ON.indexOf(text[i]);
    if (on >= 0) {
      held = held * 30 + on + 1;
    } else {
      cell += held * 64 + END.indexOf(text[i]) + 1;
      held = 0;
      found.add(cell);
    }
  }
  return found;
}

const inAll = (sets) => sets.reduce((a, b) => new Set(Array.from(a).filter((n) => b.has(n))));
const inAny = (sets) => new Set(sets.flatMap((set) => Array.from(set)));

const readRow = async (get, tile, term) =>
  cellsOf(await get(tile.at + "/t/" + (hash(term) & (tile.shards - 1)) + ".txt"), term);

const cellsOfAll = async (get, tile, terms) => inAll(await Promise.all(terms.map((term) => readRow(get, tile, term))));

const cellsOfAny = async (get, tile, lists) => inAny(await Promise.all(lists.map((terms) => cellsOfAll(get, tile, terms))));

function filterTerms(tile, query) {
  const kind = "dp".includes(query.kind) ? "" : query.kind;
  const filters = [["=k", kind], ["=l", query.level], ["=t", tile.years && query.theme], ["=s", tile.years && query.state]];
  return filters.filter(([, value]) => value).map(([sign, value]) => sign + value);
}

/* The cells of a tile that may have a hit. It asks for few terms of each word, and for more while many cells are left. */
export async function findCells(get, tile, query) {
  const filters = filterTerms(tile, query);
  const asked = query.words.map(ways).filter((lists) => lists.length);
  if (!asked.length) return cellsOfAll(get, tile, filters.length ? filters : ["*"]);
  const share = Math.max(1, Math.floor(TERMS / asked.length));
  let found = null;
  for (let round = 1; round <= ROUNDS; round++) {
    const picked = asked.map((lists) => lists.map((terms) => spread(terms, share * round)));
    let now = inAll(await Promise.all(picked.map((lists) => cellsOfAny(get, tile, lists))));
    if (!found && now.size > MANY && filters.length) now = inAll([now, await cellsOfAll(get, tile, filters)]);
    const before = found;
    found = found ? inAll([found, now]) : now;
    const whole = asked.every((lists, i) => lists.every((terms, j) => terms.length === picked[i][j].length));
    if (found.size <= MANY || whole || (before && found.size > before.size * HARDLY)) break;
  }
  return found;
}

/* The blocks of a tile that may have hits, the newest first; `count` is the number of their cells that may. */
export async function findBlocks(get, tile, query) {
  const size = tile.slices * tile.buckets * CELLS;
  const first = (query.year - tile.name) * size;
  const cells = Array.from(await findCells(get, tile, query)).filter((n) => !query.year || (n >= first && n < first + size));
  const counts = new Map();
  for (const cell of cells.sort((a, b) => b - a)) {
    const block = Math.floor(cell / CELLS);
    counts.set(block, (counts.get(block) || 0) + 1);
  }
  return Array.from(counts, ([block, count]) => ({ path: tile.at + "/b/" + block + ".json", count }));
}

export const readPages = async (get, block) => (await get(block.path, { type: "json" })).map(pageOf);
