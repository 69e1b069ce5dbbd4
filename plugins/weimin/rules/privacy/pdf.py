"""Texts and properties of a PDF, in every revision that its file still contains."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from weimin.rules.privacy.metadata import check_exif, check_xmp
from weimin.rules.privacy.names import is_person
from weimin.rules.privacy.part_problem import PartProblem, author_problem, check_text, unreadable_problem

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import IndirectObject

_END = re.compile(rb"%%EOF[ \t]*(?:\r\n|\r|\n)?")
_MOST_REVISIONS = 5
_MOST_PAGES = 300
_MOST_OBJECTS = 50_000
_MOST_PAGE_BYTES = 10_000_000
_MOST_TEXT = 1_000_000
_DEEPEST = 12
_AUTHORS = {"/Author": "作者", "/LastModifiedBy": "最后保存者", "/Manager": "经理"}
_FILES_WITHIN = ("/EmbeddedFiles", "/XFA")
_ACTS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData")


class Unreadable(ValueError):
    """The PDF cannot be examined; the message says why, in Chinese."""


def check_pdf(data: bytes) -> list[PartProblem]:
    """P108 of a PDF's text (under black boxes too), annotations, form fields, properties and earlier revisions."""
    problems = check_exif(data)
    try:
        for part, revision in _revisions(data):
            visible, other = _of_revision(part, revision)
            reported = {problem.value for problem in visible}
            problems += [*visible, *(p for p in other if not p.value or p.value not in reported)]
    except Unreadable as why:
        problems.append(unreadable_problem(str(why)))
    # pypdf raises many kinds of exceptions for files that violate the standard (RecursionError among them)
    except Exception:
        problems.append(unreadable_problem("PDF 打不开或残缺"))
    return problems


def _revisions(data: bytes) -> list[tuple[str, bytes]]:
    ends = [found.end() for found in _END.finditer(data)]
    if b"/Linearized" in data[:1024]:
        # a linearised file: the first end mark closes the table of the first page, not a revision
        ends = ends[1:]
    if not ends:
        raise Unreadable("PDF 没有结尾")
    if data[ends[-1] :].strip(b"\0\r\n\t "):
        raise Unreadable("PDF 结尾之后还有别的内容")
    if len(ends) > _MOST_REVISIONS:
        raise Unreadable(f"PDF 里留有 {len(ends)} 个修订版本")
    earlier = [(f"早先版本（第 {count} 版）", data[:end]) for count, end in enumerate(ends[:-1], 1)]
    return [*earlier, ("", data)]


def _of_revision(part: str, data: bytes) -> tuple[list[PartProblem], list[PartProblem]]:
    """Problems on pages and in properties, and those in all other objects, which repeat many of the former."""
    # imported here: it takes 0.3 s, which a check of records without documents need not spend
    from pypdf import PdfReader

    # pypdf's warnings quote the file, and the log is public
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise Unreadable("PDF 有密码")
    if len(reader.pages) > _MOST_PAGES:
        raise Unreadable(f"PDF 超过 {_MOST_PAGES} 页")
    visible = [*_of_properties(part, reader), *_of_pages(part, reader)]
    return visible, list(_of_objects(part, reader))


def _of_properties(part: str, reader: PdfReader) -> Iterator[PartProblem]:
    for name, value in (reader.metadata or {}).items():
        if name in _AUTHORS and is_person(str(value)):
            yield author_problem(f"{part}属性（{_AUTHORS[name]}）", str(value).strip())
        else:
            yield from check_text(f"{part}属性", str(value))


def _of_pages(part: str, reader: PdfReader) -> Iterator[PartProblem]:
    total = 0
    for number, page in enumerate(reader.pages, 1):
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > _MOST_PAGE_BYTES:
            raise Unreadable(f"PDF 第 {number} 页太复杂")
        text = page.extract_text()
        total += len(text)
        if total > _MOST_TEXT:
            raise Unreadable("PDF 文字太多")
        yield from check_text(f"{part}第 {number} 页", text)


def _of_objects(part: str, reader: PdfReader) -> Iterator[PartProblem]:
    """Every string and metadata packet of the file, visible or not: annotations, fields, bookmarks, XMP."""
    references = _references(reader)
    if len(references) > _MOST_OBJECTS:
        raise Unreadable("PDF 太复杂")
    for reference in references:
        found = reader.get_object(reference)
        for text in _strings(found, 0):
            yield from check_text(f"{part}批注、表单或书签", text)
        yield from _of_packet(part, found)


def _references(reader: PdfReader) -> list[IndirectObject]:
    from pypdf.generic import IndirectObject

    direct = {
        (number, generation)
        for generation, table in reader.xref.items()
        for number in table
        if not reader.xref_free_entry.get(generation, {}).get(number)
    }
    packed = {(number, 0) for number in reader.xref_objStm}
    return [IndirectObject(number, generation, reader) for number, generation in sorted(direct | packed)]


def _strings(value: object, depth: int) -> Iterator[str]:
    from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, TextStringObject

    if depth > _DEEPEST:
        raise Unreadable("PDF 层次太深")
    if isinstance(value, TextStringObject):
        yield str(value)
    elif isinstance(value, ByteStringObject):
        yield value.decode("gb18030", "replace")
    elif isinstance(value, ArrayObject):
        for each in value:
            yield from _strings(each, depth + 1)
    elif isinstance(value, DictionaryObject):
        _refuse_hidden(value)
        for each in value.values():
            yield from _strings(each, depth + 1)


def _refuse_hidden(value: Mapping[str, object]) -> None:
    """Raise Unreadable for embedded files and actions: they show readers something that this check has not examined."""
    if any(name in value for name in _FILES_WITHIN) or value.get("/Type") == "/EmbeddedFile":
        raise Unreadable("PDF 里嵌有别的文件或动态表单")
    if value.get("/S") in _ACTS or "/JS" in value:
        raise Unreadable("PDF 里有脚本或启动程序的动作")
    opening = value.get("/OpenAction")
    if isinstance(opening, Mapping) and opening.get("/S") != "/GoTo":
        raise Unreadable("PDF 一打开就执行动作")


def _of_packet(part: str, found: object) -> Iterator[PartProblem]:
    from pypdf.generic import StreamObject

    if isinstance(found, StreamObject) and found.get("/Type") == "/Metadata":
        text = found.get_data().decode("utf-8", "replace")
        for problem in [*check_xmp(text), *check_text(f"{part}属性", text)]:
            yield PartProblem("P108", problem.message.replace("照片", "附件"), problem.hint, problem.value)
