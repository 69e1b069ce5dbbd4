"""The theme's templates: compiled once, everything escaped, an undefined name is a fault."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from weimin.model.page import Page

Templates = Environment
"""What pages are rendered with: whoever holds it need not know which engine it is."""


def environment(theme: Path) -> Templates:
    """`theme` is the folder with `templates/`. Prose that was sanitised is known by its `__html__`."""
    env = Environment(
        loader=FileSystemLoader(theme / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}  # keys in the order given
    return env


def render(env: Templates, page: Page) -> bytes:
    """The bytes of a page. Raises jinja2.TemplateError for a missing template or an undefined name."""
    if page.data is not None:
        return page.data
    return env.get_template(page.template).render(page.context).encode()


def static_files(theme: Path) -> dict[str, bytes]:
    """What stands beside the pages: style sheets, icons, by the path that answers them."""
    root = theme / "static"
    return {
        f"theme/{path.relative_to(root).as_posix()}": path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
