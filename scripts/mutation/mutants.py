"""All mutants of a module, made by mutmut's operators, and a sample that is the same on every machine.

mutmut's own visitor leaves out decorated functions, because it keeps all mutants of a file in one file; here each mutant
is a file of its own, so that rules (`@rule(…)`) and properties are mutated too. Not mutated:

- annotations, type aliases, decorators, imports, `if TYPE_CHECKING`, docstrings;
- keywords of a class (`frozen=True`) and the bodies of protocols and exceptions: they declare and do not compute;
- texts in Chinese: what users read is compared with stored files elsewhere (cases, golden site).
"""

from __future__ import annotations

import ast
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

import libcst as cst
from libcst.metadata import (
    CodePosition,
    CodeRange,
    MetadataWrapper,
    PositionProvider,
    WhitespaceInclusivePositionProvider,
)
from mutmut.mutation.mutators import mutation_operators


class Mutant(NamedTuple):
    """One change of one module. `scope`: the function it is in, `Class.method` or empty; `lines`: of its statement.

    `start`, `end`: offsets of `before`, which `after` replaces; `nth`: among the same changes of the same line of text.
    """

    module: str
    scope: str
    line: int
    lines: tuple[int, int]
    text: str
    before: str
    after: str
    start: int
    end: int
    nth: int

    def applied(self, source: str) -> str:
        return source[: self.start] + self.after + source[self.end :]

    @property
    def change(self) -> str:
        """The change in one line: `day <= due → day < due`."""
        return f"{_one_line(self.before)} → {_one_line(self.after)}"


def mutants_of(module: str, source: str) -> list[Mutant]:
    """All mutants of a module, in order of place; some may not compile (`sample` draws none of those)."""
    wrapper = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
    visitor = _Visitor(module, source, wrapper.module)
    wrapper.visit(visitor)
    found, counts = [], Counter[tuple[str, ...]]()
    for mutant in dict.fromkeys(visitor.found):
        key = (mutant.scope, mutant.text, mutant.before, mutant.after)
        found.append(mutant._replace(nth=counts[key]))
        counts[key] += 1
    return found


def all_mutants(sources: Mapping[str, str]) -> list[Mutant]:
    """All mutants of the modules (path → text), in order of module and place."""
    return [m for module, source in sorted(sources.items()) for m in mutants_of(module, source)]


def sample(mutants: Iterable[Mutant], sources: Mapping[str, str], seed: int, count: int) -> list[Mutant]:
    """`count` of the mutants of the modules: those with the smallest digests, in order of module and place.

    A digest depends on the seed and on the text of a line alone, so that a change of one line leaves the rest of the sample
    as it was. Mutants that do not compile, and those that are the same program as the module or as another mutant, are
    passed over.
    """
    programs = {(module, _program(source)) for module, source in sources.items()}
    chosen: list[Mutant] = []
    for mutant in sorted(mutants, key=lambda m: _digest(m, seed)):
        if len(chosen) == count:
            break
        program = _program(mutant.applied(sources[mutant.module]))
        if program is not None and (mutant.module, program) not in programs:
            programs.add((mutant.module, program))
            chosen.append(mutant)
    return sorted(chosen, key=lambda m: (m.module, m.start, m.after))


def _digest(m: Mutant, seed: int) -> bytes:
    parts = (str(seed), m.module.rpartition("/")[2], m.scope, m.text, m.before, m.after, str(m.nth))
    return hashlib.sha256("\0".join(parts).encode()).digest()


def _program(source: str) -> str | None:
    """The syntax tree as text, without places; None where it does not compile."""
    try:
        compile(source, "mutant", "exec", dont_inherit=True)
        return ast.dump(ast.parse(source))
    except (SyntaxError, ValueError):
        return None


def _one_line(text: str) -> str:
    return " ".join(text.split())


