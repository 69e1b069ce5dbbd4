"""The theme's templates. They are compiled once, escape all values, and raise an error for an undefined name."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from weimin.model.page import Page

Templates = Environment
"""A loaded set of templates; only this module knows the template engine."""


def environment(theme: Path) -> Templates:
    """`theme`: the folder with `templates/`. Sanitised prose is recognised by its `__html__` and not escaped again."""
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
    """The content of a page. Raises jinja2.TemplateError for a missing template or an undefined name."""
    if page.data is not None:
        return page.data
    return env.get_template(page.template).render(page.context).encode()


def static_files(theme: Path) -> dict[str, bytes]:
    """Path below the site → content, of the theme's style sheets, scripts and icons."""
    root = theme / "static"
    return {
        f"theme/{path.relative_to(root).as_posix()}": path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
