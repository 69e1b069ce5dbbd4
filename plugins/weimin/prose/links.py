"""The addresses that prose may link to, checked as written by `weimin check` (F112) and as parsed by the sanitiser.

Both use the same function, and neither corrects an address: a prototype that corrected addresses after the check let
`java<TAB>script:` through (safety.md 1.6).
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from weimin.model.quote import quoted

# the host is ASCII, so that it contains no look-alike letter; no user name or password before it
_WEB = re.compile(
    r"https?://[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+(?::[0-9]{1,5})?(?:[/?#][\w.~:/?#@!$&*+,;=%-]*)?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"mailto:[a-z0-9][a-z0-9._+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE | re.ASCII)
# a mail address in `<…>`; the parser accepts no other form
MAIL_IN_ANGLES = r"<((?:mailto:)?[A-Za-z0-9][A-Za-z0-9._+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)>"
_TEL = re.compile(r"tel:\+?[0-9][0-9*#-]{2,19}", re.IGNORECASE | re.ASCII)
# an address of this site (docs/reference/interface.md, "Addresses of the site")
_SITE = re.compile(r"/(?:[A-Za-z0-9_-]+/)*(?:[A-Za-z0-9_-]+\.[a-z0-9]+)?(?:#[A-Za-z0-9._-]+)?", re.ASCII)
# the file names that `records` accepts as attachments
_ATTACHMENT = re.compile(r"attachments/([a-z0-9]+(?:-[a-z0-9]+)*\.(?:jpg|png|webp|pdf))", re.ASCII)

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE | re.ASCII)
_ENTITY = re.compile(r"&(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);", re.IGNORECASE | re.ASCII)


class Fault(NamedTuple):
    """`fact` ends without a full stop; `fix` follows “改法：”."""

    fact: str
    fix: str


def attachment_in(address: str) -> str:
    """The file name of an attachment of the same dossier; empty if the address is not one."""
    found = _ATTACHMENT.fullmatch(address)
    return found[1] if found else ""


def link_is_safe(address: str) -> bool:
    """The address has one of the accepted forms: web, attachment, site, mail, telephone."""
    if _ENTITY.search(address):
        return False
    return any(form.fullmatch(address) for form in (_WEB, _ATTACHMENT, _SITE, _MAIL, _TEL))


def image_is_safe(address: str) -> bool:
    """The address is a picture among the attachments."""
    return bool(attachment_in(address)) and not address.endswith(".pdf")


def link_fault(written: str) -> Fault | None:
    """The fault of a link address as written in the file, where `&amp;` means `&`; None if it is safe."""
    address = written.replace("&amp;", "&")
    return None if link_is_safe(address) else _why(address, written)


def image_fault(written: str) -> Fault | None:
    """The fault of an image address as written; None if it is safe."""
    if image_is_safe(written):
        return None
    return Fault(
        f"图片 {quoted(written)}不是本卷宗的附件",
        "把图片放进本卷宗的 attachments/ 文件夹，写成 ![说明](attachments/文件名.jpg)；图片只能是 jpg、png 或 webp",
    )


def _why(address: str, written: str) -> Fault:
    unescaped = "".join(c for c in html.unescape(address) if c.isprintable() and not c.isspace())
    scheme = _SCHEME.match(unescaped)
    if scheme and scheme[1].lower() not in ("http", "https", "mailto", "tel"):
        return Fault(
            f"链接 {quoted(written)}以“{scheme[1][:20]}:”开头，会打开别的程序或者运行脚本",
            "网址以 https:// 或 http:// 开头，邮箱写 mailto:，电话写 tel:；不要链接的，只留文字",
        )
    if unescaped != address:
        return Fault(f"链接 {quoted(written)}里有看不见的字符或 & 转义", "把网址重新抄一遍，空格写成 %20")
    if address.startswith(("//", "\\", "/\\")):
        return Fault(f"链接 {quoted(written)}没有写 https:，会通到别的网站", "写全网址，以 https:// 开头")
    if scheme:
        return Fault(
            f"链接 {quoted(written)}不是约定的写法",
            "网址写成 https://域名/路径：不带用户名，中文域名写成 xn-- 开头的形式，括号写成 %28 和 %29；"
            "邮箱写成 mailto:名字@域名，电话写成 tel:0527-12345",
        )
    if address.startswith("attachments/"):
        return Fault(
            f"附件 {quoted(written)}的名字不是约定的写法",
            "附件名用小写字母、数字和连字符，以 .jpg、.png、.webp 或 .pdf 结尾",
        )
    return Fault(
        f"链接 {quoted(written)}不是网址，也不是本卷宗的附件",
        "网址以 https:// 开头，附件写成 attachments/文件名；不是链接的，把后面的圆括号改成全角（）",
    )
