"""Carries a shared sample over into a record of ours: same fault, same line, our field names.

The samples were made with placeholder fields. Each placeholder is replaced by a field of ours that can have the same
fault, byte for byte, so that a broken byte stays broken.
"""

from __future__ import annotations

import re

CODE = "content/network/321300/321302/321302001/321302001004/"
TOPIC = CODE + "2026-001/topic.md"
NEWS = "content/news/sample.md"
PLATFORM = CODE + "platform.yml"
EVALUATION = CODE + "2026-001/2026-11-20-evaluation.yml"

_TOPIC_FIELDS = (
    ("id: ", "livelihood_reason: "),
    ("kind: consultation", "related: []"),
    ("Stage: ", "Theme: "),
    ("stage", "theme"),
    (": 协商\n", ": 交通出行\n"),
    ("：协商\n", "：交通出行\n"),
    (":协商\n", ":交通出行\n"),
    ("date: 2024-05-01", "places: []"),
    ("platform: 某村为民协商联系点", "projects: []"),
    ("summary: ", "decision: "),
    ("evaluation:", "notice:"),
    ("dissatisfied: 5", "from: 2024-05-01"),
    ("satisfied: ", "days: "),
    ("basically: 15", "where: 村部"),
    ("total: 100", "to: 2024-05-09"),
)


def as_topic(sample: bytes) -> tuple[str, bytes]:
    """All placeholders at once: the sample as a topic."""
    for old, new in _TOPIC_FIELDS:
        sample = sample.replace(old.encode(), new.encode())
    return TOPIC, sample


def as_utf16(sample: bytes, encoding: str) -> tuple[str, bytes]:
    """As a topic, when the sample is in another encoding of two bytes."""
    mark = b"\xff\xfe" if sample.startswith(b"\xff\xfe") else b""
    path, data = as_topic(sample[len(mark) :].decode(encoding).encode())
    return path, mark + data.decode().encode(encoding)


def value_of(sample: bytes, field: str) -> str:
    """The value as it is written, quotes and all, of the placeholder `field`."""
    found = re.search(rf"^ *{field}: ?(.*)$", sample.decode(), re.MULTILINE)
    if found is None:
        raise LookupError(field)
    return found[1]


def date_as_news(sample: bytes) -> tuple[str, bytes]:
    """`date:` in its line 6 of a piece of news, which has a date of its own."""
    return NEWS, f"---\n#\n#\ntitle: 动态\n#\ndate: {value_of(sample, 'date')}\n---\n".encode()


def title_as_news(sample: bytes) -> tuple[str, bytes]:
    return NEWS, f"---\n#\n#\ntitle: {value_of(sample, 'title')}\n#\ndate: 2026-03-01\n---\n".encode()


def url_as_source(sample: bytes) -> tuple[str, bytes]:
    """`source:` in its line 8 as the address of a report."""
    url = value_of(sample, "source")
    return (
        NEWS,
        f"---\ntitle: 动态\ndate: 2026-03-01\n#\ncompiled_from:\n  - publisher: 报纸\n    #\n    url: {url}\n---\n".encode(),
    )


def path_as_reference(sample: bytes) -> tuple[str, bytes]:
    """`cover:` in its line 8 as a reference: no field of ours holds a path."""
    return NEWS, f"---\ntitle: 动态\ndate: 2026-03-01\n#\n#\n#\nabout:\n  - {value_of(sample, 'cover')}\n---\n".encode()


def count_as_ballots(sample: bytes) -> tuple[str, bytes]:
    """`satisfied:` in its line 9 among the ballots of an evaluation."""
    satisfied = value_of(sample, "satisfied")
    text = f"of: [2026-03-10-outcome]\nbody: 村民\nway: 投票\n#\nballots:\n  issued: 100\n  returned: 100\n#\n  satisfied: {satisfied}\n  basically_satisfied: 15\n  dissatisfied: 5\n"
    return EVALUATION, text.encode()


def platform_as_name(sample: bytes) -> tuple[str, bytes]:
    return PLATFORM, f"area: 某村\n#\n#\n#\n#\n#\nname: {value_of(sample, 'platform')}\n".encode()


def flag_as_partial(sample: bytes) -> tuple[str, bytes]:
    """`public:` in its line 8 as the one flag that a source has."""
    flag = value_of(sample, "public")
    return (
        NEWS,
        f"---\ntitle: 动态\ndate: 2026-03-01\n#\ncompiled_from:\n  - publisher: 报纸\n    #\n    partial: {flag}\n---\n".encode(),
    )


def id_as_dossier(sample: bytes) -> str:
    """The id was the name of the record: ours is in the path."""
    return f"{CODE}{value_of(sample, 'id')}/topic.md"
