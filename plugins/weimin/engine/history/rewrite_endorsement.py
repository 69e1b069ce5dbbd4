"""Finds the commits that the signed notice of a redaction endorses: those that it rewrote, and no others.

A redaction (`app/audit/redact.py`) rewrites the commits that hold a secret and everything after them. A rewritten commit has a
new id, so its signature no longer fits and is dropped. Its author usually cannot sign again. The public notice of the redaction
stands in: two people with the scope of the complete site sign it, one as author, one as merger, and an audit then accepts the
lost signatures of the rewritten commits (state VOUCHED).

The new history alone does not prove which commits were rewritten: any unsigned commit could claim to be one. A notice therefore
endorses a commit only if all of this holds:

1. the file of the notice is in the tree of the head, and its text is exactly what `Notice.body` produces;
2. the step that brought the notice has valid signatures by the allowed signers before it, without any endorsement;
3. the rewritten head that the notice names (`after`) is on the main branch before the notice;
4. the commit is an ancestor of `after`, unsigned, and no signed commit follows it up to there: a rewriting takes the signatures
   of a commit and of all that follow, so whatever a signature follows was not rewritten (`bare`);
5. the commit brought a redacted version of the file that the notice names, one with the mark, or follows on such a commit; a
   file named by an earlier notice that was itself rewritten counts too (`following`);
6. no earlier notice endorses the commit;
7. the signers of the notice were already allowed before the first of these commits. Otherwise whoever rewrote the commits could
   have put himself on the list in them.

Example: main is A – B – C, signed. A redaction of a file that B changed gives A – B' – C', both unsigned, then a signed merge N
with the notice. N endorses B' and C'. An unsigned commit between A and B' would not be endorsed: it neither brought a redacted
version nor follows on one that did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from weimin.adapters.git import run
from weimin.adapters.history import blob_at, parents, steps
from weimin.adapters.signatures import own_paths, raw_commits
from weimin.engine.history.attestation import Endorsements, SignatureVerifier, VerifiedStep
from weimin.engine.history.attributed_platforms import read_record
from weimin.engine.history.reader import History
from weimin.engine.history.redaction_notice import MARK, STEM, Notice, is_notice, parse_notice
from weimin.history.rules.rewritten import ancestry, rewritten_from, unsigned_tail
from weimin.history.signing.allowed_signers import AllowedSigners
from weimin.history.signing.jurisdiction import SignatureProblem
from weimin.history.signing.signed_commits import read_commit
from weimin.model.finding import Problem, Severity
from weimin.model.history import Step
from weimin.model.place import CONTENT, Place
from weimin.records.parse import Reader
from weimin.records.place import place_of

_COMMITS_PER_BATCH = 1000


class PublishedNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice, its path, and the step of the main branch that brought it."""

    path: str
    notice: Notice
    step: str


def endorsements_of(history: History, now: int, since: str = "") -> Endorsements:
    """What the notices endorse that arrived with the steps after `since` (empty: with any step).

    Only notices at the head count. A history without a notice costs one or two calls of Git; where one arrived, signatures are
    verified from the first step on, wherever the audit begins. Raises GitError.
    """
    paths = _notice_paths(history)
    if not paths or not any(steps(history.git, f"{since}..{history.head}" if since else history.head, None, paths)):
        return Endorsements()
    return _NoticeReplay(history, now).endorsements(history.commits_after(since))


def _notice_paths(history: History) -> list[str]:
    """The paths of notices at the head, as Git has them."""
    folder = f"{history.prefix}{CONTENT}news/"
    listed = run(history.git, "ls-tree", "-z", "--name-only", "--full-tree", history.head, "--", folder)
    paths = (path.decode("utf-8", "surrogateescape") for path in listed.split(b"\0")[:-1])
    return [path for path in paths if path.removeprefix(folder).startswith(STEM)]


