"""The findings that a change is responsible for, on real repositories (docs/adr/0020); tests/history has those of family A."""

from __future__ import annotations

import subprocess

import pytest
from small_register import AT, CITY, ONE, START, TOPIC, TOWN, TWO, consultation, evaluation, outcome, repo_at, response

from weimin.adapters.objects import blob_id
from weimin.app.check.change import check_change, open_change
from weimin.engine.options import Options
from weimin.model.finding import Problem

pytestmark = pytest.mark.slow

WITHOUT_SOURCE = TOPIC.replace("sources:\n  - from: residents\n", "")
BROKEN_OTHER = {f"{TWO}/topic.md": WITHOUT_SOURCE}
"""A dossier of others with an old error: W101 at its topic."""

OUTCOME = {f"{ONE}/2026-03-10-outcome.md": outcome("2026-03-02-consultation")}


def test_no_record_changed(repo, check):
    made = repo_at(repo([START]))
    made.commit({"README.md": "words\n"})
    ran = check(made.root, "--base", "main")
    assert ran.code == 0
    assert ran.json["base"] == made.git("rev-parse", "main")
    assert ran.json["findings"] == []
    said = check(made.root, "--base", "main", form="text")
    assert (said.code, "没有改动记录" in said.out) == (0, True)
    assert "没有改动记录" in check(made.root, "--base", "main", form="digest").out


def test_the_whole_has_no_base(repo, check):
    assert check(repo([START]).root).json["base"] is None


@pytest.mark.parametrize("committed", [True, False])
def test_its_own_error_blocks_and_others_do_not(repo, check, committed):
    made = repo_at(repo([START | BROKEN_OTHER]))
    change = {f"{ONE}/2026-03-10-outcome.md": outcome("2026-03-02-consultation", due="2026.6.30")}
    made.commit(change) if committed else made.write(change)
    ran = check(made.root, "--base", "main")
    assert (ran.code, ran.errors) == (1, ["S105"])
    assert ran.json["checked"]["records"] == 1
    assert ran.json["checked"]["dossiers"] == 1


def test_old_debts_of_others_are_one_line(repo, check):
    made = repo_at(repo([START | BROKEN_OTHER]))
    made.commit(OUTCOME)
    ran = check(made.root, "--base", "main")
    assert (ran.code, ran.errors) == (0, [])
    assert TWO not in ran.out
    text = check(made.root, "--base", "main", form="text").out
    assert "项别人的旧账，与这次改动无关。" in text
    assert check(made.root).code == 1


def test_an_old_error_in_another_file_of_the_dossier_is_shown_and_does_not_block(repo, check):
    made = repo_at(repo([START | {f"{ONE}/topic.md": WITHOUT_SOURCE}]))
    made.commit(OUTCOME)
    ran = check(made.root, "--base", "main")
    assert (ran.code, ran.errors) == (0, [])
    for form in ("text", "digest"):
        assert "W101" in check(made.root, "--base", "main", form=form).out
    made.commit({f"{ONE}/topic.md": WITHOUT_SOURCE.replace("怎么建", "建在哪里")})
    assert check(made.root, "--base", "main", "--ignore", "A").errors == ["W101"]


def test_open_duties_of_the_dossier_are_shown_and_do_not_block(repo, check):
    made = repo_at(repo([START]))
    made.commit(OUTCOME)
    ran = check(made.root, "--base", "main")
    assert ran.code == 0
    assert "W602 duty 2026-03-10-outcome.md" in ran.found
    assert "W606 duty 2026-03-02-consultation.md" in ran.found
    assert not any(f["path"] == f"{AT}/platform.yml" for f in ran.json["findings"])


def test_a_gate_passed_with_an_open_duty_blocks(repo, check):
    made = repo_at(repo([START | OUTCOME]))
    made.commit({f"{ONE}/2026-07-01-evaluation.yml": evaluation("2026-03-10-outcome")})
    ran = check(made.root, "--base", "main", on="2026-07-01")
    assert ran.code == 1
    assert {"W401 error 2026-07-01-evaluation.yml", "W602 error 2026-07-01-evaluation.yml"} <= set(ran.found)


def test_what_others_say_of_a_deleted_record_is_its_doing(repo, check):
    related = TOPIC.replace("approval:", "related: [990101001001/2026-002]\napproval:")
    made = repo_at(repo([START | {f"{ONE}/topic.md": related, f"{TWO}/topic.md": TOPIC}]))
    assert check(made.root, "--base", "main").code == 0
    made.commit({f"{TWO}/topic.md": None})
    ran = check(made.root, "--base", "main")
    assert (ran.code, ran.found[0]) == (1, "L101 error topic.md")
    assert ran.json["findings"][0]["path"] == f"{ONE}/topic.md"
    assert "（整卷删除）" in check(made.root, "--base", "main", form="digest").out


