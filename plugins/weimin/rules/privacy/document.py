"""P108 of a document: its first bytes decide which reader examines it."""

from __future__ import annotations

from weimin.model.finding import Problem
from weimin.rules.privacy.containers import picture_kind
from weimin.rules.privacy.office import check_office_file
from weimin.rules.privacy.part_problem import PartProblem, as_problems, check_text, unreadable_problem
from weimin.rules.privacy.pdf import check_pdf
from weimin.rules.privacy.picture import check_picture

LARGEST = 5_000_000
_PDF_HEAD_WITHIN = 1024
_OLE = b"\xd0\xcf\x11\xe0"


def scan_document(path: str, data: bytes) -> list[Problem]:
    """P108 for personal data in the text, the properties or an earlier revision of a document.

    PDF, Office files, pictures and plain text are examined; anything encrypted, broken or of another kind is refused (P108).
    """
    return as_problems(path, _remarks(data))


def _remarks(data: bytes) -> list[PartProblem]:
    if len(data) > LARGEST:
        return [unreadable_problem(f"文件超过 {LARGEST // 1_000_000} MB")]
    if b"%PDF-" in data[:_PDF_HEAD_WITHIN]:
        return check_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return check_office_file(data)
    if picture_kind(data):
        return check_picture(data)
    return _of_plain_text(data)


def _of_plain_text(data: bytes) -> list[PartProblem]:
    if data.startswith(_OLE):
        return [unreadable_problem("旧格式的 Office 文件或有密码的文件")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return [unreadable_problem("不认识的格式")]
    if "\0" in text:
        return [unreadable_problem("不认识的格式")]
    return check_text("文字", text)
