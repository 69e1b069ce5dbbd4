"""F112 unsafe-markup: what prose must not contain, found in the source text, independently of the parser.

Links and images are accepted only in regular forms, so that the parser reads them in the same way and the result passes
the sanitiser unchanged (a test holds the three together). The check is strict where a reader could be misled, and ignores
what is only unusual: `5 < 6`, `<3`, `100%` are allowed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from weimin.model.finding import Problem
from weimin.model.quote import quoted
from weimin.prose.headings import HEADING, MARKER
from weimin.prose.links import MAIL_IN_ANGLES, Fault, attachment_in, image_fault, link_fault

_TITLE = r"""(?:[ ]+"[^"'()\[\]\\`<>\n]*")?"""
_REGULAR_LINK = re.compile(rf"\]\((<?)([^\s()<>\[\]\"'\\`]+)(>?){_TITLE}\)")
_REGULAR_IMAGE = re.compile(rf"!\[[^\[\]\\`\n]*\]\(([^\s()<>\[\]\"'\\`]+){_TITLE}\)")
_DESTINATION = re.compile(r"[^()\n]*(?:\([^()\n]*\)[^()\n]*)*")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_CODE = re.compile(r"(?<!`)(`+)(?!`)[^`\n\\]+(?<!`)\1(?!`)")

_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^<>]*)>")
_MAIL = re.compile(MAIL_IN_ANGLES)
_REFERENCE = re.compile(
    r"^[ >\t]*(?:[-*+][ \t]+|[0-9]+\.[ \t]+)?!?\[[^\[\]\n]*\]:[ \t]*\n?[ \t>]*(<?(?:[a-z][a-z0-9+.-]*:|//|attachments/)\S*)",
    re.IGNORECASE | re.MULTILINE,
)
_TAG = re.compile(r"<(?:/?[A-Za-z]|!|\?)[^<>\n]*>?")
_PELICAN = re.compile(
    r"\{(?:attach|static|filename|author|category|tag|index)\}|\|(?:attach|static|filename)\|", re.IGNORECASE
)
_TEMPLATE = re.compile(r"\{\{|\{%")
_ATTRIBUTES = re.compile(r"\{[:#][^}\n]*\}?")

# without one of these no fault is possible; most bodies end here
_SUSPICIOUS = re.compile(r"[<{\x02\x03]|\]\(|\]:|\|[a-z]+\|", re.IGNORECASE)

LocatedFault = tuple[int, Fault]
Finder = Callable[[str], Iterator[LocatedFault]]


def problems(path: str, body: str, first_line: int = 1) -> list[Problem]:
    """F112 for each fault, in the order of the text. `first_line` is the line of the file where the body begins."""
    if not _SUSPICIOUS.search(body):
        return []
    found = {at: fault for finder in _FINDERS for at, fault in finder(body)}
    starts = [0, *(m.end() for m in re.finditer("\n", body))]
    problems_found = []
    for at, fault in sorted(found.items()):
        row = bisect_right(starts, at) - 1
        problems_found.append(
            Problem(
                code="F112",
                path=path,
                message=fault.fact,
                hint=fault.fix,
                line=first_line + row,
                column=at - starts[row] + 1,
            )
        )
    return problems_found


def attachments(body: str) -> tuple[str, ...]:
    """The file names of the attachments in links and images of a body, each once, in order."""
    found = [*_REGULAR_IMAGE.finditer(body), *_REGULAR_LINK.finditer(body)]
    names = [(m.start(), attachment_in(m[1] if m.re is _REGULAR_IMAGE else m[2])) for m in found]
    return tuple(dict.fromkeys(name for _, name in sorted(names) if name))


def _angles(body: str) -> Iterator[LocatedFault]:
    """Tags, comments, `<https://…>`, `<name@host>`. A tag in backticks is displayed as text, a link is not."""
    without_code = _CODE.sub(lambda code: " " * len(code[0]), body) if "`" in body else body
    for m in re.finditer("<", body):
        if fault := _angle_fault(body, without_code, m.start()):
            yield m.start(), fault


def _angle_fault(body: str, without_code: str, at: int) -> Fault | None:
    if _MAIL.match(body, at):
        return None
    if link := _AUTOLINK.match(body, at):
        fault = link_fault(link[1])
        if fault or "://" in link[1]:
            return fault
    tag = _TAG.match(without_code, at)
    return _tag_fault(tag[0]) if tag else None


