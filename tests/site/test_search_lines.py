"""The lines of the search index, and its page, of the made register."""

from __future__ import annotations

from made_records import COMPILED, FULL, WITHHELD
from made_register import dossier_views, network, register_view, site_context_of
from page_reader import tree_of

from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import environment, render
from weimin.model.codes import CODES
from weimin.model.states import LABELS, StepState
from weimin.site.pages.search import search_pages
from weimin.site.search.documents import decode_line, dossier_doc, platform_doc, prose_doc, rule_doc, terms_of


def test_lines_of_the_made_register_hold_what_its_pages_show():
    views = {v.summary.id: v.summary for v in dossier_views()}
    register = register_view(views.values())
    real = site_context_of(register)
    full = decode_line(dossier_doc(views[FULL], real).data)
    assert full.area == "样例市 样例县 样例镇 样例村"
    assert {"修剪行道树"} <= {part.split()[0] for part in full.text.split("\n")}
    assert {"=kd", "=lvillage", "#2026-001", "@990101", "*"} <= set(terms_of(full))
    assert "@990100" not in set(terms_of(full))
    assert decode_line(dossier_doc(views[COMPILED], real).data).has.endswith("x")
    hidden = decode_line(dossier_doc(views[WITHHELD], real).data)
    assert not any(
        o.excerpt and o.excerpt in hidden.text for o in views[WITHHELD].outcomes if o.publication == "withhold"
    )
    news = decode_line(prose_doc(register.news[0], real).data)
    assert (news.title, news.text, news.address) == ("议路灯", "昨天议了路灯。", "/news/2026-03-05-lamps.html")
    assert "看规则" in decode_line(prose_doc(register.pages[0], real).data).text
    assert decode_line(rule_doc(CODES["W602"]).data).title.startswith("W602 ")
    assert decode_line(platform_doc(network().rows["990101"], real).data).area == "样例市 样例县"


def test_the_page_offers_what_there_is_to_filter_by():
    register = register_view(v.summary for v in dossier_views())
    context = site_context_of(register)
    (page,) = search_pages(register, context)
    assert page.path == "search/index.html"
    tree = tree_of(render(environment(theme_dir()), page))
    offered = {s.get("name"): [o.get("value") for o in s.iter("option")] for s in tree.iter("select")}
    assert set(offered) == {"kind", "level", "theme", "state"}
    assert offered["level"] == ["", "city", "county", "township", "village"]
    assert "交通出行" in offered["theme"]
    assert {v.summary.state.label for v in dossier_views()} <= set(offered["state"])
    assert offered["state"] == ["", *LABELS]
    assert StepState.OWED.value not in offered["state"]
    form = next(node for node in tree.iter("form") if node.get("id") == "search")
    labelled = [label.get("for") for label in form.iter("label")]
    assert labelled == [node.get("id") for node in form.iter() if node.tag in ("input", "select")]
