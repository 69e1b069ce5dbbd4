"""The open data of the demo: what is exported is what is published, and gives the figures that the pages show."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import pytest

from builders.demo import demo_repository
from builders.repository import Repository
from page_schemas import faults
from weimin.adapters.installation import schema_files
from weimin.app.build.export import FORMATS, NotEmptyFolder, export
from weimin.app.build.site_build import site_files
from weimin.app.check.check import check
from weimin.app.entry.import_tables import import_files
from weimin.cli.exit_codes import OK, USAGE
from weimin.cli.main import main
from weimin.demo import AS_OF
from weimin.dossiers.compile import compile_dossier
from weimin.dossiers.disclosure import public_data
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.opening import open_register
from weimin.engine.options import Options
from weimin.engine.register import Register
from weimin.model.place import Place, chain_of
from weimin.model.record import Record
from weimin.records.place import place_of
from weimin.records.schema import Schemas
from weimin.records.write import write
from weimin.wording.counts import format_percent

pytestmark = pytest.mark.slow


def quiet(what: str, more: int, total: int) -> None:
    """A tick that nobody hears."""


@pytest.fixture(scope="module")
def root() -> Path:
    return demo_repository()


@pytest.fixture(scope="module")
def held(root) -> ComputedRegister:
    return check(open_register(root, root), Options(as_of=AS_OF))[1]


@pytest.fixture(scope="module")
def site(held) -> dict[str, bytes]:
    """Every file of the built site."""
    return dict(site_files(held, 1, "", quiet))


@pytest.fixture(scope="module")
def exported(root, tmp_path_factory) -> dict[str, Path]:
    """The folder of each format."""
    folders = {form: tmp_path_factory.mktemp("out") / form for form in FORMATS}
    for form, folder in folders.items():
        assert export(open_register(root, root), Options(as_of=AS_OF), folder, form, quiet).rows > 1000
    return folders


@pytest.fixture(scope="module")
def database(exported) -> sqlite3.Connection:
    return sqlite3.connect(exported["sqlite"] / "weimin.sqlite")


def files_below(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def lines(folder: Path, table: str) -> list[dict[str, Any]]:
    found = [json.loads(t) for p in sorted((folder / table).glob("*.jsonl")) for t in p.read_text("utf-8").splitlines()]
    assert found, table
    return found


@pytest.mark.parametrize(("form", "ending"), [("csv", ".csv"), ("json", ".jsonl")])
def test_the_build_publishes_the_same_bytes(site, exported, form, ending):
    there = {p: d for p, d in files_below(exported[form]).items() if p.endswith(ending)}
    assert len(there) > 50
    assert there == {
        p.removeprefix("data/"): d for p, d in site.items() if p.startswith("data/") and p.endswith(ending)
    }


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_records_give_the_same_bytes(root, exported, tmp_path, form):
    export(open_register(root, root), Options(as_of=AS_OF), tmp_path / "again", form, quiet)
    assert files_below(tmp_path / "again") == files_below(exported[form])


def test_the_package_names_every_file_with_its_size_and_digest(site):
    package = json.loads(site["data/datapackage.json"])
    named = {f"data/{r['path']}": (r["bytes"], r["hash"]) for r in package["resources"]}
    there = {p: d for p, d in site.items() if p.startswith("data/") and p.endswith((".csv", ".jsonl"))}
    assert named == {p: (len(d), f"sha256:{hashlib.sha256(d).hexdigest()}") for p, d in there.items()}
    for resource in package["resources"]:
        names = [f["name"] for f in json.loads(site[f"data/{resource['schema']}"])["fields"]]
        head = site[f"data/{resource['path']}"].splitlines()[0]
        if resource["format"] == "csv":
            assert head.decode("utf-8-sig").split(",") == names
        else:
            assert list(json.loads(head)) == names


def test_every_document_of_the_demo_holds_to_its_schema(site):
    found, asked = faults(site)
    assert found == []
    assert len(asked) == 18


def test_every_row_names_a_record_of_the_repository_and_its_day(exported, held):
    for row in lines(exported["json"], "outcome-measures") + lines(exported["json"], "log"):
        place = held.register.by_ref[row["record"]]
        assert row["dossier"] == place.dossier
        assert row["code"] == place.platform
        assert row["level"]


def test_replaying_the_log_gives_the_state(exported):
    """The log's records, compiled as the build compiles them, say what the tables of the kinds say."""
    schemas = Schemas(schema_files())
    folders: dict[str, list[Record]] = defaultdict(list)
    for row in lines(exported["json"], "log"):
        place = place_of(row["path"])
        assert isinstance(place, Place)
        data = schemas.load(place.kind, row["data"])
        if place.dossier:
            folders[place.dossier].append(Record(place=place, data=data, raw=row["data"], body=row["body"]))
    assert len(folders) > 90
    state = {s["dossier"]: s for s in lines(exported["json"], "state-dossier")}
    assert set(folders) == set(state)
    tables = {r["record"]: (kind, r) for kind in KINDS for r in lines(exported["json"], kind)}
    corrected = 0
    for dossier_id, records in folders.items():
        dossier = compile_dossier(dossier_id, records, (), lambda kind, raw: (schemas.load(kind, raw), ""))
        assert dossier.problems == ()
        assert (dossier.title, dossier.rounds) == (state[dossier_id]["title"], state[dossier_id]["rounds"])
        assert max(e.step for e in dossier.events) == state[dossier_id]["step"]
        for event in dossier.events:
            kind, row = tables.pop(event.record.place.ref)
            assert (kind, row["on"]) == (event.kind, event.on.text if event.on else None)
            assert_says(row, public_data(dossier, event))
            assert row.get("body", "") in ("", event.record.body) or kind == "evaluation"
            corrected += bool(event.changes)
    assert tables == {}
    assert corrected > 3


