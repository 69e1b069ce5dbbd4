"""Masked forms of values, such as `138****1234`: those that a published notice on redaction prescribes (safety.md 1.8)."""

from __future__ import annotations

from weimin.rules.privacy.glyphs import fold


def mask_identity(digits: str) -> str:
    return digits[:2] + "*" * (len(digits) - 5) + digits[-3:]


def mask_mobile(digits: str) -> str:
    return f"{digits[:3]}****{digits[-4:]}"


def mask_card(digits: str) -> str:
    return digits[:4] + "*" * (len(digits) - 8) + digits[-4:]


def mask_plate(region: str, body: str) -> str:
    return f"{region}{'*' * (len(body) - 2)}{body[-2:]}"


def mask_mail(local: str, domain: str) -> str:
    return f"{local[:1]}***@{domain}"


def mask_account(account: str) -> str:
    return f"{account[:2]}***"


def mask_house(text: str, numbers: frozenset[str]) -> str:
    """A house number with every number and letter replaced: `*幢*单元***室`."""
    return "".join("*" if char in numbers else char for char in fold(text) if not char.isspace())


def mask_name(name: str) -> str:
    """A person's name with all but the first character replaced."""
    return name[:1] + "*" * min(len(name) - 1, 3)
