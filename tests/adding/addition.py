"""What docs/adding.md asks for, as data: an addition is a list of steps, a step is edits of files or a command."""

from __future__ import annotations

from pathlib import Path

import msgspec


class Edit(msgspec.Struct, frozen=True):
    """A new file, or, with `before` or `after`, a text that is put in front of or behind another in an existing file.

    `path`: from the root of the repository. Raises AssertionError where the place is not in the file exactly once.
    `inside`: the place comes with another step; where that step was left out there is nothing to do.
    """

    path: str
    text: str
    before: str = ""
    after: str = ""
    inside: bool = False

    def apply(self, root: Path) -> None:
        file = root / self.path
        if not self.before and not self.after:
            assert not file.exists(), f"{self.path} is there already"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.text, encoding="utf-8", newline="\n")
            return
        place = self.before or self.after
        old = file.read_text(encoding="utf-8")
        if self.inside and place not in old:
            return
        assert old.count(place) == 1, f"{self.path} has {old.count(place)} times {place!r}"
        new = self.text + place if self.before else place + self.text
        file.write_text(old.replace(place, new), encoding="utf-8", newline="\n")


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A step of a row of docs/adding.md.

    `name`: what is done, for the table. `guard`: the tests that notice the omission, as arguments of pytest. `names`: texts,
    one of which has to be in the line with which one of them names it. `run`: a program of the repository and its
    arguments, in place of edits; only its own guard reads what it writes.
    """

    name: str
    guard: tuple[str, ...]
    names: tuple[str, ...]
    edits: tuple[Edit, ...] = ()
    run: tuple[str, ...] = ()


class Addition(msgspec.Struct, frozen=True, kw_only=True):
    """`works`: a program that runs in the copy and fails unless the thing that was added works."""

    thing: str
    steps: tuple[Step, ...]
    works: str

    @property
    def guards(self) -> tuple[str, ...]:
        """The tests that have to pass with all steps, of which one fails without any one of them."""
        return tuple(dict.fromkeys(test for step in self.steps for test in step.guard))

    def without(self, left_out: Step) -> list[Step]:
        """The other steps, without the programs that write nothing the guard of `left_out` reads."""
        others = (step for step in self.steps if step is not left_out)
        return [step for step in others if not step.run or step.guard == left_out.guard]


AGREEMENT = "tests/agreement"
REFERENCE_GUARD = (f"{AGREEMENT}/test_reference_agrees.py::test_the_generated_parts_are_what_the_program_says",)
"""The test that compares docs/reference/ with the program."""
GOLDEN_GUARD = ("tests/site/test_golden.py",)
REFERENCE = Step(
    name="./scripts/reference",
    run=("scripts/reference_docs.py",),
    guard=REFERENCE_GUARD,
    names=("run ./scripts/reference",),
)


def meaning(section: str, name: str, text: str) -> Step:
    """The English meaning of a new row of docs/reference/."""
    edit = Edit("scripts/reference_pages/meanings.toml", f"{name} = {text}\n".replace("'", '"'), after=f"[{section}]\n")
    return Step(name=f"meanings.toml [{section}]", guard=REFERENCE_GUARD, names=(f"missing ['{name}']",), edits=(edit,))


def golden(*names: str) -> Step:
    """The golden pages anew; `names`: paths of which the test names one."""
    return Step(name="tests/site/golden.py", run=("tests/site/golden.py",), guard=GOLDEN_GUARD, names=names)
