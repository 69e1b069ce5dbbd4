"""A feed: `/feeds/evaluations.atom`."""

from addition import REFERENCE, REFERENCE_GUARD, Addition, Edit, Step, golden, meaning

ROW = (
    '    "evaluations": Feed(\n'
    '        "评议结果", "/feeds/evaluations.atom", _counted("dossiers"), page="/evaluations/", kinds=("evaluation",)\n'
    "    ),\n"
)

ADDITION = Addition(
    thing="a feed",
    steps=(
        Step(
            name="row in FEEDS (site/feeds.py)",
            guard=REFERENCE_GUARD,
            names=("evaluations",),
            edits=(Edit("plugins/weimin/site/feeds.py", ROW, before='    "calendar": Feed('),),
        ),
        meaning("feeds", "evaluations", "'evaluations'"),
        REFERENCE,
        golden("evaluations.atom", "paths.txt"),
    ),
    works="""
import tempfile
from pathlib import Path
from weimin.cli.main import main
with tempfile.TemporaryDirectory() as folder:
    out = Path(folder, "site")
    assert main(["build", "--root", "tests/cases/_base", "--as-of", "2026-11-22", "--no-pictures", "--output", str(out)]) == 0
    assert "民主评议：" in (out / "feeds" / "evaluations.atom").read_text("utf-8")
""",
)
