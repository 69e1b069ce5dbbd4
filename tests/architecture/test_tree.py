"""What is committed names no machine: no folder of a developer, no package index, no private address."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from house import ROOT

# a bar stands in the middle of each sample, so that this file does not find itself
BAR = "¦"
FOLDERS = [r"/wo¦rk/", r"/tm¦p/", r"/ro¦ot/", r"/ho¦me/\w", r"/Us¦ers/\w", r"\b[A-Z]:\\Us¦ers\\"]
INDEXES = [r"index-ur¦l\W+\w+://", r"\w+://[^\s\"'<>]*/sim¦ple\b", r"pkg\.d¦ev\b", r"artifact¦ory\b"]
MACHINE = re.compile(rf"(?<![\w.*~-])(?:{'|'.join(FOLDERS)})|{'|'.join(INDEXES)}".replace(BAR, ""))

# file -> why it may name such a folder
ALLOWED = {
    "tests/scripts/bare_debian": "the clone inside a system of its own",
}
TEXT_AS_GIVEN = ("policy/",)


def committed(root: Path) -> list[str]:
    """Tracked files, and those that the next `git add` would take."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    names = [name for name in listed.stdout.decode("utf-8").split("\0") if name]
    return sorted(name for name in names if (root / name).is_file() and not name.startswith(TEXT_AS_GIVEN))


def machine_names(text: str) -> list[str]:
    return [f"{text.count(chr(10), 0, hit.start()) + 1}: {hit[0]}" for hit in MACHINE.finditer(text)]


def test_no_file_names_a_machine():
    names = committed(ROOT)
    assert len(names) > 50
    found = {}
    for name in names:
        raw = (ROOT / name).read_bytes()
        if b"\0" not in raw and (hits := machine_names(raw.decode("utf-8", "replace"))):
            found[name] = hits
    assert {name: hits for name, hits in found.items() if name not in ALLOWED} == {}
    assert [name for name in ALLOWED if name not in found] == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("open('/wo¦rk/main/x')", 1),
        ("cd /tm¦p/build", 1),
        ("file:///ro¦ot/x and /ho¦me/li/y", 2),
        ("--extra-index-ur¦l https://packages.example/", 1),
        ("pip install -i https://packages.example/sim¦ple x", 1),
        ("a/wo¦rk/main is a folder of the tree, /wo¦rks/ too, ~/tm¦p/ is anyone's", 0),
        ("--no-emit-index-url --no-header", 0),
    ],
)
def test_a_planted_name_is_found(text, count):
    assert len(machine_names(text.replace(BAR, ""))) == count


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_has_a_hash_for_each_package_and_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert len(blocks) > 20
    assert [block.splitlines()[0] for block in blocks if not re.match(r"[\w.-]+==\S+", block)] == []
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.M))


def test_tests_run_with_the_versions_that_staff_have():
    runtime, development = pins("requirements.lock"), pins("requirements-dev.lock")
    assert runtime.items() <= development.items()
    assert "pytest" in development
    assert "pytest" not in runtime


def test_the_locks_hold_what_the_package_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]

    def names(wanted):
        return {re.split(r"[\[<>=!~; ]", name)[0].lower().replace(".", "-").replace("_", "-") for name in wanted}

    assert names([*project["dependencies"], *extras["build"]]) <= set(pins("requirements.lock"))
    assert names(extras["dev"]) <= set(pins("requirements-dev.lock"))


def possessive_groups(text: str) -> list[str]:
    """Possessive quantifiers behind a group, and atomic groups, in the regular expressions of a module."""
    literals = (line for line in text.splitlines() if re.search(r"\b(?:r|rf|f)\"", line))
    return [line.strip() for line in literals if re.search(r"\)(?:[?*+]|\{\{?[0-9,]+\}?\})\+|\(\?>", line)]


def test_expressions_mean_the_same_to_every_python():
    """CPython before 3.11.5 matches possessive groups wrongly (issue 106052), and Debian 12 brings 3.11.2."""
    assert possessive_groups('X = r"(?:a|ab)*+c"')
    assert possessive_groups('X = rf"(?:{A}){{0,4}}+"')
    assert not possessive_groups('X = r"[0-9]++(?:a)?"')
    found = {p.name: possessive_groups(p.read_text("utf-8")) for p in (ROOT / "plugins").rglob("*.py")}
    assert found
    assert {name: lines for name, lines in found.items() if lines} == {}
