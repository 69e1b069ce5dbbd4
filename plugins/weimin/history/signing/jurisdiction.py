"""Who may sign what: A106 outside-jurisdiction, A107 unsigned, A113 self-approved (docs/adr/0045).

Each step of the main branch is held against the list of signers as it stood before the step: no change admits itself.
Every commit that a step brings is signed by its author, for every file of the step that it changed. The step itself is a
merge, signed by somebody else who may sign for all of it: this is the approval, the only one that Git can show.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, tzinfo

import msgspec

from weimin.history.signing.allowed_signers import AllowedSigners, VerifiedSignature, verify_signature
from weimin.history.signing.signed_commits import SignedCommit
from weimin.history.signing.signers import SITE, Signer
from weimin.history.signing.sshsig import fingerprint
from weimin.model.finding import Problem
from weimin.model.place import NETWORK, parent_code
from weimin.model.signature import Attestation, Signature, SignatureState

SIGNERS = NETWORK + "signers"
SETTINGS = "content/site.yml"
SIGNATURE_CODES = ("A106", "A107", "A113")

_BY_NOTICE = VerifiedSignature(signature=Signature(state=SignatureState.ENDORSED))
_LONGEST_QUOTE = 40
_LENGTHS = (6, 9, 12)


class StepCommit(msgspec.Struct, frozen=True):
    """A commit that came with a step, and the files that it changed itself: a merge, what differs from all its parents."""

    commit: SignedCommit
    paths: tuple[str, ...]


class SignedStep(msgspec.Struct, frozen=True, kw_only=True):
    """`commits`: ancestors first, the step's own last. `at`: when it was first seen (`first_seen`).

    `required_scopes`: file that the step changes → scopes of which a signer must cover each (`scope_of`, and whose words it is).
    `deleted`: those that are not there any more.
    """

    commits: tuple[StepCommit, ...]
    at: int
    required_scopes: Mapping[str, frozenset[str]]
    deleted: frozenset[str] = frozenset()


class SignatureProblem(msgspec.Struct, frozen=True):
    """A problem, the commit that has it, and who says to have made that commit."""

    commit: str
    author: str
    problem: Problem


class SignatureCheck(msgspec.Struct, frozen=True):
    """`signatures`: what is shown of each commit that came with the step."""

    signatures: Mapping[str, Signature]
    faults: tuple[SignatureProblem, ...] = ()


def attestation(step: SignedStep, judged: SignatureCheck) -> Attestation:
    """What a revision shows: one signature for each person who changed something that the step changes."""
    last = step.commits[-1].commit
    merge = len(last.parents) > 1
    own = [
        b
        for b in (step.commits[:-1] if merge else step.commits)
        if not merge or set(b.paths) & step.required_scopes.keys()
    ]
    changes = tuple(dict.fromkeys(judged.signatures[b.commit.id] for b in own))
    approval = judged.signatures[last.id] if merge else None
    doubted = any(fault.problem.code == "A113" for fault in judged.faults)
    return Attestation(
        changes=changes, approval=approval, approved=approval is not None and approval.state.verified and not doubted
    )


def scope_of(path: str) -> str:
    """The platform in whose folder a file lies: the last of the chain of codes; `site` for what is in nobody's."""
    scope = SITE
    for part in path.removeprefix(NETWORK).split("/")[:-1] if path.startswith(NETWORK) else ():
        if not (part.isascii() and part.isdigit() and len(part) in _LENGTHS):
            break
        if parent_code(part) != (None if scope == SITE else scope):
            break
        scope = part
    return scope


def covers(scope: str, required_scopes: str) -> bool:
    """Whoever signs for `scope` may sign for `required_scopes`: the folder itself and all below it."""
    at: str | None = required_scopes
    while at is not None:
        if scope in (SITE, at):
            return True
        at = None if at == SITE else parent_code(at)
    return False


def is_same_or_above(code: str, scope: str) -> bool:
    """`code` is the platform of `scope` or one above it."""
    return code != SITE and covers(code, scope)


def check_signatures(
    step: SignedStep, roll: AllowedSigners, zone: tzinfo, *, merged: bool = True, rewritten: Collection[str] = ()
) -> SignatureCheck:
    """Hold one step to the roll of the step before, which asks for signatures.

    `merged` False: it is a proposal, its approval is still to come. `rewritten`: commits for which the signed notice of a
    redaction answers.
    """
    vouched = {
        b.commit.id: _BY_NOTICE if b.commit.id in rewritten else verify_signature(b.commit, roll, step.at)
        for b in step.commits
    }
    faults: list[SignatureProblem] = []
    for b in step.commits:
        if b.commit.id in rewritten:
            continue
        v = vouched[b.commit.id]
        paths = tuple(p for p in b.paths if p in step.required_scopes)
        own = b is step.commits[-1] and merged
        if problem := _unproved(b, v, step, roll, zone) or _outside(
            v, tuple(step.required_scopes) if own else paths, step
        ):
            faults.append(SignatureProblem(b.commit.id, b.commit.author, problem))
    if merged and (problem := _self_approved(step, vouched)):
        last = step.commits[-1].commit
        faults.append(SignatureProblem(last.id, last.author, problem))
    return SignatureCheck({commit: v.signature for commit, v in vouched.items()}, tuple(faults))


def reintroduced_keys(back: tuple[Signer, ...], commit: str, author: str) -> Iterator[SignatureProblem]:
    """Retired keys that a new list brings back: they stay without effect, and it is said."""
    for signer in back:
        yield SignatureProblem(
            commit,
            author,
            Problem(
                code="A106",
                path=SIGNERS,
                line=signer.line,
                column=1,
                message=f"{_quoted(signer.principal)}的钥匙（{fingerprint(signer.key)}）已经停用，又被放回名单；停用的钥匙不再有签名的权利",
                hint="删去这一行，请本人用 ssh-keygen -t ed25519 生成一把新的，写上新的公钥",
            ),
        )


