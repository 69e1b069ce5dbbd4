"""A register in Git with a word of its own in every place where something may not be public; nothing in it is real.

`told(withhold=False)` is the same register with nothing kept back: what is found there shows that the search finds.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from builders.repository import Repository, make_repo
from builders.text import record

RARE = "靐"
"""Stands in no other text: it is found however a text is cut up for a search index."""

AT = "content/network/990100/990101/990101001/990101001001"
HIDDEN, LINES = f"{AT}/2026-001", f"{AT}/2026-002"
YUAN, YUAN_TO, AMOUNT, DOC, HEX = 987654321, 998765432, 918273645, 192837465, "cafe" * 16
DAY, DAY_WORDS = "2031-07-19", "2031年7月19日"
NUMBERS = (str(YUAN), str(YUAN_TO), str(AMOUNT), str(DOC), HEX[:24], DAY, DAY_WORDS, "98765.4321", "9.1827")

TOPIC = (
    "---\ntitle: {}\ntheme: [交通出行]\nsources:\n  - from: residents\n"
    "approval:\n  by: 样例镇党委\n  date: 2026-02-20\n---\n样例：内容是编造的。\n"
)
CONSULTATION = (
    "---\nabout: selection\nmethods:\n  - kind: meeting\n    place: 村部\n    decided_by: consensus\n"
    "participants:\n  members: 3\n  residents: 10\n  departments: 2\n"
    "suggestions:\n  - id: s1\n    text: 靠路边留出转弯的地方\n---\n样例：内容是编造的。\n"
)
PUBLIC_ATTACHMENT = "attachments/site-plan.png"


class Words:
    """Words that are found wherever they come out; `made` says what each was put into."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.made: dict[str, str] = {}

    def __call__(self, place: str) -> str:
        word = f"canary{next(self.numbers)}q"
        self.made[word] = place
        return f"{RARE}{word}"


def outcome(w: Words, withhold: bool) -> dict[str, Any]:
    """An outcome with every field that there is; the text of each is a word of its own."""
    publication: dict[str, Any] = {
        "decision": "withhold" if withhold else "publish",
        "by": "样例镇党委",
        "date": "2026-03-15",
    }
    if withhold:
        publication["reason"] = "涉及个人隐私"
    return {
        "of": ["2026-03-02-consultation"],
        "time": "evening",
        "until": DAY,
        "consensus": "phased",
        "measures": [
            {
                "id": "m1",
                "text": w("measures/text"),
                "unit": w("measures/unit"),
                "with": [w("measures/with")],
                "target": {"amount": AMOUNT, "unit": w("measures/target/unit")},
                "due": "2026-04-30",
                "upkeep": w("measures/upkeep"),
            }
        ],
        "funding": [
            {
                "from": w("funding/from"),
                "yuan": {"about": YUAN, "as": "余"},
                "yuan_to": YUAN_TO,
                "kind": "money",
                "state": "granted",
                "measure": "m1",
            }
        ],
        "dissent": [{"id": "d1", "text": w("dissent/text")}],
        "upward": [upward(w, "u1", not withhold)],
        "submitted": [{"to": w("submitted/to"), "date": DAY, "doc_no": f"{RARE}发〔2031〕{DOC}号"}],
        "publication": {
            **publication,
            "digest": HEX,
            "channels": [
                {
                    "kind": "website",
                    "date": DAY,
                    "title": w("channels/title"),
                    "url": f"https://example.org/{w('channels/url')[1:]}",
                }
            ],
        },
        "compiled_from": [
            {
                "publisher": w("compiled_from/publisher"),
                "date": DAY,
                "title": w("compiled_from/title"),
                "partial": True,
                "url": f"https://example.org/{w('compiled_from/url')[1:]}",
            }
        ],
    }


def upward(w: Words, line: str, publish: bool) -> dict[str, Any]:
    """A matter reported up, with the words that one that is not public may not have."""
    return {
        "id": line,
        "kind": "constructive",
        "to": "990101001",
        "text": w(f"upward/{line}/text"),
        "reported": {"date": "2026-03-12"},
        "publish": publish,
        "digest": HEX,
    }


def picture(w: Words) -> bytes:
    """A picture with words in its text chunks, plain and compressed."""
    told, file = PngInfo(), io.BytesIO()
    told.add_text("Comment", w("attachment/text")[1:])
    told.add_text("Author", w("attachment/compressed")[1:], zip=True)
    Image.new("RGB", (8, 8), "white").save(file, "png", pnginfo=told)
    return file.getvalue()


