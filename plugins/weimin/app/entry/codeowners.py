"""`weimin codeowners`: the list of signers as a file that a forge reads, so that it asks the right people to review.

A hint for the forge: what holds is the signatures (`weimin audit`), which need no forge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import msgspec

from weimin.adapters.clock import today
from weimin.engine.opening import NothingToCheck
from weimin.engine.register import Register, platform_row
from weimin.history.signing.jurisdiction import SIGNERS, covers
from weimin.history.signing.signers import GIT, SITE, LineFault, Signer, parse_signers
from weimin.model.network import folder_of

GLOBS = ("github", "gitlab")
"""Patterns as in gitignore, the last one that fits counts; owners are accounts or e-mails."""

EXPRESSIONS = ("gitea", "forgejo")
"""Regular expressions that fit the whole path, all that fit count; owners are accounts."""

FORGES = GLOBS + EXPRESSIONS


class CodeOwners(msgspec.Struct, frozen=True, kw_only=True):
    """`nameless`: e-mails of people who have no account on their line and are left out where the forge takes only accounts.

    `strangers`: scopes of the list for which the network has no platform; `faults`: lines that nobody can read.
    """

    text: str
    nameless: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    faults: tuple[LineFault, ...] = ()


def codeowners(register: Register, forge: str, on: date | None = None) -> CodeOwners:
    """Who reviews what, for one kind of forge, by the keys that are valid at noon of a day (today).

    Raises NothingToCheck where nobody is listed, ValueError for a forge of another kind.
    """
    if forge not in FORGES:
        raise ValueError(forge)
    if SIGNERS not in register.by_path:
        raise NothingToCheck(f"没有签名名单（{SIGNERS}），不知道哪个文件夹归谁审阅。改法：先建名单，一人一行。")
    read = parse_signers(register.tree.read(SIGNERS).decode("utf-8", "replace"))
    zone = ZoneInfo(register.site.timezone)
    at = int(datetime.combine(on or today(register.site.timezone), time(12), zone).timestamp())
    valid = [s for lines in read.by_key.values() for s in lines if s.signs(GIT) and s.valid_at(at)]
    valid.sort(key=lambda s: s.line)
    names = _names(register, {s.scope for s in valid})
    strangers = tuple(sorted({s.scope for s in valid} - names.keys()))
    named = [s for s in valid if s.scope in names and (forge in GLOBS or s.account)]
    if not named:
        raise NothingToCheck(
            f"{SIGNERS} 里没有一个现在有效、可以写进 CODEOWNERS 的人。改法：在公钥后面写上他在代码托管平台的账号，例如 @zhang"
        )
    return CodeOwners(
        text=_text(named, names, forge),
        nameless=tuple(sorted({s.email for s in valid if forge in EXPRESSIONS and not s.account})),
        strangers=strangers,
        faults=read.faults,
    )


def _names(register: Register, scopes: Iterable[str]) -> Mapping[str, str]:
    """What each scope is called; a scope that is no platform of the network is left out."""
    names = {SITE: "全站"}
    for scope in scopes:
        unit = register.units.get(scope)
        row = (
            platform_row(register.platform_records(register.read(unit)), register.site, has_records=False)
            if unit
            else None
        )
        if row is not None:
            names[scope] = row.name
    return names


def _text(signers: list[Signer], names: Mapping[str, str], forge: str) -> str:
    lines = ["# 由 weimin codeowners 按组织网络和签名名单生成，不要手改；名单变了重新生成"]
    for scope in sorted({s.scope for s in signers}, key=_order):
        lines += ["", f"# {names[scope]}", f"{_pattern(scope, forge)} {' '.join(_owners(scope, signers, forge))}"]
    return "\n".join(lines) + "\n"


def _order(scope: str) -> str:
    """The whole site, then folders as they lie in each other: what counts last is the innermost."""
    return "" if scope == SITE else folder_of(scope)


def _pattern(scope: str, forge: str) -> str:
    """No character of a folder's path means anything else in a pattern, nor in an expression."""
    if forge in GLOBS:
        return "*" if scope == SITE else f"/{folder_of(scope)}/"
    return ".*" if scope == SITE else f"{folder_of(scope)}/.*"


def _owners(scope: str, signers: list[Signer], forge: str) -> Iterator[str]:
    """Each once, those of the folder itself first; with globs those of all levels above, too."""
    if forge in EXPRESSIONS:
        wanted = [s for s in signers if s.scope == scope]
    else:
        wanted = [s for s in signers if covers(s.scope, scope)]
        wanted.sort(key=lambda s: _order(s.scope), reverse=True)
    yield from dict.fromkeys(s.account or s.email for s in wanted)
