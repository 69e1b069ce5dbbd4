"""search/terms.js makes the terms that the index has."""

from __future__ import annotations

from random import Random

import pytest
from module_page import Modules

from weimin.bench.search_client import number_of, spread
from weimin.site.search.words import fold, hash_of, pairs

pytestmark = pytest.mark.browser
TERMS = "search/terms.js"
TEXTS = [
    "",
    "段简",
    "修路灯，三处",
    "ＡＢｃ１２３　全角",
    "a b\tc",
    "E-mail: x@y.cn",
    "𠮷野家𡈽",
    "İstanbul ǅ É é",
    "〇二三〇",
    "321302001004/2026-001",
    "路",
    "!?。、",
    "\u200b零宽\ufe0f",
]


def made_texts() -> list[str]:
    """Texts of all kinds of characters, the same in every run."""
    chance = Random(56)
    blocks = [(0x20, 0x250), (0x2E80, 0x30FF), (0x4E00, 0x9FFF), (0xFE00, 0xFFEF), (0x1F300, 0x2FFFF)]
    return ["".join(chr(chance.randint(*chance.choice(blocks))) for _ in range(n % 12)) for n in range(400)]


def test_texts_are_folded_paired_and_hashed_as_the_index_does_it(modules: Modules) -> None:
    texts = [*TEXTS, *made_texts()]
    folded = [fold(text) for text in texts]
    assert modules.each(TERMS, "fold", [[text] for text in texts]) == folded
    assert modules.each(TERMS, "pairs", [[text] for text in folded]) == [list(dict.fromkeys(pairs(t))) for t in folded]
    assert modules.each(TERMS, "hash", [[text] for text in texts]) == [hash_of(text) for text in texts]


def test_words_are_parted_by_blanks_and_at_most_eight(modules: Modules) -> None:
    assert modules.call(TERMS, "wordsOf", "  路灯　ＡＢ \t c ") == ["路灯", "ab", "c"]
    assert modules.call(TERMS, "wordsOf", " ") == []
    assert modules.call(TERMS, "wordsOf", "1 2 3 4 5 6 7 8 9 10") == list("12345678")


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("2026-001", ("", "2026-001")),
        ("2026-1", ("", "2026-001")),
        ("321302001004", ("321302001004", "")),
        ("321302/2026-12", ("321302", "2026-012")),
        ("321302001/", ("321302001", "")),
        ("2026-0001", None),
        ("32130", None),
        ("路灯", None),
        ("", None),
    ],
)
def test_numbers_of_dossiers_and_platforms(modules: Modules, word: str, number: tuple[str, str] | None) -> None:
    found = modules.call(TERMS, "numberOf", word) or None
    assert (found and (found["code"], found["number"])) == number == number_of(word)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("路灯", [["路灯"]]),
        ("一段简单", [["一段", "段简", "简单"]]),
        ("路", []),
        ("2026-001", [["20", "02", "26", "00", "01"], ["#2026-001"]]),
        ("321302/2026-1", [["32", "21", "13", "30", "02", "20", "26"], ["@321302", "#2026-001"]]),
        ("321300", []),  # a whole city: every page may be below it
        ("321300/2026-1", [["32", "21", "13", "30", "00", "20", "02", "26"], ["#2026-001"]]),
    ],
)
def test_ways_in_which_a_page_can_have_a_word(modules: Modules, word: str, expected: list[list[str]]) -> None:
    assert modules.call(TERMS, "ways", word) == expected


def test_few_terms_are_chosen_far_from_each_other_as_the_measured_search_does_it(modules: Modules) -> None:
    calls = [[[f"t{n}" for n in range(count)], most] for count in range(0, 40) for most in range(1, 7)]
    assert modules.each(TERMS, "spread", calls) == [spread(terms, most) for terms, most in calls]
