"""`weimin codeowners`: the list of signers as the file that a forge reads in order to request reviews from the right people.

It is only a hint to the forge: what counts is signatures (`weimin audit`), which need no forge.
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
from weimin.history.signing.signers import GIT, SITE, Signer, SignerLineError, parse_signers
from weimin.model.network import folder_of

GLOBS = ("github", "gitlab")
"""Forges with patterns as in gitignore, of which the last match counts; owners are accounts or e-mail addresses."""

EXPRESSIONS = ("gitea", "forgejo")
"""Forges with regular expressions for the complete path, of which all matches count; owners are accounts."""

FORGES = GLOBS + EXPRESSIONS


class CodeOwners(msgspec.Struct, frozen=True, kw_only=True):
    """The file, and what was left out of it.

    `without_account`: e-mail addresses of signers without an account, where the forge takes only accounts.
    `unknown_scopes`: scopes of the list that are no platform of the network. `faults`: lines of the list that cannot be read.
    """

    text: str
    without_account: tuple[str, ...] = ()
    unknown_scopes: tuple[str, ...] = ()
    faults: tuple[SignerLineError, ...] = ()


def codeowners(register: Register, forge: str, on: date | None = None) -> CodeOwners:
    """The owners of each folder for one kind of forge, by the keys that are valid at noon of a day (default: today).

    Raises NothingToCheck where nobody can be listed, ValueError for an unknown kind of forge.
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
    unknown_scopes = tuple(sorted({s.scope for s in valid} - names.keys()))
    listed = [s for s in valid if s.scope in names and (forge in GLOBS or s.account)]
    if not listed:
        raise NothingToCheck(
            f"{SIGNERS} 里没有一个现在有效、可以写进 CODEOWNERS 的人。改法：在公钥后面写上他在代码托管平台的账号，例如 @zhang"
        )
    return CodeOwners(
        text=_text(listed, names, forge),
        without_account=tuple(sorted({s.email for s in valid if forge in EXPRESSIONS and not s.account})),
        unknown_scopes=unknown_scopes,
        faults=read.faults,
    )


def _names(register: Register, scopes: Iterable[str]) -> Mapping[str, str]:
    """Scope → its name; a scope that is no platform of the network is left out."""
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
    """The complete site first, then each folder before those in it: the last match, the innermost, counts."""
    return "" if scope == SITE else folder_of(scope)


def _pattern(scope: str, forge: str) -> str:
    """The pattern of a scope. No character of a folder's path is special in a pattern or an expression."""
    if forge in GLOBS:
        return "*" if scope == SITE else f"/{folder_of(scope)}/"
    return ".*" if scope == SITE else f"{folder_of(scope)}/.*"


def _owners(scope: str, signers: list[Signer], forge: str) -> Iterator[str]:
    """The owners of a scope, each once, those of the folder itself first; with globs also those of all levels above."""
    if forge in EXPRESSIONS:
        signers_of_scope = [s for s in signers if s.scope == scope]
    else:
        signers_of_scope = [s for s in signers if covers(s.scope, scope)]
        signers_of_scope.sort(key=lambda s: _order(s.scope), reverse=True)
    yield from dict.fromkeys(s.account or s.email for s in signers_of_scope)
