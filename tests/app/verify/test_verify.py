"""A published site is exactly what its commit produces, or the differing file is named."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from published_demo import Demo, copied, restated, small
from published_demo import city as released_city

from artefacts import files_of
from weimin import __version__
from weimin.adapters.published import SiteAddress, SiteFolder
from weimin.app.verify.compare import compare
from weimin.cli.main import main

pytestmark = pytest.mark.slow


class Said(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Demo:
    """A small register, because most tests rebuild its site."""
    return small(tmp_path_factory.mktemp("verify"))


@pytest.fixture(scope="module")
def city() -> Demo:
    return released_city()


@pytest.fixture(scope="module")
def rebuilt(city) -> dict[str, bytes]:
    """Every file that the city's commit gives: what was released, which `test_every_claim_of_a_whole_city_is_resolved` proves."""
    return files_of(city.site.resolve())


@pytest.fixture
def site(demo, tmp_path) -> Path:
    return copied(demo.site, tmp_path / "site")


@pytest.fixture
def verify(demo, capsys) -> Callable[..., Said]:
    def run(source: object, *more: str, root: Path = demo.root) -> Said:
        capsys.readouterr()
        code = main(["verify", str(source), "--root", str(root), "--jobs", "1", *more])
        return Said(code, *capsys.readouterr())

    return run


def test_what_was_built_is_what_the_commit_gives(demo, verify):
    said = verify(demo.site)
    assert said.code == 0
    assert demo.commit in said.out
    assert "逐字节相同" in said.out


def test_any_flipped_byte_is_found_and_its_file_named(city, rebuilt, tmp_path, share):
    """One rebuild serves all flips."""
    site = copied(city.site, tmp_path / "city")
    assert list(compare(rebuilt.items(), SiteFolder(site))) == []
    chance = random.Random(20261122)
    paths = sorted(rebuilt)
    for _ in range(share(8, 500, "flipped bytes")):
        path = chance.choice(paths)
        file, good = site / path, rebuilt[path]
        at = chance.randrange(len(good))
        file.write_bytes(good[:at] + bytes([good[at] ^ 1 << chance.randrange(8)]) + good[at + 1 :])
        found = list(compare(rebuilt.items(), SiteFolder(site)))
        assert [(d.path, d.how, d.offset) for d in found] == [(path, "changed", at)]
        assert path in found[0].message
        file.write_bytes(good)


@pytest.mark.parametrize(
    "path",
    ["build.json", "manifest.json", "index.html", "theme/manifest.json", "theme/css/weimin.css", "log/leaves",
     "log/checkpoint", "log/checkpoints", "log/manifest.json", "robots.txt"],
)  # fmt: skip
def test_a_flip_in_every_sort_of_file_ends_with_1(site, verify, path):
    file = site / path
    data = file.read_bytes()
    file.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    said = verify(site)
    assert said.code == 1
    assert path in said.out


def test_every_byte_of_build_json_counts(site, verify):
    """A changed value, seal or spacing in build.json is detected."""
    good = (site / "build.json").read_bytes()
    for before, after in (
        (b'"as_of": "2026-11-22"', b'"as_of": "2026-11-21"'),
        (b'"dirty": ', b'"dirty":  '),
        (b'"seal": "', b'"seal": "0'),
    ):
        assert good.count(before) == 1
        (site / "build.json").write_bytes(good.replace(before, after))
        said = verify(site)
        assert (said.code, "build.json" in said.out) == (1, True)


def test_missing_and_extra_files_are_named(site, verify):
    (site / "robots.txt").unlink()
    (site / "990100" / "evil.html").write_text("x", encoding="utf-8")
    (site / ".hidden").write_text("x", encoding="utf-8")
    said = verify(site)
    assert said.code == 1
    assert "robots.txt：网站上没有这个文件" in said.out
    assert "990100/evil.html：网站上多出这个文件" in said.out
    assert ".hidden：网站上多出这个文件" in said.out
    assert "不一致：3 处" in said.out


def test_a_link_in_the_place_of_a_file_is_no_file(site, verify, tmp_path):
    (tmp_path / "elsewhere").write_bytes((site / "robots.txt").read_bytes())
    (site / "robots.txt").unlink()
    (site / "robots.txt").symlink_to(tmp_path / "elsewhere")
    said = verify(site)
    assert (said.code, "robots.txt：网站上没有这个文件" in said.out) == (1, True)


def test_a_difference_is_shown_with_its_place_and_fit_for_a_terminal(site, verify):
    page = site / "index.html"
    page.write_bytes(page.read_bytes().replace(b"</title>", b"\x1b[31m</title>", 1))
    said = verify(site)
    assert "index.html:" in said.out
    assert "网站上是“" in said.out
    assert "\x1b" not in said.out


def test_clones_agree(demo, verify, tmp_path):
    clones = [demo.repository.clone(tmp_path / name).root for name in ("a", "b")]
    (clones[0] / "content" / "site.yml").write_text(
        "title: 别的\n", encoding="utf-8"
    )  # what is not committed is not read
    said = [verify(demo.site, root=clone) for clone in clones]
    assert said[0] == said[1]
    assert said[0].code == 0


def test_another_commit_gives_another_site(demo, verify):
    said = verify(demo.site, "--commit", "HEAD~1")
    assert said.code == 1
    assert "build.json" in said.out


def test_a_manifest_names_every_file_of_its_folder(city, rebuilt):
    named = {"build.json"}
    for folder in json.loads(rebuilt["build.json"])["folders"]:
        before = f"{folder}/" if folder else ""
        named |= {f"{before}manifest.json"}
        named |= {before + name for name in json.loads(rebuilt[f"{before}manifest.json"])["files"]}
    assert named == rebuilt.keys()
    assert {
        p.relative_to(city.site.resolve()).as_posix() for p in city.site.resolve().rglob("*") if p.is_file()
    } == named


