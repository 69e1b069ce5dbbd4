"""What pages say where no document sets a day or a line: the act, this site's reference without a colour, no red mark."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from made_records import CITY, COUNTY, FULL, TOWN, VILLAGE
from made_register import dossier_views, register_view, site_context_of

from weimin.model.basis import Basis
from weimin.model.network import Network, PlatformRow
from weimin.model.parameter import Parameters, ParameterSetting
from weimin.model.summary import DutyRow, EvaluationRow
from weimin.site.calendar import calendar
from weimin.site.pages.deadlines import deadline_note
from weimin.site.presenters.duties import duty_views, own_list
from weimin.site.presenters.evaluation import evaluation_view
from weimin.site.site_context import SiteContext
from weimin.site.tables import duties, evaluations, low_ratings

REMINDER = DutyRow(
    code="W602",
    message="2026-03-10 的协商成果还没有报送同级党政组织（submitted），建议 2026-03-17 前办理（本站参考，非文件规定）",
    owed_by=VILLAGE,
    due=None,
    path="content/x",
    suggested_due=date(2026, 3, 17),
    basis=Basis.DEFAULT,
)
BY_RULE = msgspec.structs.replace(
    REMINDER, due=date(2026, 3, 17), suggested_due=None, overdue_days=250, basis=Basis.RULE
)


def view_of(*owed: DutyRow, evaluation: EvaluationRow | None = None):
    summaries = [v.summary for v in dossier_views()]
    given = {"duties": owed} | ({"evaluations": (evaluation,)} if evaluation else {})
    return register_view(
        msgspec.structs.replace(s, **given) if s.id == FULL else msgspec.structs.replace(s, duties=())
        for s in summaries
    )


def rated(rate: float, *, low: bool, line: float | None) -> EvaluationRow:
    (row,) = next(v.summary for v in dossier_views() if v.dossier.id == FULL).evaluations[:1]
    return msgspec.structs.replace(row, rate=rate, low=low, reference_line=line, reconsult=None)


def test_staff_see_the_suggestion_in_their_own_list_and_the_public_sees_the_act():
    context = site_context_of(view_of())
    (staff,), (public,) = own_list(context, (), [REMINDER]), duty_views(context, [REMINDER])
    assert staff.suggested == "建议2026年3月17日前办理（本站参考，非文件规定）"
    assert public.suggested == ""
    for shown in (staff, public):
        assert (shown.message, shown.overdue) == ("2026年3月10日的协商成果还没有报送同级党政组织", False)
        assert (shown.due.text, shown.basis, shown.counted) == ("没有文件规定期限", None, "")


def test_a_reminder_is_owed_and_is_in_no_list_of_overdue_duties_and_not_in_the_calendar():
    for owed, late in ((REMINDER, 0), (BY_RULE, 1)):
        view = view_of(owed)
        context = site_context_of(view)
        assert len(duties(view.ledger, context).rows) == 1
        assert len(duties(view.ledger, context, overdue_only=True).rows) == late
        assert (b"20260317" in calendar(view, context)) is bool(late)
        (row,) = duties(view.ledger, context).rows
        assert ("建议" in row.text, row.label, row.state) == (False, *(("逾期", "owed") if late else ("待办", "now")))


@pytest.mark.parametrize(
    ("row", "low", "said", "state"),
    [
        (rated(0.7, low=True, line=None), 1, "尚未决定是否再协商", "owed"),
        (rated(0.7, low=False, line=0.8), 0, "低于本站参考线80%（非文件规定）；尚未决定是否再协商", ""),
        (rated(0.9, low=False, line=None), 0, "", "done"),
    ],
)
def test_only_a_rate_below_the_line_of_a_rule_is_among_the_low_ones(row, low, said, state):
    view = view_of(evaluation=row)
    context = site_context_of(view)
    assert len(low_ratings(view.ledger, context).rows) == low
    shown = next(r for r in evaluations(view.ledger, context).rows if r.label.startswith("满意率 "))
    assert shown.state == state
    assert shown.text.endswith(said) and ("参考线" in shown.text) is ("参考线" in said)
    dossier = next(v.dossier for v in dossier_views() if v.dossier.id == FULL)
    event, data = dossier.evaluations[0]
    page = evaluation_view(context, dossier, event, data, row)
    assert (page.low, page.reference) == (bool(low), "低于本站参考线80%（非文件规定）" if "参考线" in said else "")


OTHER = "990102"


def context_with(*settings: ParameterSetting) -> SiteContext:
    view = view_of()
    other = PlatformRow(code=OTHER, area="另一县", name="另一县为民协商办公室")
    rows = Network([*view.network.rows.values(), other])
    return site_context_of(msgspec.structs.replace(view, parameters=Parameters(settings), network=rows))


def rule(platform: str, name: str = "report_days", **more: bool) -> ParameterSetting:
    return ParameterSetting(name=name, value=7, platform=platform, source=f"{platform}/rules/x#1", **more)


@pytest.mark.parametrize(
    ("settings", "all_", "county", "other"),
    [
        ((), "本地尚未公布办理期限", "本地尚未公布办理期限", "本地尚未公布办理期限"),
        (
            (rule(CITY, house=True), rule(COUNTY, issued=False)),
            "本地尚未公布办理期限",
            "本地尚未公布办理期限",
            "本地尚未公布办理期限",
        ),
        ((rule(COUNTY, "notice_days"),), "本地尚未公布办理期限", "本地尚未公布办理期限", "本地尚未公布办理期限"),
        ((rule(COUNTY),), "另一县尚未公布办理期限", "", "本地尚未公布办理期限"),
        ((rule(CITY),), "", "", ""),
    ],
)
def test_the_pages_of_duties_say_where_nobody_has_published_limits(settings, all_, county, other):
    context = context_with(*settings)
    for path, said in (
        ("duties", all_),
        ("duties/state-overdue", all_),
        ("duties/2026-03", all_),
        (f"duties/{COUNTY}", county),
        (f"duties/{TOWN}/2026", county),
        (f"duties/{OTHER}", other),
    ):
        assert deadline_note(path, context).partition("。")[0] == said, path
    assert deadline_note("results", context) == deadline_note(f"evaluations/{COUNTY}", context) == ""
