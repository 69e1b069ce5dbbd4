"""What build.json says is believed only where a build can have written it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_site import STATED, MadeSite, stated

from builders.repository import make_repo
from weimin import __version__
from weimin.app.build.page_context import installed_now
from weimin.app.verify.claims import Claim, ClaimFault, ClaimSummary
from weimin.app.verify.compare import Difference
from weimin.app.verify.verify import (
    BuildInfo,
    DamagedBuildInfo,
    VerifyRequest,
    VerifyResult,
    _extra_files,
    _require_same_program,
    build_info_of,
    register_at,
    verify,
)
from weimin.engine.opening import NothingToCheck


def said_by(data: bytes | None) -> BuildInfo:
    return build_info_of(MadeSite({} if data is None else {"build.json": data}))


def test_what_is_said() -> None:
    assert said_by(stated()) == BuildInfo(
        commit="a" * 40,
        dirty=False,
        history=True,
        pictures=True,
        as_of=date(2026, 11, 22),
        base_url="https://demo.example.org",
        version="0.1.0",
        installed={"schemas": "1", "theme": "2", "examples": "3"},
        files=4,
        folders={"": "0", "theme": "1"},
    )
    assert said_by(stated(commit="b" * 64)).commit == "b" * 64


@pytest.mark.parametrize("name", ["", "a", "a/b", "a/b/c", "990100", "a-b_c.d", "1.2"])
def test_a_folder_of_the_site(name: str) -> None:
    assert said_by(stated(folders={name: "0"})).folders == {name: "0"}


@pytest.mark.parametrize(
    "changes",
    [
        {"folders": {name: "0"}}
        for name in ("..", "a/..", "/a", "a/", "a//b", "a/b/c/d", ".a", "a/.b", "a b", "a\\b", "a\n")
    ]
    + [
        {"folders": {"a": 1}},
        {"folders": ["a"]},
        {"commit": "A" * 40},
        {"commit": "a" * 39},
        {"commit": "a" * 41},
        {"commit": "a" * 63},
        {"commit": "a" * 40 + "\n"},
        {"commit": 1},
        {"as_of": "2026-11-31"},
        {"as_of": 1},
        {"files": "many"},
        {"files": None},
    ],
)
def test_what_no_build_writes_is_damaged(changes: dict[str, Any]) -> None:
    with pytest.raises(DamagedBuildInfo, match="读不懂，已被改动或损坏"):
        said_by(stated(**changes))


@pytest.mark.parametrize("key", [*STATED])
def test_what_is_left_out_is_damaged(key: str) -> None:
    said = json.loads(stated())
    del said[key]
    with pytest.raises(DamagedBuildInfo, match="读不懂"):
        said_by(json.dumps(said).encode())


@pytest.mark.parametrize("text", ["", "[]", "null", "1", "[" * 100_000])
def test_what_is_no_json_of_a_build_is_damaged(text: str) -> None:
    with pytest.raises(DamagedBuildInfo, match="读不懂"):
        said_by(text.encode())


@pytest.mark.parametrize("key", ["base_url", "version", "theme", "files", "dirty"])
def test_a_fact_that_the_seal_does_not_cover_is_damaged(key: str) -> None:
    said = json.loads(stated()) | {key: 9}
    with pytest.raises(DamagedBuildInfo, match="校验值（seal）不符"):
        said_by(json.dumps(said).encode())


@pytest.mark.parametrize(("dirty", "why"), [(True, "有没有提交的改动"), (False, "不在 Git 仓库里")])
def test_without_a_commit_nothing_can_be_compared(dirty: bool, why: str) -> None:
    with pytest.raises(NothingToCheck, match=why):
        said_by(stated(commit="", dirty=dirty))
    with pytest.raises(NothingToCheck, match=r"“a site”没有 build\.json"):
        said_by(None)


def test_a_damaged_build_json_is_the_only_thing_that_is_said(tmp_path: Path) -> None:
    site = MadeSite({"build.json": b"x"})
    found = verify(site, VerifyRequest(start=tmp_path))
    assert (found.site, found.commit, found.files, found.claims, found.notes, found.identical) == (
        "a site",
        "",
        1,
        None,
        (),
        False,
    )
    assert [(d.path, d.how) for d in found.differences] == [("build.json", "described")]
    assert site.asked == {"build.json": 128 * 1024 * 1024}


def program(**changes: str) -> BuildInfo:
    here = {key: str(value) for key, value in installed_now().items()}
    return said_by(stated(version=changes.pop("version", __version__), **here | changes))


def test_another_program_gives_another_site() -> None:
    _require_same_program(program())
    with pytest.raises(NothingToCheck, match=f"由 weimin 9.9 生成，这里装的是 {__version__}"):
        _require_same_program(program(version="9.9"))
    for key, name in {"schemas": "字段定义", "theme": "模板", "examples": "规则示例"}.items():
        with pytest.raises(NothingToCheck, match=f"的另一份{name}"):
            _require_same_program(program(**{key: "0"}))
    with pytest.raises(NothingToCheck, match=r"字段定义（schemas）、模板（theme）生成.*提交 aaaaaaaaaa 里"):
        _require_same_program(program(schemas="0", theme="0"))


def test_the_records_are_those_of_the_commit(tmp_path: Path) -> None:
    steps = [{"README.md": "x"}, {"content/site.yml": "title: 一\n"}, {"content/site.yml": "title: 二\n"}]
    repository = make_repo(tmp_path / "repo", steps)
    first, second, third = repository.git("log", "--format=%H", "--reverse").split()
    asked = VerifyRequest(start=repository.root)
    for commit, title in ((second, "一"), (third, "二")):
        register, found = register_at(asked, said_by(stated(commit=commit)))
        assert (found, register.site.title) == (commit, title)
    other = VerifyRequest(start=repository.root, commit="HEAD~1")
    assert register_at(other, said_by(stated(commit=third)))[1] == second
    with pytest.raises(NothingToCheck, match=f"提交 {first[:10]} 里没有任何记录"):
        register_at(asked, said_by(stated(commit=first)))
    with pytest.raises(NothingToCheck, match="没有提交“nothing”"):
        register_at(
            VerifyRequest(start=tmp_path, root=repository.root, commit="nothing"), said_by(stated(commit=third))
        )
    with pytest.raises(NothingToCheck, match="没有找到任何记录"):
        register_at(VerifyRequest(start=tmp_path), said_by(stated()))


def test_what_manifests_name_and_the_commit_does_not_give() -> None:
    files = {
        "manifest.json": json.dumps({"files": {"a.html": "0", "b.html": "0"}}).encode(),
        "theme/manifest.json": json.dumps({"files": {"x.css": "0"}}).encode(),
        "bad/manifest.json": b"[]",
    }
    told = said_by(stated(folders={"theme": "1", "": "0", "bad": "2", "gone": "3"}))
    made = {"manifest.json", "a.html", "theme/manifest.json"}
    found = _extra_files(MadeSite(files, listed=False), told, made)
    assert [(d.path, d.how) for d in found] == [("b.html", "extra"), ("theme/x.css", "extra")]


def test_the_same_means_no_difference_and_no_bad_claim() -> None:
    def verified(differs: int, bad: int | None) -> VerifyResult:
        claim = ClaimFault(claim=Claim(page="p", line=1, source="s", text="t"), description="w")
        claims = None
        if bad is not None:
            claims = ClaimSummary(elements=1, values=1, records=1, commits=1, faults=(claim,) * bad)
        return VerifyResult(
            site="s",
            commit="c",
            as_of=date.min,
            files=1,
            differences=(Difference(path="p", how="extra"),) * differs,
            claims=claims,
        )

    assert [verified(*facts).identical for facts in ((0, None), (0, 0), (0, 1), (1, None), (1, 0))] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert len(verified(0, 2).claim_faults) == 2
