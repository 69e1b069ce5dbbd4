"""The workflows that forges run on a pull request: valid by their schemas, without forbidden settings, and run here."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from builders.repository import Repository, git_environment

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
GITHUB = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORGEJO = sorted((ROOT / ".forgejo/workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
SCHEMAS = {**dict.fromkeys((*GITHUB, *FORGEJO), "vendor.github-workflows"), GITLAB: "vendor.gitlab-ci"}

VILLAGE = "content/network/990100/990101/990101001/990101001001"
RECORDS = {
    "content/site.yml": "title: 样例为民协商一张网\ntimezone: Asia/Shanghai\n",
    "content/network/990100/platform.yml": "area: 样例市\n",
    "content/network/990100/990101/platform.yml": "area: 样例县\n",
    "content/network/990100/990101/990101001/platform.yml": "area: 样例镇\n",
    f"{VILLAGE}/platform.yml": "area: 样例村\n",
}
TOPIC = "---\ntitle: 村口停车场怎么建\ntheme: [交通出行]\nsources:\n  - from: residents\n---\n样例：内容是编造的。\n"
NUMBER = 7


def loaded(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_every_forge_has_its_files():
    assert [p.name for p in GITHUB] == ["check.yml", "comment.yml", "publish.yml"]
    assert [p.name for p in FORGEJO] == ["check.yml", "comment.yml", "publish.yml"]
    assert GITLAB.is_file()


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda p: f"{p.parent.parent.name}-{p.name}")
def test_the_schema_of_the_forge_accepts_it(path):
    ran = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[path], path], capture_output=True
    )
    assert ran.returncode == 0, ran.stdout.decode()


@pytest.mark.parametrize("path", [*GITHUB, *FORGEJO], ids=lambda p: f"{p.parent.parent.name}-{p.name}")
def test_what_never_stands_in_a_workflow(path):
    text = path.read_text(encoding="utf-8")
    workflow = loaded(path)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert "write-all" not in str(job["permissions"])
    assert "secrets." not in text
    assert "head_ref" not in text
    for step in steps(workflow):
        # a value that is pasted into a script is a piece of the script: it comes in by the environment
        assert "${{" not in step.get("run", "")
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])
        for line in step.get("run", "").splitlines():
            if "checkout" in line:
                assert re.search(r"checkout --quiet --detach refs/remotes/origin/(base|main)$", line)


def test_writing_rights_are_far_from_the_pull_request():
    for path in (*GITHUB, *FORGEJO):
        workflow = loaded(path)
        rights = {right for job in workflow["jobs"].values() for right in job["permissions"].items()}
        written = {name for name, value in rights if value == "write"}
        if "pull_request" in workflow["on"]:
            assert written == set()
        if written:
            assert set(workflow["on"]) <= {
                "push",
                "schedule",
                "workflow_dispatch",
                "workflow_run",
                "pull_request_target",
            }
    assert not any("pull_request_target" in loaded(path)["on"] for path in GITHUB)


def scripts() -> Iterator[tuple[str, str]]:
    for path in (*GITHUB, *FORGEJO):
        for n, step in enumerate(steps(loaded(path))):
            if "run" in step:
                yield f"{path.parent.parent.name}-{path.stem}-{n}", step["run"]
    for name, job in loaded(GITLAB).items():
        if isinstance(job, dict) and "script" in job:
            yield f"gitlab-{name}", "\n".join(job["script"])


@pytest.mark.parametrize(("name", "script"), list(scripts()), ids=[name for name, _ in scripts()])
def test_the_shell_can_read_it(name, script):
    assert subprocess.run(["bash", "-n", "-c", script], capture_output=True).returncode == 0, name


# ---- run, with a repository beside them in the place of the forge


class Forge:
    """A repository with an open change, and the environment of a runner."""

    def __init__(self, made: Repository, tmp_path: Path) -> None:
        self.made, self.place = made, tmp_path
        self.head = ""
        self.api = ""

    def waiting(self, files: dict[str, str | None]) -> str:
        """A pull request with these changes; the number of its commit."""
        self.made.git("checkout", "--quiet", "-B", "change", "main")
        self.head = self.made.commit(files)
        for ref in (f"refs/pull/{NUMBER}/head", f"refs/merge-requests/{NUMBER}/head"):
            self.made.git("update-ref", ref, self.head)
        self.made.git("checkout", "--quiet", "main")
        return self.head

    def values(self) -> dict[str, str]:
        url = self.made.root.as_uri()
        return {
            "github.server_url": url.rpartition("/")[0],
            "github.repository": url.rpartition("/")[2],
            "github.event.pull_request.number": str(NUMBER),
            "github.event.pull_request.head.sha": self.head,
            "github.event.workflow_run.head_sha": self.head,
            "github.api_url": self.api,
            "github.token": "t0ken",
        }

    def run(self, path: Path) -> list[subprocess.CompletedProcess[str]]:
        """Each script of a workflow in turn, in a new folder, until one fails."""
        folder = self.place / f"runner-{len(list(self.place.glob('runner-*')))}"
        folder.mkdir()
        handed_on, summary = folder.with_suffix(".env"), folder.with_suffix(".md")
        handed_on.touch()
        ran = []
        for step in steps(loaded(path)):
            env = {key: self.filled(value) for key, value in step["env"].items()} if "env" in step else {}
            env |= dict(line.split("=", 1) for line in handed_on.read_text(encoding="utf-8").splitlines())
            env |= {"GITHUB_ENV": str(handed_on), "GITHUB_STEP_SUMMARY": str(summary), "WEIMIN_AS_OF": "2026-03-10"}
            ran.append(shell(step["run"], folder, env))
            if ran[-1].returncode:
                break
        return ran

    def filled(self, text: str) -> str:
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda m: self.values()[m[1]], text)


def shell(script: str, folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    isolated = git_environment() | {"GIT_ALLOW_PROTOCOL": "file"} | env
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script], cwd=folder, env=isolated, capture_output=True, encoding="utf-8"
    )


@pytest.fixture
def forge(repo, tmp_path):
    # the program of this clone in the place of the one that scripts/check would install from the lock
    installed = f'#!/bin/sh\nexec {sys.executable} -I -m weimin check --root "$(dirname "$0")/.." "$@"\n'
    own = {name: (ROOT / name).read_text(encoding="utf-8") for name in (".ci/change", ".ci/comment.py")}
    made = repo()
    made.write(RECORDS | own | {"scripts/check": installed, f"{VILLAGE}/2026-001/topic.md": TOPIC})
    for name in (".ci/change", "scripts/check"):
        (made.root / name).chmod(0o755)
    made.commit({})
    return Forge(made, tmp_path)


GOOD = {f"{VILLAGE}/2026-002/topic.md": TOPIC}
BAD = {f"{VILLAGE}/2026-002/topic.md": TOPIC.replace("  - from: residents", "  - from: 某某")}
CHECKS = [ROOT / ".github/workflows/check.yml", ROOT / ".forgejo/workflows/check.yml"]


@pytest.mark.parametrize("path", CHECKS, ids=["github", "forgejo"])
def test_a_pull_request_is_judged_by_its_records(forge, path):
    forge.waiting(GOOD)
    good = forge.run(path)
    assert [r.returncode for r in good] == [0, 0], good[-1].stderr
    assert "共检查 1 份改动的记录" in good[-1].stdout
    forge.waiting(BAD)
    bad = forge.run(path)
    assert [r.returncode for r in bad] == [0, 1]
    assert "S103" in bad[-1].stdout


def test_annotations_and_the_summary_of_github(forge):
    forge.waiting(BAD)
    out = forge.run(CHECKS[0])[-1].stdout
    assert out.startswith(f"::error file={VILLAGE}/2026-002/topic.md,line=5,")
    (summary,) = forge.place.glob("runner-*.md")
    assert summary.read_text(encoding="utf-8").startswith("<!-- weimin-check -->\n### 有 1 个错误")


@pytest.mark.parametrize("path", CHECKS, ids=["github", "forgejo"])
def test_nothing_of_a_pull_request_is_run_or_checked_out(forge, path):
    mark = forge.place / "run-by-the-pull-request"
    evil = f"#!/bin/sh\ntouch {mark}\nexit 0\n"
    names = ("scripts/check", ".ci/change", "sitecustomize.py", "weimin/__init__.py", "conftest.py")
    forge.waiting(BAD | dict.fromkeys(names, evil) | {".gitattributes": "*.md filter=evil eol=crlf\n"})
    ran = forge.run(path)
    assert ran[-1].returncode == 1
    assert "S103" in ran[-1].stdout
    assert not mark.exists()
    (folder,) = (p for p in forge.place.glob("runner-*") if p.is_dir())
    assert not (folder / f"{VILLAGE}/2026-002").exists()
    assert not (folder / "conftest.py").exists()


def test_a_merge_request_of_gitlab(forge, tmp_path):
    def pipeline(**more):
        place = tmp_path / f"gitlab-{len(list(tmp_path.glob('gitlab-*')))}"
        place.mkdir()
        env = {
            "CI_JOB_TOKEN": "t0ken",
            "CI_MERGE_REQUEST_PROJECT_URL": forge.made.root.as_uri(),
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
            "CI_MERGE_REQUEST_IID": str(NUMBER),
            "WEIMIN_AS_OF": "2026-03-10",
        }
        return place, shell("\n".join(loaded(GITLAB)["check"]["script"]), place, env | more)

    place, ran = pipeline(CI_COMMIT_SHA=forge.waiting(GOOD))
    assert ran.returncode == 0, ran.stderr
    place, ran = pipeline(CI_COMMIT_SHA="0" * 40, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=forge.waiting(BAD))
    assert (ran.returncode, "S103" in ran.stdout) == (1, True)
    wanted = loaded(GITLAB)["check"]["artifacts"]
    for name in (*wanted["paths"], *wanted["reports"].values()):
        assert (place / name).stat().st_size > 0
    assert json.loads((place / "codequality.json").read_text(encoding="utf-8"))[0]["check_name"] == "S103"


@pytest.mark.parametrize("head", ["", "main", "$(touch x)", "--help", "abc"])
def test_only_a_commit_is_judged(forge, head):
    ran = subprocess.run(
        [forge.made.root / ".ci/change"], env={**os.environ, "HEAD": head}, capture_output=True, encoding="utf-8"
    )
    assert (ran.returncode, ran.stdout) == (2, "")


class Comments:
    """The part of a forge's API that comments need; it returns two comments per page, whatever was requested."""

    def __init__(self) -> None:
        theirs = "<!-- weimin-check -->\n不是我写的"
        self.kept = [
            {"id": n, "user": {"login": "someone"}, "body": text} for n, text in enumerate(("你好", theirs, "再见"), 1)
        ]
        self.asked: list[tuple[str, str, str]] = []

    def answer(self, method: str, path: str, token: str, body: str | None) -> Any:
        self.asked.append((method, path, token))
        if method == "POST":
            self.kept.append({"id": len(self.kept) + 1, "user": {"login": "github-actions[bot]"}, "body": body})
            return self.kept[-1]
        if method == "PATCH":
            comment = self.kept[int(path.rpartition("/")[2]) - 1]
            comment["body"] = body
            return comment
        page = int(parse_qs(urlsplit(path).query)["page"][0])
        return self.kept[2 * page - 2 : 2 * page]


