"""The refusal of an entry: what a person asked for cannot be written."""

from __future__ import annotations


class EntryRefused(Exception):
    """Nothing was written; the message gives the reason and the fix, in Chinese.

    `option`: which part of the request is wrong (on, platform, dossier, slug); empty where no single part is.
    """

    def __init__(self, message: str, option: str = "") -> None:
        super().__init__(message)
        self.option = option
