"""The fields that no page of a dossier or a platform shows, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping

WITHOUT_PAGES: Mapping[str, str] = {
    "site": "settings: the frame of every page, no record of a dossier or a platform",
}
"""Kinds with a schema whose fields are not looked for on pages."""

_OPINION = "an opinion is counted by its decision and never shown: its words may name people (docs/privacy-accuracy.md)"
_DIGEST = "checks a document that is not published; index.json and the open data have it"
_PLACE = "proves the code of a new place to whoever audits the register; index.json and the open data have it"

UNSHOWN: Mapping[str, str] = {
    "consultation/suggestions/*/about": "not shown yet; comes with a presenter of a suggestion's own references",
    "correction/changes/*/from": "the page strikes through the value that the record had, which the rules require to be this one",
    "evaluation/of/*": "not shown yet: `EvaluationView.of` has it, no template shows it",
    **dict.fromkeys(
        (
            "opinion/channel",
            "opinion/from",
            "opinion/voices",
            "opinion/theme",
            "opinion/summary",
            "opinion/triage/date",
            "opinion/triage/to",
            "opinion/triage/unit",
            "opinion/triage/reason",
            "opinion/answered",
            "opinion/compiled_from/*/publisher",
            "opinion/compiled_from/*/date",
            "opinion/compiled_from/*/title",
            "opinion/compiled_from/*/url",
            "opinion/compiled_from/*/partial",
        ),
        _OPINION,
    ),
    "outcome/funding/*/measure": "not shown yet; comes with the funding of a measure in the table of measures",
    "outcome/upward/*/reported/doc_no": "not shown yet; comes with the number of the document beside the day of the report",
    "outcome/upward/*/digest": _DIGEST,
    "outcome/publication/digest": _DIGEST,
    "plan/items/*/methods/*": "not shown yet; comes with the methods in a line of the plan",
    **dict.fromkeys((f"platform/place_found/{name}" for name in ("list", "date", "code", "name")), _PLACE),
    "projects/items/*/progress/*/note": "not shown yet; comes with the note beside the state of a project",
    "response/answers/*/measure": "not shown yet: `AnswerView.measure` has it, no template shows it",
    "rule/indicators/*/bounds": "not shown yet; comes with the bounds beside the formula in the report of a year",
    "topic/announces/*/methods/*": "not shown yet; comes with the methods in the line of an announcement",
}
"""Kind and JSON pointer, with `*` for an item of a list → why the page does not show it."""
