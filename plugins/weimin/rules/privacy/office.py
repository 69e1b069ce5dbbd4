"""Texts, properties and pictures of a Word, Excel or PowerPoint file (a ZIP archive of XML)."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator

from weimin.rules.privacy.names import is_person
from weimin.rules.privacy.part_problem import PartProblem, author_problem, check_text, unreadable_problem
from weimin.rules.privacy.picture import check_picture

_MOST_MEMBERS = 2_000
_MOST_BYTES = 20_000_000
_LONGEST_XML = 4_000_000
_BLOCK = re.compile(r"</(?:w:p|a:p|si|row|w:tr)>|<w:br/>|<w:tab/>")
_TAG = re.compile(r"<[^<>]*>")
_PERSON = re.compile(r"<(dc:creator|cp:lastModifiedBy|Manager)>([^<]*)<|w:author=\"([^\"]*)\"")
_PICTURE = (".jpg", ".jpeg", ".png", ".webp")
_DRAWN = (".emf", ".wmf", ".gif", ".bmp", ".tif", ".tiff", ".svg", ".odttf", ".fntdata")


def check_office_file(data: bytes) -> list[PartProblem]:
    """P108 of all texts (deleted and hidden ones too), of properties, and of the pictures inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return list(_of_archive(archive))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, OSError):
        return [unreadable_problem("文件打不开或残缺")]


def _of_archive(archive: zipfile.ZipFile) -> Iterator[PartProblem]:
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        yield unreadable_problem("文件里的部件太多")
        return
    remaining = _MOST_BYTES
    for member in sorted(members, key=lambda member: member.filename):
        if member.flag_bits & 1:
            yield unreadable_problem("文件有密码")
            return
        # the archive may state a wrong size: read no more than the remaining limit
        with archive.open(member) as stream:
            body = stream.read(remaining + 1)
        remaining -= len(body)
        if remaining < 0:
            yield unreadable_problem("文件解开后太大")
            return
        yield from _of_member(member.filename.lower(), body)


def _of_member(name: str, body: bytes) -> Iterator[PartProblem]:
    if name.endswith((".xml", ".rels")) and len(body) > _LONGEST_XML:
        yield unreadable_problem("文件里的文字太多")
    elif name.endswith((".xml", ".rels")):
        yield from _of_xml(body.decode("utf-8", "replace"))
    elif name.endswith(_PICTURE):
        yield from check_picture(body)
    elif body and not name.endswith(("/", *_DRAWN)):
        yield unreadable_problem("文件里嵌有别的文件或宏")


def _of_xml(xml: str) -> Iterator[PartProblem]:
    for found in _PERSON.finditer(xml):
        name = html.unescape(found[2] or found[3] or "")
        if is_person(name):
            yield author_problem("属性（作者）", name.strip())
    # a value may be split over several text runs, or be in an attribute (alternative text, a mail link)
    text = html.unescape(_TAG.sub("", _BLOCK.sub("\n\n", xml)))
    yield from check_text("文字", text)
    yield from check_text("文字", "\n\n".join(html.unescape(value) for value in _attributes(xml)))


def _attributes(xml: str) -> list[str]:
    """The attributes that contain text: alternative texts and targets of links."""
    return re.findall(r"\b(?:descr|title|Target|alt)=\"([^\"]{5,2000})\"", xml)
