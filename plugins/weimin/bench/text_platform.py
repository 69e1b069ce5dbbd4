"""The text of generated records of platforms: platform.yml, opinions, yearly plans, lists of projects, guidance, rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from weimin.bench import text_sentences
from weimin.bench.contents import THEMES, DossierContents
from weimin.bench.made_network import MadePlatform
from weimin.bench.pseudo_random import PseudoRandom
from weimin.model.place import Level

_POSTS = ("第一组长", "组长", "副组长", "副组长", "副组长", "副组长")
_CHANNELS = ("visit", "hotline", "wechat", "letterbox", "web", "phone")
_FROM = ("resident", "resident", "resident", "member", "sage", "business", "organisation")
_SETTLED = ("forward", "answer", "answer", "decline")
_SECTORS = ("农业界", "教育界", "医药卫生界", "工商界", "特邀界")


def platform_text(platform: MadePlatform, number: int) -> str:
    rng = PseudoRandom(number, 41)
    lines = [f"area: {platform.name}", f'established: "2019-{rng.between(8, 11):02d}-{rng.between(1, 28):02d}"']
    lines += ["posts:", "  - role: 召集人", "    held_by: 联络组组长", "  - role: 联络员", "    held_by: 联络组干事"]
    if platform.level in (Level.CITY, Level.COUNTY):
        lines += ["leading_group:", f"  office_at: {platform.name}政协", "  posts:"]
        for post in _POSTS:
            lines += [f"    - role: {post}", "      held_by: 班子成员"]
    else:
        lines += ["members:", f"  count: {rng.between(1, 9)}", "  sectors:"]
        lines += [f"    - {sector}" for sector in rng.some(_SECTORS, rng.between(1, 3))]
        lines.append(f"  schedule: 每月 {rng.between(1, 28)} 日上午")
    lines += ["channels:", "  - kind: letterbox", "    where: 党群服务中心门口"]
    return "\n".join(lines) + "\n"


def opinion_text(contents: DossierContents, rng: PseudoRandom) -> str:
    """An opinion about the contents of a dossier, as recorded on the day of receipt."""
    summary = text_sentences.sentence(rng, text_sentences.SHORT, contents.thing, contents.place)
    lines = [f"channel: {rng.pick(_CHANNELS)}", f"from: {rng.pick(_FROM)}", f"voices: {rng.between(1, 40)}"]
    return "\n".join([*lines, f"theme: {contents.theme}", f"summary: {summary}", ""])


def opinion_with_topic_text(opinion: str, dossier: str, day: date) -> str:
    """The same opinion after it became a topic."""
    return f'{opinion}triage:\n  decision: topic\n  date: "{day}"\n  to: {dossier}\nanswered: "{day}"\n'


def opinion_closed_text(opinion: str, day: date, rng: PseudoRandom) -> str:
    """The same opinion after it was handled without becoming a topic."""
    decision = rng.pick(_SETTLED)
    more = "  unit: 镇建设办公室\n" if decision == "forward" else ""
    more += "  reason: 属于个人合同事项，已当面说明\n" if decision == "decline" else ""
    answered = day + timedelta(days=rng.between(0, 40))
    return f'{opinion}triage:\n  decision: {decision}\n  date: "{day}"\n{more}answered: "{answered}"\n'


def plan_text(platform: MadePlatform, year: int, subjects: Iterable[tuple[str, int]], dossiers: dict[str, str]) -> str:
    """The plan of a year: subjects with their quarter; `dossiers`: subject → its dossier."""
    lines = ["approved:", f"  by: {platform.name}党组织", f'  date: "{year}-01-18"', "items:"]
    for subject, quarter in subjects:
        lines += [f"  - subject: {subject}", f"    when: {year}-Q{quarter}", "    methods:", "      - meeting"]
        if subject in dossiers:
            lines.append(f"    dossier: {dossiers[subject]}")
    return "\n".join(lines) + "\n"


PROJECTS = 24


def projects_text(platform: MadePlatform, year: int, number: int) -> str:
    """A list of 24 items with their progress at mid-year."""
    rng = PseudoRandom(number, year, 43)
    lines = [f"title: {year} 年{platform.name}为民办实事项目清单", "adopted:", f"  by: {platform.name}人民代表大会"]
    lines += [f'  date: "{year}-01-15"', "items:"]
    for item in range(1, PROJECTS + 1):
        theme = THEMES[item % len(THEMES)]
        lines += [
            f'  - item: "{item}"',
            f"    name: {theme}方面的第 {item} 项实事，新建和改造 {rng.between(3, 90)} 处",
        ]
        lines += [f"    lead: {platform.name}有关部门", f"    plan: 年底前完成 {rng.between(3, 90)} 处"]
        lines += [f'    due: "{year}-12-31"', "    progress:", f'      - as_of: "{year}-06-30"']
        lines.append(f"        state: {rng.pick(('on_track', 'ahead', 'on_track', 'done'))}")
    return "\n".join(lines) + "\n"


def guidance_text(below: Iterable[str], number: int) -> str:
    rng = PseudoRandom(number, 47)
    lines = ["---", "to:", *(f'  - "{code}"' for code in below), f"form: {rng.pick(('training', 'visit', 'notice'))}"]
    body = text_sentences.paragraph(rng, text_sentences.AGREED, "协商记录", "各联系点", 4)
    return "\n".join([*lines, "---", "", body, ""])


def working_rules_text(platform: MadePlatform) -> str:
    """Rules of a city or county for the two levels below, with one parameter."""
    return f"""---
title: {platform.name}镇村两级为民协商工作规则（测量用）
issued: "2019-11-20"
effective_from: "2019-12-01"
applies_to:
  - township
  - village
parameters:
  - name: response_days
    value: 60
    clause: "#2"
---

测量用的规则，内容是编造的。

## 第一条 {{#1}}

乡镇每年协商不少于两次，村居不少于一次。

## 第二条 {{#2}}

意见建议在六十日以内答复。
"""
