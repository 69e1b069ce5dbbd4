"""Runs commands in this process, so that a test can run many; each gives its exit code and output."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_register import Check, Ran

from weimin.cli.main import main


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """`check(root, "--base", "main")`: `weimin check`, by default on 2026-03-10 and as JSON."""

    def run(root: Path, *arguments: str, on: str = "2026-03-10", form: str = "json") -> Ran:
        capsys.readouterr()
        code = main(["check", "--root", str(root), "--jobs", "1", "--as-of", on, "--format", form, *arguments])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run
