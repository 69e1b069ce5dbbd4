"""Measures the scanners on the made corpus and prints the table of docs/privacy-accuracy.md. `python tests/rules/privacy/privacy_accuracy.py`"""

from __future__ import annotations

import random
import sys
from collections import Counter

import privacy_corpus as corpus

from weimin.model.finding import Problem
from weimin.rules.privacy import scan_text


def measure() -> tuple[Counter[tuple[str, str]], list[tuple[str, str, str]], list[tuple[str, str, str]], int]:
    """Found per (kind, disguise); what was missed; what was alarmed falsely, as (code, shown, line); clean lines."""
    found: Counter[tuple[str, str]] = Counter()
    missed = []
    for kind, disguise, code, line in corpus.positives():
        if any(problem.code == code for problem in scan_text("made.md", line)):
            found[kind, disguise] += 1
        else:
            missed.append((kind, disguise, line))
    alarms = []
    lines = 0
    for line in corpus.clean_lines():
        lines += 1
        alarms += [(problem.code, problem.message, line) for problem in scan_text("clean.md", line)]
    return found, missed, alarms, lines


def joined_alarms() -> list[Problem]:
    """False alarms where every line stands beside another: the end of one and the beginning of the next may meet."""
    lines = list(corpus.clean_lines())
    random.Random(3).shuffle(lines)
    return scan_text("clean.md", "\n".join(lines))


def table() -> str:
    """The table in Markdown, ending in a line break."""
    found, _, alarms, lines = measure()
    rows = [
        "| kind | code | " + " | ".join(corpus.DISGUISES) + " | recall |",
        "|---" * (len(corpus.DISGUISES) + 3) + "|",
    ]
    for kind, (code, _, _) in corpus.KINDS.items():
        cells = [str(found[kind, each]) if corpus.applies(kind, each) else "–" for each in corpus.DISGUISES]
        asked = corpus.EACH * sum(cell != "–" for cell in cells)
        recall = sum(found[kind, each] for each in corpus.DISGUISES) / asked
        rows.append(f"| {kind} | {code} | " + " | ".join(cells) + f" | {recall:.2%} |")
    by_code = Counter(code for code, _, _ in alarms)
    rows += ["", "| code | false alarms in clean lines |", "|---|---|"]
    rows += [f"| {code} | {by_code[code]} in {lines:,} |" for code in ("P101", "P102", "P103", "P105", "P106", "P107")]
    rows += ["", f"The same lines, shuffled and joined into one text: {len(joined_alarms())} false alarms."]
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    if "--missed" in sys.argv:
        _, missed, alarms, _ = measure()
        for entry in [*missed, *alarms]:
            print(*entry, sep="\t")
    print(table())
