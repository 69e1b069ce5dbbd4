"""Problems of attachments: placed at the file, with the name of the part that contains the value."""

from __future__ import annotations

import msgspec

from weimin.model.finding import Problem
from weimin.rules.privacy.detect import find_hits
from weimin.rules.privacy.hit import WORDING
from weimin.rules.privacy.masking import mask_name

# characters; 300 pages of text have a third of it, and the slowest text of this length takes 10 s
_MOST_TEXT = 1_000_000
_FIX_TEXT = "在原文件里删去（盖住不算），重新导出后换上这份附件"
_FIX_UNREADABLE = "换成打得开、没有密码、没有嵌入文件的附件；图片和 PDF 可以重新导出一次"


class PartProblem(msgspec.Struct, frozen=True):
    """A problem in one part of an attachment, without a path yet. `value`: the masked value, if there is one."""

    code: str
    message: str
    hint: str
    value: str = ""


def check_text(part: str, text: str) -> list[PartProblem]:
    """P108 for each personal value in the text of a part; a text too long to be searched in time is refused."""
    if len(text) > _MOST_TEXT:
        return [unreadable_problem(f"{part}太长")]
    return [
        PartProblem(
            "P108",
            f"附件的{part}里有{WORDING[hit.code].noun}“{hit.masked[:40]}”，公开的附件不带个人信息",
            _FIX_TEXT,
            hit.masked,
        )
        for hit in find_hits(text)
    ]


def author_problem(part: str, name: str) -> PartProblem:
    """P108 for a person's name in the properties of a file."""
    return PartProblem(
        "P108",
        f"附件的{part}里有姓名“{mask_name(name)}”，公开的附件不带个人信息",
        "打开文件的属性，删去作者和最后保存者，再保存一次",
    )


def unreadable_problem(why: str) -> PartProblem:
    """P108 for a file that cannot be examined: what was not checked must not pass. `why`: the reason in Chinese."""
    return PartProblem("P108", f"附件无法检查：{why}，不能确认里面没有个人信息", _FIX_UNREADABLE)


def as_problems(path: str, problems: list[PartProblem]) -> list[Problem]:
    """The problems of a file, each once, in their order."""
    return [
        Problem(code=problem.code, path=path, message=problem.message, hint=problem.hint)
        for problem in dict.fromkeys(problems)
    ]
