"""Cards: what they say of each state a matter can be in, what they weigh, and that nothing else gets out."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from made_records import COMPILED, FULL, SCRIPT, SECRET, VILLAGE, WITHHELD, event
from made_register import dossier_of, dossier_views, pages_of, register_view, site_context_of, summary_of
from page_reader import tree_of

from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import environment, render, static_files
from weimin.model.view import DossierView
from weimin.site.pages.dossier import dossier_pages

MOST = 12 * 1024
OUTCOME, EVALUATION = "2026-03-10-outcome", "2026-11-20-evaluation"


@pytest.fixture(scope="module")
def cards() -> dict[str, bytes]:
    env = environment(theme_dir())
    made = {p.path: render(env, p) for p in pages_of(base_url="https://example.org") if p.path.startswith("embed/")}
    assert len(made) == 3 + 3 + 2 + 1  # three dossiers; three, two and one events with a page of their own
    return made


def words(content: bytes) -> str:
    body = tree_of(content).find("body")
    assert body is not None
    return " ".join("".join(body.itertext()).split())


def test_a_card_with_all_that_it_loads_is_small(cards):
    loads = static_files(theme_dir())
    shared = len(loads["theme/css/embed.css"]) + len(loads["theme/js/embed-card.js"])
    for path, content in cards.items():
        asked = [n.get("href") or n.get("src") for n in tree_of(content).iter() if n.tag in ("link", "script", "img")]
        own = [a for a in asked if a and a.startswith("/")]
        assert own == ["/theme/css/embed.css", "/theme/js/embed-card.js"], path
        assert len(content) + shared <= MOST, path


def test_the_card_of_a_dossier_answers_what_and_with_what_result(cards):
    shown = words(cards[f"embed/{FULL}.html"])
    for fact in ("样例村为民协商联系点", "卷宗", SCRIPT, "一致", "2项中完成1项", "92.3%", "满意 50票", "不满意 5票"):
        assert fact in shown
    for fact in ("最近变更 2026年11月21日", "版本 cccccccccc", "2026年11月21日更正过（共1处）"):
        assert fact in shown


def test_an_outcome_shows_the_satisfaction_with_it(cards):
    shown = words(cards[f"embed/{FULL}/{OUTCOME}.html"])
    for fact in ("协商成果", "2026年3月10日", "2项，已完成1项", "满意率92.3%", "基本满意 10票", "更正过"):
        assert fact in shown


def test_an_evaluation_shows_the_counts_behind_the_rate(cards):
    shown = words(cards[f"embed/{FULL}/{EVALUATION}.html"])
    for fact in ("民主评议", "92.3%", "65票（收回66票，无效1票）", "满意 50票"):
        assert fact in shown
    assert "更正过" not in shown


def test_what_is_withheld_shows_the_decision_alone(cards):
    shown = words(cards[f"embed/{WITHHELD}/2026-04-10-outcome.html"])
    for fact in ("决定不公布", "样例村为民协商联系点", "2026年4月12日", "涉及个人隐私"):
        assert fact in shown
    assert "落实事项" not in shown
    assert [path for path, content in cards.items() if SECRET in content.decode()] == []


def test_what_was_put_together_from_reports_says_so(cards):
    assert "据公开报道整理" in words(cards[f"embed/{COMPILED}.html"])
    assert "据公开报道整理" not in words(cards[f"embed/{FULL}.html"])


def test_the_only_link_leads_to_the_source_in_a_window_of_its_own(cards):
    for path, content in cards.items():
        (link,) = tree_of(content).iter("a")
        inside = path.removeprefix("embed/")
        page = f"{inside.removesuffix('.html')}/" if inside.count("/") == 1 else inside
        assert link.get("href") == f"https://example.org/{page}", path
        assert (link.get("target"), link.get("rel")) == ("_blank", "noopener"), path


def test_a_card_is_not_found_in_place_of_its_source(cards):
    for content in cards.values():
        tree = tree_of(content)
        assert [n.get("content") for n in tree.iter("meta") if n.get("name") == "robots"] == ["noindex"]
        assert [n.get("href") for n in tree.iter("link") if n.get("rel") == "canonical"] == [
            n.get("href") for n in tree.iter("a")
        ]


def test_light_and_dark_can_be_fixed_by_the_address(cards):
    tree = tree_of(cards[f"embed/{FULL}.html"])
    assert tree.get("id") == "light"
    assert [n.get("id") for n in tree.iter("body")] == ["dark"]


def ended(how: str) -> DossierView:
    """The full dossier, ended."""
    said = {"how": how, "date": "2026-11-01", "by": VILLAGE, "reason": "另有安排"}
    records = []
    for record in dossier_views()[0].originals:
        raw: dict[str, Any] = dict(record.raw)
        if record.place.kind == "topic":
            raw["ended"] = said
        records.append(event(FULL, record.place.path.rpartition("/")[2], raw, record.body))
    dossier = dossier_of(FULL, records)
    return msgspec.structs.replace(dossier_views()[0], dossier=dossier, summary=summary_of(dossier))


@pytest.mark.parametrize(("how", "label", "kept"), [("withdrawn", "已撤回", False), ("rejected", "不予立项", True)])
def test_what_was_taken_back_says_so_and_no_result(how, label, kept):
    view = ended(how)
    context = site_context_of(register_view([view.summary]))
    env = environment(theme_dir())
    made = {p.path: render(env, p) for p in dossier_pages(view, context)}
    for path in (f"embed/{FULL}.html", f"embed/{FULL}/{OUTCOME}.html", f"embed/{FULL}/{EVALUATION}.html"):
        shown = words(made[path])
        assert f"{label}，2026年11月1日，样例村为民协商联系点，理由：另有安排" in shown, path
        assert ("92.3%" in shown) == kept, path
    article = made[f"wechat/{FULL}/{EVALUATION}.html"].decode()
    assert "已" in article
    assert ("92.3%" in article) == kept


def test_without_a_history_no_version_is_named():
    view = msgspec.structs.replace(dossier_views()[0], revisions=())
    env = environment(theme_dir())
    made = {p.path: render(env, p) for p in dossier_pages(view, site_context_of(register_view([view.summary])))}
    assert "最近变更" not in words(made[f"embed/{FULL}.html"])
    assert "版本" not in made[f"{FULL}/index.html"].decode().partition("cite-words")[2].partition("</p>")[0]