def test_a_renamed_folder_is_seen_from_both_sides(repo, check):
    made = repo_at(repo([START]))
    made.git("mv", ONE, TWO)
    ran = check(made.root, "--base", "main")
    assert ran.json["checked"] | {"rules": 0} == {"records": 2, "dossiers": 2, "platforms": 0, "rules": 0}
    assert "L106 notice topic.md" in ran.found


def test_a_merge_commit_as_ci_checks_it_out(repo, check):
    made = repo([START])
    repo_at(made).commit(OUTCOME)
    made.git("checkout", "--quiet", "main")
    tip = made.commit(BROKEN_OTHER)
    made.merge("work")
    ran = check(made.root, "--base", tip)
    assert (ran.code, ran.errors, ran.json["base"]) == (0, [], tip)
    assert ran.json["checked"]["records"] == 1


def test_a_branch_behind_its_base(repo, check):
    made = repo([START])
    parted = made.git("rev-parse", "HEAD")
    repo_at(made).commit(OUTCOME)
    made.git("checkout", "--quiet", "main")
    made.commit(BROKEN_OTHER | {f"{ONE}/topic.md": WITHOUT_SOURCE})
    made.git("checkout", "--quiet", "work")
    ran = check(made.root, "--base", "main")
    assert (ran.code, ran.json["base"], ran.json["checked"]["records"]) == (0, parted, 1)


def test_a_squash(repo, check):
    made = repo([START])
    repo_at(made).commit(OUTCOME)
    made.commit({f"{ONE}/2026-03-25-response.md": response()})
    made.git("checkout", "--quiet", "main")
    made.git("merge", "--quiet", "--squash", "work")
    made.git("commit", "--quiet", "--message=合并成一次")
    ran = check(made.root, "--base", "HEAD~1", on="2026-03-26")
    assert (ran.code, ran.json["checked"]["records"]) == (0, 2)


def test_another_commit_is_read_from_objects_alone(repo, check):
    made = repo_at(repo([START]))
    made.commit(
        {f"{ONE}/2026-03-10-outcome.md": "not a record\n", "content/.gitattributes": "*.md eol=crlf export-ignore\n"}
    )
    wanted = made.git("rev-parse", "HEAD")
    made.git("checkout", "--quiet", "main")
    ran = check(made.root, "--base", "main", "--head", wanted)
    assert (ran.code, ran.json["commit"]) == (1, wanted)
    assert {"F111", "F114"} <= set(ran.errors)
    assert not (made.root / f"{ONE}/2026-03-10-outcome.md").exists()
    assert check(made.root, "--base", "main").json["checked"]["records"] == 0


def test_a_link_in_a_commit_is_never_followed(repo, check):
    made = repo_at(repo([START]))
    (made.root / f"{ONE}/2026-03-11-outcome.md").symlink_to("/etc/hostname")
    wanted = made.commit({})
    for where in ((), ("--head", wanted)):
        ran = check(made.root, "--base", "main", "--ignore", "A", *where)
        assert (ran.code, ran.errors) == (1, ["F107"])


def test_files_on_the_disk_that_git_does_not_know(repo, check):
    made = repo_at(repo([START | {".gitignore": "*.bak\n"}]))
    made.write({f"{TWO}/topic.md": WITHOUT_SOURCE, f"{ONE}/topic.md.bak": "x"})
    ran = check(made.root, "--base", "main")
    assert (ran.code, ran.errors, ran.json["checked"]["records"]) == (1, ["W101"], 1)


def test_a_file_written_again_with_the_same_words_is_no_change(repo, check):
    made = repo_at(repo([START]))
    (made.root / f"{ONE}/topic.md").unlink()
    made.write({f"{ONE}/topic.md": TOPIC})
    assert check(made.root, "--base", "main").json["checked"]["records"] == 0


def test_records_in_a_folder_of_a_repository(repo, check):
    made = repo_at(repo([{f"sub/{path}": text for path, text in START.items()}]))
    made.commit({f"sub/{path}": text for path, text in OUTCOME.items()})
    for where in ((), ("--head", "HEAD")):
        ran = check(made.root / "sub", "--base", "main", *where)
        assert (ran.code, ran.json["checked"]["records"]) == (0, 1)
        assert "W602 duty 2026-03-10-outcome.md" in ran.found


