"""Who may sign what: A106 outside-jurisdiction, A107 unsigned, A113 self-approved (docs/adr/0045).

Terms:

- A *scope* is the code of a platform, or `site`. A scope covers its own folder and every folder below it; `site` covers
  everything.
- The *required scopes* of a file: the platform in whose folder it lies, and for an answer also the unit that answers.
  A signer must cover each of them, or the platform that took its platform over (`SignedStep.heir_of`, docs/adr/0078).
- A step *brings* commits: those of the merged branch, and the merge itself as the last one.

How one step is checked, against the signers who were allowed before it, so that no change can admit its own author:

1. The signature of every commit that the step brings is verified: the key is on the list and valid when the step
   arrived, and the signer is the author. Otherwise A107, or A106 if the signer is somebody else than the author.
2. The signer of a commit must cover the required scopes of the files that the commit changed (A106).
3. The signer of the last commit, the merge, must cover the required scopes of all files of the step (A106): the merge is
   the approval, the only one that Git can show.
4. The approver is not one of those who changed something; a step that is no merge has no approval at all (A113).
   People are compared by e-mail, because one person may have two keys, or may sign for two folders.

A commit that a redaction rewrote has lost its signature; the signed notice of the redaction endorses it instead.

Example: the branch of zhang@321302001 changes a dossier in 321302001/. Her commit must be signed with her key; the merge
by somebody who covers 321302001: another signer of that platform, of 321302, of 321300, or of `site`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
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

_ENDORSED = VerifiedSignature(signature=Signature(state=SignatureState.ENDORSED))
LATEST = 253_370_764_800
"""The last second that a `datetime` has, in the year 9999; a commit may name a later one."""
_LONGEST_QUOTE = 40
_LENGTHS = (6, 9, 12)


def no_heir(scope: str) -> str | None:
    """No platform is closed."""
    return None


class StepCommit(msgspec.Struct, frozen=True):
    """A commit that a step brings, and the files that it changed; for a merge those that differ from all its parents."""

    commit: SignedCommit
    paths: tuple[str, ...]


class SignedStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step to check. `commits`: ancestors first, the step's own last. `at`: when it arrived (`arrival_times`).

    `required_scopes`: changed file → scopes each of which its signer must cover. `deleted`: changed files that the step
    removes. `heir_of`: scope → the platform into which it was closed, as things stood before the step.
    """

    commits: tuple[StepCommit, ...]
    at: int
    required_scopes: Mapping[str, frozenset[str]]
    deleted: frozenset[str] = frozenset()
    heir_of: Callable[[str], str | None] = no_heir


class SignatureProblem(msgspec.Struct, frozen=True):
    """A problem, the commit that has it, and the author that the commit names."""

    commit: str
    author: str
    problem: Problem


class SignatureCheck(msgspec.Struct, frozen=True):
    """The result of checking a step. `signatures`: commit → its signature, for every commit that the step brings."""

    signatures: Mapping[str, Signature]
    problems: tuple[SignatureProblem, ...] = ()


def attestation(step: SignedStep, check: SignatureCheck) -> Attestation:
    """What a revision shows of a step: the signature of each person who changed something, and the approval."""
    last = step.commits[-1].commit
    merge = len(last.parents) > 1
    authored = [
        c
        for c in (step.commits[:-1] if merge else step.commits)
        if not merge or set(c.paths) & step.required_scopes.keys()
    ]
    changes = tuple(dict.fromkeys(check.signatures[c.commit.id] for c in authored))
    approval = check.signatures[last.id] if merge else None
    self_approved = any(p.problem.code == "A113" for p in check.problems)
    approved = approval is not None and approval.state.verified and not self_approved
    return Attestation(changes=changes, approval=approval, approved=approved)


def scope_of(path: str) -> str:
    """The platform in whose folder a file lies; `site` for a file that is in no platform's folder."""
    scope = SITE
    for part in path.removeprefix(NETWORK).split("/")[:-1] if path.startswith(NETWORK) else ():
        if not (part.isascii() and part.isdigit() and len(part) in _LENGTHS):
            break
        if parent_code(part) != (None if scope == SITE else scope):
            break
        scope = part
    return scope


def covers(scope: str, required: str) -> bool:
    """Whether a signer for `scope` may sign for `required`: they are the same, or `required` is below."""
    at: str | None = required
    while at is not None:
        if scope in (SITE, at):
            return True
        at = None if at == SITE else parent_code(at)
    return False


def is_same_or_above(code: str, scope: str) -> bool:
    """Whether `code` is the platform of `scope` or one above it."""
    return code != SITE and covers(code, scope)


def check_signatures(
    step: SignedStep, allowed: AllowedSigners, zone: tzinfo, *, merged: bool = True, rewritten: Collection[str] = ()
) -> SignatureCheck:
    """Check one step against the signers allowed before it; call it only where signatures are required.

    `merged` False: the step is a proposal, and its approval is still to come. `rewritten`: commits that the signed notice
    of a redaction endorses. `zone`: the site's time zone, for days in messages.
    """
    verified = {
        c.commit.id: _ENDORSED if c.commit.id in rewritten else verify_signature(c.commit, allowed, step.at)
        for c in step.commits
    }
    problems: list[SignatureProblem] = []
    for c in step.commits:
        if c.commit.id in rewritten:
            continue
        v = verified[c.commit.id]
        changed = tuple(p for p in c.paths if p in step.required_scopes)
        is_approval = c is step.commits[-1] and merged
        paths = tuple(step.required_scopes) if is_approval else changed
        if problem := _not_verified(c, v, step, zone) or _outside_scope(v, paths, step):
            problems.append(SignatureProblem(c.commit.id, c.commit.author, problem))
    if merged and (problem := _self_approved(step, verified)):
        last = step.commits[-1].commit
        problems.append(SignatureProblem(last.id, last.author, problem))
    return SignatureCheck({commit: v.signature for commit, v in verified.items()}, tuple(problems))


