"""The revisions that pages show are those that Git has, folder by folder; without a whole history nothing fails."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import html5lib
import pytest
from published_demo import city, small

from weimin.cli.main import main
from weimin.demo import AS_OF
from weimin.engine.compute import compute
from weimin.engine.history.stored_replay import history_replay_of
from weimin.engine.opening import NothingToCheck, open_register
from weimin.engine.options import Options

pytestmark = pytest.mark.slow

DAY = AS_OF.isoformat()


def git(root: Path, *arguments: str) -> str:
    run = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True)
    return run.stdout.decode("utf-8").strip()


def built(root: Path, site: Path) -> Path:
    assert main(["build", "--root", str(root), "--jobs", "1", "--as-of", DAY, "--output", str(site)]) == 0
    return site


def said(site: Path, path: str) -> dict:
    return json.loads((site / path).read_bytes())


@pytest.fixture(scope="module")
def demo() -> Path:
    return city().root


@pytest.fixture(scope="module")
def site() -> Path:
    return city().site


@pytest.fixture
def few(tmp_path) -> Path:
    """A repository of few records, for what does not depend on how many there are."""
    return small(tmp_path / "few").root


@pytest.fixture(scope="module")
def folders(demo) -> dict[str, str]:
    """Every dossier of the demo with its folder."""
    topics = git(demo, "ls-files", "content/network/**/topic.md").splitlines()
    found = {}
    for path in topics:
        folder = path.removesuffix("/topic.md")
        code, number = folder.split("/")[-2:]
        found[f"{code}/{number}"] = folder
    assert len(found) > 80
    return found


def logged(root: Path, folder: str) -> list[tuple[str, str]]:
    """(commit, author) of the steps of the main branch that touch a folder, the newest first."""
    lines = git(root, "log", "--first-parent", "--no-mailmap", "--format=%H%x09%an", "--", folder).splitlines()
    return [(commit, author) for commit, _, author in (line.partition("\t") for line in lines)]


def test_the_revisions_of_every_dossier_are_what_git_log_says(demo, site, folders):
    for dossier, folder in folders.items():
        expected = logged(demo, folder)
        assert expected, dossier
        data = said(site, f"{dossier}/index.json")["revisions"]
        assert [(r["commit"], r["author"]) for r in reversed(data)] == expected, dossier
        page = (site / dossier / "index.html").read_text("utf-8")
        page = page.partition('id="revisions"')[2].partition("</section>")[0]
        assert re.findall(r'<code class="commit">(\w+)</code>', page) == [c[:10] for c, _ in expected], dossier


def test_every_revision_says_what_was_done(site, folders):
    revisions = [r for d in folders for r in said(site, f"{d}/index.json")["revisions"]]
    assert len(revisions) > 500
    assert all(r["what"] and all(r["what"]) for r in revisions)


def test_the_digest_on_the_page_is_the_one_that_an_audit_prints(demo, site, capsys):
    capsys.readouterr()
    main(["audit", "--root", str(demo), "--as-of", DAY])
    printed = re.search(r"核对摘要 sha256:[0-9a-f]{64}", capsys.readouterr().out)
    assert printed is not None
    tree = html5lib.parse((site / "trail" / "index.html").read_bytes(), namespaceHTMLElements=False)
    assert [n.text for n in tree.iter("code") if n.get("class") == "digest"] == [printed[0]]


def test_what_was_filed_late_is_marked_on_its_event(site):
    late = said(site, "trail/index.json")["history"]["late"]
    assert len(late) >= 5
    for row in late:
        events = said(site, f"{row['dossier']}/index.json")["events"]
        assert [e["filed_late"] for e in events if e["stem"] == row["stem"]] == [row["filed"]]
    marked = sum(
        e["filed_late"] is not None
        for p in site.glob("*/*/index.json")
        for e in json.loads(p.read_bytes()).get("events", ())
    )
    assert marked == len(late)


def test_a_clone_with_part_of_the_history_is_built_without_it_and_says_so(few, tmp_path, capsys):
    git(tmp_path, "clone", "--quiet", "--depth", "1", few.as_uri(), "shallow")
    made = built(tmp_path / "shallow", tmp_path / "site")
    assert said(made, "build.json")["history"] is False
    assert said(made, "trail/index.json")["history"] is None
    assert "这里没有历史，不显示修订记录" in (made / "trail" / "index.html").read_text("utf-8")
    assert [p for p in made.glob("*/*/index.html") if "修订记录" in p.read_text("utf-8")] == []
    capsys.readouterr()
    assert main(["verify", str(made), "--root", str(few), "--jobs", "1"]) == 0
    assert "页面上没有修订记录" in capsys.readouterr().err


@pytest.mark.parametrize("how", ["dirty", "no git"])
def test_records_that_no_commit_holds_are_built_without_revisions(few, tmp_path, how):
    root = few
    if how == "dirty":
        page = next((root / "content").rglob("topic.md"))
        page.write_text(page.read_text("utf-8") + "\n又一段。\n", encoding="utf-8")
    else:
        shutil.rmtree(root / ".git")
    made = built(root, tmp_path / "site")
    assert said(made, "build.json")["history"] is False
    assert "修订记录（" not in "".join(p.read_text("utf-8") for p in made.glob("*/*/index.html"))


def test_a_history_that_is_asked_for_and_not_to_be_had_is_refused(few, tmp_path):
    git(tmp_path, "clone", "--quiet", "--depth", "1", few.as_uri(), "shallow")
    root = tmp_path / "shallow"
    held = compute(open_register(root, root), Options(as_of=AS_OF), lambda what, n, total: None)
    with pytest.raises(NothingToCheck, match="浅克隆"):
        history_replay_of(
            held.state, held.register.tree, held.commit, AS_OF, lambda what, n, total: None, required=True
        )
