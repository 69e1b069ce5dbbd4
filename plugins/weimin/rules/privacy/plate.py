"""P105: number plates, of five characters and of six (new energy)."""

from __future__ import annotations

import re

from weimin.rules.privacy.glyphs import DIGIT_SET, INVISIBLE_SET, LATIN_SET, fold
from weimin.rules.privacy.hit import Hit
from weimin.rules.privacy.masking import mask_plate

HEADS = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

_GAP = rf"[ \u3000·•・‧∙.．\-－＿_—*`{INVISIBLE_SET}]{{0,4}}+"
_BRACKETED_GAP = rf"[ \u3000·•・‧∙.．\-－＿_—*`()（）\[\]【】{INVISIBLE_SET}]{{0,4}}+(?:\n[ \t>]*+)?"
_BODY = rf"(?:{_GAP}(?:\n[ \t>]*+)?[{LATIN_SET}{DIGIT_SET}])"
PLATE_AT = re.compile(
    rf"[{HEADS}]{_BRACKETED_GAP}[{LATIN_SET}](?P<body>{_BRACKETED_GAP}[{LATIN_SET}{DIGIT_SET}]{_BODY}{{3,5}})[挂学警港澳试超领]?"
)
_CLEAN = re.compile(rf"[^{LATIN_SET}{DIGIT_SET}]")
_ORDINARY = re.compile(r"(?=(?:\D*\d){2})[A-HJ-NP-Z0-9]{5}")
_NEW_ENERGY = re.compile(r"[A-HJ-NP-Z][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJ-NP-Z]")
_SUFFIXED = re.compile(r"(?=(?:\D*\d){3})[A-HJ-NP-Z0-9]{4}")


def plate_at(text: str, start: int) -> Hit | None:
    """The number plate with its province character at `start`, or None."""
    match = PLATE_AT.match(text, start)
    if not match:
        return None
    body = fold(_CLEAN.sub("", match["body"])).upper()
    letter = fold(_CLEAN.sub("", text[start + 1 : match.start("body")])).upper()
    suffixed = text[match.end() - 1] in "挂学警港澳试超领"
    if _ORDINARY.fullmatch(body) or _NEW_ENERGY.fullmatch(body) or (suffixed and _SUFFIXED.fullmatch(body)):
        return Hit("P105", start, match.end(), mask_plate(text[start] + letter, body))
    return None
