"""YAML 1.2 core, narrowed (docs/reference/records.md, "YAML"), by two readers: a fast one accepts, a slow one explains.

Nearly every record is plain: short lines, no anchors, no escapes. For such text a fast parser (ryaml) and PyYAML give the
same value, and the fast one takes a fraction of the time. PyYAML is the reference and is needed for two things: text
that is not plain, and line and column of problems. The order:

1. `fast.is_tame` checks every line against a grammar that both parsers read alike. Tame text goes to `fast.read_fast`.
2. Anything else, and tame text that the fast parser rejects, goes to `read.read_slow`: `tree.read_tree` builds nodes from
   the event stream of PyYAML, enforces limits while reading (depth, nodes, length) and reports problems;
   `read.resolve` gives plain scalars their type.
3. A syntax error of PyYAML becomes a message in `syntax_errors`, from the line where it occurred.

Modules: `read` (entry point, types of scalars, `Locator` for pointer → position), `fast` (grammar and fast reader),
`tree` (nodes, limits, problems), `lines` (pointer → line or position of tame text, from its indentation alone),
`syntax_errors` (messages).

Invariants, each checked by a property test:

- For tame text both readers give equal values of equal types.
- `lines` gives the positions that `Locator` gives, for tame text.
- Text stays the text that was typed: only true, false, null, canonical integers and decimals that print as typed have
  another type. `2026-03-02`, `012`, `no`, `1e3` are text.
"""