def test_records_written_from_the_log_give_the_same_data(root, exported, tmp_path):
    """Replayed as files, with what is in no table (opinions, prose, attachments, two outcomes that are withheld)."""
    log = {row["path"]: row for row in lines(exported["json"], "log") if not row["withheld"]}
    assert len(log) > 800
    for path, row in log.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(write(row["kind"], row["data"], row["body"]), encoding="utf-8", newline="\n")
    left = [
        p for p in sorted((root / "content").rglob("*")) if p.is_file() and p.relative_to(root).as_posix() not in log
    ]
    assert len(left) < 60
    for file in left:
        other = tmp_path / file.relative_to(root)
        other.parent.mkdir(parents=True, exist_ok=True)
        other.write_bytes(file.read_bytes())
    export(open_register(tmp_path, tmp_path), Options(as_of=AS_OF), tmp_path / "out", "json", quiet)
    assert files_below(tmp_path / "out") == files_below(exported["json"])


KINDS = ("topic", "consultation", "outcome", "response", "followup", "evaluation", "correction")


def assert_says(row: dict[str, Any], data: Any) -> None:
    """Each field of the record stands in its column."""
    for key, value in data.items():
        match value:
            case bool() | int() | float():
                assert row[key] == value, key
            case str() if f"{key}_note" in row:
                assert row[f"{key}_note"] == value or row[key] == [value], key
            case str():
                assert row[key] == value, key
            case {"about": int(about)}:
                assert row[key] == about
                assert row[f"{key}_note"]
            case dict():
                assert_says({k.removeprefix(f"{key}_"): v for k, v in row.items() if k.startswith(f"{key}_")}, value)
            case list() if f"{key}_count" in row:
                assert row[f"{key}_count"] == len(value), key
            case list():
                assert row[key] == value, key
            case _:
                raise AssertionError(f"{key}: {value!r}")


FIGURES = {
    "heard": 'SELECT count(*) FROM "state-platform" WHERE heard',
    "dossiers": 'SELECT count(*) FROM "state-dossier"',
    "year": f'SELECT count(*) FROM "state-dossier" WHERE year = {AS_OF.year}',
    "done": "SELECT count(*) FROM \"state-measure\" WHERE state = 'done'",
    "judged": "SELECT count(*) FROM \"state-measure\" WHERE state = 'done' AND in_time IS NOT NULL",
    "in_time": "SELECT count(*) FROM \"state-measure\" WHERE state = 'done' AND in_time",
    "measures": 'SELECT count(*) FROM "outcome-measures"',
    "rated": 'SELECT count(*) FROM "state-evaluation" WHERE rate IS NOT NULL AND valid > 0',
    "rate": 'SELECT sum(round(rate * valid)) * 1.0 / sum(valid) FROM "state-evaluation" WHERE rate IS NOT NULL',
    "ballots": "SELECT sum(ballots_returned - coalesce(ballots_invalid, 0)) FROM evaluation",
    "duties": 'SELECT count(*) FROM "state-duty" WHERE dossier IS NOT NULL',
}


def duck(folder: Path, ending: str) -> duckdb.DuckDBPyConnection:
    """The exported files as views by the names of their tables."""
    found = duckdb.connect()
    for table in sorted(p for p in folder.iterdir() if list(p.glob(f"*.{ending}"))):
        if ending == "parquet":
            found.execute(f"CREATE VIEW \"{table.name}\" AS SELECT * FROM read_parquet('{table}/*.parquet')")
            continue
        read = "read_csv" if ending == "csv" else "read_json"
        more = (
            ", all_varchar=false, sample_size=-1" if ending == "csv" else ", format='newline_delimited', sample_size=-1"
        )
        found.execute(
            f"CREATE VIEW \"{table.name}\" AS SELECT * FROM {read}('{table}/*.{ending}', union_by_name=true{more})"
        )
    return found


