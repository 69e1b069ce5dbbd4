"""An audit as a whole: in parts as in one go, on two clones as on one, and revisions as `git log` has them."""

from __future__ import annotations

import json
import random
from datetime import timedelta

import pytest
from trail_records import (
    AS_OF,
    CORRECTION,
    EVALUATION,
    HOUSE,
    OPINION,
    OUTCOME,
    VILLAGE,
    D,
    audit_of,
    begun,
    correction,
    evaluation,
    house,
    opinion,
    outcome,
    told,
    topic,
)

from weimin.engine.history.reader import History
from weimin.engine.history.replay import all_revisions, replay_history
from weimin.history.merge_bases import MergeBases
from weimin.model.history import TrailState

pytestmark = pytest.mark.slow

FOLLOWUP = f"{D}/2026-03-17-followup.md"
TEXT = (
    "---\nform: return_visit\nmeasures:\n  - {id: m1, state: done, done: {date: '2026-03-15'}}\n---\n\n都已投入使用。\n"
)

EDITS = [
    {OUTCOME: outcome(unit="镇政府")},
    {OUTCOME: outcome()},
    {OUTCOME: outcome(extra="dissent: []\n")},
    {OUTCOME: None},
    {OPINION: opinion(extra="voices: 3\n")},
    {OPINION: opinion("别的")},
    {FOLLOWUP: TEXT},
    {FOLLOWUP: None},
    {EVALUATION: evaluation()},
    {EVALUATION: evaluation(satisfied=5)},
    {CORRECTION: correction()},
    {HOUSE: house()},
    {HOUSE: house(value=60)},
    {HOUSE: house(value=3, name="filed_late_days")},
    {f"{D}/2026-01-05-followup.md": TEXT},
    {f"{D}/topic.md": topic(title="西组")},
    {"x.py": "1\n", f"{VILLAGE}/platform.yml": "area: 某村\nbrand: 甲\n"},
    {"x.py": "2\n", f"{VILLAGE}/platform.yml": "area: 某村\n"},
    {},
]


def wild(repo, seed, length=24):
    """A history of random steps: edits of every kind, branches, merges that are honest or not, clocks that go astray."""
    chance = random.Random(seed)
    made = begun(repo)
    branches: list[str] = []
    for n in range(length):
        made.now += timedelta(days=chance.choice([0, 0, 1, 3, -20, 40]))
        drawn = {p: t for p, t in chance.choice(EDITS).items() if t is not None or (made.root / p).exists()}
        what = chance.random()
        if what < 0.2:
            name = f"b{n}"
            made.git("checkout", "--quiet", "-b", name)
            made.commit(drawn)
            made.git("checkout", "--quiet", "main")
            branches.append(name)
        elif what < 0.4 and branches:
            made.git("merge", "--quiet", "--no-ff", "--no-commit", "-s", "ours", branches.pop(0))
            made.commit(drawn, "合并")
        else:
            made.commit(drawn)
    return made


