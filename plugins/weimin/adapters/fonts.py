"""The fonts of share images, installed with the theme."""

from __future__ import annotations

from weimin.adapters.installation import theme_dir

_WEIGHTS = ("regular", "bold")


def share_image_fonts() -> tuple[bytes, bytes]:
    """The content of the regular and the bold font file. Raises FileNotFoundError if they are not installed.

    Fonts of the system are never used, so that the same records give the same images on every machine.
    """
    folder = theme_dir() / "fonts"
    regular, bold = ((folder / f"weimin-card-{weight}.otf").read_bytes() for weight in _WEIGHTS)
    return regular, bold
