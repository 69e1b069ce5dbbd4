"""The cards of the demo. `python tests/site/demo_cards.py FOLDER` draws them all, and sheets of them to look at."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from weimin.adapters.fonts import share_image_fonts
from weimin.share_images.content import ImageContent
from weimin.share_images.draw import draw_image
from weimin.site.page_types import TYPES
from weimin.site.site_context import SiteContext

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from made_register import clauses, dossier_of, labels
from PIL import Image

from builders.demo import demo_repository
from weimin.app.check.check import check
from weimin.demo import AS_OF
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.opening import open_register
from weimin.engine.options import Options
from weimin.model.view import Build, DossierView
from weimin.prose.render import render
from weimin.share_images.fonts import Fonts
from weimin.site.media.share_image import cards_of

ADDRESS = "https://demo.example.org"
ACROSS, DOWN = 2, 4


@cache
def fonts() -> Fonts:
    return Fonts(*share_image_fonts())


@cache
def demo_cards(address: str = ADDRESS) -> dict[str, ImageContent]:
    """Path → card of every dossier of the demo, and of its events."""
    root = demo_repository()
    held = check(open_register(root, root), Options(as_of=AS_OF))[1]
    context = _context(held, address)
    return {path: card for view in _views(held) for path, card in cards_of(view, context)}


def _views(held: ComputedRegister) -> Iterator[DossierView]:
    summaries = {s.id: s for s in held.summaries}
    for unit in held.register.units.values():
        if unit.is_dossier:
            records = held.register.read(unit).records
            yield DossierView(dossier=dossier_of(unit.id, records), summary=summaries[unit.id])


def _context(held: ComputedRegister, address: str) -> SiteContext:
    return SiteContext(
        site=held.register.site,
        build=Build(as_of=held.as_of, base_url=address),
        network=held.judge.network,
        parameters=held.judge.parameters,
        labels=labels(),
        render=render,
        clauses=clauses,
        page_types=TYPES,
    )


def sheets(folder: Path) -> None:
    """Every card as a file, and eight of them on a sheet."""
    paths = []
    for path, card in demo_cards().items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(draw_image(card, fonts()))
        paths.append(file)
    for n in range(0, len(paths), ACROSS * DOWN):
        sheet = Image.new("RGB", (ACROSS * 820, DOWN * 440), "#888888")
        for i, file in enumerate(paths[n : n + ACROSS * DOWN]):
            with Image.open(file) as card_image:
                small = card_image.convert("RGB").resize((800, 420))
            sheet.paste(small, (10 + i % ACROSS * 820, 10 + i // ACROSS * 440))
        sheet.save(folder / f"sheet-{n // (ACROSS * DOWN):03d}.png")


if __name__ == "__main__":
    sheets(Path(sys.argv[1]))