def reintroduced_keys(back: tuple[Signer, ...], commit: str, author: str) -> Iterator[SignatureProblem]:
    """A106 for each retired key that a step puts back on the list. The keys stay without effect."""
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


def _not_verified(c: StepCommit, v: VerifiedSignature, step: SignedStep, zone: tzinfo) -> Problem | None:
    state, commit = v.signature.state, c.commit
    if state is SignatureState.VALID:
        return None
    who = f"提交 {commit.id[:10]}（作者{_quoted(commit.author or commit.author_email)}）"
    path = _placed_at(c.paths, step)
    if state is SignatureState.NOT_AUTHOR:
        signer, author = _quoted(v.signature.principal), _quoted(commit.author_email)
        return Problem(
            code="A106",
            path=path,
            message=f"{who}由{signer}签名，作者的邮箱却是{author}：签名人只能为自己写的提交签名",
            hint="由作者本人签名提交；名单上的邮箱要与 git config user.email 一致",
        )
    return Problem(code="A107", path=path, message=who + _why_not(v, commit, step, zone), hint=_HINTS[state])


def _why_not(v: VerifiedSignature, commit: SignedCommit, step: SignedStep, zone: tzinfo) -> str:
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
_HINTS = {
    SignatureState.UNSIGNED: _SIGN_ANEW,
    SignatureState.BROKEN: _SIGN_ANEW,
    SignatureState.UNREADABLE: _SIGN_ANEW,
    SignatureState.UNKNOWN: f"先由管全站的签名人把公钥写进 {SIGNERS} 并合并，再用这把钥匙提交",
    SignatureState.RETIRED: f"用有效期内的钥匙重新签名；新钥匙先由管全站的签名人写进 {SIGNERS}",
}


def _outside_scope(v: VerifiedSignature, paths: tuple[str, ...], step: SignedStep) -> Problem | None:
    """A106 at the first file whose required scopes the signer does not cover, with the number of such files."""
    missing = [
        (p, s)
        for p in sorted(paths)
        for s in sorted(step.required_scopes[p])
        if not (_may_sign(v.entries, s) or ((heir := step.heir_of(s)) is not None and _may_sign(v.entries, heir)))
    ]
    if not missing:
        return None
    path, scope = missing[0]
    files = len({p for p, _ in missing})
    covered = "、".join(_scope_name(s) for s in sorted({e.scope for e in v.entries}))
    message = f"签名人{_quoted(v.signature.principal)}可以签 {covered}，这次改动了范围以外的"
    message += f"“{path[-_LONGEST_QUOTE:]}”" + (f"等 {files} 个文件" if files > 1 else "")
    if scope != scope_of(path):
        message += f"，它是 {_scope_name(scope)} 的答复"
    hint = f"由 {_scope_name(scope)} 或它上级的签名人签名提交"
    return Problem(code="A106", path=_placed_at((path,), step), message=message, hint=hint)


def _may_sign(entries: tuple[Signer, ...], scope: str) -> bool:
    return any(covers(entry.scope, scope) for entry in entries)


def _self_approved(step: SignedStep, verified: Mapping[str, VerifiedSignature]) -> Problem | None:
    """A113: nobody else approved the step, or the approver also changed something. People are compared by e-mail."""
    last = step.commits[-1]
    approver = verified[last.commit.id]
    if not step.required_scopes or not approver.entries:
        return None
    hint = "由另一位有权的签名人合并：git merge --no-ff -S 分支"
    name = _quoted(approver.signature.principal)
    if len(last.commit.parents) < 2:
        message = f"这次改动由{name}签名，没有经过合并，没有另一个人批准"
        return Problem(code="A113", path=_placed_at(tuple(step.required_scopes), step), message=message, hint=hint)
    approving = {approver.signature.email, last.commit.author_email}
    for c in step.commits[:-1]:
        changed = tuple(p for p in c.paths if p in step.required_scopes)
        author = verified[c.commit.id]
        if changed and author.entries and author.signature.email in approving:
            message = f"改动和合并都由{_quoted(author.signature.principal)}签名：批准自己的改动不算批准"
            return Problem(code="A113", path=_placed_at(changed, step), message=message, hint=hint)
    return None


def _placed_at(paths: tuple[str, ...], step: SignedStep) -> str:
    """Where a problem is placed: one of the files that still exists, else the settings that ask for signatures."""
    return next((p for p in sorted(paths) if p in step.required_scopes and p not in step.deleted), SETTINGS)


def _scope_name(scope: str) -> str:
    return "全站" if scope == SITE else scope


def _day(at: int, zone: tzinfo) -> str:
    return datetime.fromtimestamp(min(at, LATEST), zone).date().isoformat()


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + '…'}”"
