"""`check --base` and family A: a pull request is judged as one step, from its fork point and from the tip of the main branch."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime

import pytest
from small_register import AT, ONE, START, TOPIC, outcome, repo_at

pytestmark = pytest.mark.slow

OUTCOME = f"{ONE}/2026-03-10-outcome.md"
STANDS = {OUTCOME: outcome("2026-03-02-consultation")}
GAINED = {OUTCOME: outcome("2026-03-02-consultation").replace("---\n", "---\nupward: []\n", 1)}


@pytest.fixture
def pulled(repo):
    """A repository with an outcome on its main branch, and a branch of it that is checked out."""
    made = repo_at(repo([{**START, **STANDS, "x.py": "1\n"}]))
    return made


def trail(check, made, *more):
    ran = check(made.root, "--base", "main", "--select", "A", *more)
    return [f"{f['code']} {f['path'].rpartition('/')[2]}" for f in ran.json["findings"]], ran


def on_main(made, files):
    """Add a commit to main that the branch does not have."""
    branch = made.git("branch", "--show-current")
    made.git("checkout", "--quiet", "main")
    made.commit(files)
    made.git("checkout", "--quiet", branch)


CHANGES = {
    "a value changed": ({OUTCOME: STANDS[OUTCOME] + "\n另加一段。\n"}, ["A103 2026-03-10-outcome.md"]),
    "a field gained": (GAINED, []),
    "deleted": ({OUTCOME: None}, ["A101 2026-03-10-outcome.md"]),
    "moved": ({OUTCOME: None, f"{ONE}/2026-03-09-outcome.md": STANDS[OUTCOME]}, ["A102 2026-03-10-outcome.md"]),
    "from the future": (
        {f"{ONE}/2098-12-31-followup.md": "---\nform: notice\n---\n\n完工。\n"},
        ["A104 2098-12-31-followup.md"],
    ),
    "filed late": ({f"{AT}/opinions/2025-01-05.yml": "summary: 路灯不亮\n"}, ["A105 2025-01-05.yml"]),
    "with the program": ({**GAINED, "x.py": "2\n"}, ["A111 2026-03-10-outcome.md"]),
    "with a new file of the program": ({**GAINED, "y.py": "2\n"}, ["A111 2026-03-10-outcome.md"]),
    "with a document": ({**GAINED, "docs/x.md": "2\n"}, []),
}


@pytest.mark.parametrize("how", ["committed", "not committed", "by its commit"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_change(pulled, check, name, how):
    files, expected = CHANGES[name]
    if how == "not committed":
        pulled.write(files)
    else:
        pulled.commit(files)
    head = ("--head", pulled.git("rev-parse", "HEAD")) if how == "by its commit" else ()
    found, ran = trail(check, pulled, *head)
    assert found == expected
    assert ran.code == int(any(f.startswith("A1") and "A105" not in f for f in expected))


def test_a_stale_branch_cannot_undo_what_main_gained(pulled, check):
    """The branch added one field, main another: taking the version of the branch would lose that of main."""
    pulled.commit({OUTCOME: GAINED[OUTCOME]})
    assert trail(check, pulled)[0] == []
    on_main(pulled, {OUTCOME: STANDS[OUTCOME].replace("---\n", "---\ndissent: []\n", 1)})
    found, ran = trail(check, pulled)
    assert found == ["A103 2026-03-10-outcome.md"]
    assert "git merge main" in ran.json["findings"][0]["hint"]


def test_a_stale_branch_that_touches_something_else_is_in_order(pulled, check):
    pulled.commit({f"{ONE}/2026-03-09-followup.md": "---\nform: notice\n---\n\n在建。\n"})
    on_main(pulled, {OUTCOME: GAINED[OUTCOME]})
    assert trail(check, pulled)[0] == []


def test_a_number_that_main_gave_away_meanwhile(pulled, check):
    new = f"{AT}/2026-003/topic.md"
    pulled.commit({new: TOPIC.replace("title: ", "title: 别的", 1)})
    assert trail(check, pulled)[0] == []
    on_main(pulled, {new: TOPIC})
    assert trail(check, pulled)[0] == ["A103 topic.md"]


def test_what_main_has_already_is_no_change(pulled, check):
    edited = {OUTCOME: STANDS[OUTCOME] + "\n另加一段。\n"}
    pulled.commit(edited)
    on_main(pulled, GAINED)
    on_main(pulled, edited)
    assert trail(check, pulled)[0] == ["A103 2026-03-10-outcome.md"]


def test_a_pull_request_that_puts_back_is_in_order(pulled, check):
    """An edit that bypassed the checks is reverted: the audit reports the edit, and the reverting change is accepted."""
    on_main(pulled, {OUTCOME: STANDS[OUTCOME] + "\n另加一段。\n"})
    pulled.git("reset", "--quiet", "--hard", "main")
    pulled.commit(STANDS)
    assert trail(check, pulled)[0] == []
    pulled.commit({OUTCOME: STANDS[OUTCOME] + "\n再改。\n"})
    assert trail(check, pulled)[0] == ["A103 2026-03-10-outcome.md"]


def test_a_deleted_record_may_come_back_as_it_was_only(pulled, check):
    on_main(pulled, {OUTCOME: None})
    pulled.git("reset", "--quiet", "--hard", "main")
    pulled.commit(STANDS)
    assert trail(check, pulled)[0] == []
    pulled.commit({OUTCOME: STANDS[OUTCOME] + "\n另加一段。\n"})
    assert trail(check, pulled)[0] == ["A103 2026-03-10-outcome.md"]


@pytest.mark.parametrize("at", [datetime(2099, 1, 1, tzinfo=UTC), datetime(1970, 1, 2, tzinfo=UTC)])
def test_a_forged_time_in_a_pull_request(pulled, check, at):
    pulled.now = at
    pulled.commit(GAINED)
    assert trail(check, pulled)[0] == ["A104 2026-03-10-outcome.md"]


def test_a_squash_has_the_verdict_of_its_branch(pulled, check):
    pulled.commit(GAINED)
    pulled.commit({OUTCOME: GAINED[OUTCOME] + "\n另加一段。\n"})
    before = trail(check, pulled)[0]
    pulled.git("reset", "--quiet", "--soft", "main")
    pulled.git("commit", "--quiet", "--message=合为一次")
    assert trail(check, pulled)[0] == before == ["A103 2026-03-10-outcome.md"]


def test_the_tree_of_the_branch_is_not_needed(pulled, check):
    """Judged from Git alone: the checkout is that of the base."""
    pulled.commit({OUTCOME: None})
    head = pulled.git("rev-parse", "HEAD")
    pulled.git("checkout", "--quiet", "main")
    subprocess.run(["git", "branch", "-D", "-q", "work"], cwd=pulled.root, check=False)
    ran = check(pulled.root, "--base", "main", "--head", head, "--select", "A")
    assert [f["code"] for f in ran.json["findings"]] == ["A101"]