def _unproved(
    b: StepCommit, v: VerifiedSignature, step: SignedStep, roll: AllowedSigners, zone: tzinfo
) -> Problem | None:
    state, commit = v.signature.state, b.commit
    if state is SignatureState.VALID:
        return None
    who = f"提交 {commit.id[:10]}（作者{_quoted(commit.author or commit.author_email)}）"
    path = _shown(b.paths, step)
    if state is SignatureState.NOT_AUTHOR:
        signer, author = _quoted(v.signature.principal), _quoted(commit.author_email)
        return Problem(
            code="A106",
            path=path,
            message=f"{who}由{signer}签名，作者的邮箱却是{author}：签名人只能为自己写的提交签名",
            hint="由作者本人签名提交；名单上的邮箱要与 git config user.email 一致",
        )
    return Problem(code="A107", path=path, message=who + _why(v, commit, step, roll, zone), hint=_HOW[state])


def _why(v: VerifiedSignature, commit: SignedCommit, step: SignedStep, roll: AllowedSigners, zone: tzinfo) -> str:
    match v.signature.state:
        case SignatureState.UNSIGNED:
            return "没有签名，本站要求每次提交都有签名"
        case SignatureState.UNKNOWN:
            return f"的签名所用的钥匙（{v.signature.key}）不在此前的签名名单上"
        case SignatureState.BROKEN:
            return "的签名与提交的内容不符"
        case SignatureState.RETIRED:
            text = f"的签名所用的钥匙（{v.signature.principal or v.signature.key}）当时不在有效期，"
            text += f"这次提交最早在 {_day(step.at, zone)} 出现在主分支上"
            claimed = _day(commit.committer_time, zone)
            return text if claimed == _day(step.at, zone) else f"{text}，提交自己写的时间是 {claimed}"
    return "的签名不是 SSH 签名，或者不完整，无法核对"


_SIGN_ANEW = (
    "用自己的 SSH 钥匙重新签名：\ngit config gpg.format ssh\ngit config user.signingkey ~/.ssh/id_ed25519.pub\n"
    "git commit --amend --no-edit -S"
)
_HOW = {
    SignatureState.UNSIGNED: _SIGN_ANEW,
    SignatureState.BROKEN: _SIGN_ANEW,
    SignatureState.UNREADABLE: _SIGN_ANEW,
    SignatureState.UNKNOWN: f"先由管全站的签名人把公钥写进 {SIGNERS} 并合并，再用这把钥匙提交",
    SignatureState.RETIRED: f"用有效期内的钥匙重新签名；新钥匙先由管全站的签名人写进 {SIGNERS}",
}


def _outside(v: VerifiedSignature, paths: tuple[str, ...], step: SignedStep) -> Problem | None:
    """The first file for which the signer may not sign, and how many more there are."""
    missing = [(p, s) for p in sorted(paths) for s in sorted(step.required_scopes[p]) if not _entitled(v.entries, s)]
    if not missing:
        return None
    path, scope = missing[0]
    files = len({p for p, _ in missing})
    rights = "、".join(_named(s) for s in sorted({e.scope for e in v.entries}))
    lies_in = scope_of(path)
    message = f"签名人{_quoted(v.signature.principal)}可以签 {rights}，这次改动了范围以外的"
    message += f"“{path[-_LONGEST_QUOTE:]}”" + (f"等 {files} 个文件" if files > 1 else "")
    if scope != lies_in:
        message += f"，它是 {_named(scope)} 的答复"
    hint = f"由 {_named(scope)} 或它上级的签名人签名提交"
    return Problem(code="A106", path=_shown((path,), step), message=message, hint=hint)


def _entitled(entries: tuple[Signer, ...], scope: str) -> bool:
    return any(covers(entry.scope, scope) for entry in entries)


def _self_approved(step: SignedStep, vouched: Mapping[str, VerifiedSignature]) -> Problem | None:
    """Somebody both changed and approved: by e-mail, for one person may have two keys, or two folders."""
    last = step.commits[-1]
    approver = vouched[last.commit.id]
    if not step.required_scopes or not approver.entries:
        return None
    hint = "由另一位有权的签名人合并：git merge --no-ff -S 分支"
    name = _quoted(approver.signature.principal)
    if len(last.commit.parents) < 2:
        message = f"这次改动由{name}签名，没有经过合并，没有另一个人批准"
        return Problem(code="A113", path=_shown(tuple(step.required_scopes), step), message=message, hint=hint)
    approving = {approver.signature.email, last.commit.author_email}
    for b in step.commits[:-1]:
        changed = tuple(p for p in b.paths if p in step.required_scopes)
        signed = vouched[b.commit.id].signature
        if changed and vouched[b.commit.id].entries and signed.email in approving:
            message = f"改动和合并都由{_quoted(signed.principal)}签名：批准自己的改动不算批准"
            return Problem(code="A113", path=_shown(changed, step), message=message, hint=hint)
    return None


def _shown(paths: tuple[str, ...], step: SignedStep) -> str:
    """A file that still exists: one of the commit's own, else the settings that ask for signatures."""
    return next((p for p in sorted(paths) if p in step.required_scopes and p not in step.deleted), SETTINGS)


def _named(scope: str) -> str:
    return "全站" if scope == SITE else scope


def _day(at: int, zone: tzinfo) -> str:
    return datetime.fromtimestamp(min(at, 253_370_764_800), zone).date().isoformat()  # the year 9999 is the last


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + '…'}”"
