"""Counts as printed: exact or approximate."""

from __future__ import annotations

from weimin.model.kinds import Approx


def format_count(value: int | float | Approx | str, unit: str = "") -> str:
    """30人; 约30人; 近30人; 30余人; 30多人; 30人上下. A text is returned unchanged."""
    if isinstance(value, Approx):
        match value.as_:
            case "近":
                return f"近{value.about}{unit}"
            case "余" | "多":
                return f"{value.about}{value.as_}{unit}"
            case "上下":
                return f"{value.about}{unit}上下"
            case _:
                return f"约{value.about}{unit}"
    if isinstance(value, str):
        return "未公布" if value == "unpublished" else value
    return f"{format_number(value)}{unit}"


def format_number(value: int | float) -> str:
    """A plain decimal without a trailing `.0`."""
    return str(int(value)) if value == int(value) else str(value)


REPORTED = "公布的满意率"
"""The name of a rate that was published without the ballots: nobody counted it again, and it is neither high nor low."""


def format_reported(percent: float) -> str:
    """公布的满意率98.5%."""
    return f"{REPORTED}{format_number(percent)}%"


def format_percent(rate: float) -> str:
    """0.9231 → 92.3%; 1.0 → 100%."""
    text = f"{rate * 100:.1f}"
    return f"{text.removesuffix('.0')}%"
