"""The list of signers (content/network/signers): git's allowed_signers format, each principal bound to a folder.

A principal is `CODE/E-MAIL` or `site/E-MAIL`: the platform for whose folder (and all below it) the key signs, and the
author's e-mail of the commits that it signs; `site` stands for everything. After the key, `@ACCOUNT` may name the
person's account (or `@ORG/TEAM`) at the forge, for CODEOWNERS. Git and ssh-keygen read the file as it is. What they
could interpret in two ways is an error: patterns, certificates, and times without a zone.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import msgspec

from weimin.history.signing.sshsig import Unreadable, kind_of
from weimin.model.finding import Problem

SITE = "site"
GIT = "git"

_CODE = re.compile(r"[1-9]\d{5}(?:\d{3}(?:\d{3})?)?", re.ASCII)
_EMAIL = re.compile(r"[^\s@,/\"*?!\[\]]+@[^\s@,/\"*?!\[\]]+")
_FIELD = re.compile(r"\"([^\"]*)\"|(\S+)")
_OPTION = re.compile(r"([A-Za-z-]+)(?:=\"([^\"]*)\")?(?:,|(?=\s))")
_KEY = re.compile(r"\s*(\S+)\s+(\S+)")
_ACCOUNT = re.compile(r"\s+(@[A-Za-z0-9][\w.-]*(?:/[\w.-]+)?)(?=\s|$)", re.ASCII)
_NAMESPACE = re.compile(r"[A-Za-z0-9@._-]+", re.ASCII)
_TIMES = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """One person's key for one folder. `after` and `before`: seconds since 1970, both inclusive; None: no limit."""

    line: int
    scope: str
    email: str
    key: bytes
    namespaces: tuple[str, ...] = ()
    after: int | None = None
    before: int | None = None
    account: str = ""

    @property
    def principal(self) -> str:
        return f"{self.scope}/{self.email}"

    def signs(self, namespace: str) -> bool:
        return not self.namespaces or namespace in self.namespaces

    def valid_at(self, at: int) -> bool:
        return (self.after is None or self.after <= at) and (self.before is None or at <= self.before)


class _Options(msgspec.Struct):
    namespaces: tuple[str, ...] = ()
    after: int | None = None
    before: int | None = None


class SignerLineError(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the list that cannot be used, and why. `line` is 1-based; the texts are in Chinese."""

    line: int
    message: str
    hint: str


class Signers(msgspec.Struct, frozen=True):
    """The list as parsed: `by_key` maps a public key to its lines; lines with errors are in `faults` instead."""

    by_key: Mapping[bytes, tuple[Signer, ...]]
    faults: tuple[SignerLineError, ...] = ()


NOBODY = Signers({})


class _Refused(Exception):
    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def parse_signers(text: str) -> Signers:
    """Parse the whole list; an error in one line does not affect the others."""
    by_key: dict[bytes, list[Signer]] = {}
    faults: list[SignerLineError] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip(" \t").startswith("#"):
            continue
        try:
            for signer in _line(number, line):
                _add(signer, by_key)
        except _Refused as refused:
            faults.append(SignerLineError(line=number, message=refused.message, hint=refused.hint))
    return Signers({key: tuple(signers) for key, signers in by_key.items()}, tuple(faults))


def signer_list_problems(path: str, text: str) -> Iterator[Problem]:
    """S105 for each line of the list that cannot be used."""
    for fault in parse_signers(text).faults:
        yield Problem(code="S105", path=path, line=fault.line, column=1, message=fault.message, hint=fault.hint)


def _add(signer: Signer, by_key: dict[bytes, list[Signer]]) -> None:
    same = by_key.setdefault(signer.key, [])
    if any(other.email != signer.email for other in same):
        raise _Refused("这把钥匙已经属于名单上的另一个人", "一人一把钥匙：请他自己生成一把，换上它的公钥")
    same.append(signer)


def _line(number: int, line: str) -> list[Signer]:
    field = _FIELD.match(line, len(line) - len(line.lstrip(" \t")))
    assert field is not None  # the line is not blank
    principals = [_principal(text) for text in (field[1] or field[2] or "").split(",")]
    rest = line[field.end() :].lstrip(" \t")
    options, rest = _options(rest)
    named = _KEY.match(rest)
    if named is None:
        raise _Refused("这一行没有公钥", "把 .pub 文件里的“ssh-ed25519 AAAA…”写在后面")
    key = _key(named[1], named[2])
    account = _ACCOUNT.match(rest, named.end())
    return [
        Signer(
            line=number,
            scope=scope,
            email=email,
            key=key,
            namespaces=options.namespaces,
            after=options.after,
            before=options.before,
            account=account[1] if account else "",
        )
        for scope, email in principals
    ]


def _principal(text: str) -> tuple[str, str]:
    scope, slash, email = text.partition("/")
    if not slash or not (scope == SITE or _CODE.fullmatch(scope)):
        raise _Refused(
            f"“{text[:40]}”没有写明可以为哪个平台签名",
            "写成“平台代码/邮箱”，例如 321302001/zhang@example.cn；管全站的写 site/邮箱",
        )
    if not _EMAIL.fullmatch(email):
        raise _Refused(f"“{text[:40]}”里没有一个完整的邮箱", "斜杠后面写这个人提交时用的邮箱，不用通配符")
    return scope, email.lower()


def _options(rest: str) -> tuple[_Options, str]:
    """The options before the key, and the text after them."""
    found = _Options()
    if not rest or re.match(r"(?:ssh|ecdsa|sk)-", rest):
        return found, rest
    at = 0
    while option := _OPTION.match(rest, at):
        name, value = option[1].lower(), option[2]
        at = option.end()
        if name == "cert-authority":
            raise _Refused("名单不收签发证书的钥匙（cert-authority）", "每个人写自己的公钥，各占一行")
        if name == "namespaces" and value:
            found.namespaces = _namespaces(value)
        elif name == "valid-after" and value:
            found.after = _time(value)
        elif name == "valid-before" and value:
            found.before = _time(value)
        else:
            raise _Refused(f"不认识的选项“{name[:40]}”", "只用 namespaces、valid-after 和 valid-before，值写在双引号里")
        if option[0][-1:] != ",":
            return found, rest[at:]
    raise _Refused("这一行读不懂", "依次写：平台代码/邮箱、选项（可以没有，值写在双引号里）、公钥")


def _namespaces(value: str) -> tuple[str, ...]:
    names = tuple(value.split(","))
    if not all(_NAMESPACE.fullmatch(name) for name in names):
        raise _Refused(f"用途“{value[:40]}”读不懂", '用途写名称，不用通配符；签提交的写 namespaces="git"')
    return names


def _time(value: str) -> int:
    form = _TIMES.get(len(value) - 1) if value.endswith("Z") else None
    try:
        if form is None or not value[:-1].isdigit() or not value.isascii():
            raise ValueError(value)
        return int(datetime.strptime(value[:-1], form).replace(tzinfo=UTC).timestamp())
    except ValueError:
        raise _Refused(
            f"有效期“{value[:40]}”读不懂，或者没有写时区",
            "写成 20261231Z 或 20261231160000Z（Z 表示世界标准时，比北京时间晚 8 小时）",
        ) from None


def _key(kind: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
        if kind_of(key) != kind:
            raise Unreadable("公钥的种类与内容不符")
    except (ValueError, Unreadable) as error:
        why = str(error) if isinstance(error, Unreadable) else "公钥不完整"
        raise _Refused(why.replace("签名的", ""), "用 ssh-keygen -t ed25519 生成，把 .pub 文件的整行贴过来") from None
    return key
