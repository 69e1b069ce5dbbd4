"""Running of Pelican in this process, for `weimin build`: with the same plugin and writer as the command `pelican`."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterable
from pathlib import Path

from pelican import Pelican
from pelican.settings import read_settings

from weimin.adapters.cluster import ClusterFault
from weimin.adapters.installation import theme_dir
from weimin.adapters.store import StoreFault
from weimin.adapters.workers import WorkerDied
from weimin.app.build.refused import NotPublished
from weimin.app.build.share_images import MissingGlyph
from weimin.model.page import Outputs
from weimin.publish import plugin
from weimin.publish.settings import pelican_settings


class PublishFault(NotPublished):
    """The site was not written; the content of the output folder must not be used."""


def publish(files: Iterable[tuple[str, bytes]], output: Path, root: Path) -> int:
    """Write `files` below `output`, the idle tree of the caller; the number of files written.

    `root`: the repository of the records. Files that exist in `output` are not deleted. Raises PublishFault, and what the
    caller's iterator raises.
    """
    output.mkdir(parents=True, exist_ok=True)
    count = 0

    def counted() -> Iterable[tuple[str, bytes]]:
        nonlocal count
        for file in files:
            count += 1
            yield file

    settings = {
        **pelican_settings(plugin, theme_dir()),
        "PATH": str(root / "content"),
        "OUTPUT_PATH": str(output),
        "DELETE_OUTPUT_DIRECTORY": False,
        plugin.OUTPUTS: lambda: Outputs(files=counted()),
    }
    output_text = io.StringIO()  # Pelican counts articles, of which there are none: of interest only after an error
    try:
        with contextlib.redirect_stdout(output_text):
            Pelican(read_settings(override=settings)).run()
    except SystemExit as end:
        if isinstance(end.__cause__, MissingGlyph | ClusterFault | WorkerDied | StoreFault | OSError):
            raise end.__cause__ from None
        sys.stderr.write(output_text.getvalue())
        raise PublishFault(str(end.__cause__ or end)) from end
    return count
