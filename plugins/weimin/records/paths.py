"""Findings about the set of paths: Git modes (F107), control files (F114) and names that collide (F109)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from weimin.model.finding import Problem
from weimin.model.place import CONTENT
from weimin.model.quote import quoted
from weimin.records.misplaced import control_file_problem, is_control_file

FIXED_ADDRESSES = frozenset(
    [
        "404",
        "bulletin",
        "cards",
        "consulting",
        "corrections",
        "data",
        "duties",
        "embed",
        "embedding",
        "evaluations",
        "feeds",
        "figures",
        "index",
        "log",
        "network",
        "news",
        "oembed",
        "pages",
        "reported-up",
        "reports",
        "results",
        "rules",
        "search",
        "sitemap",
        "submit",
        "theme",
        "styleguide",
        "trail",
        "wechat",
    ]
)
"""First parts of the site's own addresses (docs/reference/interface.md), which no page in content/pages/ may use.

/about/ and /accessibility/ are not in the list: their content is the page of that name.
"""

_LINK, _MODULE, _RUNS = "120000", "160000", "100755"


def mode_problems(entries: Iterable[tuple[str, str]]) -> list[Problem]:
    """F107 and F114 of (path, Git mode) pairs under content/; other paths are ignored.

    For a file whose name alone is a problem, `place_of` returns the same problem.
    """
    found = []
    for path, mode in entries:
        if not path.startswith(CONTENT):
            continue
        name = quoted(path.rpartition("/")[2])
        if mode == _LINK:
            message = f"{name}是符号链接，不是文件"
            found.append(_problem("F107", path, message, "删去链接，把它所指的文件本身放在这里"))
        elif mode == _MODULE:
            message = f"{name}是 Git 子模块，不是文件夹"
            found.append(_problem("F107", path, message, "删去子模块，把文件直接放进来"))
        elif mode == _RUNS:
            found.append(
                _problem("F114", path, f"{name}带有可执行权限", f"去掉它：git update-index --chmod=-x -- {path}")
            )
        if is_control_file(path):
            found.append(control_file_problem(path))
    return found


def path_collisions(paths: Iterable[str]) -> list[Problem]:
    """F109: paths or folders that differ only in letter case or Unicode form, and pages whose address is reserved."""
    listed = sorted(set(paths))
    found = [p for path in listed if path.startswith("content/pages/") for p in _address_taken(path)]
    changed_by_folding = [path for path in listed if _folded(path) != path]
    if not changed_by_folding:
        return found
    first: dict[str, str] = {}
    for path in listed:
        for part in _with_folders(path):
            first.setdefault(_folded(part), part)
    for path in listed:
        clash = next((first[_folded(p)] for p in _with_folders(path) if first[_folded(p)] != p), None)
        if clash is not None:
            message = f"{quoted(path.rpartition('/')[2])}与“{clash}”只差大小写或字形，在有的电脑上是同一个文件"
            found.append(_problem("F109", path, message, "其中一个改用别的名称"))
    return found


def _address_taken(path: str) -> Iterator[Problem]:
    stem = path.removeprefix("content/pages/").removesuffix(".md")
    if stem in FIXED_ADDRESSES or stem.isdigit():
        message = f"网页 {quoted(stem)}的网址 /{stem}/ 是网站自己的固定网址"
        yield _problem("F109", path, message, f"换一个文件名，如 {stem}-page.md")


def _with_folders(path: str) -> Iterator[str]:
    at = path.find("/")
    while at >= 0:
        yield path[:at]
        at = path.find("/", at + 1)
    yield path


def _folded(path: str) -> str:
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).casefold())


def _problem(code: str, path: str, message: str, hint: str) -> Problem:
    return Problem(code=code, path=path, message=message, hint=hint, line=1, column=1)