def hidden_dossier(w: Words, withhold: bool) -> dict[str, str | bytes]:
    """A matter whose outcome is withheld though its words are there, and all that speaks of them afterwards."""
    attached = w("attachment/name")[1:]
    told = outcome(w, withhold)
    data = record(told, f"{w('body')}\n\n![{w('body/alt')}](attachments/{attached}.png)")
    return {
        f"{HIDDEN}/topic.md": TOPIC.format("村口停车场怎么建"),
        f"{HIDDEN}/2026-03-02-consultation.md": CONSULTATION.replace(
            "编造的。", f"编造的。\n\n![现场图]({PUBLIC_ATTACHMENT})"
        ),
        f"{HIDDEN}/2026-03-10-outcome.md": data.replace("---\n", f"---\n# {w('comment')}\n", 1),
        f"{HIDDEN}/attachments/{attached}.png": picture(w),
        f"{HIDDEN}/{PUBLIC_ATTACHMENT}": plain_picture(),
        f"{HIDDEN}/2026-03-25-response.md": record(
            {
                "by": "样例镇建设办",
                "answers": [
                    {"to": "s1", "decision": "adopted", "text": "按此修改"},
                    {"to": "d1", "decision": "declined", "text": w("answer/dissent")},
                    {"to": "u1", "decision": "adopted", "text": w("answer/upward")},
                ],
            },
            w("response/body"),
        ),
        f"{HIDDEN}/2026-06-12-followup.md": record(
            {
                "form": "inspection",
                "measures": [
                    {
                        "id": "m1",
                        "state": "behind",
                        "done": {"amount": 98765.4321, "unit": w("followup/unit")},
                        "reason": w("followup/reason"),
                        "note": w("followup/note"),
                    }
                ],
            },
            w("followup/body"),
        ),
        f"{HIDDEN}/2026-06-20-correction.yml": correction(
            w, "correction", "/measures/0/upkeep", told["measures"][0]["upkeep"]
        ),
    }


def plain_picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "grey").save(file, "png")
    return file.getvalue()


def lines_dossier(w: Words, withhold: bool) -> dict[str, str | bytes]:
    """A public outcome with matters reported up that are not public, an answer, a correction that fits and one that does not."""
    lines = [upward(w, "u1", not withhold), upward(w, "u2", not withhold)]
    if withhold:
        del lines[1]["publish"]
    data = {
        "of": ["2026-03-02-consultation"],
        "consensus": "full",
        "measures": [],
        "upward": lines,
        "publication": {"decision": "publish", "by": "样例村委会", "date": "2026-03-15"},
    }
    return {
        f"{LINES}/topic.md": TOPIC.format("河边的路怎么修"),
        f"{LINES}/2026-03-02-consultation.md": CONSULTATION,
        f"{LINES}/2026-03-10-outcome.md": record(data, "样例：内容是编造的。"),
        f"{LINES}/2026-03-25-response.md": record(
            {"by": "样例镇建设办", "answers": [{"to": "u1", "decision": "adopted", "text": w("line/answer")}]},
            w("line/response"),
        ),
        f"{LINES}/2026-06-20-correction.yml": correction(w, "line", "/upward/0/text", lines[0]["text"]),
        f"{LINES}/2026-06-21-correction.yml": correction(w, "misfit", "/upward/1/text", w("misfit/from")),
    }


def correction(w: Words, name: str, field: str, old: str) -> str:
    return record(
        {
            "of": "2026-03-10-outcome",
            "changes": [{"field": field, "from": old, "to": w(f"{name}/to")}],
            "reason": w(f"{name}/reason"),
            "approved_by": "样例镇党委",
        }
    )


def misplaced(w: Words) -> dict[str, str | bytes]:
    """Files that no check lets stand, and an event with a key that is no field."""
    return {
        f"{HIDDEN}/{w('misplaced/name')[1:]}.md": w("misplaced"),
        f"{HIDDEN}/attachments/{w('misplaced/attachment')[1:]}.svg": w("misplaced/svg"),
        f"{HIDDEN}/2026-07-01-outcome.md": record(
            {**outcome(w, True), "secret": w("unknown/value"), w("unknown/key")[1:]: 1}, w("unknown/body")
        ),
        f"{AT}/{w('folder')[1:]}/notes.yml": w("folder/content"),
    }


PLATFORMS = {
    "content/site.yml": "title: 样例为民协商一张网\ntimezone: Asia/Shanghai\nbase_url: https://example.org\n",
    "content/network/990100/platform.yml": "area: 样例市\n",
    "content/network/990100/990101/platform.yml": "area: 样例县\n",
    "content/network/990100/990101/990101001/platform.yml": "area: 样例镇\n",
    f"{AT}/platform.yml": "area: 样例村\n",
}


def made(root: Path, *, withhold: bool, stray: bool = False) -> tuple[Repository, dict[str, str]]:
    """The repository, and where each word was put. Earlier commits have words of their own that stand no more.

    `stray`: with files that are no records.
    """
    w = Words()
    repository = make_repo(root, [PLATFORMS])
    before, after = hidden_dossier(w, withhold), hidden_dossier(w, withhold)
    gone = {path: None for path in before if path not in after}
    for files in stories(before, after, gone, lines_dossier(w, withhold), misplaced(w) if stray else {}):
        repository.commit(files, w("message") + "\n\n" + w("message/body"), f"测试录入员 <{w('mail')[1:]}@example.org>")
    return repository, w.made


def stories(before: Any, after: Any, gone: Any, *more: Any) -> Iterator[Any]:
    """First all of it as it was, then the same files with other words, then the rest."""
    yield before
    yield {**gone, **after}
    yield from (files for files in more if files)
