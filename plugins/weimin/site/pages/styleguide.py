"""Every component in every state on one page, of made-up matters: only where the site is a demonstration."""

from __future__ import annotations

from collections.abc import Iterator

from weimin.model.codes import STEPS
from weimin.model.page import Page
from weimin.model.states import StepState
from weimin.model.view import RegisterView
from weimin.site.charts.drawing import Chart
from weimin.site.charts.funnel import StepCount, funnel
from weimin.site.charts.tally import Part, tally
from weimin.site.display_text import NONE, UNPUBLISHED, UNRECORDED
from weimin.site.display_text import DisplayText as Text
from weimin.site.page import page
from weimin.site.presenters.duties import DutyView
from weimin.site.presenters.tracker import StepView
from weimin.site.rows import DossierRow
from weimin.site.site_context import SiteContext
from weimin.site.tables import Table, TableRow
from weimin.site.view_models import AnswerView, Crumb, Head, LineView, MeasureView, Row, StateView

ADDRESS = "/styleguide/"
_HERE = "#top"
LONG_TITLE = ("关于" + "样例村东头到西头的路灯什么时候装好以及装好以后由谁来管坏了多久能修" * 4)[:119] + "吗"
"""120 characters, the most that a title may have."""
VILLAGES = 400
"""Villages of the largest county that the site is drawn for."""
TAGS = (
    ("done", "已开展"),
    ("now", "进行中"),
    ("owed", "逾期"),
    ("skipped", "已说明"),
    ("ahead", "未到"),
    ("adopted", "采纳"),
    ("partly", "部分采纳"),
    ("declined", "不采纳"),
    ("withheld", "决定不公布"),
    ("compiled", "据报道"),
)


