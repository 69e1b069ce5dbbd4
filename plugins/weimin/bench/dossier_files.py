"""The records of a generated dossier and their days, from the topic to the last evaluation.

About two thirds have 6 to 9 records, one in seventy has forty; some are unfinished, ended, withheld or compiled from reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from weimin.bench import text_consultation, text_later
from weimin.bench.contents import DossierContents
from weimin.bench.dossier_draft import DossierDraft, FileVersion
from weimin.bench.pseudo_random import PseudoRandom
from weimin.bench.text_outcome import outcome_text, progress_outcome_text, withheld_outcome_text

_STORIES = ((63, "usual"), (75, "short"), (89, "again"), (93, "ended"), (97, "withheld"), (101, "compiled"))
_LONG = 70
"""One in this many dossiers has forty records."""


def dossier_files(contents: DossierContents, here: str, number: int) -> Iterator[FileVersion]:
    """All files of one dossier in the order of its events; the caller drops those after the day of the register."""
    draft = DossierDraft(contents, here, PseudoRandom(number, 29))
    drawn = draft.rng.below(100)
    story = next(name for limit, name in _STORIES if drawn < limit)
    if number % _LONG == 3:
        story = "long"
    yield FileVersion(draft.after(1), f"{here}/topic.md", text_consultation.topic_text(draft, story))
    if story == "ended":
        return
    draft.day = draft.after(draft.rng.between(6, 20))
    if story == "compiled":
        yield from _compiled(draft)
        return
    rounds = {"again": 2, "long": 4}.get(story, 1)
    for number_of_round in range(1, rounds + 1):
        yield from _round(draft, story, number_of_round, last=number_of_round == rounds)
        if story in ("short", "withheld"):
            return
        draft.day = draft.after(draft.rng.between(20, 60))
    if draft.rng.chance(8):
        yield from draft.file_versions("correction", text_later.correction_text(draft), ending="yml")


def _round(draft: DossierDraft, story: str, number: int, *, last: bool) -> Iterator[FileVersion]:
    rng = draft.rng
    consultation = draft.stem("consultation")
    yield from draft.file_versions("consultation", text_consultation.consultation_text(draft, again=number > 1))
    draft.day = draft.after(rng.between(4, 12))
    agreed = draft.stem("outcome")
    if story == "withheld":
        yield from draft.file_versions("outcome", withheld_outcome_text(draft, consultation))
        return
    first, complete = outcome_text(draft, consultation, many=story == "long")
    if rng.chance(80):
        yield from draft.file_versions("outcome", complete)
    else:
        yield from draft.file_versions("outcome", first, later=(rng.between(3, 9), complete))
    if story == "short" and rng.chance(60):
        return
    draft.day = draft.after(rng.between(8, 18))
    if draft.open:
        yield from draft.file_versions("response", text_later.response_text(draft))
    if story == "short":
        return
    for _ in range(2 if story == "long" else rng.chance(40)):
        draft.day = draft.after(rng.between(9, 14))
        stem = draft.stem("consultation")
        yield from draft.file_versions("consultation", text_consultation.progress_text(draft))
        if rng.chance(50):
            draft.day = draft.after(rng.between(1, 6))
            yield from draft.file_versions("outcome", progress_outcome_text(draft, stem))
    for turn in range(rng.between(1, 2) if story == "long" else rng.between(0, 1)):
        draft.day = draft.after(rng.between(7, 12))
        yield from draft.file_versions("followup", text_later.followup_text(draft, turn, done=False))
    draft.day = max(draft.after(6), max(due for _, _, due in draft.measures) - timedelta(days=rng.between(1, 6)))
    yield from draft.file_versions("followup", text_later.followup_text(draft, 9, done=True))
    draft.day = draft.after(rng.between(8, 40))
    yield from draft.file_versions("evaluation", text_later.evaluation_text(draft, agreed, low=not last), ending="yml")


def _compiled(draft: DossierDraft) -> Iterator[FileVersion]:
    """A dossier compiled from a report: without the required steps, and without duties."""
    consultation = draft.stem("consultation")
    yield from draft.file_versions("consultation", text_consultation.consultation_text(draft, compiled=True))
    draft.day = draft.after(draft.rng.between(4, 30))
    _, complete = outcome_text(draft, consultation, compiled=True)
    yield from draft.file_versions("outcome", complete)