class _NoticeReplay:
    """A complete history, its signatures verified without any endorsement: the basis on which each notice is judged."""

    def __init__(self, history: History, now: int) -> None:
        self._history, self._git = history, history.git
        self._reader = Reader(history.schemas)
        self._verifier = SignatureVerifier(history)
        self._graph = parents(history.git, history.head)
        self._position = {commit: n for n, commit in enumerate(history.chain)}
        notice_paths = {path.removeprefix(history.prefix) for path in _notice_paths(history)}
        self._notices: list[PublishedNotice] = []
        self._verified: dict[str, VerifiedStep] = {}
        self._signers_before: dict[str, AllowedSigners] = {}
        self._step_of: dict[str, str] = {}
        roll = AllowedSigners()
        for verified in self._verifier.verify(history.steps_touching(()), now):
            step = verified.step
            for commit in verified.signatures:
                self._step_of[commit] = step.commit
            self._signers_before[step.commit] = roll
            roll = verified.roll
            if notices := list(self._notices_in(step, notice_paths)):
                self._notices += notices
                self._verified[step.commit] = verified

    def _notices_in(self, step: Step, notice_paths: Iterable[str]) -> Iterator[PublishedNotice]:
        for change in step.changes:
            place = place_of(change.path)
            if (
                change.path not in notice_paths
                or not change.is_file
                or not isinstance(place, Place)
                or not is_notice(place)
            ):
                continue
            record = read_record(change.path, change.new, self._history.contents, self._reader)
            if record is not None and (notice := parse_notice(record.body)):
                yield PublishedNotice(path=change.path, notice=notice, step=step.commit)

    def endorsements(self, commits: Iterable[str]) -> Endorsements:
        """The endorsements of all notices; findings only for notices that one of the steps `commits` brought."""
        rewritten: set[str] = set()
        findings: dict[str, tuple[SignatureProblem, ...]] = {}
        for published in self._notices:
            step = self._verified[published.step]
            if not step.signatures or step.faults:
                continue
            if self._position.get(published.notice.after, len(self._position)) >= self._position[published.step]:
                endorsed, reason = frozenset[str](), "公告写明的改写后的提交不在这之前的主分支上"
            else:
                endorsed, reason = self._endorsed_commits(published, step, rewritten)
            rewritten |= endorsed
            if endorsed or reason:
                fault = _finding(published, step.step.author, len(endorsed), reason)
                findings[published.step] = (*findings.get(published.step, ()), fault)
        requested = set(commits)
        return Endorsements(
            rewritten=frozenset(rewritten), notice_findings={s: f for s, f in findings.items() if s in requested}
        )

    def _endorsed_commits(
        self, published: PublishedNotice, step: VerifiedStep, endorsed_before: set[str]
    ) -> tuple[frozenset[str], str]:
        """The commits that this notice endorses and none before it; or none, with the reason in Chinese."""
        after = published.notice.after
        ordered = unsigned_tail(self._graph, after, self._signed_commits(ancestry(self._graph, after)))
        region = rewritten_from(self._graph, ordered, self._redacted_commits(published, ordered).__contains__)
        endorsed = frozenset(c for c in region if c in self._step_of and c not in endorsed_before)
        if not endorsed:
            return endorsed, "" if region else "公告写明的记录在这之前没有去掉签名的脱敏改写"
        first = min((self._step_of[c] for c in endorsed), key=self._position.__getitem__)
        # whoever rewrote these steps could have put himself on the list in them (point 7)
        if not self._verifier.valid_with(step.step, step.signatures, self._signers_before[first], step.first_seen_at):
            return frozenset(), "公告的签名人和批准人不都在改写之前的签名名单上"
        return endorsed, ""

    def _redacted_commits(self, published: PublishedNotice, region: list[str]) -> set[str]:
        """The commits of a region that brought a redacted version of the notice's file, or of the file of a rewritten notice."""
        inside = set(region)
        notices = [p.notice for p in self._notices if p.step in inside] + [published.notice]
        paths = {self._history.prefix + n.path for n in notices}
        return {
            commit
            for commit, changed in own_paths(self._git, region).items()
            for path in paths.intersection(changed)
            if (blob := blob_at(self._git, commit, path)) and MARK.encode() in self._history.contents(blob)
        }

    def _signed_commits(self, commits: Iterable[str]) -> set[str]:
        signed: set[str] = set()
        remaining = iter(sorted(commits))
        while chunk := list(islice(remaining, _COMMITS_PER_BATCH)):
            signed.update(c for c, raw in raw_commits(self._git, chunk) if read_commit(c, raw).signature)
        return signed


def _finding(published: PublishedNotice, author: str, count: int, reason: str) -> SignatureProblem:
    message = (
        f"这之前的 {count} 次提交因脱敏重写，原签名不再随附，由公告的签名担保"
        if count
        else f"{reason}，公告不担保任何提交"
    )
    hint = (
        "留有旧历史的人可以逐步比较：weimin audit --checkpoint 改写前的提交"
        if count
        else "核对公告写的提交和记录；公告由改写之前就在名单上的两位全站签名人，一人提交、一人合并"
    )
    problem = Problem(code="A107", path=published.path, message=message, hint=hint, severity=Severity.NOTICE)
    return SignatureProblem(published.step, author, problem)
