"""The clauses of a rule document: each heading with a marker, and the text up to the next heading."""

from __future__ import annotations

from itertools import zip_longest

import msgspec

from weimin.model.output import SafeHtml
from weimin.prose.headings import HEADING, split_marker
from weimin.prose.render import render


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """`anchor` as in `{#3.3.4}`, `text` is Markdown, `line` is the line of the heading in the file."""

    anchor: str
    title: str
    text: str
    line: int
    root: str = ""

    @property
    def html(self) -> SafeHtml:
        """The text below the heading as HTML. Raises ValueError above the limits (F106)."""
        return render(self.text, root=self.root)


def clauses(body: str, *, first_line: int = 1, root: str = "") -> tuple[Clause, ...]:
    """The clauses in the order of the document. `first_line` is the line of the file where the body begins; `root` as in `render`."""
    headings = list(HEADING.finditer(body))
    made = []
    for heading, following in zip_longest(headings, headings[1:]):
        end = following.start() if following else len(body)
        title, anchor = split_marker(heading[1])
        if anchor:
            made.append(
                Clause(
                    anchor=anchor,
                    title=title,
                    text=body[heading.end() : end].strip("\n"),
                    line=first_line + body.count("\n", 0, heading.start()),
                    root=root,
                )
            )
    return tuple(made)
