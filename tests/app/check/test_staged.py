"""`check --staged`: what is about to be committed is read from the index, not from the work tree."""

from __future__ import annotations

from small_register import AT, ONE, START, TOPIC, TWO, evaluation, outcome, response

PHONE = "电话 13912345678"
WITHOUT_SOURCE = TOPIC.replace("sources:\n  - from: residents\n", "")


def stage(made, files):
    made.write(files)
    made.git("add", "--all")
    return made


def test_nothing_staged(repo, check):
    made = repo([START])
    made.write({f"{ONE}/topic.md": "broken"})
    ran = check(made.root, "--staged", form="text")
    assert (ran.code, ran.out) == (0, "没有待提交的记录，不用核对。\n")


def test_personal_data_never_enters_history(repo, check):
    made = stage(repo([START]), {f"{ONE}/topic.md": TOPIC + PHONE + "\n"})
    made.write({f"{ONE}/topic.md": TOPIC})
    ran = check(made.root, "--staged")
    assert (ran.code, ran.errors) == (1, ["P102"])
    for form in ("json", "text", "github", "digest"):
        assert "13912345678" not in check(made.root, "--staged", form=form).out


def test_what_is_only_on_the_disk_is_not_looked_at(repo, check):
    made = stage(repo([START]), {f"{ONE}/2026-03-10-outcome.md": outcome("2026-03-02-consultation")})
    made.write({f"{ONE}/2026-03-10-outcome.md": PHONE, f"{ONE}/topic.md": PHONE})
    ran = check(made.root, "--staged")
    assert (ran.code, ran.errors, ran.json["checked"]["records"]) == (0, [], 1)


def test_files_fields_links_and_places(repo, check):
    made = stage(
        repo([START]),
        {
            f"{ONE}/2026-03-10-outcome.md": outcome("2026-03-01-consultation", due="2026.6.30"),
            f"{AT}/notes.txt": "x",
            f"{ONE}/2026-03-11-response.md": response("s9"),
            "content/network/990100/990102/990102001/platform.yml": "area: 另一镇\n",
        },
    )
    ran = check(made.root, "--staged")
    assert ran.code == 1
    assert {"F108", "S105", "L103"} <= set(ran.errors)
    made = stage(made, {f"{ONE}/2026-03-10-outcome.md": outcome("2026-03-01-consultation")})
    assert "L101" in check(made.root, "--staged").errors


def test_the_workflow_of_touched_dossiers(repo, check):
    made = stage(repo([START]), {f"{ONE}/2026-07-01-evaluation.yml": evaluation("2026-03-02-consultation")})
    ran = check(made.root, "--staged", on="2026-07-01")
    assert ran.code == 1
    assert "W606 error 2026-07-01-evaluation.yml" in ran.found


def test_old_errors_refuse_no_commit(repo, check):
    made = repo([START | {f"{ONE}/topic.md": WITHOUT_SOURCE, f"{TWO}/topic.md": WITHOUT_SOURCE}])
    stage(made, {f"{ONE}/2026-03-10-outcome.md": outcome("2026-03-02-consultation")})
    ran = check(made.root, "--staged", form="text")
    assert ran.code == 0
    assert f"{ONE}/topic.md:" in ran.out
    assert "错误[W101]" in ran.out
    assert TWO not in ran.out


def test_an_error_that_the_commit_causes_elsewhere_in_the_dossier(repo, check):
    outcome_text = outcome("2026-03-02-consultation", submitted="2026-03-12")
    made = repo([START | {f"{ONE}/2026-03-10-outcome.md": outcome_text}])
    stage(made, {f"{ONE}/2026-03-02-consultation.md": None})
    ran = check(made.root, "--staged")
    assert (ran.code, "L101 error 2026-03-10-outcome.md" in ran.found) == (1, True)


def test_an_answer_that_stands_in_another_dossier_counts(repo, check):
    """W606 gates the evaluation; here a response in another dossier answers the suggestion."""
    answered = response(f"{AT.rpartition('/')[2]}/2026-001/2026-03-02-consultation#s1")
    story = {
        f"{ONE}/2026-03-10-outcome.md": outcome("2026-03-02-consultation", measure="", submitted="2026-03-12"),
        f"{TWO}/topic.md": TOPIC,
        f"{TWO}/2026-03-20-response.md": answered,
    }
    made = stage(repo([START | story]), {f"{ONE}/2026-07-01-evaluation.yml": evaluation("2026-03-10-outcome")})
    whole = check(made.root, on="2026-07-01")
    staged = check(made.root, "--staged", on="2026-07-01")
    assert [f for f in whole.found if f.startswith("W606")] == [f for f in staged.found if f.startswith("W606")]


def test_before_the_first_commit(repo, check):
    made = stage(repo(), START)
    assert check(made.root, "--staged").json["checked"]["records"] == len(START)
    stage(made, {f"{ONE}/topic.md": WITHOUT_SOURCE})
    assert check(made.root, "--staged").errors == ["W101"]


def test_outside_git_there_is_no_answer(repo, check, tmp_path):
    made = repo([START])
    (tmp_path / "plain").mkdir()
    (made.root / "content").rename(tmp_path / "plain" / "content")
    ran = check(tmp_path / "plain", "--staged")
    assert (ran.code, "不是 Git 仓库" in ran.err) == (3, True)
