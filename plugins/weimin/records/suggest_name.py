"""Guesses what a file or folder name was meant to be; the guesses appear in messages, nothing is renamed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from weimin.model.period import parse_period
from weimin.records.kinds import EVENTS, FOLDERS, KINDS, SITE_FOLDERS

_ENDINGS = {".jpeg": ".jpg", ".yaml": ".yml", ".markdown": ".md", ".txt": ".md"}
_DAY = re.compile(r"(\d{4})[-./_年]?(\d{1,2})(?:[-./_月]?(\d{1,2}))?[月日]?", re.ASCII)
_PART = re.compile(r"(\d{4})-?([qQhH])([1-4])", re.ASCII)
_NAMES = {**{row.title: row.kind for row in KINDS.values()}, **{kind: kind for kind in KINDS}}
_OTHER_WORDS = {
    "协商": "consultation",
    "协商会": "consultation",
    "meeting": "consultation",
    "成果": "outcome",
    "result": "outcome",
    "results": "outcome",
    "答复": "response",
    "反馈": "response",
    "reply": "response",
    "跟踪": "followup",
    "follow-up": "followup",
    "评议": "evaluation",
    "supervision": "followup",
}


def suggest_date_in_name(text: str) -> str:
    """The date that was probably meant, in a form of docs/reference/records.md; empty if none can be recognised."""
    try:
        return parse_period(text, in_name=True).text
    except ValueError:
        pass
    if m := _PART.fullmatch(text):
        new = f"{m[1]}-{m[2].upper()}{m[3]}"
    elif text.lower().startswith(("by-", "xxxx")):
        new = text.upper() if text[0] in "xX" else "by-" + suggest_date_in_name(text[3:])
    elif m := _DAY.fullmatch(text):
        new = f"{m[1]}-{int(m[2]):02d}" + (f"-{int(m[3]):02d}" if m[3] else "")
    else:
        return ""
    try:
        return parse_period(new, in_name=True).text
    except ValueError:
        return ""


def kind_in_name(stem: str) -> tuple[str, str]:
    """The kind that a name contains, exactly or nearly, and the rest of the name (the date); two empty strings if none."""
    for word in (*_OTHER_WORDS, *_NAMES):
        if m := re.fullmatch(rf"(.*?)[-_. ]?{re.escape(word)}s?[-_. ]?(.*?)", stem, re.IGNORECASE):
            kind = _OTHER_WORDS.get(word) or _NAMES[word]
            return kind, (m[1] or m[2]).strip("-_. ") if not (m[1] and m[2]) else m[1]
    letters = re.search(r"[a-z][a-z-]{3,}", stem.lower())
    near = get_close_matches(letters[0].strip("-"), EVENTS, 1, 0.7) if letters else []
    return (near[0], stem[: letters.start()].strip("-_. ")) if letters and near else ("", "")


def suggest_folder(word: str) -> str:
    """The platform folder that a word means: the singular, the kind, its title, a misspelling; empty if none."""
    if word in FOLDERS:
        return word
    for folder, row in FOLDERS.items():
        if word.lower() in (folder, folder.rstrip("s"), row.kind, row.title):
            return folder
    near = get_close_matches(word.lower(), FOLDERS, 1, 0.75)
    return near[0] if near else ""


def suggest_names(name: str, folder: str) -> Iterator[str]:
    """File names that may have been meant in a folder of that name, nearest first."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    ending = (dot + ending).lower()
    ending = _ENDINGS.get(ending, ending)
    plain = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")
    row = FOLDERS.get(folder) or SITE_FOLDERS.get(folder)
    if row is not None:
        date = suggest_date_in_name(stem)
        yield from (f"{s}{row.ending}" for s in (stem, date, plain) if s)
        return
    yield stem + ending
    if folder == "attachments":
        yield plain + ending
        return
    kind, date = kind_in_name(stem)
    number = re.search(r"(?:[-_ (（])0*([2-9]|[1-9]\d)[)）]?$", stem)
    if kind:
        right = KINDS[kind].ending
        if kind in ("topic", "platform", "exemptions", "site"):
            yield kind + right
        if mended := suggest_date_in_name(date):
            if number and not stem.endswith(date):
                yield f"{mended}-{kind}-{number[1]}{right}"
            yield f"{mended}-{kind}{right}"
    near = get_close_matches(plain + ending, ("topic.md", "platform.yml", "exemptions.yml", "site.yml"), 1, 0.7)
    yield from near
    yield plain + ending
