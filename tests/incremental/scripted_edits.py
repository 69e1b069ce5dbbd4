"""Edits of many kinds, drawn by a seeded generator: each changes a tree of records in one way that people do."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from scripted_register import (
    CITY,
    COUNTY,
    PLATFORMS,
    SITE,
    STAGES,
    THEMES,
    THINGS,
    TOWNS,
    VILLAGES,
    Tree,
    at,
    consultation,
    dossier,
    folder,
    followup,
    outcome,
    platform,
    projects,
    record,
    rule,
    topic,
)

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6360000000020001"
    "48afa471"
    "0000000049454e44ae426082"
)


class Draft:
    """A tree that is being edited."""

    def __init__(self, tree: Tree, rnd: random.Random) -> None:
        self.tree, self.rnd = tree, rnd

    @property
    def dossiers(self) -> list[str]:
        found = (re.fullmatch(r".*/(\d+)/(\d{4}-\d{3})/topic\.md", path) for path in sorted(self.tree))
        return [f"{m[1]}/{m[2]}" for m in found if m]

    @property
    def platforms(self) -> list[str]:
        return [p.split("/")[-2] for p in sorted(self.tree) if p.endswith("/platform.yml")]

    def any(self, ending: str) -> str:
        """A file of that ending; empty where there is none."""
        found = [p for p in sorted(self.tree) if p.endswith(ending)]
        return self.rnd.choice(found) if found else ""

    def one(self) -> str:
        return self.rnd.choice(self.dossiers)

    def with_(self, stem: str) -> str:
        """A dossier that has such an event; empty where none has."""
        found = [d for d in self.dossiers if at(d) + stem in self.tree]
        return self.rnd.choice(found) if found else ""

    def text(self, path: str) -> str:
        found = self.tree[path]
        assert isinstance(found, str)
        return found

    def swap(self, path: str, old: str, new: str) -> None:
        self.tree[path] = self.text(path).replace(old, new, 1)

    def into_topic(self, name: str, lines: str) -> None:
        """More front matter for a topic."""
        path = f"{at(name)}topic.md"
        self.swap(path, "approval:", f"{lines}approval:")


def add_dossier(d: Draft) -> None:
    code = d.rnd.choice([c for c in d.platforms if len(c) >= 9] or [CITY])
    number = 1 + max((int(x[-3:]) for x in d.dossiers if x.startswith(f"{code}/")), default=0)
    d.tree |= dossier(
        f"{code}/2026-{number:03}", f"{d.rnd.choice(THINGS)}要不要修", d.rnd.randrange(6), d.rnd.choice(THEMES)
    )


def add_record(d: Draft) -> None:
    name = d.one()
    for stem, make in STAGES:
        if at(name) + stem not in d.tree:
            d.tree[at(name) + stem] = make()
            return
    d.tree[f"{at(name)}2026-{d.rnd.randint(8, 9):02}-0{d.rnd.randint(1, 9)}-followup.md"] = followup(
        "done", "2026-06-20"
    )


def change_body(d: Draft) -> None:
    path = d.any(".md")
    d.tree[path] = d.text(path) + f"\n又补写了一段，第 {d.rnd.randrange(1000)} 稿。\n"


def change_title(d: Draft) -> None:
    path = d.any("topic.md")
    d.tree[path] = re.sub("title: .*", f"title: {d.rnd.choice(THINGS)}改到哪里（{d.rnd.randrange(100)}）", d.text(path))


def change_theme(d: Draft) -> None:
    path = d.any("topic.md")
    d.tree[path] = re.sub("theme: .*", f"theme: [{d.rnd.choice(THEMES)}]", d.text(path))


def change_due(d: Draft) -> None:
    if name := d.with_("2026-02-10-outcome.md"):
        d.tree[f"{at(name)}2026-02-10-outcome.md"] = outcome(f"2026-{d.rnd.randint(3, 12):02}-28")


def delete_record(d: Draft) -> None:
    name = d.one()
    for stem, _make in reversed(STAGES):
        if d.tree.pop(at(name) + stem, None) is not None:
            return


def delete_any_record(d: Draft) -> None:
    """Whatever refers to it: often an error."""
    d.tree.pop(d.any(d.rnd.choice(("consultation.md", "outcome.md", "topic.md"))), None)


def delete_dossier(d: Draft) -> None:
    if len(d.dossiers) > 4:
        _drop(d, at(d.one()))


def _drop(d: Draft, before: str) -> None:
    for path in [p for p in d.tree if p.startswith(before)]:
        del d.tree[path]


def rename_dossier(d: Draft) -> None:
    name = d.one()
    new = f"{name.partition('/')[0]}/2026-{d.rnd.randint(1, 9):03}"
    if new not in d.dossiers:
        _move(d, at(name), at(new))


def move_dossier(d: Draft) -> None:
    """To another platform."""
    name, code = d.one(), d.rnd.choice(d.platforms)
    new = f"{code}/{name.partition('/')[2]}"
    if new not in d.dossiers:
        _move(d, at(name), at(new))


def _move(d: Draft, old: str, new: str) -> None:
    for path in [p for p in d.tree if p.startswith(old)]:
        d.tree[new + path.removeprefix(old)] = d.tree.pop(path)


def rename_record(d: Draft) -> None:
    """Another day for the last event."""
    name = d.with_(STAGES[2][0]) or d.one()
    for stem, _make in reversed(STAGES[2:]):
        if (path := at(name) + stem) in d.tree:
            d.tree[f"{at(name)}{stem[:8]}{d.rnd.randint(13, 28)}{stem[10:]}"] = d.tree.pop(path)
            return


def change_parameter(d: Draft) -> None:
    code = d.rnd.choice((CITY, COUNTY, TOWNS[0]))
    if code in d.platforms:
        days = (5, 30) if code == TOWNS[0] else (5, 30, 60, 90, 200)  # a township only shortens
        d.tree[f"{folder(code)}rules/work.md"] = rule(d.rnd.choice(days), issued=d.rnd.random() < 0.7)


def delete_rule(d: Draft) -> None:
    d.tree.pop(d.any("rules/work.md"), None)


def exempt(d: Draft) -> None:
    path = d.any("exemptions.yml")
    if path and d.rnd.random() < 0.5:
        del d.tree[path]
        return
    code = d.rnd.choice(d.platforms)
    subject = d.any("topic.md") if d.rnd.random() < 0.7 else f"{folder(code)}platform.yml"
    code = subject.removeprefix("content/network/").split("/2026-")[0].removesuffix("/platform.yml").split("/")[-1]
    rules = ("W705", "W706", "W203", "W301", "W401", "W501", "W602", "W303")
    d.tree[f"{folder(code)}exemptions.yml"] = (
        f"- {{rule: {d.rnd.choice(rules)}, subject: {subject}, reason: 样例, approved_by: 样例县政协, "
        f"until: 2026-{d.rnd.randint(6, 12)}-28}}\n".replace("-6-", "-06-").replace("-7-", "-07-")
        .replace("-8-", "-08-").replace("-9-", "-09-")
    )  # fmt: skip


def correct(d: Draft) -> None:
    if name := d.with_("2026-02-02-consultation.md"):
        people = re.search(r"residents: (\d+)", d.text(f"{at(name)}2026-02-02-consultation.md"))
        d.tree[f"{at(name)}2026-06-0{d.rnd.randint(1, 9)}-correction.yml"] = (
            "of: 2026-02-02-consultation\nchanges:\n"
            f"  - {{field: /participants/residents, from: {people[1] if people else 10}, to: {d.rnd.randint(11, 40)}}}\n"
            "reason: 看错了签到表\napproved_by: 样例镇党委\n"
        )


def correct_title(d: Draft) -> None:
    name = d.one()
    title = re.search("title: (.*)", d.text(f"{at(name)}topic.md"))
    assert title is not None
    d.tree[f"{at(name)}2026-06-1{d.rnd.randint(0, 9)}-correction.yml"] = (
        f"of: topic\nchanges:\n  - {{field: /title, from: {title[1]}, to: 更正后的题目{d.rnd.randrange(100)}}}\n"
        "reason: 漏写数量\napproved_by: 样例镇党委\n"
    )


def withhold(d: Draft) -> None:
    """An outcome is taken back, or published again."""
    if name := d.with_("2026-02-10-outcome.md"):
        path = f"{at(name)}2026-02-10-outcome.md"
        if "withhold" in d.text(path):
            d.tree[path] = outcome()
        else:
            for stem, _make in STAGES[2:]:
                d.tree.pop(at(name) + stem, None)
            d.tree[path] = outcome(publication="withhold")


def end_dossier(d: Draft) -> None:
    """Withdrawn, or merged into another."""
    name = d.one()
    into = d.rnd.choice([x for x in d.dossiers if x != name] or [""])
    how = f"how: merged, into: {into}, " if into and d.rnd.random() < 0.7 else "how: withdrawn, "
    if "ended:" in d.text(f"{at(name)}topic.md"):
        d.tree[f"{at(name)}topic.md"] = re.sub("ended: .*\n", "", d.text(f"{at(name)}topic.md"))
    else:
        d.into_topic(name, f"ended: {{{how}date: 2026-06-20, by: 样例镇党委, reason: 并到一处办}}\n")


def relate(d: Draft) -> None:
    name = d.one()
    path = f"{at(name)}topic.md"
    if "related:" in d.text(path):
        d.tree[path] = re.sub("related: .*\n", "", d.text(path))
    else:
        d.into_topic(name, f"related: [{d.one()}]\n")


def list_project(d: Draft) -> None:
    path = f"{folder(CITY)}projects/2026.yml"
    if d.rnd.random() < 0.4 or path not in d.tree:
        d.tree[path] = projects(d.rnd.randint(1, 3))
        return
    name = d.one()
    if "projects:" not in d.text(f"{at(name)}topic.md"):
        d.into_topic(name, f'projects:\n  - {{list: {CITY}/projects/2026, item: "{d.rnd.randint(1, 2)}"}}\n')


def escalate(d: Draft) -> None:
    """A matter is reported up; above, it is taken up as a topic or answered."""
    found = [
        x for x in d.dossiers if len(x.partition("/")[0]) == 12 and f"{at(x)}2026-02-10-outcome.md" in d.tree
    ]  # fmt: skip
    if not found:
        return
    name = d.rnd.choice(found)
    town = name[:9]
    line = f"upward:\n  - {{id: u1, kind: constructive, to: {town}, text: 建议全镇统一办, publish: true, reported: {{date: 2026-02-14}}}}\n"
    d.tree[f"{at(name)}2026-02-10-outcome.md"] = outcome(more=line)
    if d.rnd.random() < 0.6:
        source = f"  - {{from: escalation, ref: {name}/2026-02-10-outcome#u1}}\n"
        d.tree[f"{at(f'{town}/2026-00{d.rnd.randint(2, 6)}')}topic.md"] = topic("全镇统一办", sources=source)


def joint(d: Draft) -> None:
    if name := d.with_("2026-02-02-consultation.md"):
        others = [c for c in d.platforms if c != name.partition("/")[0]] or [CITY]
        more = f"joint: [{d.rnd.choice(others)}]\n" if d.rnd.random() < 0.8 else ""
        d.tree[f"{at(name)}2026-02-02-consultation.md"] = consultation(more, d.rnd.randint(5, 50))


def rename_platform(d: Draft) -> None:
    code = d.rnd.choice(d.platforms)
    more = d.rnd.choice(("", "brand: 样例议事\n", "established: 2019-12-20\n", "hosts: [政协委员之家]\n"))
    d.tree[f"{folder(code)}platform.yml"] = platform(code, f"改名样例{d.rnd.randrange(100)}", more)


def add_platform(d: Draft) -> None:
    code = d.rnd.choice((*(f"{TOWNS[1]}00{n}" for n in range(2, 6)), "990101003", "990102", *PLATFORMS))
    d.tree.setdefault(f"{folder(code)}platform.yml", platform(code))


def remove_platform(d: Draft) -> None:
    """With all that is in it, mostly; else what is in it has no platform any more."""
    code = d.rnd.choice(VILLAGES if d.rnd.random() < 0.8 else TOWNS)
    if d.rnd.random() < 0.7:
        _drop(d, folder(code))
    else:
        d.tree.pop(f"{folder(code)}platform.yml", None)


def close_platform(d: Draft) -> None:
    code = d.rnd.choice(d.platforms)
    d.tree[f"{folder(code)}platform.yml"] = platform(code, more="closed: {date: 2026-06-01, reason: 撤并}\n")


def opinion(d: Draft) -> None:
    code = d.rnd.choice(d.platforms)
    to = d.one()
    day = d.rnd.randint(10, 28)
    triage = f"triage: {{decision: topic, date: 2026-02-15, to: {to}}}\n" if d.rnd.random() < 0.5 else ""
    path = f"{folder(code)}opinions/2026-01-{day}.yml"
    d.tree[path] = f"channel: letterbox\nfrom: resident\ntheme: 住房物业\nsummary: 希望修一修\n{triage}"
    if triage:
        d.swap(f"{at(to)}topic.md", "sources:\n", f"sources:\n  - {{opinion: {code}/opinions/2026-01-{day}}}\n")


def plan(d: Draft) -> None:
    code = d.rnd.choice(d.platforms)
    to = f", dossier: {d.one()}" if d.rnd.random() < 0.6 else ""
    d.tree[f"{folder(code)}plans/2026.yml"] = (
        "approved: {by: 样例镇党委, date: 2026-01-10}\nitems:\n"
        f"  - {{subject: 样例事项, when: 2026-0{d.rnd.randint(1, 9)}, methods: [meeting]{to}}}\n"
    )


def guide(d: Draft) -> None:
    to = d.rnd.choice([c for c in d.platforms if len(c) > 6] or [COUNTY])
    d.tree[f"{folder(COUNTY)}guidance/2026-03-0{d.rnd.randint(1, 9)}.md"] = record(f"to: [{to}]\nform: training\n")


def news(d: Draft) -> None:
    path = d.any("news/2026-03-01.md") or d.any("news/training.md")
    if path and d.rnd.random() < 0.4:
        del d.tree[path]
        return
    d.tree["content/news/training.md"] = record(
        f"title: 开展培训{d.rnd.randrange(100)}\ndate: 2026-03-01\nplatform: {COUNTY}\nabout: [{d.one()}]\n"
    )


def page(d: Draft) -> None:
    """Pages stand in the navigation."""
    if d.rnd.random() < 0.4:
        d.tree.pop(d.any("pages/help.md") or d.any("pages/about.md"), None)
    else:
        name = d.rnd.choice(("help", "about", "terms"))
        d.tree[f"content/pages/{name}.md"] = record(f"title: 说明{d.rnd.randrange(100)}\n")


def attach(d: Draft) -> None:
    path = d.any("attachments/plan.png")
    if path and d.rnd.random() < 0.5:
        del d.tree[path]
        return
    name = d.one()
    d.tree[f"{at(name)}attachments/plan.png"] = PNG
    d.tree[f"{at(name)}topic.md"] = d.text(f"{at(name)}topic.md") + "\n![规划图](attachments/plan.png)\n"


def change_site(d: Draft) -> None:
    kind = d.rnd.randrange(4)
    naming = "naming: {village: 为民协商联系点, township: 为民协商议事室}\n" if kind == 1 else ""
    base = "https://other.example.org/" if kind == 2 else "https://example.org/"
    more = "contact: 样例市政协办公室\n" if kind == 3 else ""
    d.tree[SITE] = f"title: 样例一张网{d.rnd.randrange(10)}\ntimezone: Asia/Shanghai\nbase_url: {base}\n{naming}{more}"


def without_base(d: Draft) -> None:
    """No address of its own: no sitemap, unless one is given."""
    if SITE in d.tree:
        d.tree[SITE] = re.sub("base_url: .*\n", "", d.text(SITE))


def without_site(d: Draft) -> None:
    """No settings at all, or settings again."""
    if d.tree.pop(SITE, None) is None:
        change_site(d)


def spoil(d: Draft) -> None:
    """A record with an error: nothing is published until it is mended."""
    path = d.any("topic.md")
    d.tree[path] = d.rnd.choice(
        (
            d.text(path).replace("theme:", "thema:", 1),
            "---\ntitle: [\n---\n",
            d.text(path).replace("approval:", f"related: [{VILLAGES[0]}/2026-099]\napproval:", 1),
        )
    )


def stray(d: Draft) -> None:
    """A file that is no record, or two that differ by case alone."""
    name = at(d.one())
    d.tree[name + d.rnd.choice(("notes.txt", "Topic.md"))] = "x\n"


EDITS: dict[str, Callable[[Draft], None]] = {
    made.__name__: made
    for made in (
        add_dossier,
        add_record,
        change_body,
        change_title,
        change_theme,
        change_due,
        delete_record,
        delete_any_record,
        delete_dossier,
        rename_dossier,
        move_dossier,
        rename_record,
        change_parameter,
        delete_rule,
        exempt,
        correct,
        correct_title,
        withhold,
        end_dossier,
        relate,
        list_project,
        escalate,
        joint,
        rename_platform,
        add_platform,
        remove_platform,
        close_platform,
        opinion,
        plan,
        guide,
        news,
        page,
        attach,
        change_site,
        without_base,
        without_site,
        spoil,
        stray,
    )
}
"""Changes of records. What is changed besides them stands in scripted_runs.py."""


def drawn(rnd: random.Random, count: int) -> Iterator[str]:
    """Kinds of edits; those that keep a register whole come more often than those that spoil it."""
    rare = {"spoil", "stray", "delete_any_record", "without_site", "remove_platform", "move_dossier"}
    names = list(EDITS)
    weights = [1 if n in rare else 3 for n in names]
    yield from rnd.choices(names, weights, k=count)
