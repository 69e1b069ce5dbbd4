"""The first command in a bare Debian 12, twice, the second time without a network. Run by `./scripts/test --long`."""

from __future__ import annotations

import os
import subprocess

import pytest

from environment import ROOT


@pytest.mark.slow
@pytest.mark.skipif(os.environ.get("WEIMIN_LONG") != "1", reason="makes a whole system; only in --long")
def test_bootstrap_in_a_bare_system(tmp_path):
    ran = subprocess.run(
        [ROOT / "tests/scripts/bare_debian", tmp_path, "bootstrap", "offline"], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.count("exit 0") == 2
