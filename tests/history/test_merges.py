"""Merges: what they bring is what their sides brought (A112), whatever the shape of the history."""

from __future__ import annotations

import pytest
from trail_records import (
    BASE,
    CONSULTATION,
    OPINION,
    OUTCOME,
    VILLAGE,
    D,
    audit_of,
    begun,
    consultation,
    opinion,
    outcome,
    told,
    topic,
)

pytestmark = pytest.mark.slow

FOLLOWUP = f"{D}/2026-03-17-followup.md"
TEXT = (
    "---\nform: return_visit\nmeasures:\n  - {id: m1, state: done, done: {date: '2026-03-15'}}\n---\n\n都已投入使用。\n"
)
ELSEWHERE = {f"{VILLAGE}/platform.yml": "area: 某村\nbrand: 联系点\n"}


def branch(made, files, name="pull", start="main"):
    made.git("checkout", "--quiet", "-B", name, start)
    made.commit(files, f"在 {name} 上")
    made.git("checkout", "--quiet", "main")


def merge_uncommitted(made, *branches, strategy="ort"):
    """The merge as Git makes it, not committed yet."""
    made.git("merge", "--quiet", "--no-ff", "--no-commit", f"--strategy={strategy}", *branches)


def committed(made, files=None):
    return made.commit(files or {}, "合并")


def test_a_merge_that_brings_what_its_branch_brought(repo):
    made = begun(repo)
    branch(made, {FOLLOWUP: TEXT})
    made.commit(ELSEWHERE)
    made.merge("pull")
    assert told(audit_of(made)) == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({OUTCOME: outcome(unit="镇政府")}, ["A103", "A112"], id="a record edited"),
        pytest.param({OPINION: None}, ["A101", "A112"], id="a record deleted"),
        pytest.param({f"{D}/2026-03-16-response.md": "---\nanswers: []\n---\n"}, ["A112"], id="a record added"),
        pytest.param({"README.md": "words\n"}, ["A111", "A112"], id="a file beside the records"),
        pytest.param(
            {FOLLOWUP: TEXT.replace("都", "多数")}, ["A112"], id="what the branch brought, changed on the way"
        ),
        pytest.param({FOLLOWUP: None}, ["A112"], id="what the branch brought, left out"),
    ],
)
def test_an_evil_merge(repo, files, expected):
    made = begun(repo)
    branch(made, {FOLLOWUP: TEXT})
    made.commit(ELSEWHERE)
    merge_uncommitted(made, "pull")
    head = committed(made, files)
    audited = audit_of(made)
    assert sorted(f.code for f in audited.findings) == expected
    assert {f.commit for f in audited.findings} == {head}


def test_a_merge_that_takes_nothing_is_named(repo):
    """`-s ours`: the branch is merged in name, and its records are gone."""
    made = begun(repo)
    branch(made, {FOLLOWUP: TEXT, OUTCOME: outcome(extra="dissent: []\n")})
    made.commit(ELSEWHERE)
    merge_uncommitted(made, "pull", strategy="ours")
    committed(made)
    assert told(audit_of(made)) == ["A112 2026-03-10-outcome.md", "A112 2026-03-17-followup.md"]


def test_a_foxtrot_merge_loses_what_main_had(repo):
    """The old main becomes the second parent and its record is dropped: on the new chain it never stood."""
    made = begun(repo)
    branch(made, ELSEWHERE, "dev")
    made.commit({FOLLOWUP: TEXT})
    made.git("checkout", "--quiet", "dev")
    merge_uncommitted(made, "main", strategy="ours")
    committed(made)
    made.git("checkout", "--quiet", "-B", "main", "dev")
    assert told(audit_of(made)) == ["A112 2026-03-17-followup.md"]


def test_an_honest_foxtrot_brings_everything(repo):
    made = begun(repo)
    branch(made, ELSEWHERE, "dev")
    made.commit({FOLLOWUP: TEXT})
    made.git("checkout", "--quiet", "dev")
    made.merge("main")
    made.git("checkout", "--quiet", "-B", "main", "dev")
    assert told(audit_of(made)) == []


def octopus(made, extra=None):
    for n in (1, 2, 3):
        branch(made, {f"{VILLAGE}/opinions/2026-03-0{n + 1}.yml": opinion(f"第 {n} 处积水")}, f"b{n}")
    made.commit(ELSEWHERE)
    merge_uncommitted(made, "b1", "b2", "b3", strategy="octopus")
    committed(made, extra)


def test_an_octopus(repo):
    made = begun(repo)
    octopus(made)
    assert made.git("rev-list", "--parents", "-1", "HEAD").count(" ") == 4
    assert told(audit_of(made)) == []


def test_an_octopus_with_a_hidden_change(repo):
    made = begun(repo)
    octopus(made, {f"{D}/topic.md": topic(title="八爪鱼")})
    assert told(audit_of(made)) == ["A103 topic.md", "A112 topic.md"]


def test_both_sides_changed_a_file_and_somebody_put_them_together(repo):
    """A standing record that both edited; what comes of it is no hidden change."""
    made = begun(repo)
    branch(made, {f"{VILLAGE}/platform.yml": "area: 某村\nbrand: 甲\n"})
    made.commit({f"{VILLAGE}/platform.yml": "area: 某村\nhosts: [乡贤参事会]\n"})
    made.git("merge", "--quiet", "--no-ff", "--no-commit", "--strategy-option=ours", "pull")
    committed(made, {f"{VILLAGE}/platform.yml": "area: 某村\nbrand: 甲\nhosts: [乡贤参事会]\n"})
    assert told(audit_of(made)) == []


