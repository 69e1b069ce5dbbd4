"""Attachments checked by their content, whatever their name is (F113), and their size (F106). Pure functions of bytes.

Personal data in pictures and PDF files is checked by family P (rules/privacy).
"""

from __future__ import annotations

from weimin.model.finding import Problem
from weimin.model.quote import quoted
from weimin.records.attachments.pdf import pdf_fault
from weimin.records.attachments.picture import Header, picture_header

LARGEST = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000

_KINDS = ((b"\xff\xd8\xff", ".jpg"), (b"\x89PNG\r\n\x1a\n", ".png"), (b"%PDF-", ".pdf"))
_OTHERS = (
    (b"GIF8", "GIF 动图"),
    (b"PK\x03\x04", "压缩包或 Office 文档"),
    (b"\xd0\xcf\x11\xe0", "旧式 Office 文档"),
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "程序"),
    (b"II*\0", "TIFF 图片"),
    (b"MM\0*", "TIFF 图片"),
    (b"BM", "BMP 图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
)
_MARKUP = (b"<svg", b"<html", b"<script", b"<!doctype", b"<?php")
_SAVE = "用看图软件打开，另存为 jpg 或 png 再放进来"


def attachment_problems(path: str, data: bytes) -> tuple[Problem, ...]:
    """F106 for a file that is too large; F113 for an unknown format, a wrong extension, a broken file or foreign content."""
    if len(data) > LARGEST:
        size = f"{len(data) / 1024 / 1024:.1f}"
        return (
            _problem(
                "F106", path, f"附件有 {size} MB，超过 {LARGEST // 1024 // 1024} MB", "压缩图片，或把文档分成几份"
            ),
        )
    ending = path[path.rfind(".") :]
    found = content_ending(data)
    if found is None:
        return (
            _problem("F113", path, f"附件的内容是{_what(data)}，不是 jpg、png、webp 或 pdf", "另存为这四种格式之一"),
        )
    if found != ending:
        message = f"附件的扩展名是 {quoted(ending)}，内容却是 {found[1:]}"
        return (_problem("F113", path, message, f"改名为 {path[path.rfind('/') + 1 : path.rfind('.')]}{found}"),)
    if any(mark in data[:1024].lower() for mark in _MARKUP):
        return (_problem("F113", path, "附件开头夹着网页代码", _SAVE),)
    if b"PK\x05\x06" in data[-66_000:]:
        return (_problem("F113", path, "附件里夹着压缩包", _SAVE if ending != ".pdf" else "重新导出为 PDF"),)
    if ending == ".pdf":
        fault = pdf_fault(data)
        return (_problem("F113", path, *fault),) if fault else ()
    return _picture(path, picture_header(found, data))


def content_ending(data: bytes) -> str | None:
    """The extension that fits the first bytes; None if the format is none of the four."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    return next((ending for magic, ending in _KINDS if data.startswith(magic)), None)


def _picture(path: str, header: Header | None) -> tuple[Problem, ...]:
    if header is None:
        return (_problem("F113", path, "图片不完整或已损坏", "重新保存或重新上传这张图片"),)
    if header.width * header.height > MOST_PIXELS:
        message = f"图片有 {header.width}×{header.height} 像素，超过 {MOST_PIXELS // 10_000} 万"
        return (_problem("F106", path, message, "缩小图片，长边 4,000 像素以内即可"),)
    if header.trailing:
        return (_problem("F113", path, f"图片后面还有 {header.trailing} 个字节，不是图片的内容", _SAVE),)
    return ()


def _what(data: bytes) -> str:
    if not data:
        return "空的"
    for magic, name in _OTHERS:
        if data.startswith(magic):
            return f" {name}" if name[0].isascii() else name
    start = data[:1024].lstrip().lower()
    if b"<svg" in start:
        return " SVG 图形"
    if start.startswith(b"<"):
        return "网页或代码"
    return "文字或别的东西"


def _problem(code: str, path: str, message: str, hint: str) -> Problem:
    return Problem(code=code, path=path, line=1, column=1, message=message, hint=hint)
