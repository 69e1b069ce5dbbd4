"""A kind of record: `visits/DATE.yml` of a platform, an outing of its members."""

from addition import AGREEMENT, REFERENCE, Addition, Edit, Step, meaning

SCHEMA = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "走访",
  "description": "平台的一次走访。",
  "type": "object",
  "properties": {
    "where": {
      "title": "地点",
      "description": "走访了什么地方。",
      "$ref": "common.schema.json#/$defs/text",
      "examples": ["样例村"]
    },
    "compiled_from": {
      "title": "据公开报道整理",
      "description": "不是本平台自己报的，而是据公开报道整理的，写明出自哪些报道；平台自己填报的不写这一项。",
      "$ref": "common.schema.json#/$defs/compiled_from",
      "examples": [[{"publisher": "某某日报", "date": "2026-03-12", "title": "小区有了新车棚"}]]
    }
  },
  "required": ["where"],
  "additionalProperties": false,
  "examples": [{"where": "样例村"}]
}
"""
CLASS = '''class Visit(Data, frozen=True, kw_only=True):
    """走访."""

    where: str


'''
KINDS_INIT = "plugins/weimin/model/kinds/__init__.py"
KIND_TESTS = "tests/agreement/test_kinds_agree.py"

ADDITION = Addition(
    thing="a kind of record",
    steps=(
        Step(
            name="row in records/kinds.py",
            guard=(f"{AGREEMENT}/test_kinds_agree.py::test_kinds_schemas_and_samples",),
            names=("visit",),
            edits=(
                Edit(
                    "plugins/weimin/records/kinds.py",
                    '    _kind("visit", "走访", ".yml", PLATFORM, "2026-03-01", data.Visit, folder="visits"),\n',
                    before='    _kind("topic",',
                ),
            ),
        ),
        Step(
            name="class in model/kinds/",
            guard=(f"{AGREEMENT}/test_kinds_agree.py::test_kinds_schemas_and_samples",),
            names=("Visit",),
            edits=(
                Edit("plugins/weimin/model/kinds/platform_records.py", CLASS, before="class RuleParameter("),
                Edit(KINDS_INIT, "    Visit,\n", after="    Triage,\n"),
                Edit(KINDS_INIT, '    "Visit",\n', before='    "Votes",\n'),
            ),
        ),
        Step(
            name="schema",
            guard=(f"{AGREEMENT}/test_kinds_agree.py::test_kinds_schemas_and_samples",),
            names=("visit",),
            edits=(Edit("schemas/visit.schema.json", SCHEMA),),
        ),
        Step(
            name="sample in schemas/samples/",
            guard=(f"{AGREEMENT}/test_kinds_agree.py::test_kinds_schemas_and_samples",),
            names=("visit",),
            edits=(Edit("schemas/samples/visit.yml", "# 样例：内容是编造的\nwhere: 样例村\n"),),
        ),
        Step(
            name="class in tests/schemas/test_schema_files.py",
            guard=("tests/schemas/test_schema_files.py::test_a_schema_for_every_kind_and_none_besides",),
            names=("visit",),
            edits=(
                Edit("tests/schemas/test_schema_files.py", "    Visit,\n", after="    Topic,\n"),
                Edit("tests/schemas/test_schema_files.py", '    "visit": Visit,\n', before='    "rule": RuleBook,\n'),
            ),
        ),
        Step(
            name="files in .vscode/settings.json",
            guard=("tests/schemas/test_schema_samples.py::test_editor_finds_a_schema_for_every_data_file",),
            names=("visit",),
            edits=(
                Edit(
                    ".vscode/settings.json",
                    '    "./schemas/visit.schema.json": "content/network/**/visits/*.yml",\n',
                    before='    "./schemas/plan.schema.json"',
                ),
            ),
        ),
        Step(
            name="page, or the reason for none (test_kinds_agree.py)",
            guard=(f"{AGREEMENT}/test_kinds_agree.py::test_every_kind_has_a_page_or_a_reason",),
            names=("visit",),
            edits=(Edit(KIND_TESTS, '    "visit": "no page yet",\n', before='    "signers": "no record",\n'),),
        ),
        Step(
            name="made record, or the reason for none (unshown_fields.py)",
            guard=("tests/site/test_fields_shown.py::test_a_record_of_every_kind_is_made",),
            names=("visit",),
            edits=(
                Edit("tests/site/unshown_fields.py", '    "visit": "no page yet",\n', before='    "site": "settings'),
            ),
        ),
        Step(
            name="protected or editable (history/protection.py)",
            guard=(f"{AGREEMENT}/test_kinds_agree.py::test_every_kind_is_protected_or_may_be_edited",),
            names=("visit",),
            edits=(Edit(KIND_TESTS, '"visit", ', after="EDITABLE = {"),),
        ),
        Step(
            name="table, or UNPUBLISHED (opendata/tables.py)",
            guard=(f"{AGREEMENT}/test_kinds_agree.py::test_every_kind_has_a_table_or_is_not_published",),
            names=("visit",),
            edits=(Edit("plugins/weimin/opendata/tables.py", '"visit", ', after="UNPUBLISHED = ("),),
        ),
        Step(
            name="folder in references (model/record.py)",
            guard=(f"{AGREEMENT}/test_kinds_agree.py::test_a_reference_names_every_record_of_a_platform",),
            names=("visits",),
            edits=(Edit("plugins/weimin/model/record.py", "visits|", after="(?P<folder>"),),
        ),
        Step(
            name="folder in wording/references.py",
            guard=(f"{AGREEMENT}/test_kinds_agree.py::test_a_reference_names_every_record_of_a_platform",),
            names=("visits",),
            edits=(Edit("plugins/weimin/wording/references.py", '"visits": "visit", ', after="_FOLDERS = {"),),
        ),
        Step(
            name="folder in tests/records/test_kinds.py",
            guard=("tests/records/test_kinds.py::test_folders_of_a_platform",),
            names=("visits",),
            edits=(Edit("tests/records/test_kinds.py", '"visits", ', after="assert set(FOLDERS) == {"),),
        ),
        Step(
            name="path in tests/records/test_place.py",
            guard=("tests/records/test_place.py::test_all_kinds_have_a_good_path",),
            names=("visit",),
            edits=(
                Edit(
                    "tests/records/test_place.py",
                    '    V + "visits/2026-03-01.yml": ("visit", "2026-03-01"),\n',
                    before='    D + "topic.md"',
                ),
            ),
        ),
        meaning("file_names", "visit", "'DATE[-N].yml'"),
        meaning("kinds", "visit", "'an outing of the members; may be edited'"),
        REFERENCE,
    ),
    works="""
import contextlib, io, shutil, tempfile
from pathlib import Path
from weimin.cli.main import main
with tempfile.TemporaryDirectory() as folder:
    root = Path(folder, "register")
    shutil.copytree("tests/cases/_base", root)
    record = root / "content/network/990100/990101/visits/2026-03-01.yml"
    record.parent.mkdir()
    for text, code in (("where: 样例村\\n", 0), ("when: 早上\\n", 1)):
        record.write_text(text, "utf-8")
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            assert main(["check", "--root", str(root), "--as-of", "2026-11-22"]) == code, said.getvalue()
assert "visits/2026-03-01.yml" in said.getvalue()
""",
)
