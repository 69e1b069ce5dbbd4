"""The signed notice of a redaction answers for the commits that it rewrote: for these, and for nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from weimin.adapters.git import run
from weimin.adapters.history import blob_at, parents, steps
from weimin.adapters.signatures import own_paths, raw_commits
from weimin.engine.history.attestation import Attested, Attester, Vouching
from weimin.engine.history.reader import History
from weimin.engine.history.redaction_notice import MARK, STEM, Notice, is_notice, parse_notice
from weimin.engine.history.speakers import read_record
from weimin.history.rules.rewritten import ancestry, rewritten_from, unsigned_tail
from weimin.history.signing.allowed_signers import AllowedSigners
from weimin.history.signing.jurisdiction import SignatureProblem
from weimin.history.signing.signed_commits import read_commit
from weimin.model.finding import Problem, Severity
from weimin.model.history import Step
from weimin.model.place import CONTENT, Place
from weimin.records.parse import Reader
from weimin.records.place import place_of

_AT_ONCE = 1000


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """A notice, and the step of the main branch that brought it."""

    path: str
    notice: Notice
    step: str


def vouching_of(history: History, now: int, since: str = "") -> Vouching:
    """What the notices brought by the steps after `since` (empty: by any) answer for.

    A notice counts that stands at the head. A history without one costs one question to Git; where one arrived, signatures
    are looked at from the first step on, wherever the audit begins. Raises GitError.
    """
    paths = _standing(history)
    if not paths or not any(steps(history.git, f"{since}..{history.head}" if since else history.head, None, paths)):
        return Vouching()
    return _Notices(history, now).vouching(history.after(since))


def _standing(history: History) -> list[str]:
    """The paths of notices at the head, as Git has them."""
    folder = f"{history.prefix}{CONTENT}news/"
    listed = run(history.git, "ls-tree", "-z", "--name-only", "--full-tree", history.head, "--", folder)
    found = (path.decode("utf-8", "surrogateescape") for path in listed.split(b"\0")[:-1])
    return [path for path in found if path.removeprefix(folder).startswith(STEM)]


class _Notices:
    """All of a history, replayed without any notice: what it needs to decide for what each of them answers."""

    def __init__(self, history: History, now: int) -> None:
        self._history, self._git = history, history.git
        self._reader = Reader(history.schemas)
        self._attester = Attester(history)
        self._graph = parents(history.git, history.head)
        self._place = {commit: n for n, commit in enumerate(history.chain)}
        standing = {path.removeprefix(history.prefix) for path in _standing(history)}
        self._published: list[Published] = []
        self._attested: dict[str, Attested] = {}
        self._before: dict[str, AllowedSigners] = {}
        self._step_of: dict[str, str] = {}
        roll = AllowedSigners()
        for attested in self._attester.attest(history.steps_at(()), now):
            step = attested.step
            for commit in attested.signatures:
                self._step_of[commit] = step.commit
            self._before[step.commit] = roll
            roll = attested.roll
            if brought := list(self._brought(step, standing)):
                self._published += brought
                self._attested[step.commit] = attested

    def _brought(self, step: Step, standing: Iterable[str]) -> Iterator[Published]:
        for change in step.changes:
            place = place_of(change.path)
            if (
                change.path not in standing
                or not change.is_file
                or not isinstance(place, Place)
                or not is_notice(place)
            ):
                continue
            record = read_record(change.path, change.new, self._history.contents, self._reader)
            if record is not None and (notice := parse_notice(record.body)):
                yield Published(path=change.path, notice=notice, step=step.commit)

    def vouching(self, shown: Iterable[str]) -> Vouching:
        """What all notices answer for; of those that `shown` steps brought, what is said of them."""
        rewritten: set[str] = set()
        said: dict[str, tuple[SignatureProblem, ...]] = {}
        for published in self._published:
            step = self._attested[published.step]
            if not step.signatures or step.faults:
                continue
            if self._place.get(published.notice.after, len(self._place)) >= self._place[published.step]:
                found, words = frozenset[str](), "公告写明的改写后的提交不在这之前的主分支上"
            else:
                found, words = self._answered(published, step, rewritten)
            rewritten |= found
            if found or words:
                fault = _said(published, step.step.author, len(found), words)
                said[published.step] = (*said.get(published.step, ()), fault)
        wanted = set(shown)
        return Vouching(rewritten=frozenset(rewritten), said={s: f for s, f in said.items() if s in wanted})

    def _answered(self, published: Published, step: Attested, known: set[str]) -> tuple[frozenset[str], str]:
        """The judged commits that this notice and none before it answers for; or none, and why."""
        after = published.notice.after
        ordered = unsigned_tail(self._graph, after, self._signed(ancestry(self._graph, after)))
        region = rewritten_from(self._graph, ordered, self._marked(published, ordered).__contains__)
        found = frozenset(c for c in region if c in self._step_of and c not in known)
        if not found:
            return found, "" if region else "公告写明的记录在这之前没有去掉签名的脱敏改写"
        first = min((self._step_of[c] for c in found), key=self._place.__getitem__)
        # whoever rewrote these steps could have put himself on the list in them
        if not self._attester.holds(step.step, step.signatures, self._before[first], step.seen):
            return frozenset(), "公告的签名人和批准人不都在改写之前的签名名单上"
        return found, ""

    def _marked(self, published: Published, region: list[str]) -> set[str]:
        """The commits of a region that brought a redacted version: of this notice's file, or of a notice's that was rewritten itself."""
        inside = set(region)
        notices = [p.notice for p in self._published if p.step in inside] + [published.notice]
        paths = {self._history.prefix + n.path for n in notices}
        return {
            commit
            for commit, changed in own_paths(self._git, region).items()
            for path in paths.intersection(changed)
            if (blob := blob_at(self._git, commit, path)) and MARK.encode() in self._history.contents(blob)
        }

    def _signed(self, commits: Iterable[str]) -> set[str]:
        found: set[str] = set()
        todo = iter(sorted(commits))
        while chunk := list(islice(todo, _AT_ONCE)):
            found.update(c for c, raw in raw_commits(self._git, chunk) if read_commit(c, raw).signature)
        return found


def _said(published: Published, author: str, count: int, why: str) -> SignatureProblem:
    words = (
        f"这之前的 {count} 次提交因脱敏重写，原签名不再随附，由公告的签名担保"
        if count
        else f"{why}，公告不担保任何提交"
    )
    hint = (
        "留有旧历史的人可以逐步比较：weimin audit --checkpoint 改写前的提交"
        if count
        else "核对公告写的提交和记录；公告由改写之前就在名单上的两位全站签名人，一人提交、一人合并"
    )
    problem = Problem(code="A107", path=published.path, message=words, hint=hint, severity=Severity.NOTICE)
    return SignatureProblem(published.step, author, problem)
