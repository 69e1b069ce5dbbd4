"""P106: e-mail addresses. Offices have addresses of gov.cn or 政务; every other address counts as private."""

from __future__ import annotations

import re

from weimin.rules.privacy.glyphs import BLANK_SET, DIGIT_SET, INVISIBLE_SET, LATIN_SET, fold
from weimin.rules.privacy.hit import Hit
from weimin.rules.privacy.masking import mask_mail

_SIGN = re.compile(r"[@＠]|[\[(（【{][ ]?(?:at|AT)[ ]?[\])）】}]")
_AROUND = rf"[{BLANK_SET}`*()（）\[\]【】{INVISIBLE_SET}]{{0,3}}(?:\n[ \t>]{{0,12}})?"
_LOCAL = re.compile(rf"([{LATIN_SET}{DIGIT_SET}%+＋\-－_＿.．`{INVISIBLE_SET}]{{1,64}}){_AROUND}\Z")
_DOT = rf"(?:{_AROUND}[.．]{_AROUND}|。)"
_LABEL = rf"[{LATIN_SET}{DIGIT_SET}\-－{INVISIBLE_SET}\u4e00-\u9fff]{{1,63}}?"
_LATIN_TOP = rf"[{LATIN_SET}](?:[{INVISIBLE_SET}]*[{LATIN_SET}]){{1,17}}"
_TOP = rf"(?:政务{_DOT}[cｃ][nｎ]|政务|公益|中国|公司|网络|{_LATIN_TOP})"
_DOMAIN = re.compile(
    rf"{_AROUND}((?:{_LABEL}{_DOT}){{1,6}}{_TOP})(?![{LATIN_SET}\-])(?!{_DOT}{_LATIN_TOP})", re.IGNORECASE
)
_LONGEST_LOCAL = 84

_OFFICIAL = re.compile(r"(?:.*\.)?(?:gov\.cn|政务|政务\.cn)")
# reserved by RFC 2606, or a forge's noreply address: they belong to nobody
_NOBODY = re.compile(r"(?:.*\.)?(?:example(?:\.com|\.org|\.net|\.cn)?|invalid|test|noreply\..*)")
# photo@2x.png is a picture, git@host.cn:path a repository
_PICTURE = re.compile(r".*\.(?:png|jpe?g|webp|gif|svg|pdf)")
_NOISE = re.compile(r"[^0-9A-Za-z.\-\u4e00-\u9fff]")


def mail_at(text: str, start: int) -> Hit | None:
    """The private address with its @ (or "(at)") at `start`, or None."""
    sign = _SIGN.match(text, start)
    domain = sign and _DOMAIN.match(text, sign.end())
    left = max(0, start - _LONGEST_LOCAL)
    local = domain and _LOCAL.search(text[left:start])
    if not (sign and domain and local):
        return None
    host = _NOISE.sub("", fold(domain[1]).replace("。", ".")).lower()
    name = fold(local[1]).strip("`.")
    if not name or (name == "git" and text.startswith(":", domain.end())):
        return None
    if len(name) == 1 and text[left + local.end(1) : start] == "***":
        return None  # masked already, as the message suggests
    if any(harmless.fullmatch(host) for harmless in (_OFFICIAL, _NOBODY, _PICTURE)):
        return None
    return Hit("P106", left + local.start(1), domain.end(), mask_mail(name, host))
