"""Rewrite the generated parts of docs/reference/, or say with `--check` which of them differ.

A page of the reference is written by hand around generated parts. A part stands between two comments with its name:

    <!-- generated: NAME -->
    …
    <!-- end: NAME -->

This program replaces what stands between them; it never touches the rest. `PARTS` names every part and the function that
returns its text. A page that lacks a part, or has one that is not in `PARTS`, is an error.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from environment import ROOT, say, speak_utf8, stop
from reference_pages import addresses, commands, dates, documents, fields, parameters, rules
from reference_pages.markdown import Fault, replace_parts

FOLDER = ROOT / "docs" / "reference"

PARTS: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "records.md": {
        "kinds": fields.kinds_table,
        "value types": fields.value_types,
        "sources": fields.sources,
        "fields": fields.all_fields,
    },
    "dates.md": {"dates": dates.table_of_dates},
    "rules.md": {
        "parameters": parameters.parameter_table,
        "rules": rules.all_rules,
        "unchecked clauses": rules.unchecked_clauses,
    },
    "interface.md": {
        "commands": commands.command_table,
        "options": commands.all_options,
        "exit codes": commands.exit_codes,
        "check json": documents.check_json,
        "page types": addresses.page_types,
        "list states": addresses.list_states,
        "list themes": addresses.list_themes,
        "feeds": addresses.feeds,
        "tables": addresses.tables,
        "documents": documents.all_documents,
    },
}
"""Page → the name of each generated part → its text. The order is that of the page."""


def refreshed(name: str, text: str) -> str:
    """The text of page `name` with its generated parts replaced. Raises Fault where markers and `PARTS` disagree."""
    return replace_parts(name, text, {part: make() for part, make in PARTS[name].items()})


def main(folder: Path = FOLDER) -> int:
    parser = argparse.ArgumentParser(prog="./scripts/reference", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where a page differs")
    only_check = parser.parse_args().check
    differing = []
    for name in PARTS:
        page = folder / name
        text = page.read_text(encoding="utf-8")
        try:
            new = refreshed(name, text)
        except Fault as fault:
            stop(str(fault))
        if new != text:
            differing.append(name)
            if not only_check:
                page.write_text(new, encoding="utf-8", newline="\n")
    for name in differing:
        say(f"docs/reference/{name}: {'differs, run ./scripts/reference' if only_check else 'rewritten'}")
    return 1 if only_check and differing else 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