@pytest.fixture
def comments(forge):
    kept = Comments()

    class Handler(BaseHTTPRequestHandler):
        def handled(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size))["body"] if size else None
            text = json.dumps(kept.answer(self.command, self.path, self.headers["Authorization"], body)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PATCH = handled

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    forge.api = f"http://127.0.0.1:{server.server_address[1]}"
    yield kept
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", [ROOT / ".github/workflows/comment.yml", ROOT / ".forgejo/workflows/comment.yml"])
def test_the_comment_is_written_once_and_then_replaced(forge, comments, path):
    before = [c["body"] for c in comments.kept]
    forge.waiting(BAD)
    ran = forge.run(path)
    assert [r.returncode for r in ran] == [0, 0, 0], ran[-1].stderr
    assert comments.kept[3]["body"].startswith("<!-- weimin-check -->\n### 有 1 个错误")
    forge.waiting(GOOD)
    assert [r.returncode for r in forge.run(path)] == [0, 0, 0]
    assert len(comments.kept) == 4
    assert "### 没有错误，可以合并" in comments.kept[3]["body"]
    assert [c["body"] for c in comments.kept[:3]] == before
    assert {token for _, _, token in comments.asked} == {"token t0ken"}
    assert [(m, p) for m, p, _ in comments.asked if m != "GET"] == [
        ("POST", f"/repos/repo/issues/{NUMBER}/comments"),
        ("PATCH", "/repos/repo/issues/comments/4"),
    ]


def test_hooks_for_pre_commit():
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    entry = hook["entry"].split()
    assert (ROOT / entry[0]).stat().st_mode & 0o111
    assert entry[1:] == ["--staged", "--root", "."]
    assert (hook["language"], hook["pass_filenames"]) == ("script", False)
    assert re.search(hook["files"], f"{VILLAGE}/platform.yml")


def test_forgejo_puts_the_site_on_a_branch_without_a_past(tmp_path, repo):
    """Runs the last step unchanged, twice, into a bare repository: the branch has the site in one commit."""
    script = steps(loaded(ROOT / ".forgejo/workflows/publish.yml"))[-1]["run"]
    work = repo([{"a.txt": "main"}]).root
    forge = tmp_path / "forge.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(forge)], check=True)
    subprocess.run(["git", "update-ref", "refs/remotes/origin/main", "HEAD"], cwd=work, check=True)
    site = work / "output" / ".current-a"
    site.mkdir(parents=True)
    (work / "output" / "current").symlink_to(site.name)
    for text in ("first", "second"):
        (site / "index.html").write_text(text, encoding="utf-8")
        ran = subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=work,
            env={**git_environment(), "URL": str(forge), "TOKEN": "x"},
            capture_output=True,
        )
        assert ran.returncode == 0, ran.stderr.decode()

    def said(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=forge, capture_output=True, text=True, check=True).stdout

    assert said("show", "pages:index.html") == "second"
    assert said("ls-tree", "-r", "--name-only", "pages").split() == ["index.html"]
    assert said("rev-list", "--count", "pages").strip() == "1"
    assert sorted(p.name for p in site.iterdir()) == ["index.html"]
