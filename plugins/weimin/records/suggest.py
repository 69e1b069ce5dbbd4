"""What was probably meant by a date, number, code or count that is not in its form; shown in messages, never applied."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange

from weimin.model.period import parse_period

_DAY = re.compile(r"(\d{4})(?:[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T].*)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?|(\d{4})(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})[-./年]?(?:第?([1-4一二三四])季度?|[qQ]([1-4]))", re.ASCII)
_HALF = re.compile(r"(\d{4})[-./年]?(?:(上|下)半年?|[hH]([12]))", re.ASCII)
_YEAR = re.compile(r"(\d{4})年?", re.ASCII)
_DOC_NO = re.compile(r"(.+?)[\[【〔(（{〈《](\d{4})[\]】〕)）}〉》]第?0*(\d+)号?")
_COUNT = re.compile(r"(约|近)?(\d{1,9})(余|多|上下)?[个]?[人户张票条次份天元位名]?(余|多|上下|左右)?", re.ASCII)
_HAN = dict(zip("一二三四", "1234", strict=True))


def plain(text: str) -> str:
    """Full-width digits and signs as ASCII, without surrounding blanks."""
    return unicodedata.normalize("NFKC", text).strip()


def suggest_date(text: str) -> str:
    """The date in its form; empty if none is recognised or the calendar has no such day."""
    text = re.sub(r"\s*([-./年月日])\s*", r"\1", plain(text)).replace("。", ".")
    if m := _DAY.fullmatch(text):
        month, day = m[2] or m[4], m[3] or m[5]
        new = f"{m[1]}-{int(month):02d}-{int(day):02d}"
    elif m := _QUARTER.fullmatch(text):
        new = f"{m[1]}-Q{m[3] or _HAN.get(m[2], m[2])}"
    elif m := _HALF.fullmatch(text):
        new = f"{m[1]}-H{m[3] or ('1' if m[2] == '上' else '2')}"
    elif m := _MONTH.fullmatch(text):
        new = f"{m[1] or m[3]}-{int(m[2] or m[4]):02d}"
    elif m := _YEAR.fullmatch(text):
        new = m[1]
    else:
        return ""
    try:
        return parse_period(new).text
    except ValueError:
        return ""


def calendar_error(text: str) -> str:
    """“2026 年 2 月只有 28 天” if the calendar has no such day; otherwise empty."""
    m = _DAY.fullmatch(plain(text))
    if m is None:
        return ""
    year, month, day = int(m[1]), int(m[2] or m[4]), int(m[3] or m[5])
    if not (1900 <= year <= 2200 and 1 <= month <= 12 and day > monthrange(year, month)[1]):
        return ""
    return f"{year} 年 {month} 月只有 {monthrange(year, month)[1]} 天"


def suggest_doc_no(text: str) -> str:
    """机关代字〔2026〕1号 from [2026], 【2026】, 第01号 …; empty if none is recognised."""
    m = _DOC_NO.fullmatch(unicodedata.normalize("NFKC", re.sub(r"\s", "", text)))
    return f"{m[1]}〔{m[2]}〕{int(m[3])}号" if m and re.fullmatch("[一-鿿]+", m[1]) else ""


def suggest_code(text: str) -> str:
    """A division code from full-width digits or digits with blanks; empty if none is recognised."""
    digits = re.sub(r"[\s-]", "", plain(text))
    return digits if re.fullmatch(r"\d{6}(?:\d{3}(?:\d{3})?)?", digits, re.ASCII) else ""


def suggest_count(text: str) -> str:
    """The YAML of a count: `30`, or `{about: 30, as: 余}` from 30余人; empty if none is recognised."""
    m = _COUNT.fullmatch(re.sub(r"\s", "", plain(text)))
    if m is None:
        return ""
    about = m[1] or m[3] or (m[4] or "").replace("左右", "上下")
    return f"{{about: {int(m[2])}, as: {about}}}" if about else str(int(m[2]))


def suggest_url(text: str) -> str:
    """An address that lacks only its https://; empty for anything else."""
    text = plain(text)
    return f"https://{text}" if re.fullmatch(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:/[!-~]*)?", text) else ""
