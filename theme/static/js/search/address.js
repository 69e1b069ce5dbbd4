/* What is asked for, in its three forms: the fields of the form, the address of the page, and the query.
   Fields are an object of texts by name: `q` and the filters.
   Exports: FILTERS, fieldsOf, addressOf, queryOf, isEmpty, faultOf. */
import { numberOf, ways, wordsOf } from "./terms.js";

export const FILTERS = ["kind", "level", "year", "theme", "state"];
const FIELDS = ["q", ...FILTERS];

/* The fields in an address, from the part of it that begins with "?". */
export function fieldsOf(search) {
  const given = new URLSearchParams(search);
  return Object.fromEntries(FIELDS.map((name) => [name, given.get(name) || ""]));
}

/* The address of the page at `path` with these fields. Empty fields are left out. */
export function addressOf(path, fields) {
  const given = new URLSearchParams(FIELDS.map((name) => [name, fields[name].trim()]).filter(([, value]) => value));
  return path + (given.toString() ? "?" + given : "");
}

export function queryOf(fields) {
  const query = { words: wordsOf(fields.q) };
  for (const name of FILTERS) query[name] = fields[name].trim();
  return query;
}

const filtersOf = (query) => FILTERS.filter((name) => query[name]);

export const isEmpty = (query) => !query.words.length && !filtersOf(query).length;

/* Why the index cannot answer the query, as a sentence; empty where it can. */
export function faultOf(query) {
  if (query.year && !/^\d{4}$/.test(query.year)) return "年份要写四位数字，如 2026。";
  const findable = query.words.some((word) => ways(word).length || numberOf(word));
  return query.words.length && !filtersOf(query).length && !findable ? "至少打两个连着的字。" : "";
}
