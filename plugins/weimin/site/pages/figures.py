"""`/figures/`: the public dictionary of all figures, printed from the registry, and the same as data."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weimin.model.figures import FIGURES, FILTERS, PERIODS, Figure
from weimin.model.page import Page
from weimin.model.view import RegisterView
from weimin.site.json_documents import FORMAT, json_bytes
from weimin.site.page import data, page
from weimin.site.site_context import SiteContext
from weimin.site.view_models import Crumb, Head

TITLE = "数字怎么数"


class FigureView(msgspec.Struct, frozen=True, kw_only=True):
    """A figure with its texts; `basis`: (name, anchor) of the figures that stand beside it."""

    figure: Figure
    periods: str
    basis: tuple[tuple[str, str], ...]


def figures_pages(view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """The same on every site: the registry does not depend on the records."""
    head = Head(
        title=TITLE,
        address="/figures/",
        description="本站每一个数字数的是什么、不数什么、怎么算，哪些可以自己重数",
        crumbs=context.crumbs_to(Crumb(TITLE)),
        section="figures",
        kind="figures",
    )
    groups: dict[str, list[FigureView]] = {}
    for figure in FIGURES.values():
        groups.setdefault(figure.group, []).append(_view(figure))
    filters = tuple(FILTERS.items())
    yield page(context, "figures", head, groups=tuple(groups.items()), filters=filters)
    yield data("/figures/index.json", json_bytes({"format": FORMAT, "figures": list(map(_data, FIGURES.values()))}))


def _view(figure: Figure) -> FigureView:
    return FigureView(
        figure=figure,
        periods="；".join(PERIODS[period] for period in figure.periods),
        basis=tuple((name, FIGURES[name].key) for name in figure.n),
    )


def _data(figure: Figure) -> dict[str, object]:
    return {
        "name": figure.name,
        "key": figure.key,
        "unit": figure.unit,
        "definition": figure.definition,
        "leaves_out": figure.leaves_out,
        "periods": list(figure.periods),
        "formula": figure.formula,
        "n": list(figure.n),
        "keys": list(figure.json),
        "recounted": not figure.uncounted,
    }
