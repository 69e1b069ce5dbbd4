"""Pictures of data: every shape says the number that stands beside it, in every state of a register."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import html5lib
import pytest
from chart_states import STATES, a_year, answers, areas, ballots, network, steps
from hypothesis import given
from hypothesis import strategies as st

from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import environment
from weimin.site.charts import funnel, months, tally, times, treemap
from weimin.site.charts.drawing import NARROW, Box, Chart, Word, apart, beside, share_words, width_of
from weimin.site.charts.funnel import StepCount
from weimin.site.charts.treemap import Area

CSS = theme_dir() / "static" / "css"
HEIGHTS = {m.__name__.rpartition(".")[2]: m.HEIGHT for m in (funnel, months, tally, times, treemap)}
SVG = "{http://www.w3.org/2000/svg}svg"
COUNTS = st.integers(0, 5000)


def number(text: str) -> float:
    return float(re.fullmatch(r"(-?[\d.]+)(?:%|em)?", text)[1])


def marked(chart: Chart, name: str) -> list[Box]:
    return [b for b in chart.boxes if b.name == name]


ASK = environment(theme_dir()).from_string("{% from 'charts/chart.html' import chart %}{{ chart(c, named=true) }}")


def drawn(chart: Chart) -> str:
    return ASK.render(c=chart)


def cells(chart: Chart) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in chart.rows]


@pytest.mark.parametrize("name", STATES)
def test_a_picture_has_its_words_and_its_table(name):
    chart = STATES[name]
    text = drawn(chart)
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(text)
    pictures = [node for node in tree.iter(SVG) if node.get("role") == "img"]
    if chart.empty:
        assert pictures == []
        assert chart.empty in text
        return
    (picture,) = pictures
    ids = {node.get("id"): "".join(node.itertext()) for node in picture.iter() if node.get("id")}
    assert picture.get("aria-labelledby").split() == list(ids)
    assert all(ids.values())
    assert [len(row) for row in cells(chart)] == [len(chart.columns)] * len(chart.rows)
    assert len(list(tree.iter("tr"))) == len(chart.rows) + 1


@pytest.mark.parametrize("name", STATES)
def test_a_picture_stays_within_its_frame(name):
    chart = STATES[name]
    high = number(chart.height) if not chart.empty else 0
    for box in chart.boxes:
        assert -0.02 <= number(box.x) <= number(box.x) + number(box.width) <= 100.02
        assert 0 <= number(box.y) <= number(box.y) + number(box.height) <= high + 0.02
    for stroke in chart.strokes:
        assert max(number(stroke.x1), number(stroke.x2)) <= 100
        assert max(number(stroke.y1), number(stroke.y2)) <= high
    assert all(0 < number(word.y) <= high for word in chart.words)


@pytest.mark.parametrize("name", STATES)
def test_no_colour_and_no_style_stands_in_a_picture(name):
    text = drawn(STATES[name])
    assert not re.search(r"style|script|fill=|stroke=|#[0-9a-f]{3}", text)
    assert text == drawn(STATES[name])


def of_charts() -> str:
    """The part of the style sheet that is about pictures of data."""
    before, mark, text = (CSS / "weimin.css").read_text(encoding="utf-8").partition("/* Pictures of data")
    assert before and mark
    return text


def test_the_style_sheet_knows_every_filling_and_every_height():
    text = of_charts()
    names = {shape.name for chart in STATES.values() for shape in (*chart.boxes, *chart.strokes, *chart.keys)}
    assert len(names) > 10
    assert {n for n in names - {"floor", "k5"} if f".{n}" not in text} == set()
    assert dict(re.findall(r"\.of-(\w+) > svg \{ height: ([\d.]+em)", text)) == HEIGHTS
    template = (theme_dir() / "templates" / "charts" / "chart.html").read_text(encoding="utf-8")
    assert set(re.findall(r"'(k\d)'", template)) == tally.HATCHED


def test_the_style_sheet_takes_its_colours_from_the_site():
    text = of_charts()
    asked = set(re.findall(r"var\((--[\w-]+)\)", text))
    assert {"--ink", "--done", "--owed"} <= asked
    assert asked <= set(re.findall(r"(--[\w-]+):", (CSS / "weimin.css").read_text(encoding="utf-8")))
    assert not re.search(r"#[0-9a-f]{3}|rgb|hsl", text)


def touching(words: list[Word]) -> list[tuple[str, str]]:
    """Words of one line that touch each other on the narrowest screen."""
    found = []
    for one, other in combinations(words, 2):
        if one.y == other.y and one.text and other.text:
            first, second = sorted(map(extent, (one, other)))
            found += [(one.text, other.text)] if first[1] > second[0] + 0.01 else []
    return found


def extent(word: Word) -> tuple[float, float]:
    x = number(word.x) / 100 * NARROW if word.x != "0" else 0.0
    wide = width_of(word.text)
    left = x - {"start": 0, "middle": wide / 2, "end": wide}[word.anchor]
    return left, left + wide


@pytest.mark.parametrize("name", [n for n, c in STATES.items() if c.kind in ("funnel", "tally")])
def test_words_of_one_line_do_not_touch(name):
    assert touching(list(STATES[name].words)) == []


def test_words_that_touch_are_found():
    assert touching([Word("0", "1em", "一二三四"), Word("20%", "1em", "五六")]) == [("一二三四", "五六")]


class TestFunnel:
    def test_each_bar_is_as_long_as_its_share(self):
        chart = steps(12, 9, 6, 3, 0, total=12)
        assert [b.width for b in marked(chart, "k1")] == ["100%", "75%", "50%", "25%"]
        assert cells(chart)[1] == ["2 商讨实事项目", "9件", "75%", "0件", "3件"]
        assert "民主评议0件" in chart.desc

    def test_next_to_nothing_is_not_nothing(self):
        assert cells(STATES["funnel-many"])[-1][2] == "不到0.1%"
        assert share_words(9999, 10000) == "超过99.9%"
        assert share_words(0, 7) == "0%"

    @pytest.mark.parametrize("name", [n for n, c in STATES.items() if c.kind == "funnel" and c.rows])
    def test_the_parts_of_each_step_add_up_to_all(self, name):
        held, skipped, unrecorded = ([int(row[n].removesuffix("件")) for row in cells(STATES[name])] for n in (1, 3, 4))
        sums = {sum(parts) for parts in zip(held, skipped, unrecorded, strict=True)}
        assert sums == {int(STATES[name].desc.partition("共")[2].partition("件")[0])}

    def test_a_step_may_be_held_more_often_than_the_one_before(self):
        chart = steps(12, 11, 4, 7, 3, total=12, skipped=(0, 0, 5, 0, 1))
        assert cells(chart)[2] == ["3 协商实施状况", "4件", "33.3%", "5件", "3件"]
        assert "走到" not in chart.desc + "".join(chart.columns)

    def test_the_number_leads_to_its_records(self):
        chart = funnel.funnel([StepCount(held=1, href=f"/{n}/") for n in "abcde"], 1, title="甲")
        assert [row.cells[1].href for row in chart.rows] == ["/a/", "/b/", "/c/", "/d/", "/e/"]

    def test_every_number_can_be_counted_again(self):
        sums = {"step1": 3, "step2": 2, "skipped3": 1}
        chart = funnel.funnel(funnel.counted_steps(sums, "卷宗?年=2026"), 3, title="甲")
        asked = [[cell.count for cell in row.cells if cell.count] for row in chart.rows]
        assert asked == [[f"卷宗?年=2026&{key}={n}" for key in ("步骤", "略过", "无记录")] for n in range(1, 6)]
        assert cells(chart)[2] == ["3 协商实施状况", "0件", "0%", "1件", "2件"]
        assert 'data-count="卷宗?年=2026&amp;步骤=5"' in drawn(chart)

    @pytest.mark.parametrize("counts", [(1, 1, 1, 1), (4, 0, 0, 0, 0), (-1, 0, 0, 0, 0)])
    def test_what_cannot_be_is_refused(self, counts):
        with pytest.raises(ValueError, match=r"\["):
            steps(*counts, total=3)

    @pytest.mark.parametrize("skipped", [(3, 0, 0, 0, 0), (0, -1, 0, 0, 0)])
    def test_more_than_there_are_is_refused(self, skipped):
        with pytest.raises(ValueError, match=r"\["):
            steps(1, 1, 1, 1, 1, total=3, skipped=skipped)


class TestTally:
    @given(st.lists(COUNTS, min_size=1, max_size=5))
    def test_the_parts_fill_the_bar(self, counts):
        chart = ballots(*counts)
        if not sum(counts):
            assert chart.empty
            return
        bars = [b for b in chart.boxes if b.name.startswith("k")]
        assert sum(number(b.width) for b in bars) == pytest.approx(100, abs=0.05)
        assert [b.name for b in bars] == [f"k{n + 1}" for n, c in enumerate(counts) if c]
        assert all(number(a.x) <= number(b.x) for a, b in pairwise(bars))
        assert touching(list(chart.words)) == []

    def test_a_name_stands_only_over_a_part_as_wide_as_it(self):
        assert [w.text for w in STATES["tally-usual"].words][:2] == ["满意52", "8"]

    def test_numbers_keep_the_place_that_they_come_from(self):
        row = STATES["tally-usual"].rows[1]
        assert row.cells[1].claim == "content/a.md#/ballots/1"
        assert row.key == "k2"
        assert 'data-claim="content/a.md#/ballots/1"' in drawn(STATES["tally-usual"])

    def test_where_nobody_voted_the_answers_are_in_the_table(self):
        assert cells(STATES["tally-nothing"])[0] == ["满意", "0", "无"]

    def test_six_answers_are_too_many(self):
        with pytest.raises(ValueError, match="Part"):
            tally.tally([tally.Part("满意", 1, STATES["tally-one"].rows[0].cells[1])] * 6, title="甲", id="a")


class TestMonths:
    def test_columns_are_as_high_as_their_counts(self):
        chart = a_year((1, 2, 4) + (0,) * 9)
        low, middle, high = (number(b.height) for b in marked(chart, "k1"))
        assert (middle / low, high / low) == pytest.approx((2, 4), rel=0.01)
        assert cells(chart)[2] == ["3月", "4"]

    def test_what_was_planned_stands_around_what_was_held(self):
        chart = STATES["months-planned"]
        held, planned = marked(chart, "k1")[1], marked(chart, "hollow")[2]
        assert number(planned.x) < number(held.x)
        assert number(held.x) + number(held.width) < number(planned.x) + number(planned.width)
        assert [k.text for k in chart.keys] == ["开展协商", "计划"]
        assert cells(chart)[-1] == ["月份未载", "2", "1"]
        assert "另有2次开展协商没有载明月份，不在图上。" in chart.notes

    def test_a_plan_without_months_is_told_and_not_drawn(self):
        chart = a_year((1,) * 12, (0,) * 12, planned_undated=2)
        assert (chart.keys, marked(chart, "hollow")) == ((), [])
        assert chart.notes == ("另有2项计划没有载明月份，不在图上。",)

    @given(st.lists(COUNTS, min_size=12, max_size=12))
    def test_every_month_is_in_the_table_and_the_highest_is_labelled(self, counts):
        chart = a_year(tuple(counts))
        assert [int(row[1]) for row in cells(chart)] == counts
        if max(counts):
            assert str(max(counts)) in [w.text for w in chart.words]
        else:
            assert chart.empty

    @pytest.mark.parametrize(("held", "planned"), [((1,) * 11, ()), ((1,) * 12, (1,)), ((-1,) * 12, ())])
    def test_a_year_has_twelve_months(self, held, planned):
        with pytest.raises(ValueError, match=r"\("):
            a_year(held, planned)


class TestTreemap:
    @given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=1, max_size=60))
    def test_areas_are_in_proportion_and_filled_as_far_as_heard(self, pairs):
        rows = [
            Area(name=f"样例{n}", size=size, part=min(part, size), whole=size) for n, (size, part) in enumerate(pairs)
        ]
        chart = network(rows)
        assert len(chart.rows) == len(rows)
        total = sum(r.size for r in rows)
        if not total:
            assert chart.empty
            return
        surface = 100 * number(treemap.HEIGHT)
        sizes = sorted((r.size for r in rows if r.size), reverse=True)
        cut = [number(b.width) * number(b.height) / surface for b in marked(chart, "cell")]
        assert cut == pytest.approx([s / total for s in sizes], abs=0.002)
        filled = sum(number(b.width) * number(b.height) for b in marked(chart, "part")) / surface
        assert filled == pytest.approx(sum(r.part for r in rows) / total, abs=0.02)

    def test_of_equal_places_the_first_comes_first(self):
        chart = network([Area(name=n, size=5, part=0, whole=5) for n in ("甲", "乙", "丙")])
        assert [w.text for w in chart.words if not w.text.startswith("0")] == ["甲", "乙", "丙"]

    def test_a_single_platform_is_filled_and_not_counted(self):
        chart = network([Area(name="甲村", size=1, part=1, whole=1), Area(name="乙村", size=1, part=0, whole=1)])
        assert [w.text for w in chart.words] == ["甲村", "乙村"]
        assert len(marked(chart, "part")) == 1

    def test_names_that_have_no_room_are_in_the_table_alone(self):
        chart = STATES["treemap-many"]
        assert chart.words == ()
        assert len(chart.rows) == 400
        assert chart.rows[399].cells[0].href == "/399/"

    def test_a_place_of_no_size_is_told(self):
        assert STATES["treemap-twelve"].notes == ("另有1处平台是0，不在图上。",)

    def test_dossiers_may_give_the_area_and_platforms_the_filling(self):
        rows = [Area(name="甲", size=40, part=1, whole=4), Area(name="乙", size=0, part=0, whole=2)]
        chart = treemap.treemap(rows, title="卷宗", size_name="卷宗", unit="件")
        assert chart.columns == ("地方", "卷宗", "平台", "已填报", "比例")
        assert chart.unit == "卷宗件，平台个"
        assert cells(chart) == [["甲", "40", "4", "1", "25%"], ["乙", "0", "2", "0", "0%"]]
        assert number(marked(chart, "part")[0].height) == number(treemap.HEIGHT) / 4

    def test_its_numbers_can_be_counted_again(self):
        area = Area(name="甲", size=4, part=1, whole=4, counts=("平台@990101*", "平台@990101*", "已填报的平台@990101*"))
        row = network([area]).rows[0]
        assert [cell.count for cell in row.cells] == ["", "平台@990101*", "已填报的平台@990101*", ""]

    def test_more_heard_than_there_are_is_refused(self):
        with pytest.raises(ValueError, match="Area"):
            network([Area(name="甲", size=1, part=2, whole=1)])

    def test_a_long_name_breaks_where_its_cell_ends(self):
        lines = [w.text for w in STATES["treemap-twelve"].words]
        assert "".join(lines).count("样例经济技术开发区") == 1
        assert all(len(line) > 1 for line in treemap._broken("样例经济技术开发区", 3.2))
        assert areas(1)[0].name in "".join(w.text for w in STATES["treemap-one"].words)


class TestTimes:
    @given(st.lists(st.integers(0, 4000), min_size=1, max_size=300), st.none() | st.integers(1, 90))
    def test_every_answer_is_in_one_column(self, days, limit):
        chart = answers(*days, limit=limit)
        columns = [row for row in cells(chart) if "至" in row[0] or re.fullmatch(r"\d+天(或更久)?", row[0])]
        assert sum(int(row[1]) for row in columns) == len(days)
        assert len(marked(chart, "column")) == sum(row[1] != "0" for row in columns)
        assert len(columns) <= 14

    def test_the_marks_say_what_they_mark(self):
        chart = STATES["times-usual"]
        assert [s.name for s in chart.strokes] == ["floor", "median", "slow", "limit"]
        assert [w.text for w in chart.words][-3:] == ["中位数11.5天", "最慢的一成31天以上", "期限15天"]
        assert cells(chart)[-3:] == [
            ["中位数", "11.5天"],
            ["最慢的一成", "2件，31天或更久"],
            ["期限15天以内", "13件"],
        ]

    def test_one_that_took_very_long_does_not_press_the_others_together(self):
        chart = STATES["times-outweighed"]
        assert "更久" in [w.text for w in chart.words]
        assert cells(chart)[-4] == ["16天或更久", "1"]
        assert len(marked(chart, "column")) == 4

    def test_of_few_the_slowest_is_one(self):
        assert "最慢的一件9天" in [w.text for w in STATES["times-one"].words]

    def test_days_before_the_first_are_refused(self):
        with pytest.raises(ValueError, match="-1"):
            answers(-1, 2)


class TestWords:
    def test_the_heaviest_label_stays(self):
        assert apart([0.5, 0.51, 0.9], ["12", "345", "6"], [1, 9, 0]) == {1, 2}

    def test_a_word_at_an_edge_begins_or_ends_there(self):
        assert beside(0.01, 1, "中位数").anchor == "start"
        assert beside(0.99, 1, "中位数").anchor == "end"
        assert beside(0.5, 1, "中位数") == Word("50%", "1em", "中位数", "middle")
