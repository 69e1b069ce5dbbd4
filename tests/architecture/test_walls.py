"""The rooms import downwards only, the pure ones touch nothing outside; and the checker sees it when they do not."""

from __future__ import annotations

import pytest
from house import MAY_IMPORT, PACKAGE, ROOT, imports, modules
from walls import broken_walls


def test_no_wall_is_broken():
    assert broken_walls() == []


def test_the_check_saw_the_whole_house():
    rooms = {module.room for module in modules()}
    assert {"model", "records", "app", "cli"} <= rooms
    assert sum(1 for module in modules() for _ in imports(module)) > 100


def test_every_room_of_the_plan_is_there_and_no_other():
    assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} == set(MAY_IMPORT)


PLANTED = {
    "records/a.py": ("from weimin.rules import run", "may import model"),
    "records/b.py": ("from ..dossiers import fold", "may import model"),
    "records/c.py": ("from weimin import adapters", "may import model"),
    "rules/d.py": ("def f():\n    import weimin.history.walk", "may import model"),
    "site/e.py": ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from weimin.prose import x", "may import"),
    "model/f.py": ("from weimin.records import kinds", "may import no other room"),
    "adapters/g.py": ("import weimin.app.check", "may import"),
    "app/h.py": ("from weimin.publish.run import publish", "may import"),
    "app/i.py": ("from weimin.cli.main import main", "imports cli: it may import"),
    "publish/j.py": ("from weimin import cli", "imports cli: it may import"),
    "app/k.py": ("import plugins.weimin.model", "second copy"),
    "adapters/l.py": ("from pelican.writers import Writer", "only publish knows Pelican"),
    "model/m.py": ("import os", "is pure and imports os"),
    "rules/n.py": ("from os.path import join", "is pure and imports os.path.join"),
    "prose/o.py": ("from pathlib import Path", "is pure and imports pathlib.Path"),
    "prose/p.py": ("import urllib.request", "is pure and imports urllib.request"),
    "history/q.py": ("import git", "is pure and imports git"),
    "report/r.py": ("print('x')", "calls print()"),
    "intake/s.py": ("open('x')", "calls open()"),
    "dossiers/t.py": ("from datetime import date\ndate.today()", "reads the clock"),
    "dossiers/u.py": ("import datetime\ndatetime.datetime.now(datetime.UTC)", "reads the clock"),
    "intake/v.py": ("import importlib\nimportlib.import_module('weimin.records')", "may import"),
    "common/w.py": ("", "is not a room"),
    "__init__.py": ("from weimin.model import finding", "rooms open on demand"),
}


@pytest.mark.parametrize("place", PLANTED)
def test_a_planted_module_is_found(tmp_path, place):
    source, sentence = PLANTED[place]
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text(source, encoding="utf-8")
    broken = broken_walls(tmp_path)
    assert len(broken) == 1
    assert sentence in broken[0]
    assert f"/{place}:" in broken[0]


ALLOWED = {
    "cli/a.py": "import sys\nfrom weimin.app.check import check\nfrom weimin.publish.run import publish\nprint(1)",
    "publish/b.py": "import pelican\nfrom weimin.app.build import build\nfrom weimin.model.record import Record",
    "app/c.py": "import time\nfrom pathlib import Path\nfrom weimin.rules.run import run\nfrom weimin.adapters import files",
    "adapters/d.py": "import os\nimport git\nfrom weimin.model.finding import Finding\nfrom .other import x",
    "records/e.py": "import io\nfrom pathlib import PurePosixPath\nfrom weimin.records.place import place\nfrom . import f",
    "rules/g.py": "from datetime import date\nimport urllib.parse\ndate(2026, 1, 1)\nbook.today()",
    "__main__.py": "from weimin.cli.main import main",
}


@pytest.mark.parametrize("place", ALLOWED)
def test_what_is_allowed_passes(tmp_path, place):
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text(ALLOWED[place], encoding="utf-8")
    assert broken_walls(tmp_path) == []


def test_an_empty_tree_is_not_a_clean_house(tmp_path):
    with pytest.raises(ValueError, match="no module"):
        broken_walls(tmp_path)


def test_nothing_outside_the_package_makes_a_second_copy_of_it():
    outside = [path for folder in ("tests", "scripts") for path in sorted((ROOT / folder).rglob("*.py"))]
    outside += sorted(ROOT.glob("*.py"))
    assert outside
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in outside
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("import plugins", "from plugins"))
    ]
    assert wrong == []
