"""The fast reader for tame text, for which PyYAML gives the same value.

Tame is what the grammar below defines line by line: keys of our form, values that every reader takes for the same thing,
at most eight spaces of indentation. Tame text has no deep nesting, anchor, tag, escape or folded block. The only
difference left between the two readers is the type of a plain scalar, and the grammar allows only forms that both
read alike.
"""

from __future__ import annotations

import re
from typing import Any

from ryaml import InvalidYamlError, loads  # type: ignore[attr-defined]  # it does not mark its re-exports

LONGEST = 10_000  # characters; contains fewer than 5,000 nodes

_OUT = r"\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff"  # control characters, and those that some readers take for a line end
_INT = r"(?:0|-?[1-9][0-9]{0,14})"
_DEC = r"-?(?:0|[1-9][0-9]{0,8})\.(?:0|[0-9]{0,3}[1-9])"
_WORD = r"(?!(?:True|TRUE|False|FALSE|Null|NULL)\b)"
_LED = rf"[0-9]++(?:\.[0-9]++)?(?:[-/]|:(?=[^\s：])| *+[^{_OUT}\x20-\x7e：])"
_QUOTED = rf"\"[^{_OUT}\"\\]*+\"|'[^{_OUT}']*+'"
_START = rf"[^{_OUT}\x20\-?:,\[\]{{}}#&*!|>'\"%@`0-9.+~=<：]"
_RUN = rf"[^{_OUT}#:]*+"
_REST = rf"{_RUN}(?:(?:(?<! )#|:(?=\S)){_RUN})*"
_PLAIN = rf"(?:{_INT}|{_DEC}|{_LED}{_REST}|{_WORD}{_START}{_REST})"
_FLOW_REST = rf"[^{_OUT},\[\]{{}}:#'\"：]*+"
_ITEM = rf"(?:{_INT}|{_DEC}|{_QUOTED}|{_LED}{_FLOW_REST}|{_WORD}{_START}{_FLOW_REST})"
_KEY = r"(?!(?:true|false|null):)[a-z_]++:"
_LIST = rf"\[(?:{_ITEM}(?:, ?{_ITEM})*)?\]"
_MAP = rf"\{{(?:{_KEY} {_ITEM}(?:, ?{_KEY} {_ITEM})*)?\}}"
_VALUE = rf"(?:{_PLAIN}|{_QUOTED}|{_LIST}|{_MAP})"
_LINE = (
    rf"(?:  ){{0,4}}(?:(?:- )?{_KEY}(?: {_VALUE})? *|- (?![a-z_]++ *(?:：|:(?!//))){_VALUE} *)"
    rf"| *(?:#[^{_OUT}]*+)?"
)
_TAME = re.compile(_LINE)
"""One line. Only single characters are repeated possessively: Python before 3.11.5 matches possessive groups wrongly
(CPython issue 106052), and 3.11.2 is what Debian 12 brings."""


def is_tame(text: str) -> bool:
    """Every line matches the grammar and the text is short enough."""
    return len(text) <= LONGEST and all(map(_TAME.fullmatch, text.split("\n")))


def read_fast(text: str) -> Any:
    """The value of tame text; None for other text, and for a fault that PyYAML should explain."""
    if not is_tame(text):
        return None
    try:
        return loads(text)
    except (InvalidYamlError, ValueError):
        return None
