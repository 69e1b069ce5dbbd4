"""The samples of schemas/samples/, as plain data and prose."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "schemas" / "samples"


class Plain(yaml.SafeLoader):
    """YAML 1.2 core, as docs/reference/records.md has it: true and false, plain decimals, everything else text."""


Plain.yaml_implicit_resolvers = {}
Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), list("tf"))
Plain.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"-?(?:0|[1-9][0-9]*)\Z"), list("-0123456789"))
Plain.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+\Z"), list("-0123456789")
)
Plain.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|)\Z"), ["~", "n", ""])


def plain_sample(kind: str) -> tuple[Any, str]:
    """The data of a sample as the reader hands it over, and its prose."""
    (path,) = FOLDER.glob(f"{kind}.*")
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yml":
        return yaml.load(text, Plain), ""
    _, front, body = text.split("---\n", 2)
    return yaml.load(front, Plain), body
