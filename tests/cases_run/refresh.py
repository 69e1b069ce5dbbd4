"""Write every `bad/expected.txt` anew: `.venv/bin/python tests/cases_run/refresh.py`, then read the diff."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from case_register import EXPECTED, cases, found_in, said


def main(codes: list[str]) -> int:
    """All cases, or those of some codes. Exit code 1 where a bad case does not find its own code or a good one finds any."""
    wrong = 0
    for name in ("bad", "good"):
        for code, case in cases(name).items():
            if codes and code not in codes:
                continue
            if not case.folder.is_dir():
                print(f"{code}: no {name} case")
                wrong += 1
                continue
            found = found_in(case)
            if name == "bad":
                (case.folder / EXPECTED).write_text("".join(f"{said(f)}\n" for f in found), encoding="utf-8")
            if (name == "bad") != (code in {f.code for f in found}) or (name == "good" and found):
                wrong += 1
                print(f"{code} {name}:", *map(said, found), sep="\n    ")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
