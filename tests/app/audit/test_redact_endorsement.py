"""Signatures lost by a redaction: the signed notice endorses exactly the rewritten commits."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from builders.repository import Repository
from signing import ON, SETTINGS, SIGNERS, Person, Signing, file_of, made_person
from weimin.engine.history.reader import History
from weimin.engine.history.replay import all_revisions, replay_history
from weimin.model.history import TrailState
from weimin.model.signature import SignatureState

pytestmark = pytest.mark.ssh

TOWN, COUNTY = "321302001", "321302"
SECRET = "东头第三户老陈"
AS_OF = date(2026, 11, 22)
CODES = ("A106", "A107", "A113")


def opinion(text: str) -> str:
    return f"channel: visit\nfrom: resident\ntheme: 交通出行\nsummary: {text}\n"


class Made(msgspec.Struct):
    """A register that requires signatures; the secret arrives with its third step, and two more follow."""

    signing: Signing
    people: dict[str, Person]
    weimin: Callable[..., Any]
    old: str = ""

    @property
    def repository(self) -> Repository:
        return self.signing.repository

    def head(self, at: str = "HEAD") -> str:
        return self.repository.git("rev-parse", at)

    def through(self, files: dict[str, str], author: str = "town", approver: str = "county") -> str:
        return self.signing.through(files, self.people[author], self.people[approver])

    def found(self, *more: str) -> list[dict[str, Any]]:
        ran = self.weimin("audit", "--format", "json", "--select", ",".join(CODES), *more, cwd=self.repository.root)
        said = json.loads(ran.stdout)["findings"]
        assert ran.code == int(any(f["severity"] == "error" for f in said))
        return [{k: f[k] for k in ("code", "severity", "commit", "message", "path")} for f in said]

    def redact(self, number: int = 2) -> str:
        """The text is taken out; the notice lies in the work tree. Returns its path."""
        self.old = self.head()
        of = ("--of", f"{TOWN}/opinions/2026-01-{number:02}", "--field", "/summary")
        why = ("--reason", "写出了个人信息", "--approved-by", "样例县政协办公室")
        ran = self.weimin("redact", *of, *why, cwd=self.repository.root)
        assert ran.code == 0, ran.stderr
        return self.repository.git("ls-files", "--others", "--full-name", "content/news")


@pytest.fixture
def made(repo: Callable[..., Repository], weimin: Callable[..., Any], tmp_path: Path) -> Made:
    scopes = {"town": TOWN, "county": COUNTY, "one": "site", "two": "site"}
    people = {name: made_person(tmp_path / "keys", name) for name in (*scopes, "stranger", "friend")}
    signing = Signing(repo())
    signers = "".join(people[name].line(scope) + "\n" for name, scope in scopes.items())
    signing.commit({SETTINGS: ON, SIGNERS: signers}, people["one"], unsigned=True)
    made = Made(signing, people, weimin)
    made.through({file_of(TOWN): opinion("路灯不亮")})
    made.through({file_of(TOWN, 2): opinion(SECRET + "说门前的路窄")})
    made.through({file_of(TOWN, 3): opinion("井盖松动")})
    assert made.found() == []
    return made


def rewritten(made: Made) -> set[str]:
    """The commits that the redaction made, known from the old history."""
    old = set(made.repository.git("rev-list", made.old).split())
    return set(made.repository.git("rev-list", "HEAD").split()) - old


def test_the_signed_notice_answers_for_what_was_rewritten(made: Made) -> None:
    made.redact()
    bare = rewritten(made)
    assert len(bare) == 4
    assert {(f["code"], f["commit"]) for f in made.found()} == {("A107", c) for c in bare}
    notice = made.through({}, "one", "two")
    (fact,) = made.found()
    assert (fact["code"], fact["severity"], fact["commit"]) == ("A107", "notice", notice)
    assert fact["message"] == "这之前的 4 次提交因脱敏重写，原签名不再随附，由公告的签名担保"
    shown = {r.commit: r.attested.state for unit in all_revisions(made.repository.root).values() for r in unit}
    assert {state for commit, state in shown.items() if commit in bare} == {SignatureState.ENDORSED}
    assert SignatureState.ENDORSED.label == "重写后由公告担保" and not SignatureState.ENDORSED.verified
    assert shown[made.repository.git("rev-list", "--first-parent", "HEAD").split()[-2]] is SignatureState.VALID


@pytest.mark.parametrize(
    "who",
    [
        ("town", "two"),  # the author has no right to news
        ("one", "county"),  # nor has who merges
        ("one", "one"),  # his own approval
        ("stranger", "friend"),
        ("one", "stranger"),
    ],
)
def test_a_notice_without_the_signatures_that_it_takes_changes_nothing(made: Made, who: tuple[str, str]) -> None:
    made.redact()
    before = made.found()
    notice = made.through({}, *who)
    after = made.found()
    assert [f for f in before if f not in after] == []
    more = [f for f in after if f not in before]
    assert more and {f["severity"] for f in more} == {"error"}
    assert {f["commit"] for f in more} <= {notice, made.head("HEAD^2")}


def test_unsigned_or_not_merged_it_changes_nothing(made: Made) -> None:
    made.redact()
    before = made.found()
    made.signing.commit({}, made.people["one"])
    assert [f for f in before if f not in made.found()] == []
    assert {f["code"] for f in made.found()} == {"A107", "A113"}


def test_what_comes_after_the_named_head_is_judged_as_always(made: Made) -> None:
    notice = made.redact()
    text = (made.repository.root / notice).read_text(encoding="utf-8")
    (made.repository.root / notice).unlink()
    late = made.signing.commit({file_of(TOWN, 4): opinion("没有签名")}, made.people["town"], unsigned=True)
    made.through({notice: text}, "one", "two")
    assert [(f["severity"], f["commit"]) for f in made.found() if f["severity"] == "error"] == [("error", late)]
    later = made.signing.commit({file_of(TOWN, 5): opinion("也没有")}, made.people["town"], unsigned=True)
    assert {f["commit"] for f in made.found() if f["severity"] == "error"} == {late, later}


def test_what_stood_unsigned_before_the_text_is_judged_as_always(repo: Callable[..., Repository], made: Made) -> None:
    """No signature is between them: the unsigned commit differs only by coming before the redacted version."""
    for name in ("signed", "between"):
        made.through({f"content/about-{name}.md": "# 说明\n"}, "one", "two")
    bad = made.signing.commit({file_of(TOWN, 6): opinion("没有签名")}, made.people["town"], unsigned=True)
    made.through({file_of(TOWN, 7): opinion(SECRET + "又来过")})
    made.redact(7)
    made.through({}, "one", "two")
    found = made.found()
    assert [f["commit"] for f in found if f["severity"] == "error"] == [bad]
    assert [f["message"][:9] for f in found if f["severity"] == "notice"] == ["这之前的 2 次提"]


def test_a_named_head_that_is_not_on_the_main_branch_changes_nothing_and_is_named(made: Made) -> None:
    notice = made.redact()
    before = made.found()
    file = made.repository.root / notice
    side = made.head("HEAD^2")  # merged, but no step of the main branch
    text = file.read_text(encoding="utf-8").replace(made.head(), side)
    assert side in text
    step = made.through({notice: text}, "one", "two")
    (more,) = [f for f in made.found() if f not in before]
    assert (more["severity"], more["commit"], more["path"]) == ("notice", step, notice)
    assert "不在这之前的主分支上" in more["message"]
    assert [f for f in before if f not in made.found()] == []


def test_nobody_who_came_onto_the_list_in_rewritten_steps_can_answer_for_them(made: Made) -> None:
    """Otherwise whoever rewrites could add himself to the list and then sign the notice."""
    made.redact()
    names = [made.people[name].line("site") for name in ("stranger", "friend")]
    text = (made.repository.root / SIGNERS).read_text(encoding="utf-8") + "\n".join(names) + "\n"
    notice = made.repository.git("ls-files", "--others", "content/news")
    body = (made.repository.root / notice).read_text(encoding="utf-8")
    (made.repository.root / notice).unlink()
    made_head = made.head()
    made.signing.commit({SIGNERS: text}, made.people["one"], unsigned=True)
    made.through({notice: body.replace(made_head, made.head())}, "stranger", "friend")
    found = made.found()
    assert sum(f["severity"] == "error" for f in found) == 5
    assert ["不都在改写之前的签名名单上" in f["message"] for f in found if f["severity"] == "notice"] == [True]


def test_the_list_goes_on_through_the_rewritten_steps(made: Made) -> None:
    """Signers were removed and added in steps that a later redaction rewrites; both changes still apply afterwards."""
    line, new = made.people["county"].line(COUNTY) + "\n", made.people["friend"].line(COUNTY) + "\n"
    text = (made.repository.root / SIGNERS).read_text(encoding="utf-8")
    made.through({SIGNERS: text.replace(line, new)}, "one", "two")
    made.redact()
    made.through({}, "one", "two")
    made.through({file_of(TOWN, 8): opinion("新人合并")}, "town", "friend")
    assert {f["severity"] for f in made.found()} == {"notice"}
    made.through({file_of(TOWN, 9): opinion("旧人合并")}, "town", "county")
    assert [f["commit"] for f in made.found() if f["severity"] == "error"] == [made.head()]


@pytest.mark.parametrize(("number", "commits"), [(1, 10), (3, 8)])  # before the first one, and behind it
def test_a_second_redaction_that_rewrites_the_first_notice(made: Made, number: int, commits: int) -> None:
    made.redact()
    made.through({}, "one", "two")
    made.through({file_of(TOWN, 4): opinion("又一条")})
    made.redact(number)  # the first notice is rewritten, too, and loses its signature
    assert {f["severity"] for f in made.found()} == {"error"}
    made.through({}, "one", "two")
    (fact,) = made.found()
    assert fact["message"].startswith(f"这之前的 {commits} 次提交")


def test_what_else_was_changed_while_rewriting_is_found_with_the_old_history(made: Made) -> None:
    made.redact()
    git = made.repository.git
    git("branch", "-f", "kept", made.old)
    notice = git("ls-files", "--others", "content/news")
    text = (made.repository.root / notice).read_text(encoding="utf-8")
    honest = made.head()
    made.through({}, "one", "two")
    root = made.repository.root
    assert made.weimin("audit", "--checkpoint", made.old, "--select", "A107,A108", cwd=root).code == 0
    git("reset", "--quiet", "--hard", f"{honest}~1")
    made.repository.write({file_of(TOWN, 3): opinion("井盖完好")})
    git("add", "--all")
    tree = git("write-tree")
    parents = [part for p in git("log", "-1", "--format=%P", honest).split() for part in ("-p", p)]
    git("reset", "--quiet", "--hard", git("commit-tree", tree, *parents, "-m", "合并"))
    made.through({notice: text.replace(honest, made.head())}, "one", "two")
    assert {f["severity"] for f in made.found()} == {"notice"}  # whoever signs the notice answers for this
    ran = made.weimin("audit", "--checkpoint", made.old, "--select", "A107,A108", cwd=root)
    assert ran.code == 1 and "A108" in ran.stdout
    assert "不只是公告里说的那一处脱敏" in ran.stdout


def test_in_parts_as_in_one_go(made: Made) -> None:
    """An audit that continues from a state stored before the notice reports for the rest what a complete audit reports."""
    made.redact()
    made.through({}, "one", "two")
    made.through({file_of(TOWN, 4): opinion("之后")})
    root = made.repository.root
    with History(root) as history:
        whole, end = replay_history(history, TrailState(), AS_OF)
        commits = history.chain
    told = [f for f in whole if f.code in CODES]
    assert [f.severity.value for f in told] == ["notice"]
    for n, commit in enumerate(commits):
        with History(root, commit) as history:
            _, state = replay_history(history, TrailState(), AS_OF)
        with History(root) as history:
            found, last = replay_history(history, state, AS_OF)
        assert found == [f for f in whole if f.commit in commits[n + 1 :]]
        assert last == end


def test_a_notice_that_is_taken_away_answers_for_nothing(made: Made) -> None:
    notice = made.redact()
    bare = rewritten(made)
    made.through({}, "one", "two")
    made.signing.proposal({notice: None}, made.people["one"])
    made.signing.merge("x", made.people["two"])
    assert {(f["code"], f["commit"]) for f in made.found()} == {("A107", c) for c in bare}


def test_what_stands_before_a_signature_was_not_rewritten(made: Made) -> None:
    """Whatever the notice names, commits before a later signature are not endorsed."""
    notice = made.redact()
    before = made.found()
    file = made.repository.root / notice
    text, head = file.read_text(encoding="utf-8"), made.head()
    file.unlink()
    signed = made.signing.commit({}, made.people["stranger"])
    step = made.through({notice: text.replace(head, signed)}, "one", "two")
    after = made.found()
    assert [f for f in before if f not in after] == []
    assert {(f["severity"], f["commit"]) for f in after if f not in before} == {("error", signed), ("notice", step)}