@pytest.mark.parametrize("seed", range(4))
def test_in_parts_as_in_one_go(repo, seed):
    """From every commit on, an audit that takes up the state says what the audit of the whole says after it."""
    made = wild(repo, seed)
    with History(made.root) as history:
        whole, end = replay_history(history, TrailState(), AS_OF)
        states = [TrailState()]
        commits = history.chain
    for commit in commits:
        with History(made.root, commit) as history:
            found, state = replay_history(history, states[-1], AS_OF)
            assert found == [f for f in whole if f.commit == commit]
            states.append(state)
    assert states[-1] == end
    assert whole
    for n in (1, len(commits) // 2):
        with History(made.root) as history:
            found, state = replay_history(history, states[n], AS_OF)
        assert found == [f for f in whole if f.commit in commits[n:]]
        assert state == end


def test_the_state_can_be_kept(repo):
    import msgspec

    made = begun(repo)
    made.commit({OUTCOME: outcome(unit="镇政府")})
    with History(made.root) as history:
        _, state = replay_history(history, TrailState(), AS_OF)
    assert msgspec.json.decode(msgspec.json.encode(state), type=TrailState) == state
    assert list(state.lawful) == [OUTCOME]


@pytest.mark.parametrize("seed", range(3))
def test_two_clones_print_the_same_digest(repo, tmp_path, seed):
    made = wild(repo, seed)
    first = audit_of(made)
    clone = made.clone(tmp_path / "clone")
    clone.git("gc", "--quiet", "--aggressive")
    second = audit_of(clone)
    assert first.findings
    assert (first.digest, first.findings) == (second.digest, second.findings)
    assert audit_of(made, as_of=AS_OF + timedelta(days=9)).digest == first.digest
    made.commit({OPINION: opinion(extra="voices: 4\n")})
    assert audit_of(made).digest != first.digest


def test_the_digest_is_of_what_was_found_not_of_what_was_shown(repo):
    made = begun(repo)
    base = made.git("rev-parse", "HEAD")
    made.commit({OUTCOME: None})
    assert audit_of(made, select=("A103",)).findings == ()
    assert audit_of(made, select=("A103",)).digest == audit_of(made).digest
    assert audit_of(made, since=base).digest != audit_of(made).digest


def test_since(repo, weimin):
    made = begun(repo)
    made.commit({OUTCOME: outcome(unit="镇政府")})
    middle = made.git("rev-parse", "HEAD")
    made.commit({OPINION: None})
    assert told(audit_of(made, since=middle)) == ["A101 2026-03-01.yml"]
    assert audit_of(made, since=middle).steps == 1
    nothing = weimin("audit", "--since", "HEAD", cwd=made.root)
    assert (nothing.code, "没有新的提交" in nothing.stderr) == (0, True)
    unknown = weimin("audit", "--since", "nowhere", cwd=made.root)
    assert (unknown.code, "nowhere" in unknown.stderr) == (2, True)
    assert weimin("audit", "--since", "--all", cwd=made.root).code == 2


def test_since_a_commit_that_a_force_push_took_away(repo, weimin):
    made = begun(repo)
    made.commit({OUTCOME: outcome(extra="dissent: []\n")})
    lost = made.git("rev-parse", "HEAD")
    made.git("reset", "--quiet", "--hard", "HEAD~1")
    made.commit({OPINION: opinion(extra="voices: 3\n")})
    ran = weimin("audit", "--since", lost, cwd=made.root)
    assert (ran.code, lost[:10] in ran.stderr) == (3, True)
    assert told(audit_of(made)) == []  # the new history by itself is in order; a checkpoint would tell (A108)


def test_since_a_commit_beside_the_main_branch(repo, weimin):
    """Merged, and so an ancestor; but no step of the main branch."""
    made = begun(repo)
    made.git("checkout", "--quiet", "-b", "pull")
    aside = made.commit({FOLLOWUP: TEXT})
    made.git("checkout", "--quiet", "main")
    made.merge("pull")
    assert weimin("audit", "--since", aside, cwd=made.root).code == 3


def test_revisions_are_those_of_git_log(repo):
    made = wild(repo, 7)
    found = all_revisions(made.root)
    log = made.git("log", "--first-parent", "-m", "--reverse", "--format=%H", "--", D).split()
    revisions = found["321302001004/2026-001"]
    assert [r.commit for r in revisions] == log
    assert all(r.descriptions and r.author and r.at.endswith("+08:00") for r in revisions)


WORDS = [
    ({FOLLOWUP: TEXT}, "新建跟踪监督“2026-03-17-followup”"),
    ({OUTCOME: outcome(extra="dissent: []\n")}, "补充协商成果“2026-03-10-outcome”的不同意见（dissent）"),
    ({OUTCOME: outcome(extra="dissent: []\n# 备注\n")}, "整理协商成果“2026-03-10-outcome”的写法，内容不变"),
    ({f"{D}/topic.md": topic(title="西组")}, "改动议题的标题（title）"),
    ({CORRECTION: correction()}, "更正“2026-03-10-outcome”的落实事项（measures）第 1 条的责任单位（unit）"),
    ({f"{VILLAGE}/platform.yml": "area: 某社区\n"}, "改动平台的行政区名称（area）"),
    ({f"{D}/attachments/site-before.jpg": b"\xff\xd8x"}, "新建附件“site-before.jpg”"),
    ({OPINION: None, f"{VILLAGE}/opinions/2026-03-02.yml": opinion()}, "把社情民意“2026-03-01”移到“content/"),
    ({FOLLOWUP: None}, "删除跟踪监督“2026-03-17-followup”"),
]


def test_revisions_in_words(repo):
    made = begun(repo)
    for files, _ in WORDS:
        made.commit(files)
    said = [words for unit in all_revisions(made.root).values() for r in unit for words in r.descriptions]
    for _, words in WORDS:
        assert [s for s in said if s.startswith(words)], words


def test_json_says_commit_author_and_time(repo, weimin):
    made = begun(repo)
    bad = made.commit(
        {OUTCOME: outcome(unit="镇政府"), f"{D}/topic.md": topic(title="西组")}, author="李四 <li@example.invalid>"
    )
    ran = weimin("audit", "--as-of", "2026-11-22", "--format", "json", cwd=made.root)
    said = json.loads(ran.stdout)
    assert (ran.code, said["commit"], said["as_of"], said["audit"]["steps"]) == (1, bad, "2026-11-22", 2)
    assert [f["path"] for f in said["findings"]] == sorted([OUTCOME, f"{D}/topic.md"])
    first = said["findings"][0]
    assert (first["commit"], first["author"], first["at"]) == (bad, "李四", "2026-03-21T10:00:00+08:00")
    assert (first["code"], first["slug"], first["line"]) == ("A103", "published-record-edited", 5)
    assert first["clause"] == "321300/rules/house#trail"
    assert first["dossier"] == "321302001004/2026-001"
    assert said["audit"]["digest"] == audit_of(made).digest


def test_text_says_it_commit_by_commit(repo, weimin):
    made = begun(repo)
    bad = made.commit({OUTCOME: outcome(unit="镇政府")}, author="李四 <li@example.invalid>")
    ran = weimin("audit", "--as-of", "2026-11-22", cwd=made.root)
    assert ran.stdout.splitlines() == [
        f"── 提交 {bad[:10]}　2026-03-21 10:00　李四 ──",
        f"{OUTCOME}:5:39: 错误[A103] 提交 {bad[:10]}（2026-03-21）改了协商成果“2026-03-10-outcome”的落实事项（measures）第 1 条的责任单位（unit）；公布过的内容只用更正来改",
        "  改法：恢复原来的内容，再写一份更正：weimin new correction --of 321302001004/2026-001/2026-03-10-outcome --set /measures/0/unit=新的内容",
        "  依据：本站规则　详见：/rules/A103/",
        "",
        f"共核对 2 次提交（到 {bad[:10]}），涉及 7 份记录，{audit_of(made).rules} 条规则：1 个错误，0 条提示。（截至 2026-11-22）",
        f"核对摘要 sha256:{audit_of(made).digest}",
    ]
    assert weimin("audit", "--as-of", "2026-11-22", "--ignore", "A103", cwd=made.root).code == 0
    assert weimin("audit", "--as-of", "soon", cwd=made.root).code == 2


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif", "junit", "rdjson"])
def test_other_formats_take_it_too(repo, weimin, form):
    made = begun(repo)
    made.commit({OUTCOME: outcome(unit="镇政府")})
    ran = weimin("audit", "--format", form, cwd=made.root)
    assert (ran.code, "A103" in ran.stdout) == (1, True)


@pytest.mark.parametrize("seed", range(6))
def test_where_a_side_parted_is_what_git_says(repo, seed):
    """Random graphs: the merge base worked out over the whole history is one that `git merge-base --all` names."""
    chance = random.Random(seed)
    made = repo([{"a": "0\n"}], name=f"graph{seed}")
    for n in range(40):
        names = [b for b in made.git("branch", "--format=%(refname:short)").split() if b != "main"]
        made.git("checkout", "--quiet", chance.choice([*names, "main"]))
        what = chance.random()
        if what < 0.3:
            made.git("checkout", "--quiet", "-b", f"b{n}")
            made.commit({f"f{n}": "x\n"})
        elif what < 0.6 and names:
            made.git("merge", "--quiet", "--no-ff", "--message=x", chance.choice(["main", *names]))
        else:
            made.commit({f"f{n}": "x\n"})
    made.git("checkout", "--quiet", "main")
    for name in made.git("branch", "--format=%(refname:short)").split():
        if name != "main":
            made.git("merge", "--quiet", "--no-ff", "--message=x", name)
    chain = made.git("rev-list", "--first-parent", "--reverse", "main").split()
    rows = [line.split() for line in made.git("rev-list", "--parents", "main").splitlines()]
    parents = {row[0]: tuple(row[1:]) for row in rows}
    parting = MergeBases(chain, parents, lambda a, b: made.git("merge-base", a, b))
    asked = 0
    for commit in chain[1:]:
        first, *sides = parents[commit]
        for side in sides:
            asked += 1
            assert parting.base(first, side) in made.git("merge-base", "--all", first, side).split()
    assert asked > 3
