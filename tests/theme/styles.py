"""The linter of the style sheets: syntax, names that browsers do not know, variables that are not set or not used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import tinycss2

Node = Any  # tinycss2 has no types
KEYWORDS = ("anywhere",)
"""Values that are features of their own: written `property: value`."""


class Used(NamedTuple):
    """A name that a style sheet uses, and the line."""

    name: str
    line: int


class Sheet:
    """What one style sheet is made of."""

    def __init__(self, text: str) -> None:
        self.faults: list[str] = []
        self.names: list[Used] = []
        self.units: list[Used] = []
        self.classes: list[Used] = []
        self.declarations: list[Node] = []
        self.set: set[str] = set()
        self.read: list[Used] = []
        bare = re.sub(r"/\*.*?\*/|\"[^\"\n]*\"", "", text, flags=re.S)
        if bare.count("{") != bare.count("}"):
            self.faults.append(f"{bare.count('{')} blocks are opened and {bare.count('}')} are closed")
        self._rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))

    def _rules(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            if node.type == "error":
                self._fault(node, node.message)
            elif node.type == "at-rule":
                self._at_rule(node)
            else:
                self._selector(node.prelude)
                self._block(node)

    def _at_rule(self, node: Node) -> None:
        keyword = f"@{node.lower_at_keyword}"
        self._name(keyword, node)
        if keyword in ("@media", "@container"):
            for token in tokens(node.prelude):
                if token.type == "() block":
                    self._name(f"{keyword} {next(t.lower_value for t in token.content if t.type == 'ident')}", token)
        self._values(node.prelude)
        if node.content is None:
            return
        if keyword == "@page":
            self._block(node)
        else:
            self._rules(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))

    def _block(self, node: Node) -> None:
        seen: Counter[str] = Counter()
        for part in tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True):
            if part.type == "declaration":
                self._declaration(part)
                seen[part.name] += 1
            else:
                self._fault(part, getattr(part, "message", f"a {part.type} inside a rule"))
        for name in (name for name, count in seen.items() if count > 1):
            self._fault(node, f"{name} is set twice in one rule")

    def _declaration(self, node: Node) -> None:
        if node.name.startswith("--"):
            self.set.add(node.name)
        else:
            self.declarations.append(node)
            self._name(node.lower_name, node)
            for token in node.value:
                if token.type == "ident" and token.lower_value in KEYWORDS:
                    self._name(f"{node.lower_name}: {token.lower_value}", token)
        self._values(node.value)

    def _values(self, nodes: Iterable[Node]) -> None:
        for token in tokens(nodes):
            if token.type == "error":
                self._fault(token, token.message)
            elif token.type == "function":
                self._name(f"{token.lower_name}()", token)
                if token.lower_name == "var":
                    self.read.append(
                        Used(next(t.value for t in token.arguments if t.type == "ident"), token.source_line)
                    )
            elif token.type == "dimension":
                self.units.append(Used(token.lower_unit, token.source_line))

    def _selector(self, nodes: Iterable[Node]) -> None:
        held = list(tokens(nodes))
        for before, token in zip([None, *held], held, strict=False):
            sign = before.value if before is not None and before.type == "literal" else ""
            if token.type == "error":
                self._fault(token, token.message)
            elif token.type == "ident" and sign == ".":
                self.classes.append(Used(token.value, token.source_line))
            elif token.type in ("ident", "function") and sign in (":", "::"):
                name = token.lower_value if token.type == "ident" else f"{token.lower_name}()"
                self._name(sign + name, token)

    def _name(self, name: str, node: Node) -> None:
        self.names.append(Used(name, node.source_line))

    def _fault(self, node: Node, text: str) -> None:
        self.faults.append(f"{node.source_line}: {text}")


def tokens(nodes: Iterable[Node]) -> Iterator[Node]:
    """Each token, those of blocks and functions too; two colons in a row are one token."""
    colon = None
    for node in nodes:
        if node.type == "literal" and node.value == ":" and colon is None:
            colon = node
            continue
        if colon is not None:
            if node.type == "literal" and node.value == ":":
                colon.value = "::"
            yield colon
            is_second, colon = colon.value == "::" and node.type == "literal", None
            if is_second:
                continue
        yield node
        if node.type in ("() block", "[] block", "{} block"):
            yield from tokens(node.content)
        elif node.type == "function":
            yield from tokens(node.arguments)


def faults(
    text: str, known: set[str], units: set[str], frame: Sheet | None = None, words: set[str] | None = None
) -> list[str]:
    """What is wrong with a style sheet, each with its line. `frame`: the sheet that is loaded with it and sets variables.

    `words`: those of templates, scripts and pages; a class that is none of them is never on a page.
    """
    sheet = Sheet(text)
    frames_set, frames_read = (frame.set, frame.read) if frame else (set(), [])
    wrong = [*sheet.faults]
    wrong += [f"{u.line}: {u.name} is not in theme/browsers.toml" for u in sheet.names if u.name not in known]
    wrong += [f"{u.line}: the unit {u.name} is not in theme/browsers.toml" for u in sheet.units if u.name not in units]
    wrong += [f"{u.line}: {u.name} is set nowhere" for u in sheet.read if u.name not in sheet.set | frames_set]
    wrong += [
        f"{name} is set and not used" for name in sorted(sheet.set - {u.name for u in [*sheet.read, *frames_read]})
    ]
    if words is not None:
        wrong += [
            f"{u.line}: no page has the class {u.name}" for u in sheet.classes if not {u.name, stem(u.name)} & words
        ]
    return wrong


def stem(name: str) -> str:
    """What a template writes of a class whose end is a value: `of-` of `of-tally`, `k` of `k4`."""
    return re.sub(r"(?<=-).+|\d+$", "", name)


def words_of(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in re.findall(r"[\w-]+", text)}
