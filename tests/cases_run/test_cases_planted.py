"""One planted fault of each code of the families F, S and L, through the command's own door: exit code, code, line, column."""

from __future__ import annotations

import json

import pytest
from case_register import AS_OF, cases, lay_out

from weimin.cli.exit_codes import ERRORS, OK
from weimin.cli.main import main
from weimin.model.codes import CODES

BAD = cases("bad")
COUNTY = "content/network/990100/990101"
TRAINING = f"{COUNTY}/guidance/2026-04-02.md"
VILLAGE = f"{COUNTY}/990101001/990101001001"
DOSSIER = f"{VILLAGE}/2026-001"

# code -> exit code, file, (line, column) of each finding; typed by hand from the files, not from the check
PLANTED = {
    "F101": (1, TRAINING, [(5, 1)]),
    "F102": (1, TRAINING, [(1, 1), (1, 4)]),
    "F103": (1, TRAINING, [(3, 5)]),
    "F104": (1, TRAINING, [(4, 1)]),
    "F105": (1, TRAINING, [(2, 5)]),
    "F106": (1, TRAINING, [(2, 16)]),
    "F107": (1, TRAINING, [(1, 1)]),
    "F108": (1, f"{COUNTY}/guidance/2026-4-2.md", [(1, 1)]),
    "F109": (1, "content/pages/data.md", [(1, 1)]),
    "F110": (1, TRAINING, [(5, 18)]),
    "F111": (1, TRAINING, [(1, 1)]),
    "F112": (1, TRAINING, [(5, 13), (5, 18)]),
    "F113": (1, f"{DOSSIER}/attachments/road-before.jpg", [(1, 1)]),
    "F114": (1, TRAINING, [(1, 1), (1, 1)]),
    "F115": (1, f"{VILLAGE}/platform.yml", [(2, 8)]),
    "F116": (1, TRAINING, [(3, 1), (7, 1)]),
    "S101": (1, TRAINING, [(1, 1)]),
    "S102": (1, f"{DOSSIER}/2026-09-15-evaluation.yml", [(8, 11)]),
    "S103": (1, f"{DOSSIER}/2026-06-04-followup.md", [(2, 7)]),
    "S104": (1, f"{DOSSIER}/2026-03-10-outcome.md", [(11, 5)]),
    "S105": (1, f"{DOSSIER}/2026-03-10-outcome.md", [(11, 10)]),
    "S106": (1, f"{DOSSIER}/2026-03-02-consultation.md", [(12, 12)]),
    "L101": (1, f"{DOSSIER}/2026-04-01-correction.yml", [(2, 5)]),
    "L102": (1, f"{DOSSIER}/2026-05-20-consultation.md", [(11, 9)]),
    "L103": (1, f"{COUNTY}/990101002/990101002001/platform.yml", [(1, 1)]),
    "L104": (1, f"{VILLAGE}/2026-002/2026-10-08-consultation.md", [(1, 1)]),
    "L105": (1, f"{DOSSIER}/2026-07-10-followup.md", [(4, 9)]),
    "L106": (0, f"{VILLAGE}/2026-003/topic.md", [(1, 1)]),
    "L107": (1, f"{DOSSIER}/2026-04-01-correction.yml", [(5, 11)]),
    "L108": (0, f"{VILLAGE}/exemptions.yml", [(1, 3)]),
}


def test_the_table_is_whole():
    assert list(PLANTED) == [code for code in CODES if code[0] in "FSL"]


@pytest.mark.parametrize("code", PLANTED)
def test_planted(code, tmp_path, capsys):
    root = lay_out(tmp_path / "register", BAD[code])
    exit_code, path, places = PLANTED[code]
    ran = main(["check", "--root", str(root), "--as-of", AS_OF.isoformat(), "--format", "json", "--jobs", "1"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert ran == {0: OK, 1: ERRORS}[exit_code]
    assert {f["code"] for f in found} == {code}
    assert path in {f["path"] for f in found}
    assert [(f["line"], f["column"]) for f in found] == places
    assert all(f["hint"] and f["slug"] == CODES[code].slug for f in found)
