"""A field: `weather` of a followup."""

from addition import REFERENCE, Addition, Edit, Step, golden

SCHEMA = "schemas/followup.schema.json"
PROPERTY = """    "weather": {
      "$ref": "common.schema.json#/$defs/text"
    },
"""
REF = '    "weather": {\n'

ADDITION = Addition(
    thing="a field",
    steps=(
        Step(
            name="property in schemas/KIND.schema.json",
            guard=("tests/schemas/test_schema_files.py::test_schema_and_class_have_the_same_fields[followup]",),
            names=("weather",),
            edits=(Edit(SCHEMA, PROPERTY, before='    "time": {\n'),),
        ),
        Step(
            name="its title",
            guard=(
                "tests/schemas/test_schema_files.py::test_every_field_explains_itself_and_its_examples_hold[followup/weather]",
            ),
            names=("weather",),
            edits=(Edit(SCHEMA, '      "title": "天气",\n', after=REF, inside=True),),
        ),
        Step(
            name="its description",
            guard=(
                "tests/schemas/test_schema_files.py::test_every_field_explains_itself_and_its_examples_hold[followup/weather]",
            ),
            names=("weather",),
            edits=(Edit(SCHEMA, '      "description": "当天的天气。",\n', after=REF, inside=True),),
        ),
        Step(
            name="its examples",
            guard=(
                "tests/schemas/test_schema_files.py::test_every_field_explains_itself_and_its_examples_hold[followup/weather]",
            ),
            names=("weather",),
            edits=(Edit(SCHEMA, '      "examples": ["晴"],\n', after=REF, inside=True),),
        ),
        Step(
            name="class in model/kinds/",
            guard=("tests/schemas/test_schema_files.py::test_schema_and_class_have_the_same_fields[followup]",),
            names=("weather",),
            edits=(
                Edit(
                    "plugins/weimin/model/kinds/after.py",
                    "    weather: str | None = None\n",
                    after="class Followup(Data, frozen=True, kw_only=True):\n",
                ),
            ),
        ),
        Step(
            name="presenter in site/presenters/",
            guard=("tests/site/test_fields_shown.py::test_every_leaf_is_shown_or_has_a_reason[followup]",),
            names=("followup/weather",),
            edits=(
                Edit(
                    "plugins/weimin/site/presenters/after.py",
                    '*rows(present.row("weather", present.text("weather", f.weather))), ',
                    before='present.row("by", present.who("by", f.by)))\n\n\ndef correction_rows',
                ),
                Edit("plugins/weimin/site/presenters/after.py", ", rows", after="import Presenter"),
            ),
        ),
        REFERENCE,
        golden("data/"),
    ),
    works="""
import shutil, tempfile
from pathlib import Path
from weimin.cli.main import main
with tempfile.TemporaryDirectory() as folder:
    root = Path(folder, "register")
    shutil.copytree("tests/cases/_base", root)
    record = next(root.rglob("2026-06-04-followup.md"))
    record.write_text(record.read_text("utf-8").replace("form:", "weather: 晴转多云\\nform:", 1), "utf-8")
    assert main(["check", "--root", str(root), "--as-of", "2026-11-22"]) == 0
    out = Path(folder, "site")
    assert main(["build", "--root", str(root), "--as-of", "2026-11-22", "--no-pictures", "--output", str(out)]) == 0
    page = next(path for path in out.rglob("2026-001/index.html") if "embed" not in path.parts)
    assert "晴转多云" in page.read_text("utf-8")
""",
)
