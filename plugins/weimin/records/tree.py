"""Findings over the paths as a set: what Git says of each entry (F107, F114), and names that clash (F109)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from weimin.model.finding import Problem
from weimin.model.place import CONTENT
from weimin.records.misplaced import steering, steers
from weimin.records.quote import quoted

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
"""First parts of the site's own addresses (docs/reference/interface.md), which no page of content/pages/ may take.

/about/ and /accessibility/ are prose and nothing else: the pages of these names are those addresses.
"""

_LINK, _MODULE, _RUNS = "120000", "160000", "100755"


def tree_problems(entries: Iterable[tuple[str, str]]) -> list[Problem]:
    """F107 and F114 of (path, git mode) pairs under content/; others are not looked at.

    A file of which the name alone is at fault has the same problem from `place_of`.
    """
    found = []
    for path, mode in entries:
        if not path.startswith(CONTENT):
            continue
        name = quoted(path.rpartition("/")[2])
        if mode == _LINK:
            said = f"{name}是符号链接，不是文件"
            found.append(_problem("F107", path, said, "删去链接，把它所指的文件本身放在这里"))
        elif mode == _MODULE:
            said = f"{name}是 Git 子模块，不是文件夹"
            found.append(_problem("F107", path, said, "删去子模块，把文件直接放进来"))
        elif mode == _RUNS:
            found.append(
                _problem("F114", path, f"{name}带有可执行权限", f"去掉它：git update-index --chmod=-x -- {path}")
            )
        if steers(path):
            found.append(steering(path))
    return found


def collisions(paths: Iterable[str]) -> list[Problem]:
    """F109: paths or folders that differ in letter case or Unicode form only, and pages that take a fixed address."""
    listed = sorted(set(paths))
    found = [p for path in listed if path.startswith("content/pages/") for p in _address_taken(path)]
    odd = [path for path in listed if _folded(path) != path]
    if not odd:
        return found
    first: dict[str, str] = {}
    for path in listed:
        for part in _with_folders(path):
            first.setdefault(_folded(part), part)
    for path in listed:
        clash = next((first[_folded(p)] for p in _with_folders(path) if first[_folded(p)] != p), None)
        if clash is not None:
            said = f"{quoted(path.rpartition('/')[2])}与“{clash}”只差大小写或字形，在有的电脑上是同一个文件"
            found.append(_problem("F109", path, said, "其中一个改用别的名称"))
    return found


def _address_taken(path: str) -> Iterator[Problem]:
    stem = path.removeprefix("content/pages/").removesuffix(".md")
    if stem in FIXED_ADDRESSES or stem.isdigit():
        said = f"网页 {quoted(stem)}的网址 /{stem}/ 是网站自己的固定网址"
        yield _problem("F109", path, said, f"换一个文件名，如 {stem}-page.md")


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
