"""An output format of `check`: `--format tsv`."""

from addition import AGREEMENT, REFERENCE, Addition, Edit, Step

MODULE = '''"""`check --format tsv`: a line per finding, with tabs between its fields."""

from __future__ import annotations

from weimin.model.check_result import CheckResult
from weimin.report.context import ReportContext
from weimin.report.plain import printable


def write(checked: CheckResult, context: ReportContext) -> str:
    lines = ["path\\tline\\tcode\\tmessage\\tclause"]
    for f in checked.not_exempt:
        clause = context.clause(f.clause) if f.clause else ""
        fields = (printable(f.path), str(f.line), f.code, printable(f.message), clause)
        lines.append("\\t".join(field.replace("\\t", " ").replace("\\n", " ") for field in fields))
    return "\\n".join(lines) + "\\n"
'''

TEST = '''"""The reader of tab-separated values."""

from __future__ import annotations

import csv
import io

from made_findings import ONE_OF_EACH, context

from weimin.report import as_tsv


def test_a_reader_of_tables_reads_it():
    rows = list(csv.DictReader(io.StringIO(as_tsv.write(ONE_OF_EACH, context())), delimiter="\\t"))
    assert len(rows) == len(ONE_OF_EACH.not_exempt)
'''

ADDITION = Addition(
    thing="an output format of `check`",
    steps=(
        Step(
            name="module as_NAME.py in report/",
            guard=("tests/report/test_formats.py",),
            names=("as_tsv",),
            edits=(Edit("plugins/weimin/report/as_tsv.py", MODULE),),
        ),
        Step(
            name="row in FORMATS (report/formats.py)",
            guard=("tests/report/test_formats.py",),
            names=("tsv",),
            edits=(
                Edit("plugins/weimin/report/formats.py", ", as_tsv", after="as_sarif, as_text"),
                Edit("plugins/weimin/report/formats.py", '    "tsv": as_tsv.write,\n', before='    "digest":'),
            ),
        ),
        Step(
            name="row in CONTRACT (tests/report/test_formats.py)",
            guard=("tests/report/test_formats.py",),
            names=("tsv",),
            edits=(Edit("tests/report/test_formats.py", ', "tsv"', after='"junit", "rdjson"'),),
        ),
        Step(
            name="row in tests/report/consumers/README.md",
            guard=("tests/report/test_formats.py",),
            names=("tsv",),
            edits=(
                Edit(
                    "tests/report/consumers/README.md",
                    "| `tsv` | Python's reader of tables | `test_tsv_report.py` |\n",
                    before="| `digest` |",
                ),
            ),
        ),
        Step(
            name="test with the consumer",
            guard=("tests/report/test_formats.py",),
            names=("test_tsv_report.py",),
            edits=(Edit("tests/report/test_tsv_report.py", TEST),),
        ),
        Step(
            name="name in README.md",
            guard=(f"{AGREEMENT}/test_commands_agree.py",),
            names=("tsv",),
            edits=(Edit("README.md", r"tsv\|", before="digest`"),),
        ),
        Step(
            name="name in README.zh-CN.md",
            guard=(f"{AGREEMENT}/test_commands_agree.py",),
            names=("tsv",),
            edits=(Edit("README.zh-CN.md", r"tsv\|", before="digest`"),),
        ),
        REFERENCE,
    ),
    works="""
import contextlib, io
from weimin.cli.main import main
text = io.StringIO()
with contextlib.redirect_stdout(text):
    assert main(["check", "--root", "tests/cases/_base", "--as-of", "2026-11-22", "--format", "tsv"]) == 0
assert text.getvalue() == "path\\tline\\tcode\\tmessage\\tclause\\n", text.getvalue()
""",
)
