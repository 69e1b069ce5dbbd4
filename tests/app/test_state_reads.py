"""What is read is noted, what is not there too; what changed in a tree names folders and references, before and now."""

from __future__ import annotations

from pathlib import Path

from weimin.adapters.follow import GONE
from weimin.adapters.git import Entry
from weimin.adapters.store import Store
from weimin.engine.dependencies import Reads, TrackedNetwork, TrackedParameters, digest_of
from weimin.engine.inventory import Inventory
from weimin.engine.tables import TABLES
from weimin.model.network import PlatformRow
from weimin.model.parameter import Given

CITY = PlatformRow(
    code="990100", area="样例市", name="样例市网", established=None, closed=None, compiled=False, has_records=True
)
TOPIC = "content/network/990100/2026-001/topic.md"


def test_what_is_asked_of_the_network_is_noted_even_where_nothing_is_there() -> None:
    reads = Reads()
    network = TrackedNetwork([CITY], reads, "row")
    reads.taken()
    assert network.get("990100") == CITY
    assert network.get("990199") is None
    network.below("990100")
    assert reads.taken() == ("below:990100", "row:990100", "row:990199")
    assert list(network.rows) == ["990100"]
    assert reads.taken() == ("row:*",)
    assert reads.taken() == ()


def test_a_parameter_is_noted_each_time_though_it_is_looked_up_once() -> None:
    reads = Reads()
    given = Given(
        name="response_days", value=5, platform="990100", source="990100/rules/work", house=False, since=None,
        until=None, levels=(),
    )  # fmt: skip
    parameters = TrackedParameters([given], reads)
    for _ in range(2):
        assert parameters.at("response_days", "990100", None).value == 5
        assert reads.taken() == ("param:response_days",)


def test_a_set_of_keys_has_one_name() -> None:
    assert digest_of(("a", "b")) == digest_of(("a", "b"))
    assert len({digest_of(keys) for keys in ((), ("a",), ("ab",), ("a", "b"))}) == 4


def test_taken_names_what_was_and_what_is(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept.sqlite", "1", TABLES)
    inventory = Inventory(store)
    assert inventory.empty
    files = [Entry(TOPIC, "100644", "a" * 40), Entry("content/site.yml", "100644", "b" * 40)]
    first = inventory.take(files, whole=True)
    assert (first.units, first.refs) == ({"990100/2026-001", "site"}, {"990100/2026-001/topic", "site"})
    assert inventory.take(files, whole=True).paths == frozenset()
    assert inventory.unit_ids(dossiers=True) == ["990100/2026-001"]

    changed = inventory.take([Entry(TOPIC, "100644", "c" * 40)], whole=False)
    assert (changed.paths, changed.units) == ({TOPIC}, {"990100/2026-001"})
    gone = inventory.take([Entry(TOPIC, GONE)], whole=False)
    assert (gone.units, gone.refs) == ({"990100/2026-001"}, {"990100/2026-001/topic"})
    assert "990100/2026-001" not in inventory.units
    assert inventory.take([], whole=True).paths == {"content/site.yml"}
    store.close()


def test_a_file_without_a_place_is_kept_with_what_is_wrong_with_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept.sqlite", "1", TABLES)
    inventory = Inventory(store)
    path = "content/network/990100/2026-001/notes.txt"
    inventory.take([Entry(path, "100644", "a" * 40)], whole=True)
    assert [p.code for p in inventory.problems] == ["F108"]
    assert inventory.by_path.get(path) is None
    inventory.take([Entry(path, GONE)], whole=False)
    assert inventory.problems == ()
    store.close()
