"""`pelican content -s pelicanconf.py` builds the whole site; `weimin build` does the same and adds the atomic swap."""

from pathlib import Path

from weimin.publish import plugin
from weimin.publish.settings import pelican_settings

globals().update(pelican_settings(plugin, Path(__file__).parent / "theme"))
