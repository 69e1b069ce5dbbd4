"""The text around a number, which shows whether it is part of a code, an address of a page, or an amount."""

from __future__ import annotations

import re
from functools import cached_property

_PAGE = re.compile(r"https?://[^\s<>\"'?#，。；、）】”》|]*", re.IGNORECASE)
_LETTERS_BEFORE = re.compile(r"[A-Za-z]+\Z")
_MONEY = re.compile(r"[ \u3000]?(?:万|亿)?元(?!旦)")
# letters that announce a number instead of being part of it
_LABELS = frozenset({"tel", "telephone", "phone", "mobile", "mob", "cell", "m", "t", "vx", "wx", "wechat", "qq"})
_LONGEST_LABEL = 10
_BANK = re.compile(r"卡|[账帐][户号]|户名|银行|开户|信用社")
_BANK_REACH = 24


class TextContext:
    """Answers questions about the surroundings of positions in a text."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _pages(self) -> list[tuple[int, int]]:
        return [found.span() for found in _PAGE.finditer(self.text)] if "://" in self.text else []

    def is_code(self, start: int, end: int) -> bool:
        """Whether the number at `text[start:end]` is part of a digest, of a page's address, or of an amount."""
        after = self.text[end : end + 1]
        if (after.isascii() and after.isalpha()) or _MONEY.match(self.text, end):
            return True
        before = _LETTERS_BEFORE.search(self.text[max(0, start - _LONGEST_LABEL) : start])
        if before and before[0].lower() not in _LABELS:
            return True
        return any(left <= start < right for left, right in self._pages)

    def speaks_of_bank(self, start: int) -> bool:
        """Whether the words before a number are about a bank."""
        return bool(_BANK.search(self.text, max(0, start - _BANK_REACH), start))
