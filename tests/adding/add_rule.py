"""A rule: W405, a followup that still says 待补 for who went."""

from addition import AGREEMENT, REFERENCE, Addition, Edit, Step, golden, meaning

FUNCTION = """

@dossier_rule("W405")
def visitor_to_be_written(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    for event, followup in dossier.followups:
        if followup.by == "待补":
            yield Problem(
                code="W405",
                path=event.path,
                pointer="/by",
                message=f"{event_name(event)}的“由谁”写着待补：写明由谁去的",
                hint="把待补换成去的单位",
                dossier=dossier.id,
            )
"""
BAD_GOOD = "tests/cases_run/test_cases_bad_good.py"
CASES = tuple(
    f"{BAD_GOOD}::{name}"
    for name in ("test_a_folder_for_every_code_and_a_code_for_every_folder", "test_bad[W405]", "test_good[W405]")
)
CASE = "tests/cases/W405-visitor-to-be-written"
RECORD = "content/network/990100/990101/990101001/990101001001/2026-001/2026-06-04-followup.md"
FOLLOWUP = """---
form: inspection
by: {}
measures:
  - id: m1
    state: on_track
---
样例：内容是编造的。路基已经铺好。
"""

ADDITION = Addition(
    thing="a rule",
    steps=(
        Step(
            name="row in model/codes.py",
            guard=(f"{AGREEMENT}/test_rules_agree.py",),
            names=("W405", "not the slug"),
            edits=(
                Edit(
                    "plugins/weimin/model/codes.py",
                    '    Code("W405", "visitor-to-be-written", N, "跟踪监督写明由谁去的。", "3.3.4"),\n',
                    before='    Code("W501",',
                ),
            ),
        ),
        Step(
            name="function in rules/",
            guard=(f"{AGREEMENT}/test_rules_agree.py",),
            names=("W405",),
            edits=(
                Edit(
                    "plugins/weimin/rules/followups.py",
                    FUNCTION,
                    after='    return f"{format_number(value.amount)} {quote(unit)[1:-1]}".rstrip()\n',
                ),
            ),
        ),
        Step(name="bad/", guard=CASES, names=("W405",), edits=(Edit(f"{CASE}/bad/{RECORD}", FOLLOWUP.format("待补")),)),
        Step(
            name="good/",
            guard=CASES,
            names=("W405",),
            edits=(Edit(f"{CASE}/good/{RECORD}", FOLLOWUP.format("样例县政协联络组")),),
        ),
        Step(
            name="expected.txt: tests/cases_run/refresh.py CODE",
            run=("tests/cases_run/refresh.py", "W405"),
            guard=CASES,
            names=("W405",),
        ),
        Step(
            name="its message in tests/rules/test_messages.py",
            guard=("tests/rules/test_messages.py::test_all_rules_speak",),
            names=("W405",),
            edits=(
                Edit(
                    "tests/rules/test_messages.py",
                    '        "by": "待补",\n',
                    before='        "measures": [\n            {"id": "m1", "state": "done"',
                ),
            ),
        ),
        meaning("rules", "W405", "'A followup does not leave open who went.'"),
        REFERENCE,
        golden("rules/W405"),
    ),
    works="""
import sys
sys.path[:0] = ["tests", "tests/cases_run"]
from case_register import cases, found_in
assert [f.code for f in found_in(cases("bad")["W405"])] == ["W405"]
""",
)
