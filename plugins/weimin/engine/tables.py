"""The tables of the store, and where it lies."""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from pathlib import Path

from weimin.adapters.git import git_folder
from weimin.adapters.installation import example_digest, installed_packages, program_files, schema_files, theme_files
from weimin.adapters.store import Table

TABLES = (
    # what Git says of every file below content/; `unit` and `ref` are empty where it has no place there
    Table(
        "file",
        (("path", "TEXT"), ("mode", "TEXT"), ("blob", "TEXT"), ("unit", "TEXT"), ("ref", "TEXT"), ("kind", "TEXT")),
        ("path",),
        (("unit",), ("ref",), ("kind",)),
    ),
    # what is wrong with a file as a file, by its path
    Table("loose", (("path", "TEXT"), ("data", "BLOB")), ("path",)),
    Table("meta", (("name", "TEXT"), ("data", "BLOB")), ("name",)),
    # a folder as it was judged; `next` is the day on which it changes by the clock alone
    Table(
        "node",
        (
            ("id", "TEXT"),
            ("platform", "TEXT"),
            ("speaks", "INTEGER"),
            ("data", "BLOB"),
            ("next", "TEXT"),
            ("reads", "INTEGER"),
        ),
        ("id",),
        (("platform", "speaks"), ("next",), ("reads",)),
    ),
    # what was rendered; `kept`: a folder's entries of feeds, or what each page of a sum showed
    Table("page", (("id", "TEXT"), ("reads", "INTEGER"), ("kept", "BLOB")), ("id",), (("reads",),)),
    # what is to be done again: judged (1), rendered (2)
    Table("stale", (("id", "TEXT"), ("work", "INTEGER")), ("id", "work")),
    # sets of things that were read, shared by all that read the same; numbered as they came, so that each new one lies
    # behind the last and not anywhere among a million others
    Table("reading", (("reads", "INTEGER"), ("key", "TEXT")), ("reads", "key"), (("key",),)),
    Table("numbered", (("digest", "INTEGER"), ("reads", "INTEGER")), ("digest",)),
    Table("platform", (("code", "TEXT"), ("data", "BLOB")), ("code",)),
    Table(
        "finding",
        (("node", "TEXT"), ("n", "INTEGER"), ("path", "TEXT"), ("unit", "TEXT"), ("data", "BLOB")),
        ("node", "n"),
        (("path",), ("unit",)),
    ),
    # references between folders; role `list` stands for the projects of a topic, as corrected
    Table(
        "inbound",
        (("source", "TEXT"), ("n", "INTEGER"), ("target", "TEXT"), ("role", "TEXT"), ("data", "BLOB")),
        ("source", "n"),
        (("target",),),
    ),
    # where folders stand in lists of the whole network (model/ledger.py)
    Table(
        "entry",
        (("list", "TEXT"), ("rank", "TEXT"), ("node", "TEXT"), ("key", "TEXT")),
        ("list", "rank", "node", "key"),
    ),
    Table("amount", (("scope", "TEXT"), ("name", "TEXT"), ("value", "INTEGER")), ("scope", "name")),
    # a file of the site; `version` is the build that last changed it
    Table(
        "output",
        (
            ("path", "TEXT"),
            ("folder", "TEXT"),
            ("node", "TEXT"),
            ("digest", "TEXT"),
            ("size", "INTEGER"),
            ("version", "INTEGER"),
        ),
        ("path",),
        (("folder",), ("node",), ("version",)),
    ),
    # pages that sitemap.xml lists, by the part of it (site/sitemap_files.py)
    Table("listed", (("part", "TEXT"), ("path", "TEXT")), ("part", "path")),
    Table("gone", (("path", "TEXT"), ("version", "INTEGER")), ("path",), (("version",),)),
    # share pictures, by what is on them
    Table("picture", (("path", "TEXT"), ("node", "TEXT"), ("digest", "BLOB")), ("path",), (("node",),)),
    # rows of open data, packed, by table and month; `size`: bytes of the largest format
    Table(
        "shard",
        (("shard", "TEXT"), ("node", "TEXT"), ("rows", "INTEGER"), ("size", "INTEGER"), ("data", "BLOB")),
        ("shard", "node"),
        (("node",),),
        large=True,
    ),
    # what is found by searching: a line for each page, in the block of a tile; files of terms as they stand
    Table(
        "doc",
        (
            ("address", "TEXT"),
            ("node", "TEXT"),
            ("tile", "TEXT"),
            ("block", "INTEGER"),
            ("grp", "TEXT"),
            ("month", "INTEGER"),
            ("spot", "TEXT"),
            ("data", "BLOB"),
        ),
        ("address",),
        (("node",), ("tile", "block")),
    ),
    Table("term", (("path", "TEXT"), ("data", "BLOB")), ("path",)),
    Table("revision", (("unit", "TEXT"), ("n", "INTEGER"), ("data", "BLOB")), ("unit", "n")),
    Table("trail", (("n", "INTEGER"), ("unit", "TEXT"), ("data", "BLOB")), ("n",), (("unit",),)),
)


@cache
def version() -> str:
    """What results depend on besides the records: the program, what it is installed with, schemas, theme, examples."""
    digest = hashlib.sha256(sys.version.encode())
    for name, data in (*program_files().items(), *schema_files().items(), *theme_files().items()):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    digest.update("\n".join((*installed_packages(), example_digest())).encode())
    return digest.hexdigest()


def store_of(root: Path) -> Path:
    """Where the store of a register lies: in the repository's own folder, never among the records; else in the user's cache."""
    inside = git_folder(root)
    name = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:16]
    if inside is not None:
        return inside / "weimin" / f"{name}.sqlite"
    cache_folder = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache_folder) / "weimin" / f"{name}.sqlite"
