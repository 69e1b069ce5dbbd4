"""Every sample of the shared folder, carried over into our kinds: refused with the right code and line, or accepted."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import carry_over as carry
import made_samples as made
import pytest
import where_each_went as table

from cpu_work import work
from weimin.model.finding import Problem
from weimin.model.place import Place
from weimin.records.attachments.problems import attachment_problems
from weimin.records.parse import Reader
from weimin.records.paths import mode_problems
from weimin.records.place import place_of
from weimin.records.schema import Schemas
from weimin.records.text import read_text

HERE = Path(__file__).parent
SAMPLES = HERE / "samples"
SCHEMAS = HERE.parents[1] / "schemas"
SHARED = HERE.parents[2] / "shared" / "bad-inputs"
SLOWEST = 2.0  # seconds of CPU


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Schemas({path.name: path.read_bytes() for path in SCHEMAS.glob("*.schema.json")}))


def sample(folder: str, name: str) -> bytes:
    return made.sample(name) if name in table.MADE else (SAMPLES / folder / name).read_bytes()


def named(numbers: tuple[str, ...]) -> list[str]:
    names = sorted(path.name for path in (SAMPLES / "records").iterdir() if path.name[:3] in numbers)
    assert len(names) == len(numbers)
    return names


def findings(reader: Reader, path: str, data: bytes) -> tuple[Problem, ...]:
    place = place_of(path)
    assert isinstance(place, Place), place
    with work() as took:
        record, problems = reader.parse(place, data)
    assert took.seconds < SLOWEST
    assert (record is None) == bool(problems)
    for problem in problems:
        assert problem.path == path
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message
        assert problem.hint, problem
        assert problem.message.isprintable(), problem
    return problems


@pytest.mark.parametrize("name", sorted(table.RECORDS))
def test_record(reader: Reader, name: str) -> None:
    adapt, code, line = table.RECORDS[name]
    problems = findings(reader, *adapt(sample("records", name)))
    if code == table.ACCEPTED:
        assert problems == ()
    else:
        assert (code, line) in [(p.code, p.line) for p in problems]


@pytest.mark.parametrize("name", named(table.DATES))
def test_date(reader: Reader, name: str) -> None:
    problems = findings(reader, *carry.date_as_news(sample("records", name)))
    assert {p.code for p in problems} <= table.DATE_CODES
    assert {p.line for p in problems} == {6}


@pytest.mark.parametrize("name", named(table.UNKNOWN_FIELDS))
def test_key_that_another_program_would_obey(reader: Reader, name: str) -> None:
    problems = findings(reader, *carry.as_topic(sample("records", name)))
    assert [(p.code, p.line, p.column) for p in problems] == [("S104", 13, 1)]


@pytest.mark.parametrize("name", named(table.IN_THE_PATH))
def test_id(name: str) -> None:
    problem = place_of(carry.id_as_dossier(sample("records", name)))
    assert isinstance(problem, Problem)
    assert problem.code == "F108"


@pytest.mark.parametrize("name", table.ENDINGS)
def test_ending(name: str) -> None:
    problem = place_of(carry.CODE + "2026-001/" + name)
    assert isinstance(problem, Problem)
    assert problem.code == "F108"


@pytest.mark.parametrize("name", sorted(table.ATTACHMENTS))
def test_attachment(name: str) -> None:
    code, _ = table.ATTACHMENTS[name]
    data = sample("files", name)
    path = f"{carry.CODE}2026-001/attachments/{name}"
    here = place_of(path)
    if code == "F108":
        assert isinstance(here, Problem)
        assert here.code == "F108"
        return
    if isinstance(here, Problem):  # the name is refused; so is the content, whatever it is called
        path = f"{carry.CODE}2026-001/attachments/x.jpg"
    found = [p.code for p in attachment_problems(path, data)]
    assert found == ([] if code == table.ACCEPTED else [code])


def test_good_samples_are_accepted(reader: Reader) -> None:
    for name in ("minimal.md", "tricky-but-fine.md"):
        assert findings(reader, *carry.as_topic(sample("good", name))) == ()


def test_every_row_of_the_manifest_went_somewhere() -> None:
    with (SAMPLES / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row["file"] for row in csv.DictReader(file, delimiter="\t")]
    records = [row.removeprefix("records/") for row in rows if row.startswith("records/")]
    files = [row.removeprefix("files/") for row in rows if row.startswith("files/")]
    assert len(records) > 100
    assert set(files) == set(table.ATTACHMENTS)
    by_number = {*table.DATES, *table.UNKNOWN_FIELDS, *table.IN_THE_PATH}
    for name in records:
        homes = [
            name in table.RECORDS,
            name[:3] in by_number,
            name in table.ENDINGS,
            int(name[:3]) in table.PROSE,
            int(name[:3]) in table.PRIVACY,
        ]
        assert homes.count(True) == 1, name
    assert set(table.RECORDS) <= set(records)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared folder is not on this machine")
def test_copies_are_the_shared_samples() -> None:
    compared = 0
    for path in sorted(SAMPLES.rglob("*")):
        if path.is_file() and path.name != ".gitattributes":
            assert path.read_bytes() == (SHARED / path.relative_to(SAMPLES)).read_bytes(), path.name
            compared += 1
    assert compared > 100


def test_random_flips_never_break_the_reader(reader: Reader) -> None:
    """5,000 damaged files: every one is read or refused, quickly, and what is refused says why."""
    seeds = [(carry.as_topic(sample("good", name))) for name in ("minimal.md", "tricky-but-fine.md")] + [
        (p, d)
        for name in ("055-anchor-alias.md", "065-escaped-control.md")
        for p, d in [carry.as_topic(sample("records", name))]
    ]
    dice = random.Random(20261122)
    refused = 0
    for _ in range(5_000):
        path, data = dice.choice(seeds)
        damaged = bytearray(data)
        for _ in range(dice.randint(1, 6)):
            at = dice.randrange(len(damaged))
            match dice.randrange(4):
                case 0:
                    damaged[at] ^= 1 << dice.randrange(8)
                case 1:
                    damaged[at] = dice.choice(b"\0\t\n\r\"'#&*!|>%@`[]{}:-?, \x85\xff")
                case 2:
                    del damaged[at : at + dice.randint(1, 20)]
                case 3:
                    other = dice.randrange(len(damaged) + 1)
                    damaged[at:at] = damaged[other : other + dice.randint(1, 30)]
            damaged = damaged or bytearray(b"-")
        refused += bool(findings(reader, path, bytes(damaged)))
    assert refused > 2_000


def test_random_flips_never_break_the_reader_of_attachments() -> None:
    dice = random.Random(7)
    names = ("001-exif-gps.jpg", "002-xmp-gps.png", "020-js.pdf", "026-embedded.pdf", "023-pii-text.pdf")
    for _ in range(2_000):
        name = dice.choice(names)
        damaged = bytearray(sample("files", name))
        for _ in range(dice.randint(1, 8)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        damaged = damaged[: dice.randint(0, len(damaged))] if dice.random() < 0.3 else damaged
        problems = attachment_problems(f"{carry.CODE}2026-001/attachments/{name}", bytes(damaged))
        assert {p.code for p in problems} <= {"F106", "F113"}


def test_what_git_makes_of_an_entry() -> None:
    """The faults of m01, m02, m03, t04, t05, t06 and t08: they are modes and names, not contents."""
    base = carry.CODE + "2026-001/"
    entries = [
        (base + "topic.md", "100644"),
        (base + "2026-03-02-consultation.md", "120000"),
        (base + "attachments", "120000"),
        (carry.CODE + "2026-002", "160000"),
        (base + "2026-03-10-outcome.md", "100755"),
        ("content/.gitattributes", "100644"),
        ("content/network/.mailmap", "100644"),
        (base + "conftest.py", "100644"),
        ("scripts/check", "100755"),
    ]
    found = [(p.path, p.code) for p in mode_problems(entries)]
    assert found == [
        (base + "2026-03-02-consultation.md", "F107"),
        (base + "attachments", "F107"),
        (carry.CODE + "2026-002", "F107"),
        (base + "2026-03-10-outcome.md", "F114"),
        ("content/.gitattributes", "F114"),
        ("content/network/.mailmap", "F114"),
        (base + "conftest.py", "F114"),
    ]


def test_utf8_is_read_whatever_the_bytes() -> None:
    dice = random.Random(3)
    for _ in range(300):
        data = dice.randbytes(dice.randrange(200))
        text, problems = read_text("content/site.yml", data)
        assert text is not None or problems
