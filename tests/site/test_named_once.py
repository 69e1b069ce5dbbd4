"""A description list names nothing twice: what several ways of holding a consultation tell, each tells by its name."""

from __future__ import annotations

from made_register import pages_of
from page_reader import tree_of

from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import environment, render
from weimin.site.display_text import DisplayText
from weimin.site.presenters.presenter import gathered
from weimin.site.view_models import Row


def test_values_of_one_name_stand_below_each_other_where_it_first_stood():
    chair, first, second = DisplayText(text="甲"), DisplayText(text="乙"), DisplayText(text="丙")
    found = gathered((Row("副组长", (first,)), Row("组长", (chair,)), Row("副组长", (second,))))
    assert found == (Row("副组长", (first, second)), Row("组长", (chair,)))


def test_no_list_of_a_platform_or_a_dossier_names_a_thing_twice():
    env = environment(theme_dir())
    pages = [page for page in pages_of() if page.template in ("platform.html", "dossier.html", "event.html")]
    lists = [box for page in pages for box in tree_of(render(env, page)).iter("dl")]
    names = [["".join(name.itertext()) for name in box.iter("dt")] for box in lists]
    assert len(names) > 20
    assert [found for found in names if len(found) != len(set(found))] == []
