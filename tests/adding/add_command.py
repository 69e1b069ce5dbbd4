"""A command: `weimin greet`."""

from addition import AGREEMENT, REFERENCE, Addition, Edit, Step, meaning

COMMAND = '''"""`weimin greet`."""

from __future__ import annotations

import argparse

from weimin.app.entry.greet import greeting
from weimin.cli.exit_codes import OK


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="名称", help="向谁问候")


def run(args: argparse.Namespace) -> int:
    print(greeting(args.name))
    return OK
'''

USE_CASE = '''"""Say a greeting."""

from __future__ import annotations


def greeting(name: str) -> str:
    return f"{name}，您好。"
'''

ADDITION = Addition(
    thing="a command",
    steps=(
        Step(
            name="row in COMMANDS (cli/main.py)",
            guard=(f"{AGREEMENT}/test_commands_agree.py",),
            names=("greet",),
            edits=(Edit("plugins/weimin/cli/main.py", '    "greet": "问候",\n', before='    "codeowners":'),),
        ),
        Step(
            name="module in cli/commands/",
            guard=(f"{AGREEMENT}/test_commands_agree.py",),
            names=("greet.py", "commands.greet"),
            edits=(Edit("plugins/weimin/cli/commands/greet.py", COMMAND),),
        ),
        Step(
            name="use case in app/",
            guard=(f"{AGREEMENT}/test_commands_agree.py",),
            names=("weimin.app.entry.greet",),
            edits=(Edit("plugins/weimin/app/entry/greet.py", USE_CASE),),
        ),
        Step(
            name="line in README.md",
            guard=(f"{AGREEMENT}/test_commands_agree.py",),
            names=("'greet'",),
            edits=(Edit("README.md", "| `weimin greet NAME` | says hello |\n", before="| `weimin codeowners` |"),),
        ),
        Step(
            name="line in README.zh-CN.md",
            guard=(f"{AGREEMENT}/test_commands_agree.py",),
            names=("'greet'",),
            edits=(Edit("README.zh-CN.md", "| `weimin greet 名称` | 问候 |\n", before="| `weimin codeowners` |"),),
        ),
        meaning("commands", "greet", "'says hello; needs no repository'"),
        REFERENCE,
    ),
    works="""
from weimin.cli.main import main
assert main(["greet", "--help"]) == 0
assert main(["greet", "样例村"]) == 0
""",
)
