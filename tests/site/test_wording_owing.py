"""What rules say to staff, as the public reads it."""

from __future__ import annotations

import pytest

from weimin.wording.duties import DutyText, format_for_public, parse_duty, without_platform_name


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            "2026-11-18 登记的社情民意还没有处理（triage），应于 2026-12-03（含）前办理（2026-11-18 起 15 天，依据 990002/rules/x#2）",
            DutyText(
                fact="2026年11月18日登记的社情民意还没有处理",
                counted="2026年11月18日起15天",
                basis="依据 990002/rules/x#2",
            ),
        ),
        (
            "“甲 2 区”还没有 2024 年协商计划，应于 2024-03-31（含）前制定（依据 990002/rules/x#6）",
            DutyText(fact="“甲 2 区”还没有2024年协商计划", basis="依据 990002/rules/x#6"),
        ),
        (
            "“甲 2 区”还没有 2024 年协商计划，建议 2024-03-31 前制定（本站参考，非文件规定）",
            DutyText(fact="“甲 2 区”还没有2024年协商计划"),
        ),
        (
            "“甲区” 2025 年还没有考核和履职评估的指标，建议 2026-03-31 前补上（本站参考，非文件规定）：为民协商列入目标考核、履职评估",
            DutyText(fact="“甲区”2025年还没有考核和履职评估的指标：为民协商列入目标考核、履职评估"),
        ),
        (
            "议题还没有由同级党委审定（approval），建议 2026-03-02 的协商之前审定（本站参考，非文件规定）",
            DutyText(fact="议题还没有由同级党委审定"),
        ),
        (
            "落实事项 m2“在 2026-03-01 以前装灯（led）”还没有完成，应于 2026-11-23（含）前完成（2026-03-28-outcome.md 写明的期限）",
            DutyText(fact="落实事项 m2“在 2026-03-01 以前装灯（led）”还没有完成", basis="协商成果写明的期限"),
        ),
        ("议题还没有审定，没有期限", DutyText(fact="议题还没有审定，没有期限")),
    ],
)
def test_a_duty_says_its_day_once_and_what_was_written_as_it_was(message: str, told: DutyText) -> None:
    assert parse_duty(message) == told


def test_what_stands_under_a_name_does_not_say_it_again() -> None:
    assert without_platform_name("“甲辰区”还没有2024年协商计划") == "还没有2024年协商计划"
    assert without_platform_name("“乙村”的平台还没有联系委员的记录") == "还没有联系委员的记录"
    assert without_platform_name("议题还没有审定") == "议题还没有审定"


def test_dates_of_all_precisions_are_words() -> None:
    assert (
        format_for_public("2025-02 的协商成果，不晚于 2020-09-09 的协商")
        == "2025年2月的协商成果，不晚于2020年9月9日的协商"
    )
