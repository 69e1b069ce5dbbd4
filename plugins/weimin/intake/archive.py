"""Checks a workbook, which is a ZIP archive of XML from outside, before it is opened (safety.md)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from weimin.intake.sheet import too_large

LARGEST = 16 << 20  # maximum bytes of the file
LARGEST_INSIDE = 48 << 20  # maximum bytes of all its parts
MOST_PARTS = 500
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MACRO = re.compile(r"vbaProject|macrosheets/|activeX/|embeddings/|externalLinks/", re.IGNORECASE)
_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
ARCHIVE_ERRORS = (
    zipfile.BadZipFile,  # not an archive, or a part with a wrong checksum
    zlib.error,  # a part that cannot be decompressed
    EOFError,  # the archive ends too early
    NotImplementedError,  # an unknown compression method
    RuntimeError,  # an encrypted part
    ValueError,  # an offset before the beginning, a name in no encoding
    OSError,  # an offset after the end
)
"""Exceptions of the library for a broken or forged archive. The archive is in memory, so none of them is a disk error."""
_LOST = re.compile(r"xl/(?:media|charts|pivotTables|drawings/drawing)", re.IGNORECASE)


def archive_refusal(data: bytes) -> tuple[str, str] | None:
    """Message and hint in Chinese if the file must not be opened; None if it may."""
    if message := too_large(data, LARGEST):
        return message, "删去用不上的工作表和图片，或者分成几个文件"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _parts(archive)
    except ARCHIVE_ERRORS:
        return "这不是完整的 Excel 工作簿", "用表格软件打开，另存为“Excel 工作簿（.xlsx）”；.xls 和 .et 也这样转"


def has_unsupported_parts(data: bytes) -> bool:
    """The workbook contains pictures or charts, which are lost when comments are written into it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(_LOST.match(name) for name in archive.namelist())


def _parts(archive: zipfile.ZipFile) -> tuple[str, str] | None:
    parts = archive.infolist()
    again = "用表格软件新建一个工作簿，只把数据复制过去"
    if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > LARGEST_INSIDE:
        return f"这个工作簿解开以后太大（超过 {LARGEST_INSIDE >> 20} MB），没有打开", again
    if len({p.filename for p in parts}) < len(parts):
        return "这个压缩包里有重名的文件，没有打开", again
    for part in parts:
        if part.flag_bits & 1:
            return "这个工作簿加了密码", "去掉密码再导入"
        if part.filename.startswith(("/", "\\")) or ".." in part.filename.replace("\\", "/").split("/"):
            return "这个压缩包里有指向别处的文件名，没有打开", again
        if _MACRO.search(part.filename):
            return (
                "这个工作簿里有宏、嵌入的文件或者外部链接，没有打开",
                "另存为不带宏的“Excel 工作簿（.xlsx）”，断开外部链接",
            )
        if part.filename.lower().endswith((".xml", ".rels", ".vml")) and _ENTITY.search(archive.read(part)):
            return "这个工作簿里有不该有的内容（DOCTYPE），没有打开", again
    if "xl/workbook.xml" not in archive.namelist():
        return "这不是 Excel 工作簿", "用表格软件打开，另存为“Excel 工作簿（.xlsx）”"
    return None


def without_timestamps(data: bytes) -> bytes:
    """The same workbook without its creation time, so that equal input gives equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = _TIME.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(part.filename), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