def styleguide_pages(_view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """The page, which no page links to and search engines do not list; none where the site is not a demonstration."""
    if not context.site.demo:
        return
    head = Head(
        title="样式一览",
        address=ADDRESS,
        description="本站各个部件的样子，供开发人员查看；内容都是编造的。",
        crumbs=context.crumbs_to(Crumb("样式一览")),
        kind="styleguide",
    )
    yield page(
        context,
        "styleguide",
        head,
        trackers=_trackers(),
        tags=TAGS,
        measures=_measures(),
        lines_shown=_lines(),
        duties=_duties(context),
        facts_shown=_facts(),
        dossiers=_dossiers(),
        table=_table(),
        tallies=_tallies(),
        funnels=_funnels(),
        villages=tuple(f"样例{n}村" for n in range(1, VILLAGES + 1)),
        long_title=LONG_TITLE,
    )


def _steps(*states: StepState, days: int = 1) -> tuple[StepView, ...]:
    """Five steps; the fourth has `days` events."""
    return tuple(
        StepView(
            number=number,
            name=STEPS[number],
            state=state.value,
            label=state.label,
            reason="议题由党委直接交办，不再另外征集" if state == StepState.SKIPPED else "",
            links=_days(days if number == 4 else 1) if state in (StepState.DONE, StepState.NOW) else (),
        )
        for number, state in enumerate(states, start=1)
    )


def _days(count: int) -> tuple[Text, ...]:
    return tuple(Text(text=f"2026年{1 + n % 12}月{1 + n % 28}日", href=_HERE) for n in range(count))


def _trackers() -> tuple[tuple[str, tuple[StepView, ...]], ...]:
    done, now, owed, skipped, ahead = (
        StepState.DONE,
        StepState.NOW,
        StepState.OWED,
        StepState.SKIPPED,
        StepState.AHEAD,
    )
    gone, unknown, unseen = StepState.NOT_HELD, StepState.UNRECORDED, StepState.UNSEEN
    return (
        ("五种状态", _steps(skipped, done, owed, now, ahead)),
        ("刚开始", _steps(now, ahead, ahead, ahead, ahead)),
        ("撤回的", _steps(done, done, gone, gone, gone)),
        ("据公开报道整理的", _steps(done, done, unknown, done, unseen)),
        ("40次跟踪", _steps(done, done, done, done, done, days=40)),
    )


def _state(state: str, label: str, day: str, reason: str = "") -> StateView:
    return StateView(
        id="m1", measure="装路灯", state=state, label=label, claim="", on=Text(text=day), at="", reason=reason
    )


def _measures() -> tuple[MeasureView, ...]:
    behind = _state("behind", "滞后", "2026年4月2日", "汛期停工，水退后恢复")
    many = tuple(_state("on_track", "按进度", f"2026年{n}月2日") for n in range(1, 12))
    return (
        _measure("m1", "装路灯", "样例镇政府", "2026年6月30日", _state("done", "已完成", "2026年6月20日")),
        _measure("m2", "修剪行道树", "样例村村委会", "2026年5月31日", behind, overdue=True),
        _measure("m3", "每月公布一次进度", "样例镇政府", "2026年12月31日", *many),
        _measure("m4", LONG_TITLE, "样例县住房和城乡建设局、样例县财政局、样例镇政府", "", unknown=True),
    )


def _measure(
    id_: str, text: str, unit: str, due: str, *states: StateView, overdue: bool = False, unknown: bool = False
) -> MeasureView:
    return MeasureView(
        id=id_,
        text=Text(text=text),
        unit=Text(text=unit),
        helpers="",
        target="",
        due=UNRECORDED if unknown else Text(text=due),
        upkeep="",
        stem="",
        states=states,
        overdue=overdue,
    )


def _lines() -> tuple[LineView, ...]:
    asked = (
        ("adopted", "采纳", "已列入落实事项，按期办理。"),
        ("partly", "部分采纳", "先装主路的，支路列入明年计划。"),
        ("declined", "不采纳", "与管线规划不一致，理由已当面说明。"),
    )
    answered = tuple(
        LineView(
            id=f"s{n}",
            text=Text(text="路灯装密一点"),
            note="群众代表",
            answers=(
                AnswerView(
                    decision=label,
                    state=state,
                    text=Text(text=words),
                    by="样例镇政府",
                    on=Text(text="2026年3月28日"),
                    href=_HERE,
                ),
            ),
        )
        for n, (state, label, words) in enumerate(asked, start=1)
    )
    return (*answered, LineView(id="s4", text=Text(text=LONG_TITLE), note="乡贤代表"))


def _duties(context: SiteContext) -> tuple[DutyView, ...]:
    def duty(words: str, due: str, *, overdue: bool = False, exempt: bool = False) -> DutyView:
        return DutyView(
            code="W402",
            message=words,
            owed_by=Text(text="样例镇为民协商议事室", href=_HERE),
            due=Text(text=due),
            overdue=overdue,
            rule_href=context.urls.rule("W402"),
            claim="",
            exempt=exempt,
        )

    return (
        duty("“装路灯”要在期限前完成", "2026年12月31日"),
        duty("“修剪行道树”要在期限前完成", "2026年5月31日", overdue=True),
        duty(LONG_TITLE, "2026年6月30日", exempt=True),
    )


def _facts() -> tuple[Row, ...]:
    return (
        Row("时间", (Text(text="2026年3月2日", was="2026年3月1日"),)),
        Row("参加人员", (Text(text="政协委员4人"), Text(text="群众代表12人"), UNPUBLISHED)),
        Row("地点", (Text(text="柤林镇漴潼村委员之家"),)),
        Row("不同意见", (NONE,)),
    )


def _dossiers() -> tuple[DossierRow, ...]:
    kinds = (("装路灯", "now", "跟踪监督"), ("漴潼河清淤", "done", "已办结"), (LONG_TITLE, "owed", "有逾期"))
    return tuple(
        DossierRow(
            title=title,
            href=_HERE,
            area="样例镇",
            on="2026年3月2日",
            stamp="2026-03-02",
            state=state,
            label=label,
            duties=0,
            overdue=0,
            compiled=state == "done",
            themes=(),
            claim="",
        )
        for title, state, label in kinds
    )


def _table() -> Table:
    row = TableRow(
        title=Text(text="装路灯", href=_HERE),
        area=Text(text="样例村", href=_HERE),
        on=Text(text="2026年3月10日"),
        label="一致",
        state="done",
        text="经过协商，定下2件事：装路灯，修剪行道树。责任单位和期限见落实事项。",
    )
    return Table(rows=(row,), total=1)


def _tallies() -> tuple[Chart, ...]:
    def part(label: str, count: int) -> Part:
        return Part(label, count, Text(text=f"{count}票"))

    return (
        tally((part("满意", 118), part("基本满意", 22), part("不满意", 8)), title="三种意见", id="tally-three"),
        tally(
            (part("满意", 1), part("基本满意", 0), part("不满意", 0), part("不了解", 1), part("弃权", 1)),
            title="只有3票",
            id="tally-few",
        ),
        tally((part("满意", 0),), title="没有票", id="tally-none"),
    )


def _step_counts(held: tuple[int, ...], skipped: tuple[int, ...]) -> tuple[StepCount, ...]:
    return tuple(StepCount(held=h, skipped=s) for h, s in zip(held, skipped, strict=True))


def _funnels() -> tuple[Chart, ...]:
    return (
        funnel(
            _step_counts((40, 36, 9, 28, 15), (0, 0, 18, 0, 3)),
            40,
            title="2026年的卷宗开展了哪些步骤",
            id="funnel-many",
        ),
        funnel(_step_counts((1, 0, 0, 0, 0), (0,) * 5), 1, title="只有1件", id="funnel-one"),
    )
