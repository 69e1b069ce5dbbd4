"""PDF files may only be read: no script, program, embedded file, password, or action that runs on opening."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import islice

MOST_UNPACKED = 50 * 1024 * 1024
MOST_STREAMS = 2_000
NEAR = 2_000  # bytes between the type of a stream and its start

_OBJECTS = re.compile(rb"/ObjStm\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STARTS = re.compile(rb"stream\r?\n")
_OPENS = re.compile(rb"/OpenAction\s*(?:(\[)|(<<)|(\d+)\s+(\d+)\s+R)", re.DOTALL)
_GOES = re.compile(rb"\s*(?:<<.*?)?(?:/S\s*/GoTo\b|\[)", re.DOTALL)
_EXPORT = "从原来的文档重新导出为普通的 PDF"

_REFUSED = (
    (re.compile(rb"/Encrypt\b"), "PDF 加了密码或权限限制", "去掉密码和限制后重新导出"),
    (re.compile(rb"/JavaScript\b"), "PDF 里有脚本", _EXPORT),
    (re.compile(rb"/Launch\b"), "PDF 里有启动程序的动作", _EXPORT),
    (re.compile(rb"/EmbeddedFiles?\b"), "PDF 里夹着别的文件", "把夹带的文件取出，单独作为附件"),
    (re.compile(rb"/(?:RichMedia|XFA|SubmitForm|ImportData|GoToE|Rendition)\b"), "PDF 里有表单程序或多媒体", _EXPORT),
)
_REFUSED_SHORT = (
    (re.compile(rb"/JS\b"), "PDF 里有脚本", _EXPORT),
    (re.compile(rb"/AA\b"), "PDF 里有自动执行的动作", _EXPORT),
)


def pdf_fault(data: bytes) -> tuple[str, str] | None:
    """What is wrong with the file and how to correct it; None for a complete file without active content."""
    end = data.rfind(b"%%EOF")
    if end < 0 or b"startxref" not in data:
        return "PDF 不完整，没有结尾", "重新导出或重新上传"
    if data[end + 5 :].strip(b"\r\n\0\t "):
        return "PDF 的结尾后面还有别的内容", _EXPORT
    plain = _names_spelt_out(data)
    texts = [plain]
    for unpacked in _object_streams(plain, data):
        if unpacked is None:
            return "PDF 里有读不懂的部分", _EXPORT
        texts.append(_names_spelt_out(unpacked))
    return _refused(texts)


def _refused(texts: list[bytes]) -> tuple[str, str] | None:
    for pattern, message, hint in _REFUSED:
        if any(pattern.search(text) for text in texts):
            return message, hint
    # these short names also occur by chance in compressed pixels: they are searched outside of streams only
    outside = [_without_streams(texts[0]), *texts[1:]]
    for pattern, message, hint in _REFUSED_SHORT:
        if any(pattern.search(text) for text in outside):
            return message, hint
    opens = [(m, text) for text in texts for m in islice(_OPENS.finditer(text), 3)]
    if len(opens) > 2 or not all(_only_turns_to_a_page(m, text, texts) for m, text in opens):
        return "PDF 一打开就自动执行动作", _EXPORT
    return None


def _without_streams(data: bytes) -> bytes:
    outside, at = [], 0
    while (m := _STARTS.search(data, at)) is not None and (end := data.find(b"endstream", m.end())) >= 0:
        outside.append(data[at : m.start()])
        at = end + 9
    outside.append(data[at:])
    return b"".join(outside)


def _only_turns_to_a_page(m: re.Match[bytes], text: bytes, texts: list[bytes]) -> bool:
    if m[1]:
        return True
    if m[2]:
        return bool(_GOES.match(text[m.start(2) : m.start(2) + 400].partition(b">>")[0]))
    target = re.compile(rb"(?<!\d)" + m[3] + rb"\s+" + m[4] + rb"\s+obj(.{0,400}?)(?:endobj|>>|\Z)", re.DOTALL)
    found = [o[1] for t in texts for o in target.finditer(t)]
    return bool(found) and all(_GOES.match(o) for o in found)


def _object_streams(plain: bytes, data: bytes) -> Iterator[bytes | None]:
    """Every compressed object stream, decompressed, its objects numbered as uncompressed ones; None if one cannot be read."""
    places = [m.start() for m in islice(_OBJECTS.finditer(data), MOST_STREAMS + 1)]
    if len(places) > MOST_STREAMS or len(places) < sum(1 for _ in _OBJECTS.finditer(plain)):
        yield None
        return
    remaining = MOST_UNPACKED
    for at in places:
        starts = _STARTS.search(data, at, at + NEAR)
        if starts is None:
            yield None
            return
        dictionary = data[max(data.rfind(b"<<", 0, at), at - NEAR, 0) : starts.start()]
        unpacked = _unpacked(dictionary, memoryview(data)[starts.end() :], remaining)
        yield _numbered(dictionary, unpacked) if unpacked is not None else None
        remaining -= len(unpacked or b"")


def _unpacked(dictionary: bytes, packed: memoryview, most: int) -> bytes | None:
    if b"/FlateDecode" not in dictionary or b"/DecodeParms" in dictionary or most <= 0:
        return None
    engine = zlib.decompressobj()
    try:
        unpacked = engine.decompress(packed, most)
    except zlib.error:
        return None
    return unpacked if engine.eof else None


def _numbered(dictionary: bytes, unpacked: bytes) -> bytes:
    first = re.search(rb"/First\s+(\d+)", dictionary)
    if first is None:
        return unpacked
    start = int(first[1])
    head = [int(n) for n in re.findall(rb"\d+", unpacked[:start])]
    pairs = list(zip(head[::2], head[1::2], strict=False))
    ends = [offset for _, offset in pairs[1:]] + [len(unpacked)]
    return b"\n".join(
        b"%d 0 obj %b endobj" % (number, unpacked[start + offset : start + end])
        for (number, offset), end in zip(pairs, ends, strict=True)
    )


def _names_spelt_out(data: bytes) -> bytes:
    """`/J#61vaScript` as `/JavaScript`."""
    return _ESCAPED.sub(lambda m: bytes([int(m[1], 16)]), data) if b"#" in data else data
