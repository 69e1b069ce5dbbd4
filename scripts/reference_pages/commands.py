"""The generated parts of interface.md that come from the parser of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from reference_pages.markdown import code, table, text
from reference_pages.meanings import meanings
from weimin.cli import exit_codes as exits
from weimin.cli.main import COMMANDS, parser

_MACHINE = {"jobs": "the number of processors"}
"""Options whose default is a fact of the machine."""


def command_table() -> str:
    said = meanings("commands", COMMANDS)
    rows = [(f"[{code(f'weimin {name}')}](#weimin-{name})", help_, said[name]) for name, help_ in COMMANDS.items()]
    return table(("command", "help", "what it does"), rows)


def all_options() -> str:
    """A section per command with its arguments and options, from the parser's own actions: printed help depends on the terminal."""
    top = parser()
    lines = []
    for name, command in _commands(top).items():
        rows = [_row(action) for action in command._actions if not isinstance(action, argparse._HelpAction)]
        lines += [
            f"#### weimin {name}",
            "",
            f"{COMMANDS[name]}。",
            "",
            table(("argument", "value", "default", "help"), rows),
        ]
    return "\n".join(lines)


def _commands(top: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    found = next(a for a in top._actions if isinstance(a, argparse._SubParsersAction))
    return dict(found.choices)


def _row(action: argparse.Action) -> tuple[str, str, str, str]:
    name = " ".join(code(o) for o in action.option_strings) or code(str(action.metavar or action.dest))
    return name, " ".join(_value(action)), _default(action), text(action.help or "")


def _value(action: argparse.Action) -> Iterator[str]:
    if action.choices:
        yield code("|".join(map(str, action.choices)))
    elif action.nargs == 0:
        yield "flag"
    elif action.option_strings:
        yield code(str(action.metavar))
    if action.nargs == "*":
        yield "any number"
    if isinstance(action, argparse._AppendAction):
        yield "may be given several times"
    if action.required and action.option_strings:
        yield "**required**"


def _default(action: argparse.Action) -> str:
    if action.dest in _MACHINE:
        return _MACHINE[action.dest]
    if action.default in (None, "", False, []) or action.nargs == 0:
        return ""
    if isinstance(action.default, tuple):
        return code(",".join(map(str, action.default)))
    return code(str(action.default))


def exit_codes() -> str:
    names = {value: name for name, value in vars(exits).items() if name.isupper()}
    said = meanings("exit_codes", names.values())
    return table(("code", "name", "meaning"), [(str(n), code(name), said[name]) for n, name in sorted(names.items())])
