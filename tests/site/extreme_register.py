"""Registers at the ends of what may be recorded: 400 villages, 40 events, a title of 120 characters, rare characters,
one record, none. All of it is made up."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from builders.text import record, yaml_of

BASE = Path(__file__).resolve().parents[1] / "cases" / "_base" / "content"
TOWN = Path("network/990100/990101/990101001")
VILLAGES = 400
RARE, RAREST = "漴潼柤村", "𬇙水村"
"""Names with characters that GB 2312 has not: one of them is not in the first 65,536 of Unicode."""
LONG = ("关于" + "样例村东头到西头的路灯什么时候装好、装好以后由谁来管、坏了多久能修" * 4)[:119] + "吗"
LONG_WORD = "路灯" * 30
EVENTS = 40
RAREST_CODE = "990101001002"
DOSSIER = f"{RAREST_CODE}/2026-001"
_START = date(2026, 1, 5)


def write_extremes(folder: Path) -> Path:
    """The examples' register with 398 more villages, one of which has a dossier of 40 events."""
    shutil.copytree(BASE, folder / "content")
    for path, text in _files():
        file = folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def write_nothing(folder: Path) -> Path:
    """Settings, and no record."""
    return _written(folder, {"site.yml": "title: 样例为民协商\n"})


def write_one(folder: Path) -> Path:
    """Settings and one platform."""
    platform = "area: 样例市\nestablished: 2019-11-20\n"
    return _written(folder, {"site.yml": "title: 样例为民协商\n", "network/990100/platform.yml": platform})


def _written(folder: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        file = folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def _files() -> Iterator[tuple[Path, str]]:
    names = {2: RAREST, 3: RARE, 4: "样例镇" + "很长很长的" * 6 + "村"}
    for n in range(2, VILLAGES + 1):
        code = f"990101001{n:03}"
        yield TOWN / code / "platform.yml", f"area: {names.get(n, f'样例{n}村')}\n"
        if n % 3 == 0:
            yield (
                TOWN / code / "plans" / "2026.yml",
                yaml_of({"items": [{"subject": f"{n}号村的路怎么修", "when": "2026-12"}]}),
            )
    for name, text in _events():
        yield TOWN / DOSSIER / name, text


def _events() -> Iterator[tuple[str, str]]:
    """A topic and 40 events: the consultation's words are as long as its title."""
    yield "topic.md", record({"title": LONG, "theme": "交通出行"}, LONG * 3)
    kinds = (["consultation"] * 3 + ["outcome"] + ["followup"] * 6) * 4
    assert len(kinds) == EVENTS
    for n, kind in enumerate(kinds):
        day = (_START + timedelta(days=7 * n)).isoformat()
        yield (f"{day}-{kind}.md", record(_EVENTS[kind](day, n), f"{RAREST}：{LONG}"))


def _consultation(_day: str, n: int) -> Mapping[str, object]:
    suggestion = {"id": "s1", "from": "群众代表", "text": LONG_WORD}
    people = {"members": 2, "residents": 16, "party_government": 1, "departments": 1}
    return {"about": "selection", "methods": [{"kind": "meeting", "place": RAREST}], "participants": people} | (
        {"suggestions": [suggestion]} if n == 0 else {}
    )


def _outcome(day: str, n: int) -> Mapping[str, object]:
    of = (_START + timedelta(days=7 * (n - 1))).isoformat()
    return {
        "of": [f"{of}-consultation"],
        "consensus": "full",
        "measures": [
            {"id": f"m{n * 20 + i}", "text": f"{LONG_WORD}{i}", "unit": f"{RARE}村民委员会", "due": "2026-06-30"}
            for i in range(1, 5)
        ],
        "publication": {"decision": "publish", "by": "样例镇党委", "date": day},
    }


def _followup(_day: str, n: int) -> Mapping[str, object]:
    return {
        "form": "inspection",
        "by": f"{RARE}村务监督委员会",
        "measures": [{"id": f"m{3 * 20 + 1}", "state": "behind" if n % 2 else "on_track", "reason": LONG_WORD}],
    }


_EVENTS = {"consultation": _consultation, "outcome": _outcome, "followup": _followup}