class _Visitor(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider, WhitespaceInclusivePositionProvider)

    def __init__(self, module: str, source: str, tree: cst.Module) -> None:
        super().__init__()
        self.found: list[Mutant] = []
        self._module, self._source, self._tree = module, source, tree
        lines = source.splitlines(keepends=True)
        self._texts = [line.strip() for line in lines]
        self._starts = [0, *accumulate(map(len, lines))]
        self._scope: list[str] = []
        self._lines = [(1, 1)]
        self._keywords: set[int] = set()

    def on_visit(self, node: cst.CSTNode) -> bool:
        if self._is_left_out(node):
            return False
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._scope.append(node.name.value)
        if lines := self._statement(node):
            self._lines.append(lines)
        changed = [m for kind, operator in mutation_operators if isinstance(node, kind) for m in operator(node)]
        if changed:
            self.found += self._mutants(node, changed)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if self._is_left_out(original_node):
            return
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self._scope.pop()
        if self._statement(original_node):
            self._lines.pop()

    def _is_left_out(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.ClassDef):
            self._keywords.update(map(id, node.keywords))
        return id(node) in self._keywords or _declares(node)

    def _statement(self, node: cst.CSTNode) -> tuple[int, int] | None:
        """First and last line of a statement; of one with a block, those of its head."""
        if not isinstance(node, cst.SimpleStatementLine | cst.BaseCompoundStatement):
            return None
        place = self.get_metadata(PositionProvider, node)
        body = getattr(node, "body", None)
        if isinstance(body, cst.IndentedBlock) and body.body:
            first = self.get_metadata(PositionProvider, body.body[0]).start.line
            return place.start.line, max(place.start.line, first - 1)
        return place.start.line, place.end.line

    def _mutants(self, node: cst.CSTNode, changed: Iterable[cst.CSTNode]) -> Iterator[Mutant]:
        span: CodeRange | None = self.get_metadata(WhitespaceInclusivePositionProvider, node, None)
        place: CodeRange | None = self.get_metadata(PositionProvider, node, None)
        if span is None or place is None:
            return
        start, end = self._offset(span.start), self._offset(span.end)
        before = self._source[start:end]
        if before != self._tree.code_for_node(node):  # part of an indented block, which has no text of its own
            return
        line = place.start.line
        for mutated in changed:
            yield Mutant(
                module=self._module,
                scope=".".join(self._scope),
                line=line,
                lines=self._lines[-1],
                text=self._texts[line - 1],
                before=before,
                after=self._tree.code_for_node(mutated),
                start=start,
                end=end,
                nth=0,
            )

    def _offset(self, at: CodePosition) -> int:
        return self._starts[at.line - 1] + at.column


_ALIASES = frozenset(
    {"Callable", "Mapping", "Iterable", "Iterator", "Sequence", "dict", "list", "tuple", "Literal", "Union"}
)


def _declares(node: cst.CSTNode) -> bool:
    """True of a part that declares, and of a text for users: it is not mutated, nor is anything in it."""
    match node:
        case cst.Annotation() | cst.Decorator() | cst.Import() | cst.ImportFrom():
            return True
        case cst.Expr(value=cst.SimpleString() | cst.ConcatenatedString()):
            return True
        case cst.If(test=cst.Name(value="TYPE_CHECKING")):
            return True
        case cst.Assign(value=cst.Subscript(value=cst.Name(value=name))) if name in _ALIASES:
            return True
        case cst.Assign(value=cst.BinaryOperation(operator=cst.BitOr(), left=cst.Name() | cst.BinaryOperation())):
            return _is_type(node.value)
        case cst.ClassDef():
            names = [base.value.value for base in node.bases if isinstance(base.value, cst.Name)]
            return any(name == "Protocol" or name.endswith(("Error", "Exception")) for name in names)
        case cst.SimpleString():
            return any("\u2e80" <= c <= "\uffef" for c in node.value)
    return False


def _is_type(node: cst.BaseExpression) -> bool:
    """True of `A | B | None`: names of classes alone."""
    if isinstance(node, cst.BinaryOperation):
        return _is_type(node.left) and _is_type(node.right)
    return isinstance(node, cst.Name) and (
        node.value == "None" or node.value[:1].isupper() or node.value in ("str", "int", "bool")
    )