def test_a_number_that_others_are_judged_by_is_the_doing_of_who_changes_it(repo, check):
    """A change makes topic_approval required: a consultation without approval becomes an error that did not exist before."""
    house = (
        "---\ntitle: 本站规则\neffective_from: 2020-01-01\napplies_to: [city, county, township, village]\n"
        'parameters:\n  - name: topic_approval\n    value: required\n    clause: "#approval"\n---\n'
        "## 审定 {#approval}\n\n议题要审定。\n"
    )
    from small_register import UNAPPROVED

    made = repo_at(repo([START | {f"{ONE}/topic.md": UNAPPROVED}]))
    made.commit({f"content/network/{CITY}/rules/house.md": house})
    ran = check(made.root, "--base", "main")
    assert (ran.code, ran.errors) == (1, ["W105"])
    assert all(ONE in f["path"] for f in ran.json["findings"] if f["severity"] == "error")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--base", "nirgends"), 2, "git fetch origin"),
        (("--base=--output=x",), 2, "没有“--output=x”这个版本"),
        (("--base", "main", "--head", "nirgends"), 2, "没有“nirgends”这个版本"),
        (("--head", "main"), 2, "--head 要和 --base 一起用"),
        (("--base", "main", "--staged"), 2, "不能一起用"),
    ],
)
def test_wrong_usage(repo, check, arguments, code, said):
    ran = check(repo([START]).root, *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_a_shallow_clone_gives_no_answer(repo, check, tmp_path):
    made = repo([START, OUTCOME])
    clone = made.clone(tmp_path / "shallow", "--depth", "1")
    ran = check(clone.root, "--base", "HEAD")
    assert (ran.code, ran.out) == (3, "")
    assert "git fetch --unshallow" in ran.err
    clone.git("fetch", "--quiet", "--unshallow")
    assert check(clone.root, "--base", "HEAD~1").code == 0


def test_outside_git_there_is_no_answer(repo, check, tmp_path):
    made = repo([START])
    (tmp_path / "plain").mkdir()
    (made.root / "content").rename(tmp_path / "plain" / "content")
    ran = check(tmp_path / "plain", "--base", "main")
    assert (ran.code, "不是 Git 仓库" in ran.err) == (3, True)


def test_histories_without_a_common_commit_give_no_answer(repo, check):
    made = repo([START])
    made.git("checkout", "--quiet", "--orphan", "other")
    made.commit({"README.md": "x"})
    ran = check(made.root, "--base", "main")
    assert (ran.code, "没有共同的历史" in ran.err) == (3, True)


def test_the_seam_for_the_trail(repo):
    """Findings of family A come in through one function and count like any other."""
    made = repo_at(repo([START]))
    made.commit({f"{ONE}/topic.md": TOPIC.replace("怎么建", "建在哪里")})
    opened = open_change(made.root, "main")
    assert [f.path for f in opened.change.files] == [f"{ONE}/topic.md"]

    def trail(seen, now):
        assert seen == opened.change
        assert now.tree is opened.tree
        return [Problem(code="A103", path=f.path, message="改了公布过的内容") for f in seen.files]

    compared = check_change(opened, Options(), trail_check=trail)
    assert [f.code for f in compared.checked.findings if f.code[0] == "A"] == ["A103"]
    assert compared.checked.errors == 1
    opened = open_change(made.root, "main")
    assert check_change(opened, Options(ignore=("A",)), trail_check=trail).checked.errors == 0


@pytest.mark.parametrize("hashed_by", ["sha1", "sha256"])
def test_ids_are_those_of_git(tmp_path, hashed_by):
    subprocess.run(["git", "init", "-q", f"--object-format={hashed_by}", tmp_path], check=True)
    (tmp_path / "a").write_bytes("样例\n".encode())
    told = subprocess.run(["git", "hash-object", "a"], cwd=tmp_path, capture_output=True, check=True)
    wanted = told.stdout.decode().strip()
    assert blob_id("样例\n".encode(), wanted) == wanted


def test_who_reviews_and_what_moves(repo, check):
    made = repo_at(repo([START]))
    made.commit(OUTCOME | {f"{TWO}/topic.md": TOPIC, f"{TWO}/2026-03-05-consultation.md": consultation()})
    digest = check(made.root, "--base", "main", form="digest").out
    assert (
        "| 990101001001/2026-001 | 村口停车场怎么建 | 第 2 步 商讨实事项目 | 第 2 步 商讨实事项目，没有变 |" in digest
    )
    assert "| 990101001001/2026-002 | 村口停车场怎么建 | （新建） | 第 2 步 商讨实事项目 |" in digest
    assert f"上一级平台：样例镇为民协商议事室（{TOWN}）" in digest
    assert "- /990101001001/2026-001/2026-03-10-outcome.html" in digest


def test_other_reports_of_the_same_run(repo, check, tmp_path):
    made = repo_at(repo([START]))
    made.commit(OUTCOME)
    digest, junit = tmp_path / "digest.md", tmp_path / "junit.xml"
    ran = check(made.root, "--base", "main", "--also", f"digest={digest}", "--also", f"junit={junit}")
    assert ran.code == 0
    assert digest.read_text(encoding="utf-8") == check(made.root, "--base", "main", form="digest").out
    assert 'tests="2"' in junit.read_text(encoding="utf-8")
    wrong = check(made.root, "--also", "digest")
    assert (wrong.code, "digest=文件名" in wrong.err) == (2, True)