def test_a_branch_that_had_met_main_before(repo):
    """Main merged into the branch twice; then the branch into main."""
    made = begun(repo)
    branch(made, {FOLLOWUP: TEXT})
    made.commit(ELSEWHERE)
    made.git("checkout", "--quiet", "pull")
    made.merge("main")
    made.git("checkout", "--quiet", "main")
    made.commit({"content/site.yml": "title: 另一个名称\n"})
    made.merge("pull")
    made.git("checkout", "--quiet", "pull")
    made.commit({f"{VILLAGE}/opinions/2026-03-05.yml": opinion("积水")})
    made.git("checkout", "--quiet", "main")
    made.merge("pull")
    assert told(audit_of(made)) == []


def test_sides_that_met_crosswise(repo):
    """Two branches that merged each other: Git itself is asked where they parted."""
    made = begun(repo)
    branch(made, {FOLLOWUP: TEXT}, "one")
    branch(made, {OPINION: opinion(extra="voices: 3\n")}, "two")
    made.git("checkout", "--quiet", "one")
    made.merge("two")
    made.git("checkout", "--quiet", "two")
    made.git("merge", "--quiet", "--no-ff", "--message=合并", "one~1")
    made.git("checkout", "--quiet", "main")
    made.commit(ELSEWHERE)
    made.merge("one")
    made.merge("two")
    assert told(audit_of(made)) == []


def test_an_unrelated_history_is_merged(repo):
    made = begun(repo)
    made.git("checkout", "--quiet", "--orphan", "stranger")
    made.git("rm", "--quiet", "-rf", ".")
    made.commit({OPINION: opinion("别人写的"), "x.txt": "x\n"})
    made.git("checkout", "--quiet", "main")
    made.git("merge", "--quiet", "--allow-unrelated-histories", "--no-ff", "-s", "ours", "--no-commit", "stranger")
    committed(made, {OPINION: opinion("别人写的"), "x.txt": "x\n"})
    assert told(audit_of(made)) == ["A103 2026-03-01.yml", "A111 2026-03-01.yml"]


def test_a_pull_request_that_edits_and_takes_back_is_nothing(repo):
    made = begun(repo)
    branch(made, {OUTCOME: outcome(unit="镇政府")})
    made.git("checkout", "--quiet", "pull")
    made.commit({OUTCOME: outcome()})
    made.git("checkout", "--quiet", "main")
    made.commit(ELSEWHERE)
    made.merge("pull")
    assert told(audit_of(made)) == []


def test_a_commit_that_went_round_the_pull_request_is_found(repo):
    made = begun(repo)
    branch(made, {FOLLOWUP: TEXT})
    pushed = made.commit({CONSULTATION: consultation(residents=40)}, "直接推送")
    made.merge("pull")
    audited = audit_of(made)
    assert [(f.code, f.commit) for f in audited.findings] == [("A103", pushed)]


def test_two_clean_branches_take_the_same_number(repo):
    """Both open 2026-002: only one can have it; merging the second over the first edits what stands."""
    made = begun(repo)
    two = f"{VILLAGE}/2026-002/topic.md"
    branch(made, {two: topic(title="西组排水管")}, "one")
    branch(made, {two: topic(title="北街护栏")}, "two")
    made.merge("one")
    made.git("merge", "--quiet", "--no-ff", "--no-commit", "--strategy-option=theirs", "two")
    committed(made)
    assert told(audit_of(made)) == ["A103 topic.md"]


def test_renumbering_belongs_on_the_branch(repo):
    made = begun(repo)
    two, three = (f"{VILLAGE}/2026-00{n}/topic.md" for n in (2, 3))
    branch(made, {two: topic(title="西组排水管")}, "one")
    branch(made, {two: topic(title="北街护栏")}, "two")
    made.merge("one")
    made.git("merge", "--quiet", "--no-ff", "--no-commit", "--strategy-option=ours", "two")
    committed(made, {three: topic(title="北街护栏")})
    assert told(audit_of(made)) == ["A112 topic.md"]
    made.git("reset", "--quiet", "--hard", "HEAD~1")
    made.git("checkout", "--quiet", "two")
    made.commit({two: None, three: topic(title="北街护栏")})
    made.git("checkout", "--quiet", "main")
    made.merge("two")
    assert told(audit_of(made)) == []


def test_two_clean_branches_give_the_same_line_id(repo):
    """No edit of anything that stands: the trail is clean, and L102 of the check finds the two m2."""
    made = begun(repo)
    extra = "  - {{id: m2, text: {0}, unit: 村委会, due: '2026-06-30'}}\n"
    branch(
        made,
        {f"{D}/2026-03-12-outcome.md": outcome(extra=extra.format("修路肩"), body="补充一").replace("m1", "m3")},
        "one",
    )
    branch(
        made,
        {f"{D}/2026-03-13-outcome.md": outcome(extra=extra.format("修边沟"), body="补充二").replace("m1", "m4")},
        "two",
    )
    made.merge("one")
    made.merge("two")
    assert told(audit_of(made)) == []
    from weimin.app.check.check import check
    from weimin.engine.opening import open_register
    from weimin.engine.options import Options

    checked, _ = check(open_register(made.root, made.root), Options())
    assert "L102" in {f.code for f in checked.findings}


def test_what_stands_before_the_first_merge_is_no_news(repo):
    made = begun(repo, {**BASE, "README.md": "x\n"})
    assert told(audit_of(made)) == []
