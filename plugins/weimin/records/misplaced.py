"""A path that has no place: what is wrong with it, and the nearest valid path (F108, F114)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from weimin.model.finding import Problem
from weimin.model.place import NETWORK, parent_code
from weimin.model.quote import quoted
from weimin.records.kinds import ATTACHMENT_ENDINGS, DOSSIER, EVENTS, FOLDERS, KINDS, SITE_FOLDERS
from weimin.records.suggest_name import kind_in_name, suggest_date_in_name, suggest_folder, suggest_names

_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_CONTROL_FILE = re.compile(
    r"\.git(?!keep).*|\.mailmap|\.lfsconfig|\.pre-commit.*|\.envrc|\.hgignore|conftest\.py|.*\.(?:py[cdiow]?|so|pth|pkl|pickle)|hooks",
    re.IGNORECASE,
)
_CODE = re.compile(r"\d+", re.ASCII)
_DOSSIER = re.compile(r"(\d{4})-(\d{3,4})", re.ASCII)

IsPlace = Callable[[str], bool]


def is_reserved_name(stem: str) -> bool:
    """A name that Windows reserves for a device."""
    return bool(_RESERVED.fullmatch(stem))


def is_control_file(path: str) -> bool:
    """A file or folder that controls Git, Python or a tool (attributes, modules, hooks, filters, conftest, pickles)."""
    return any(_CONTROL_FILE.fullmatch(part) for part in path.split("/"))


def misplaced_problem(path: str, is_place: IsPlace) -> Problem:
    """The problem of a path that has no place. `is_place` checks each suggested path before it is suggested."""
    if is_control_file(path):
        return control_file_problem(path)
    message, hint = _explain(path)
    better = next((p for p in _candidates(path) if p != path and is_place(p)), None)
    if better is not None:
        old, new = path.rpartition("/"), better.rpartition("/")
        hint = f"改名为 {new[2]}" if old[0] == new[0] else f"移到 {better}"
    return Problem(code="F108", path=path, message=message, hint=hint, line=1, column=1)


def control_file_problem(path: str) -> Problem:
    name = path.rpartition("/")[2]
    message = f"{quoted(name)}会左右 Git 或程序的运行，content/ 下只放记录和附件"
    return Problem(code="F114", path=path, message=message, hint=f"删去这个文件：git rm -- {name}", line=1, column=1)


def _explain(path: str) -> tuple[str, str]:
    parts = path.split("/")
    name = parts[-1]
    if parts[0] != "content" or len(parts) < 2:
        return f"{quoted(path)}不在 content/ 下", "记录都放在 content/ 下"
    return _explain_characters(parts) or (
        _explain_network(parts[2:]) if parts[1] == "network" and len(parts) > 2 else _explain_site(parts[1:], name)
    )


def _explain_characters(parts: list[str]) -> tuple[str, str] | None:
    rule = "文件名和文件夹名只用小写英文字母、数字和连字符"
    for part in parts:
        if part.startswith(".") or not part:
            return f"{quoted(part)}是隐藏文件，不是记录", f"删去它（空文件夹不用占位）；{rule}"
        if part.startswith("-") or part.endswith("."):
            return (
                f"{quoted(part)}以“{part[0] if part.startswith('-') else '.'}”{'开头' if part.startswith('-') else '结尾'}",
                rule,
            )
        if any(c.isspace() for c in part):
            return f"{quoted(part)}里有空格或换行", rule
        if not part.isascii():
            return f"{quoted(part)}里有英文字母、数字以外的字", rule
        if re.search(r"[^A-Za-z0-9._-]", part):
            return f"{quoted(part)}里有不能用的符号", rule
        if is_reserved_name(part.partition(".")[0].lower()):
            return f"{quoted(part)}是 Windows 的保留名称，有的电脑上打不开", "换一个名称"
        if len(part) > 80:
            return f"{quoted(part)}太长（{len(part)} 个字符）", "名称不超过 40 个字符"
    return None


def _explain_site(parts: list[str], name: str) -> tuple[str, str]:
    row = SITE_FOLDERS.get(parts[0])
    if row is not None:
        if len(parts) > 2:
            return f"{row.folder}/ 下没有更深的文件夹", f"把文件直接放在 content/{row.folder}/ 下"
        return f"{quoted(name)}不是{row.title}的文件名", f"{row.title}的文件名用小写英文、数字和连字符，如 {row.name}"
    if len(parts) == 1:
        return (
            f"content/ 下没有 {quoted(name)}这样的文件",
            "content/ 下直接放的只有 site.yml；平台的记录放在 content/network/ 下",
        )
    return f"content/ 下没有文件夹 {quoted(parts[0])}", "content/ 下的文件夹是 network、pages、news"


def _explain_network(parts: list[str]) -> tuple[str, str]:
    code, rest = "", list(parts)
    while len(rest) > 1 and _CODE.fullmatch(rest[0]) and len(rest[0]) > 4:
        fault = _explain_code(rest[0], code)
        if fault:
            return fault
        code = rest.pop(0)
    if not code:
        if len(rest) == 1:
            return f"content/network/ 下没有 {quoted(rest[0])}这样的文件", "直接放在 content/network/ 下的只有 signers"
        return f"{quoted(rest[0])}不是行政区划代码", "文件夹从市的六位代码开始，如 content/network/321300/"
    if len(rest) == 1:
        return _explain_platform(rest[0])
    if rest[0] in FOLDERS:
        return _explain_folder(rest)
    if _DOSSIER.fullmatch(rest[0]):
        return _explain_dossier(rest)
    return _explain_unknown_folder(rest[0])


def _explain_code(code: str, above: str) -> tuple[str, str] | None:
    if len(code) not in (6, 9, 12):
        return f"{quoted(code)}不是行政区划代码", "代码是六位（市、县区）、九位（乡镇街道）或十二位（村居）"
    if len(code) == 12 and code.endswith("000"):
        return f"{quoted(code)}不是村居的代码", f"乡镇街道用九位代码 {code[:9]}"
    parent = parent_code(code)
    if parent == (above or None):
        return None
    if parent is None:
        return f"{quoted(code)}是市的代码，却放在 {above} 下", f"市的文件夹是 {NETWORK}{code}/"
    where = f"放在 {above} 下" if above else "直接放在 content/network/ 下"
    return f"{quoted(code)}的上级是 {parent}，却{where}", f"把文件夹 {code} 移到 {parent} 的文件夹里"


def _explain_platform(name: str) -> tuple[str, str]:
    if name.endswith((*ATTACHMENT_ENDINGS, ".jpeg")):
        return f"附件 {quoted(name)}不在卷宗里", "附件放在卷宗的 attachments/ 文件夹里"
    return (
        f"平台的文件夹里没有 {quoted(name)}这样的文件",
        "平台直接放的文件是 platform.yml 和 exemptions.yml，其他放在 rules、projects、plans、opinions、guidance 和卷宗里",
    )


def _explain_folder(rest: list[str]) -> tuple[str, str]:
    row = FOLDERS[rest[0]]
    if len(rest) > 2:
        return f"{row.folder}/ 下没有更深的文件夹", f"把文件直接放在 {row.folder}/ 下"
    example = f"{row.title}的文件名如 {row.name}"
    if not rest[1].endswith(row.ending):
        return f"{row.title}用 {row.ending} 文件，{quoted(rest[1])}不是", example
    return f"{quoted(rest[1])}不是{row.title}的文件名", example


def _explain_unknown_folder(folder: str) -> tuple[str, str]:
    near = suggest_folder(folder)
    if near:
        return f"平台下没有文件夹 {quoted(folder)}", f"{FOLDERS[near].title}放在 {near}/ 下"
    if re.match(r"\d", folder):
        return f"{quoted(folder)}不是卷宗编号", "卷宗编号是年份加三位顺序号，如 2026-001"
    return (
        f"平台下没有文件夹 {quoted(folder)}",
        "平台下的文件夹是 rules、projects、plans、opinions、guidance 和卷宗（如 2026-001）",
    )


def _explain_dossier(rest: list[str]) -> tuple[str, str]:
    name = rest[-1]
    year, number = rest[0].split("-")
    if number == "000" or (len(number) > 3 and number.startswith("0")) or not 1900 <= int(year) <= 2199:
        return f"{quoted(rest[0])}不是卷宗编号", "卷宗编号是年份加三位顺序号，从 001 起，如 2026-001"
    if len(rest) > 2:
        if rest[1] != "attachments" or len(rest) > 3:
            return f"卷宗里没有文件夹 {quoted(rest[1])}", "卷宗里的文件夹只有 attachments/，里面不再分文件夹"
        return (
            f"{quoted(name)}不是附件的文件名",
            "附件用小写英文、数字和连字符命名，扩展名是 .jpg、.png、.webp 或 .pdf，如 site-before.jpg",
        )
    stem, dot, ending = name.rpartition(".")
    if (dot + ending).lower() in (*ATTACHMENT_ENDINGS, ".jpeg", ".docx", ".doc", ".xlsx", ".gif"):
        return f"{quoted(name)}不是记录", "附件放在卷宗的 attachments/ 文件夹里"
    return _explain_event(name, stem, dot + ending)


def _explain_event(name: str, stem: str, ending: str) -> tuple[str, str]:
    example = "事件的文件名是“日期-种类”，如 2026-03-02-consultation.md"
    word, date = kind_in_name(stem)
    if not word:
        offered = get_close_matches(re.sub(r"[^a-z]", "", stem.lower()), EVENTS, 1, 0.5)
        more = f"；是不是 {offered[0]}（{KINDS[offered[0]].title}）" if offered else ""
        return f"{quoted(name)}里没有记录的种类", f"种类是 {'、'.join(EVENTS)}{more}"
    row = KINDS[word]
    if row.where != DOSSIER:
        return f"{row.title}不放在卷宗里", f"{row.title}放在平台的 {row.folder}/ 下" if row.folder else example
    if word != "topic" and not date:
        return f"{row.title}的文件名里没有日期", example
    if word != "topic" and suggest_date_in_name(date) != date:
        return (
            f"{quoted(date)}不是日期的写法，或没有这一天",
            "日期写成 2026-03-02、2026-03、2026-Q1、2026-H1、2026，报道日之前的写 by-2026-03-02，年份不详的写 XXXX-03-02",
        )
    if ending != row.ending:
        return f"{row.title}用 {row.ending} 文件，{quoted(name)}不是", f"改名为 {stem}{row.ending}"
    return (
        f"{quoted(name)}不是{row.title}的文件名",
        f"{row.title}的文件名如 {row.name}，同日第二份为 {row.name.replace('.', '-2.')}",
    )


def _candidates(path: str) -> Iterator[str]:
    """Paths that the author may have meant, nearest first."""
    narrow = unicodedata.normalize("NFKC", path)
    folders, name = narrow.split("/")[:-1], narrow.split("/")[-1]
    folders = [_suggest_folder_name(f) for f in folders]
    for new in suggest_names(name, folders[-1] if folders else ""):
        yield "/".join([*folders, new])
        if new.endswith(ATTACHMENT_ENDINGS):
            yield "/".join([*folders, "attachments", new])
    codes = [f for f in folders if _CODE.fullmatch(f) and len(f) in (6, 9, 12)]
    if codes and folders[:2] == ["content", "network"]:
        last = folders.index(codes[-1])
        chain = [codes[-1]]
        while above := parent_code(chain[0]):
            chain.insert(0, above)
        yield "/".join(["content", "network", *chain, *folders[last + 1 :], name])


def _suggest_folder_name(folder: str) -> str:
    if folder in ("content", "network", "pages", "news", "attachments"):
        return folder
    if m := re.fullmatch(r"(\d{4})[-_年]?(?:第)?0*([1-9]\d{0,2})号?", folder, re.ASCII):
        plain = folder.isdigit() and len(folder) in (6, 9, 12)
        return folder if plain else f"{m[1]}-{int(m[2]):03d}"
    return suggest_folder(folder) or folder
