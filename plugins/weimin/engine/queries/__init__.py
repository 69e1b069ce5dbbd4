"""The tables of the store: one module for each, with its definition and all SQL statements that read or write it.

Only these modules, the store's adapter and the SQLite export contain SQL (tests/architecture/test_sql.py). Everything else
calls the methods of a `…Table` class, which is a thin layer over `Store`: it adds names and types, and no work per row.
A method that may return very many rows streams them; the caller must exhaust such an iterator before it changes the table.

The tables fall into four groups:

- what the tree of records contains: `file`, `path_problem`;
- what a computation produced: `unit_result`, `platform`, `finding`, `inbound`, `list_entry`, `total`;
- what invalidation needs: `dependency_set`, `dependency`, `stale`, `meta`;
- what a build published: `page`, `artifact`, `pruned`, `share_image`, `shard`, `search_document`, `search_term`; and what
  the history replay produced: `revision`, `trail_finding`.
"""
