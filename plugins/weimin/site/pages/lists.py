"""成果公布, 评议结果, 正在协商, 督办, 上报与答复: one page each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from weimin.model.ledger import Ledger
from weimin.model.page import Page
from weimin.model.view import RegisterView
from weimin.site.machine import json_bytes, table_data
from weimin.site.plan import data, page
from weimin.site.shell import Shell
from weimin.site.shown import Crumb, Head
from weimin.site.tables import Table, consulting, duties, evaluations, reported_up, results

_Tabled = Callable[[Ledger, Shell], Table]

LISTS: Mapping[str, tuple[str, str, str, _Tabled]] = {
    "results": ("成果公布", "各平台的协商成果，新的在前。", "还没有登记协商成果。", results),
    "evaluations": ("评议结果", "民主评议的结果，满意率按票数复算。", "还没有登记民主评议。", evaluations),
    "consulting": (
        "正在协商与预告",
        "正在商量的事，和已经预告的协商。",
        "现在没有登记正在协商的事，也没有预告。",
        consulting,
    ),
    "duties": (
        "督办",
        "该办未办的事：由谁办，什么时候到期。",
        "没有待办的事。据公开报道整理的卷宗和尚未填报的平台不计待办。",
        duties,
    ),
    "reported-up": (
        "上报与答复",
        "协商中反映出来、上报给上级的事，和上级的答复。",
        "还没有登记上报的事。",
        reported_up,
    ),
}
"""Address → title, introduction, what an empty list says, and its rows."""


def list_pages(name: str, view: RegisterView, shell: Shell) -> Iterator[Page]:
    """A list and the same as data. An empty list says so in words."""
    title, intro, empty, tabled = LISTS[name]
    table = tabled(view.ledger, shell)
    head = Head(
        title=title,
        address=f"/{name}/",
        description=intro,
        crumbs=shell.crumbs_to(Crumb(title)),
        section=name,
        kind="list",
    )
    yield page(shell, name, head, intro=intro, empty=empty, table=table)
    yield data(f"/{name}/index.json", json_bytes(table_data(table)))