# What cannot be decided ends with 3, and never reads like a yes


def test_another_version_is_named(site, verify):
    restated(site, version="9.9.9")
    said = verify(site)
    assert said.code == 3
    assert "9.9.9" in said.err and __version__ in said.err and "build.json" in said.err
    assert said.out == ""


@pytest.mark.parametrize(("key", "word"), [("theme", "模板"), ("schemas", "字段定义"), ("examples", "规则示例")])
def test_another_theme_or_schemas_are_named(site, verify, key, word):
    restated(site, **{key: "0" * 64})
    said = verify(site)
    assert (said.code, word in said.err) == (3, True)


def test_a_site_of_changes_that_no_commit_holds_says_so(demo, verify, tmp_path, capsys):
    clone = demo.repository.clone(tmp_path / "clone").root
    (clone / "content" / "site.yml").write_text("title: 演示\ndemo: true\n", encoding="utf-8")
    assert main(["build", "--root", str(clone), "--output", str(tmp_path / "out"), "--jobs", "1"]) == 0
    stated = json.loads((tmp_path / "out" / "build.json").read_bytes())
    assert (stated["commit"], stated["dirty"]) == ("", True)
    said = verify(tmp_path / "out")
    assert said.code == 3
    assert "没有提交的改动" in said.err


def test_a_site_made_outside_git_says_so(demo, verify, tmp_path):
    (tmp_path / "plain").mkdir()
    copied(demo.root / "content", tmp_path / "plain" / "content")
    assert main(["build", "--root", str(tmp_path / "plain"), "--output", str(tmp_path / "out"), "--jobs", "1"]) == 0
    stated = json.loads((tmp_path / "out" / "build.json").read_bytes())
    assert (stated["commit"], stated["dirty"]) == ("", False)
    assert verify(tmp_path / "out").code == 3


def test_surroundings_that_allow_no_answer(demo, site, verify, tmp_path):
    shallow = demo.repository.clone(tmp_path / "shallow", "--depth", "1").root
    assert "fetch --unshallow" in verify(site, root=shallow).err
    plain = tmp_path / "plain"
    plain.mkdir()
    copied(demo.root / "content", plain / "content")
    assert "不是 Git 仓库" in verify(site, root=plain).err
    restated(site, commit="0" * 40)
    assert "没有提交" in verify(site).err
    (site / "build.json").unlink()
    assert "没有 build.json" in verify(site).err
    for root in (shallow, plain, demo.root):
        assert verify(site, root=root).code == 3


def test_neither_a_folder_nor_an_address_is_wrong_usage(verify, tmp_path):
    assert verify(tmp_path / "nothing").code == 2
    assert verify("ftp://example.org/").code == 2


@pytest.mark.parametrize(
    "change",
    [
        {"commit": "HEAD"}, {"commit": "--upload-pack=x"}, {"as_of": "tomorrow"}, {"folders": {"../x": "0"}},
        {"folders": []}, {"files": "many"}, {"as_of": None},
    ],
)  # fmt: skip
def test_facts_that_no_build_writes_are_not_acted_upon(site, verify, change):
    restated(site, **change)
    said = verify(site)
    assert said.code == 1
    assert "build.json：读不懂" in said.out


@pytest.mark.parametrize("text", ["", "[]", "null", "[" * 100_000, '{"commit": 1}', "\xff"])
def test_a_build_json_that_is_none_is_named(site, verify, text):
    (site / "build.json").write_bytes(text.encode("latin-1"))
    said = verify(site)
    assert (said.code, "build.json" in said.out) == (1, True)


# By address


class _Quiet(SimpleHTTPRequestHandler):
    failing = ""
    elsewhere = ""

    def do_GET(self) -> None:
        if self.failing and self.path == self.failing:
            self.send_error(500)
        elif self.elsewhere and self.path == self.elsewhere:
            self.send_response(302)
            self.send_header("Location", "http://elsewhere.example/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 64


@pytest.fixture
def served(site) -> Iterator[str]:
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_by_address_it_is_the_same(served, verify):
    said = verify(served, "--claims")
    assert said.code == 0, said.out + said.err
    assert "逐字节相同" in said.out and "全部相符" in said.out


def test_by_address_a_change_a_gap_and_an_addition_are_named(site, served, verify):
    page = site / "index.html"
    page.write_bytes(page.read_bytes().replace(b"</body>", b"<p>1</p></body>"))
    (site / "robots.txt").unlink()
    manifest = json.loads((site / "manifest.json").read_bytes())
    manifest["files"]["evil.html"] = "0" * 64
    (site / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    said = verify(served)
    assert said.code == 1
    for words in ("index.html:", "robots.txt：网站上没有", "manifest.json:", "evil.html：网站上多出"):
        assert words in said.out


@pytest.mark.parametrize("how", ["failing", "elsewhere"])
def test_an_address_that_gives_no_answer_is_no_yes(served, verify, monkeypatch, how):
    monkeypatch.setattr(_Quiet, how, "/robots.txt")
    said = verify(served)
    assert said.code == 3
    assert "robots.txt" in said.err and said.out == ""


def test_an_address_nobody_listens_at(verify):
    said = verify("http://127.0.0.1:9/")
    assert (said.code, "build.json" in said.err) == (3, True)


def test_no_more_is_read_than_there_can_be(served, site):
    (site / "large").write_bytes(b"x" * 100_000)
    assert SiteAddress(served).read("large", 10) == b"x" * 10
    assert SiteFolder(site).read("large", 10) == b"x" * 10
    assert SiteFolder(site).read("../../etc/passwd", 10) is None
