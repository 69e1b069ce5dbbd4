"""Counts the figures of a site again from the raw records, with nothing of the program: PyYAML and DuckDB's SQL.

    python tests/recount/recount.py RECORDS SITE

Every number in an element with a `data-count`, and every sum of the reports, bulletins and the front page as data, is
compared with the recount. Exits with 1 and a line for each figure that differs.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
from raw_tables import Tables, read

HERE = Path(__file__).resolve().parent
COLUMNS = {
    "own": "platform VARCHAR",
    "platform": "code VARCHAR, level VARCHAR, established DATE, closed DATE, closed_unknown BOOLEAN",
    "skipped": "dossier VARCHAR, step INTEGER",
    "dossier": "id VARCHAR, platform VARCHAR, year INTEGER, rounds INTEGER, corrections INTEGER",
    "event": "dossier VARCHAR, platform VARCHAR, n INTEGER, stem VARCHAR, kind VARCHAR, step INTEGER, written VARCHAR, "
    "first DATE, last DATE",
    "consultation": "dossier VARCHAR, stem VARCHAR, times INTEGER, same BOOLEAN",
    "outcome": "dossier VARCHAR, stem VARCHAR, decision VARCHAR, decided VARCHAR",
    "line": "kind VARCHAR, dossier VARCHAR, stem VARCHAR, id VARCHAR, has_due BOOLEAN, due DATE",
    "state": "dossier VARCHAR, measure VARCHAR, n INTEGER, state VARCHAR, stated DATE, span_last DATE",
    "ballots": "dossier VARCHAR, platform VARCHAR, stem VARCHAR, last DATE, valid INTEGER, satisfied INTEGER, "
    "basically INTEGER",
    "plan_item": "platform VARCHAR, year INTEGER, planned VARCHAR, dropped BOOLEAN",
    "opinion": "platform VARCHAR, decision VARCHAR",
    "formula": "platform VARCHAR, house BOOLEAN, since DATE, until DATE, levels VARCHAR[], value VARCHAR",
}
SUMS = {
    "planned": "计划协商",
    "held": "开展协商",
    "dossiers": "卷宗",
    **{f"step{n}": f"步骤={n}" for n in range(1, 6)},
    **{f"skipped{n}": f"略过={n}" for n in range(1, 6)},
    "outcomes": "协商成果",
    "agreed": "协商成果",
    "outcome-publish": "公布的成果",
    "outcome-withhold": "不公布的成果",
    "outcome-open": "没有登记决定的成果",
    "published": "公布决定",
    "done": "办好的落实事项",
    "judged": "有期限可比的落实事项",
    "in-time": "按期办好的落实事项",
    "evaluations": "民主评议",
    "rated": "能复算的评议",
    "valid": "有效票",
    "satisfied": "满意票",
    "basically": "基本满意票",
    "good": "计入满意率的票",
}
"""Key of the sums of a report or a bulletin → what it counts."""
NOT_RECOUNTED = {
    "满意率低的评议": "by the rules: which threshold is in force",
    "low": "by the rules: which threshold is in force",
    "overdue": "by the rules: what is owed until when",
    "answers-judged": "by the rules: which answers are owed until when",
    "answers-in-time": "by the rules: which answers are owed until when",
}
"""Figures that are not counted here, with the reason."""
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?%?")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


class Recount:
    """The figures of a repository, by their expressions."""

    def __init__(self, records: Path, site: Path) -> None:
        """`site`: its build.json says as of which day it is."""
        as_of = json.loads((site / "build.json").read_bytes())["as_of"]
        self._totals = totals_of(read(records), as_of)

    def figure(self, name: str, rest: str) -> str | None:
        """A figure as printed; None where it is not counted here, empty for a rate of nothing. `rest`: scope and filters."""
        if name in NOT_RECOUNTED:
            return None
        if name != "满意率":
            return str(self._totals.get(name + rest, 0))
        valid = self._totals.get("有效票" + rest, 0)
        return _percent(self._totals.get("计入满意率的票" + rest, 0), valid) if valid else ""

    def figures(self, expression: str) -> list[str]:
        """The figures of an element in their order, without a rate of nothing and without what is not counted here."""
        names = re.split("[@?]", expression)[0]
        found = (self.figure(name, expression.removeprefix(names)) for name in names.split("+"))
        return [figure for figure in found if figure]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}".removesuffix(".0") + "%"


def totals_of(tables: Tables, as_of: str) -> Mapping[str, int]:
    """Expression → number, as of a day in ISO."""
    with duckdb.connect() as db:
        db.execute("CREATE TABLE as_of AS SELECT CAST(? AS DATE) AS day", [as_of])
        for name, columns in COLUMNS.items():
            db.execute(f"CREATE TABLE {name} ({columns})")
            if rows := tables.get(name):
                db.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        db.execute((HERE / "recount.sql").read_text(encoding="utf-8"))
        return dict(db.execute("SELECT expression, n FROM total").fetchall())


class Compared:
    """What was compared: how many figures of which name; those that are left out; those that differ."""

    def __init__(self) -> None:
        self.equal: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.different: list[str] = []

    def add(self, where: str, name: str, shown: str, counted: str | None) -> None:
        if counted is None:
            self.left_out[name] += 1
        elif shown == counted:
            self.equal[name] += 1
        else:
            self.different.append(f"{where}: {name}: {shown!r}, counted again {counted!r}")


def compare(recount: Recount, site: Path) -> Compared:
    found = Compared()
    for path in sorted(site.rglob("*.html")):
        for expression, text in marked(path.read_text(encoding="utf-8")):
            _compare_element(recount, found, path.relative_to(site).as_posix(), expression, text)
    for path in sorted(site.glob("reports/**/index.json")):
        data = json.loads(path.read_bytes())
        if "sums" in data:
            _compare_report(recount, found, path.relative_to(site).as_posix(), data)
    for path in sorted(site.glob("bulletin/*/index.json")):
        data = json.loads(path.read_bytes())
        for key, shown in data["sums"].items():
            _compare_sum(recount, found, path.relative_to(site).as_posix(), key, shown, f"?在={data['month']}")
    home = json.loads((site / "index.json").read_bytes())
    for f in home["figures"]:
        _compare_element(recount, found, "index.json", f["count"], f["value"] + f["unit"])
        if f["note_count"]:
            _compare_element(recount, found, "index.json", f["note_count"], f["note"])
    return found


def _compare_element(recount: Recount, found: Compared, where: str, expression: str, text: str) -> None:
    names = re.split("[@?]", expression)[0]
    if names in NOT_RECOUNTED:
        found.left_out[names] += 1
        return
    counted = " ".join(recount.figures(expression))
    found.add(where, names, " ".join(_NUMBER.findall(text)), counted)


def _compare_report(recount: Recount, found: Compared, where: str, data: dict[str, Any]) -> None:
    scope = f"@{data['platform']}*" if data["platform"] else ""
    year = data["year"]
    for key, shown in data["sums"].items():
        _compare_sum(recount, found, where, key, shown, f"{scope}?在={year}")
    for n, shown in enumerate(data["held"], 1):
        _compare_sum(recount, found, where, "held", shown, f"{scope}?在={year}-{n:02}")
    for row in data["below"]:
        part = f"@{row['code']}{'' if row['own'] else '*'}?在={year}"
        for key in ("planned", "held", "dossiers", "outcomes", "rated", "valid", "good"):
            _compare_sum(recount, found, where, key, row[key], part)


def _compare_sum(recount: Recount, found: Compared, where: str, key: str, shown: int, rest: str) -> None:
    name = SUMS.get(key, key)
    if key == "dossiers" or key.startswith(("step", "skipped")):
        step = f"&{name}" if key != "dossiers" else ""
        found.add(where, key, str(shown), recount.figure("卷宗", rest.replace("?在=", "?年=") + step))
        return
    found.add(where, key, str(shown), recount.figure(name, rest))


def marked(html: str) -> Iterator[tuple[str, str]]:
    """(expression, text) of every element with a data-count."""
    if "data-count" not in html:
        return
    reader = _Reader()
    reader.feed(html)
    yield from ((expression, "".join(text)) for expression, text in reader.found)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []
        self._open: list[tuple[str, int | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        expression = dict(attrs).get("data-count")
        if expression:
            self.found.append((expression, []))
        if tag not in _VOID:
            self._open.append((tag, len(self.found) - 1 if expression else None))

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        for _, n in self._open:
            if n is not None:
                self.found[n][1].append(data)


def main(records: str, site: str) -> int:
    found = compare(Recount(Path(records), Path(site)), Path(site))
    print(f"{sum(found.equal.values())} figures are equal, {len(found.different)} are different")
    print("left out:", ", ".join(f"{name} {n}" for name, n in sorted(found.left_out.items())))
    for line in found.different:
        print(line)
    return 1 if found.different else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