def test_sums_from_the_data_are_the_figures_of_the_front_page(site, held, database, exported):
    with (
        duck(exported["csv"], "csv") as from_csv,
        duck(exported["json"], "jsonl") as from_json,
        duck(exported["parquet"], "parquet") as from_parquet,
    ):
        readers = (database, from_csv, from_json, from_parquet)
        sums = [{name: r.execute(q).fetchone()[0] for name, q in FIGURES.items()} for r in readers]
    assert sums[1:] == sums[:1] * 3
    found = sums[0]
    assert min(found.values()) > 0
    heard, dossiers, done, rate = json.loads(site["index.json"])["figures"]
    assert heard["value"] == str(found["heard"])
    assert (dossiers["value"], dossiers["note"]) == (str(found["dossiers"]), f"其中今年{found['year']}件")
    in_time = f"共{found['measures']}项；有期限可比的{found['judged']}项中按期{found['in_time']}项"
    assert (done["value"], done["note"]) == (str(found["done"]), in_time)
    ballots = f"{found['rated']}次评议，有效票{found['ballots']}张，按票数复算"
    assert (rate["value"], rate["note"]) == (format_percent(found["rate"]), ballots)
    evaluations = [e for s in held.summaries for e in s.evaluations]
    assert found["ballots"] == sum(e.valid or 0 for e in evaluations)
    assert found["duties"] == sum(len(s.duties) for s in held.summaries)


# name in a report → table, its year, what is added up; each with the code of the platform
REPORTED = {
    "dossiers": ("state-dossier", "year", "1"),
    **{
        f"step{n}": ("state-dossier", "year", f"CASE WHEN cast(held_steps AS varchar) LIKE '%{n}%' THEN 1 ELSE 0 END")
        for n in range(1, 6)
    },
    "held": ("consultation", '"on"', "CASE WHEN same_as IS NULL THEN coalesce(times, 1) ELSE 0 END"),
    "outcomes": ("outcome", '"on"', "1"),
    **{
        f"outcome-{how}": (
            "outcome",
            '"on"',
            f"CASE WHEN coalesce(publication_decision, 'open') = '{how}' THEN 1 ELSE 0 END",
        )
        for how in ("publish", "withhold", "open")
    },
    "evaluations": ("state-evaluation", '"on"', "1"),
    "low": ("state-evaluation", '"on"', "CASE WHEN low THEN 1 ELSE 0 END"),
    "rated": ("state-evaluation", '"on"', "CASE WHEN rate IS NOT NULL AND valid > 0 THEN 1 ELSE 0 END"),
    "good": ("state-evaluation", '"on"', "CASE WHEN rate IS NOT NULL THEN round(rate * valid) ELSE 0 END"),
    "satisfied": ("state-evaluation", '"on"', "CASE WHEN rate IS NOT NULL THEN satisfied ELSE 0 END"),
    "basically": ("state-evaluation", '"on"', "CASE WHEN rate IS NOT NULL THEN basically_satisfied ELSE 0 END"),
    "valid": ("state-evaluation", '"on"', "CASE WHEN rate IS NOT NULL THEN valid ELSE 0 END"),
    "done": ("state-measure", "done", "CASE WHEN state = 'done' THEN 1 ELSE 0 END"),
    "in-time": ("state-measure", "done", "CASE WHEN state = 'done' AND in_time THEN 1 ELSE 0 END"),
    "judged": ("state-measure", "done", "CASE WHEN state = 'done' AND in_time IS NOT NULL THEN 1 ELSE 0 END"),
    "planned": ("plan-items", "split_part(record, '/', 3)", "CASE WHEN dropped IS NULL THEN 1 ELSE 0 END"),
}
ANSWERED = {"answers-judged", "answers-in-time"}  # how long an answer may take is a parameter, which is no column


