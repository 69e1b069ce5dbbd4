"""The fonts of the share pictures, installed with the theme."""

from __future__ import annotations

from weimin.adapters.installation import theme_dir

_WEIGHTS = ("regular", "bold")


def share_image_fonts() -> tuple[bytes, bytes]:
    """The regular and the bold font. Raises FileNotFoundError where they are not installed.

    Fonts of the system are never looked for: the same records make the same pictures on every machine.
    """
    folder = theme_dir() / "fonts"
    regular, bold = ((folder / f"weimin-card-{weight}.otf").read_bytes() for weight in _WEIGHTS)
    return regular, bold
