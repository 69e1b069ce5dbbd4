"""What several scripts use: elements, requests, the clipboard, settings; and the parts of 我的村居 and 看出处 without a page."""

from __future__ import annotations

from typing import Any

import pytest
from module_page import Modules
from playwright.sync_api import Route

from weimin.site.place_index import shard_of

pytestmark = pytest.mark.browser


def test_an_element_is_made(modules: Modules) -> None:
    found = modules.each("dom.js", "make", [["p"], ["p", "<b>"], ["p", "", "a b"], ["p", "x", "a"]])
    assert found == ["<p></p>", "<p>&lt;b&gt;</p>", '<p class="a b"></p>', '<p class="a">x</p>']


FETCH = """async () => {
    const { fetchOnce, fetchText } = await import("/js/fetch.js");
    const asked = async (call) => call().then((found) => found, (error) => "failed: " + error.message);
    const said = [];
    said.push(await asked(() => fetchOnce("/one.json", { type: "json" })));
    said.push(await asked(() => fetchOnce("/one.json", { type: "json" })));
    said.push(await asked(() => fetchOnce("/bad.txt")));
    said.push(await asked(() => fetchOnce("/bad.txt")));
    said.push(await asked(() => fetchOnce("/one.json", { type: "json", fresh: true })));
    said.push(await asked(() => fetchText("/gone.txt")));
    return said;
}"""


def test_a_file_is_requested_once_and_again_after_a_failure(fresh: Modules) -> None:
    asked: list[str] = []
    controls: list[str] = []

    def answer(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        asked.append(name)
        controls.append(route.request.headers.get("cache-control", ""))
        if name == "one.json":
            route.fulfill(body=f'{{"n": {asked.count(name)}}}')
        elif name == "bad.txt" and asked.count(name) == 2:
            route.fulfill(body="good")
        else:
            route.fulfill(status=404, body="a page that says 404")

    for name in ("one.json", "bad.txt", "gone.txt"):
        fresh.page.route(f"**/{name}", answer)
    first, second, bad, good, fresh, gone = fresh.run(FETCH)
    assert first == second == {"n": 1}
    assert bad == "failed: 404 /bad.txt"
    assert good == "good"
    assert fresh == {"n": 2}
    assert gone == "failed: 404 /gone.txt"
    assert asked == ["one.json", "bad.txt", "bad.txt", "one.json", "gone.txt"]


COPY = """async ([clipboard, element, rich]) => {
    const { copyText, copyElement } = await import("/js/copy.js");
    const said = { commands: [], written: [] };
    const writes = async (what) => {
        if (clipboard === "refuses") throw new Error("refused");
        said.written.push(typeof what === "string" ? what : Object.keys(what[0].item).join());
    };
    window.ClipboardItem = class { constructor(item) { this.item = item; } };
    const held = clipboard === "none" ? undefined : { writeText: writes, write: writes };
    Object.defineProperty(navigator, "clipboard", { value: held, configurable: true });
    document.execCommand = (name) => {
        const active = document.activeElement;
        said.commands.push(name + ": " + (active.value ?? getSelection().toString().trim()));
        return true;
    };
    document.body.innerHTML = "<p id=a> two <b>words</b> </p>";
    said.done = element ? await copyElement(document.getElementById("a"), rich) : await copyText("https://x.example/");
    said.left = document.querySelectorAll("textarea").length + getSelection().toString();
    return said;
}"""


@pytest.mark.parametrize(
    ("clipboard", "element", "rich", "done", "written", "commands"),
    [
        ("works", False, False, True, ["https://x.example/"], []),
        ("refuses", False, False, False, [], []),
        ("none", False, False, True, [], ["copy: https://x.example/"]),
        ("works", True, False, True, ["two words"], []),
        ("works", True, True, True, ["text/html,text/plain"], []),
        ("refuses", True, True, True, [], ["copy: two words"]),
        ("none", True, False, True, [], ["copy: two words"]),
    ],
)
def test_copying_with_and_without_a_clipboard(
    fresh: Modules, clipboard: str, element: bool, rich: bool, done: bool, written: list[str], commands: list[str]
) -> None:
    assert fresh.run(COPY, [clipboard, element, rich]) == {
        "commands": commands, "written": written, "done": done, "left": "0"
    }  # fmt: skip


SETTINGS = """async (broken) => {
    const { settings, keepSetting, showSettings } = await import("/js/settings.js");
    if (broken) Object.defineProperty(window, "localStorage", { get() { throw new Error("no storage"); } });
    document.body.innerHTML = '<input type=checkbox id=care><input type=radio name=size id=size-medium><input type=radio name=size id=size-large>';
    const seen = () => [
        Array.from(document.documentElement.attributes, (a) => a.name + "=" + a.value).sort().join(" "),
        Array.from(document.querySelectorAll(":checked"), (box) => box.id).join(" "),
    ];
    const said = [];
    showSettings(); said.push(seen());
    keepSetting("size", "large"); keepSetting("care", "on"); showSettings(); said.push(seen());
    keepSetting("size", ""); keepSetting("care", ""); showSettings(); said.push(seen());
    said.push(settings());
    return said;
}"""


@pytest.mark.parametrize("broken", [False, True], ids=["stored", "without storage"])
def test_settings_are_shown_and_kept(fresh: Modules, broken: bool) -> None:
    assert fresh.run(SETTINGS, broken) == [
        ["", "size-medium"],
        ["data-care=on data-size=large", "care size-large"],
        ["", "size-medium"],
        {},
    ]


@pytest.mark.parametrize("stored", ["not json", "null", '"text"', "{}"])
def test_what_was_stored_by_others_does_no_harm(fresh: Modules, stored: str) -> None:
    fresh.page.evaluate("text => localStorage.setItem('weimin', text)", stored)
    fresh.call("settings.js", "showSettings")
    assert fresh.page.evaluate("document.documentElement.attributes.length") == 0


def test_a_name_is_in_the_file_that_the_program_wrote_it_to(modules: Modules) -> None:
    calls: list[list[Any]] = [[pair, shards] for pair in ("双庄", "双", "𠮷野", "ab") for shards in (1, 7, 64)]
    assert modules.each("places.js", "shardOf", calls) == [shard_of(pair, shards) for pair, shards in calls]


def test_places_are_found_by_all_words_and_those_that_begin_with_the_first_stand_first(modules: Modules) -> None:
    file = {
        "places": [
            ["321302001004", "新双庄村"],
            ["321302001", "双庄街道"],
            ["321302001005", "双庄村"],
            ["321302", "宿城区"],
        ],
        "above": {"321302001": "双庄街道", "321302": "宿城区"},
    }

    def names(*words: str) -> list[str]:
        return [name for _, name in modules.call("places.js", "find", file, list(words))]

    assert names("双庄") == ["双庄街道", "双庄村", "新双庄村"]
    assert names("双庄", "村") == ["双庄村", "新双庄村"]
    assert names("宿城", "街道") == ["新双庄村", "双庄街道", "双庄村"]
    assert names("没有") == []


@pytest.mark.parametrize(
    ("pointer", "said"),
    [
        ("/title", "标题"),
        ("/measures/0/due", "落实事项第1条的期限"),
        ("/measures/2", "落实事项第3条"),
        ("/other", "other"),
        ("", "这份记录"),
    ],
)
def test_a_pointer_is_said_in_words(modules: Modules, pointer: str, said: str) -> None:
    names = "title=标题|measures=落实事项|measures.due=期限|=这份记录"
    assert modules.call("claims.js", "wordsOf", names, pointer) == said