def test_sums_from_the_data_are_the_figures_of_every_report(site, exported):
    """DuckDB over Parquet: each year, for the whole network and for each platform with all that is below it."""
    query = """SELECT regexp_extract(CAST({year} AS varchar), '^(?:by-)?([0-9]{{4}})', 1), CAST(code AS varchar), sum({what})
               FROM "{table}" GROUP BY ALL"""
    sums: dict[tuple[str, str, str], int] = defaultdict(int)
    with duck(exported["parquet"], "parquet") as read:
        for name, (table, year, what) in REPORTED.items():
            for when, code, n in read.execute(query.format(year=year, what=what, table=table)).fetchall():
                for at in ("", *chain_of(code)):
                    sums[when, at, name] += int(n)
    reports = {
        tuple(p.split("/")[1:-1]): json.loads(d)
        for p, d in site.items()
        if re.fullmatch(r"reports/\d{4}/(?:\d+/)?index\.json", p)
    }
    assert len(reports) > 100
    compared = 0
    for (year, *code), said in reports.items():
        there = {name: n for name, n in said["sums"].items() if name not in ANSWERED}
        assert set(there) <= set(REPORTED)
        own = {name: sums[year, "".join(code), name] for name in REPORTED}
        assert {name: there.get(name, 0) for name in REPORTED} == own, (year, code)
        compared += sum(n > 0 for n in own.values())
    assert compared > 1_000


def file_states(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every record with its bytes and the time of its last writing."""
    return {p.as_posix(): (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("form", ["csv", "json"])
def test_importing_what_was_exported_writes_nothing(root, exported, form):
    before = file_states(root / "content")
    done = import_files(Register(root), [str(exported[form])])
    assert (done.faults, done.files) == ((), ())
    assert done.rows > 2500
    assert file_states(root / "content") == before
    assert Repository(root).git("status", "--porcelain") == ""


def test_importing_the_records_of_this_repository_writes_nothing(tmp_path):
    here = Path(__file__).resolve().parents[3]
    before = file_states(here / "content")
    for form in ("csv", "json"):
        export(open_register(here, here), Options(as_of=AS_OF), tmp_path / form, form, quiet)
        done = import_files(Register(here), [str(tmp_path / form)])
        assert (done.faults, done.files) == ((), ())
        assert done.rows > 50
    assert file_states(here / "content") == before


def test_no_table_and_no_column_is_passed_over(root, exported, tmp_path):
    """One cell of every column of every table changed: each is taken over or refused, but for tables that are worked out."""
    before = file_states(root / "content")
    register, seen = Register(root), set()
    for table in sorted(
        p for p in exported["csv"].iterdir() if list(p.glob("*.csv")) and not p.name.startswith("state-")
    ):
        rows = [
            row
            for p in sorted(table.glob("*.csv"))
            for row in csv.DictReader(io.StringIO(p.read_text("utf-8-sig"), newline=""))
        ]
        for name in rows[0]:
            row = next((r for r in rows if r[name]), None)
            if row is None or name in ("record", "path"):
                continue
            number = row[name].isdigit()
            file = tmp_path / f"{table.name}.csv"
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, list(row))
            writer.writeheader()
            writer.writerow({**row, name: str(int(row[name]) + 1) if number else "改" + row[name]})
            file.write_bytes(text.getvalue().encode("utf-8-sig"))
            done = import_files(register, [str(file)], dry=True)
            assert done.files or done.faults, (table.name, name)
            assert len(done.files) <= 1
            seen.add((table.name, name))
    assert len(seen) > 300
    assert file_states(root / "content") == before


def test_the_file_is_sound_and_says_what_its_columns_mean(database):
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    tables = [
        n for (n,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'dictionary'")
    ]
    assert len(tables) > 40
    for table in tables:
        columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
        said = database.execute('SELECT "column" FROM dictionary WHERE "table" = ?', (table,)).fetchall()
        assert [c for (c,) in said] == columns
    assert database.execute("SELECT count(*) FROM dictionary WHERE title = ''").fetchone() == (0,)


def test_a_spreadsheet_knows_the_encoding_and_runs_nothing(exported):
    files = {p: d for p, d in files_below(exported["csv"]).items() if p.endswith(".csv")}
    for path, data in files.items():
        assert data.startswith(b"\xef\xbb\xbf"), path
        rows = list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True)))
        assert len({len(row) for row in rows}) == 1, path
        assert not [c for row in rows for c in row if c.startswith(("=", "+", "@", "＝")) or c[:1] == "-"], path


def test_a_folder_with_something_in_it_is_left_alone(root, tmp_path):
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(NotEmptyFolder):
        export(open_register(root, root), Options(as_of=AS_OF), tmp_path, "csv", quiet)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_the_command(root, tmp_path, capsys):
    asked = ["export", "--root", str(root), "--as-of", AS_OF.isoformat(), "--output", str(tmp_path / "out")]
    assert main([*asked, "--format", "sqlite"]) == OK
    assert "开放数据已导出：1 个文件" in capsys.readouterr().out
    assert main(asked) == USAGE
    assert "改法" in capsys.readouterr().err