def _tag_fault(tag: str) -> Fault:
    if tag.startswith("<!--"):
        return Fault(f"正文里有注释 {quoted(tag)}，网页上看不见，文件里却有", "要公开的写成正文，不公开的删掉")
    if tag.startswith(("<!", "<?")):
        return Fault(f"正文里有 {quoted(tag)}，正文只用 Markdown", "删掉它；只要小于号的，在后面空一格")
    fix = "删掉尖括号里的内容，只留文字；要写小于号的，在它后面空一格，如 5 < 6"
    return Fault(f"正文里有 HTML 标签 {quoted(tag)}，正文只用 Markdown", fix)


def _links(body: str) -> Iterator[LocatedFault]:
    images = {close for _, close, _ in _images(body)}
    for m in re.finditer(r"\]\(", body):
        at = m.start()
        if at in images:
            continue
        regular = _REGULAR_LINK.match(body, at)
        complete = regular and bool(regular[1]) == bool(regular[3])
        if fault := link_fault(regular[2]) if regular and complete else _irregular(body, at + 2):
            yield at + 2, fault


def _irregular(body: str, start: int) -> Fault:
    destination = _DESTINATION.match(body, start)
    written = destination[0] if destination else ""
    fix = "写成 [文字](https://网址)，网址里的括号写成 %28 和 %29；不是链接的，改用全角括号"
    return link_fault(written.partition(' "')[0].strip(" <>")) or Fault(f"链接 {quoted(written)}的写法不完整", fix)


def _images(body: str) -> Iterator[tuple[int, int, Fault | None]]:
    """(start, position of `](`, fault) of each image. An irregular one begins wherever an image could begin."""
    for m in re.finditer(r"!\[", body):
        close = body.find("](", m.end())
        if close < 0:
            return
        if regular := _REGULAR_IMAGE.match(body, m.start()):
            yield m.start(), close, image_fault(regular[1])
        elif not _BLANK_LINE.search(body, m.end(), close):
            destination = _DESTINATION.match(body, close + 2)
            yield m.start(), close, image_fault(destination[0] if destination else "") or _IRREGULAR_IMAGE


_IRREGULAR_IMAGE = Fault(
    "图片的写法不完整", "写成 ![说明](attachments/文件名.jpg)，说明里不用括号；不是图片的，把叹号改成全角“！”"
)


def _pictures(body: str) -> Iterator[LocatedFault]:
    for at, _, fault in _images(body):
        if fault:
            yield at, fault


def _references(body: str) -> Iterator[LocatedFault]:
    for m in _REFERENCE.finditer(body):
        address = m[1].strip("<>")
        yield (
            m.start(1),
            link_fault(address)
            or Fault(f"这里不用写在别处的网址 {quoted(address)}", "把网址写在文字后面：[文字](https://网址)"),
        )


def _markers(body: str) -> Iterator[LocatedFault]:
    for m in _PELICAN.finditer(body):
        yield (
            m.start(),
            Fault(f"正文里有 {quoted(m[0])}，会去读别的文件", "附件写成 attachments/文件名，网址以 https:// 开头"),
        )
    for m in _TEMPLATE.finditer(body):
        yield m.start(), Fault(f"正文里有模板符号 {quoted(m[0])}", "删掉它；要照样印出来的，改用全角“｛”")


def _dropped(body: str) -> Iterator[LocatedFault]:
    """Characters that the parser drops: it would join the text on both sides, which was checked separately."""
    for m in re.finditer("[\x02\x03]", body):
        yield m.start(), Fault(f"正文里有看不见的字符 {quoted(m[0])}", "删掉它")


def _attributes(body: str) -> Iterator[LocatedFault]:
    """Attribute lists and misplaced clause markers; a marker is allowed once, at the end of a heading."""
    right: dict[int, str] = {}
    if "{#" in body:
        for heading in HEADING.finditer(body):
            if marker := MARKER.search(heading[1]):
                right[heading.start(1) + marker.start()] = marker[1]
    seen: set[str] = set()
    for m in _ATTRIBUTES.finditer(body):
        anchor = right.get(m.start())
        if anchor is None:
            fix = "删掉花括号里的内容；条款的标记只写在标题末尾，如 ## 成果转化 {#3.3.4}，用小写字母、数字、点和连字符"
            yield m.start(), Fault(f"正文里有 {quoted(m[0])}，正文不能设属性", fix)
        elif anchor in seen:
            yield m.start(), Fault(f"条款的标记 {quoted(anchor)}前面已经用过", "每一条用不同的标记")
        else:
            seen.add(anchor)


# for the same position, a later finder has the better message
_FINDERS: tuple[Finder, ...] = (_angles, _links, _pictures, _attributes, _references, _markers, _dropped)
