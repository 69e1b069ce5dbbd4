"""Messages of rules, which are for staff, as text for the public: dates in Chinese, no field and file names."""

from __future__ import annotations

import re

import msgspec

from weimin.wording.dates import format_date

REFERENCE = "本站参考，非文件规定"
"""What is said of every number that no issued rule sets."""

_QUOTED = "“[^”]*”"
_DATE = re.compile(rf"(?P<quoted>{_QUOTED})|(?<![\w-])(?P<on>\d{{4}}-\d{{2}}(?:-\d{{2}})?)(?![\w-])", re.ASCII)
_FIELD = re.compile(rf"(?P<quoted>{_QUOTED})|（[a-z_]+）|（content/[^（）]+:\d+）", re.ASCII)
_GAP = re.compile(rf"(?P<quoted>{_QUOTED})|(?<=[一-鿿”）]) (?=[0-9])|(?<=[0-9%年月日]) (?=[一-鿿“（])")
_FILE = re.compile(r"[\w-]+-(?P<kind>[a-z]+)(?:-\d+)?\.(?:md|yml) 写明的期限", re.ASCII)
_OWED = re.compile(
    r"(?P<fact>.+?)，应于 \d{4}-\d{2}-\d{2}（含）前(?:办理|制定|完成|补上)(?:（(?P<why>[^（）]*)）)?(?P<more>.*)",
    re.ASCII | re.DOTALL,
)
_SUGGESTED = re.compile(
    r"(?P<fact>.+?)，建议 \d{4}-\d{2}-\d{2} (?:前(?:办理|制定|补上)|的协商之前审定)（本站参考，非文件规定）(?P<more>.*)",
    re.ASCII | re.DOTALL,
)
_COUNTED = re.compile(r"(?P<start>\d{4}-\d{2}-\d{2}) 起 (?P<days>\d+) 天，", re.ASCII)
_NAMED = re.compile(rf"(?P<who>{_QUOTED})(?:的平台|的)?(?P<rest>.+)", re.DOTALL)
_WRITTEN = {"outcome": "协商成果写明的期限", "followup": "跟踪监督写明的期限"}


class DutyText(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of a duty: `fact` is what is owed, `counted` the start and number of days, `basis` the source of the period."""

    fact: str
    counted: str = ""
    basis: str = ""


def format_for_public(message: str) -> str:
    """2026-03-02 的协商还没有处理（triage） → 2026年3月2日的协商还没有处理. Text in “” is quoted and stays unchanged."""
    plain = _FIELD.sub(lambda m: m["quoted"] or "", message)
    dated = _DATE.sub(lambda m: m["quoted"] or format_date(m["on"]), plain)
    return _GAP.sub(lambda m: m["quoted"] or "", dated)


def parse_duty(message: str) -> DutyText:
    """The message of a duty without its due day, which has a column of its own; other messages become the `fact` unchanged.

    A day that this site only suggests is left out: it is no limit, and whoever shows it takes it from the duty itself.
    """
    if (reminder := _SUGGESTED.fullmatch(message)) is not None:
        return DutyText(fact=format_for_public(reminder["fact"] + reminder["more"]))
    found = _OWED.fullmatch(message)
    if found is None:
        return DutyText(fact=format_for_public(message))
    why = found["why"] or ""
    counted = _COUNTED.match(why)
    basis = why[counted.end() :] if counted else why
    written = _FILE.fullmatch(basis)
    return DutyText(
        fact=format_for_public(found["fact"] + found["more"]),
        counted=f"{format_date(counted['start'])}起{counted['days']}天" if counted else "",
        basis=_WRITTEN.get(written["kind"], "记录写明的期限") if written else basis,
    )


def without_platform_name(fact: str) -> str:
    """“甲辰区”还没有2024年协商计划 → 还没有2024年协商计划: for a row below the name of the platform."""
    found = _NAMED.fullmatch(fact)
    return found["rest"] if found else fact
