"""What is wrong in the texts and attachments of a unit, whatever its records say."""

from __future__ import annotations

from collections.abc import Iterator

from weimin.engine.register import Folder
from weimin.model.finding import Problem
from weimin.model.record import Record
from weimin.prose.limits import problems as limit_problems
from weimin.prose.markup import attachments
from weimin.prose.markup import problems as markup_problems
from weimin.rules.privacy import scan_document, scan_picture, scan_text, scan_values


def text_problems(folder: Folder) -> Iterator[Problem]:
    """The problems of prose (F112, F106) and privacy (P), in every file of the unit whether it could be parsed or not."""
    for record in folder.records:
        if record.body:
            where = (record.place.path, record.body, record.body_line)
            yield from limit_problems(*where)
            yield from markup_problems(*where)
            yield from _missing_images(record, folder)
    for path, data in folder.files.items():
        if path in folder.attachments:
            yield from scan_picture(path, data) if not path.endswith(".pdf") else scan_document(path, data)
            continue
        text = data.decode("utf-8", "replace")
        yield from scan_text(path, text)
        yield from scan_values(path, text)


def _missing_images(record: Record, folder: Folder) -> Iterator[Problem]:
    """L101 for an image in the prose that is not among the attachments of the dossier."""
    here = record.place.path.rpartition("/")[0]
    for name in attachments(record.body):
        if f"{here}/attachments/{name}" not in folder.attachments:
            before = record.body.partition(f"attachments/{name}")[0]
            yield Problem(
                code="L101",
                path=record.place.path,
                line=record.body_line + before.count("\n"),
                column=len(before) - before.rfind("\n"),
                message=f"正文里的图片“attachments/{name[:40]}”找不到",
                hint=f"把图片放到 {here}/attachments/，文件名与正文里写的一样",
                dossier=record.place.dossier,
            )
