"""`weimin audit` over a register that asks for signatures: findings name the commit that is meant, not the merge."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from made_repo import Repository
from signing import ON, SETTINGS, SIGNERS, Signing, file_of, made_person

TOWN, COUNTY = "321302001", "321302"
OPINION = "- {channel: hotline, from: 居民, summary: 路灯不亮}\n"


def test_an_unsigned_commit_in_a_merge_is_named_with_its_author(
    repo: Callable[..., Repository], weimin: Callable[..., Any], tmp_path: Path
) -> None:
    town, county = (made_person(tmp_path / "keys", name) for name in ("town", "county"))
    signing = Signing(repo())
    signers = town.line(TOWN) + "\n" + county.line(COUNTY) + "\n"
    signing.commit({SETTINGS: ON, SIGNERS: signers}, county, unsigned=True)
    signing.through({file_of(TOWN): OPINION}, town, county)
    signing.branch("x")
    unsigned = signing.commit({file_of(TOWN, 2): OPINION}, town, unsigned=True)
    signing.main()
    signing.merge("x", county)
    ran = weimin("audit", "--format", "json", "--select", "A106,A107,A113", cwd=signing.repository.root)
    (found,) = json.loads(ran.stdout)["findings"]
    assert (ran.code, found["code"], found["commit"], found["author"]) == (1, "A107", unsigned, "town")
    assert found["path"] == file_of(TOWN, 2)
    since = weimin("audit", "--format", "json", "--select", "A107", "--since", "HEAD~1", cwd=signing.repository.root)
    assert [f["commit"] for f in json.loads(since.stdout)["findings"]] == [unsigned]
