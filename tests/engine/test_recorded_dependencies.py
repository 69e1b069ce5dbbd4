"""Look-ups are recorded as dependencies, failed ones too; changes of a tree name units and references, before and after."""

from __future__ import annotations

from pathlib import Path

from weimin.adapters.git import Entry
from weimin.adapters.store import Store
from weimin.adapters.tree_changes import DELETED
from weimin.engine.dependencies import Dependencies, TrackedNetwork, TrackedParameters, digest_of
from weimin.engine.inventory import Inventory
from weimin.engine.tables import TABLES
from weimin.model.network import PlatformRow
from weimin.model.parameter import ParameterSetting

CITY = PlatformRow(
    code="990100", area="样例市", name="样例市网", established=None, closed=None, compiled=False, has_records=True
)
TOPIC = "content/network/990100/2026-001/topic.md"


def test_look_ups_in_the_network_are_recorded_even_if_nothing_is_found() -> None:
    dependencies = Dependencies()
    network = TrackedNetwork([CITY], dependencies, "row")
    dependencies.collect()
    assert network.get("990100") == CITY
    assert network.get("990199") is None
    network.below("990100")
    assert dependencies.collect() == ("below:990100", "row:990100", "row:990199")
    assert list(network.rows) == ["990100"]
    assert dependencies.collect() == ("row:*",)
    assert dependencies.collect() == ()


def test_a_parameter_is_recorded_each_time_though_it_is_computed_once() -> None:
    dependencies = Dependencies()
    given = ParameterSetting(
        name="response_days", value=5, platform="990100", source="990100/rules/work", house=False, since=None,
        until=None, levels=(),
    )  # fmt: skip
    parameters = TrackedParameters([given], dependencies)
    for _ in range(2):
        assert parameters.at("response_days", "990100", None).value == 5
        assert dependencies.collect() == ("param:response_days",)


def test_a_set_of_keys_has_one_digest() -> None:
    assert digest_of(("a", "b")) == digest_of(("a", "b"))
    assert len({digest_of(keys) for keys in ((), ("a",), ("ab",), ("a", "b"))}) == 4


def test_an_inventory_change_names_what_was_and_what_is(tmp_path: Path) -> None:
    store = Store(tmp_path / "stored.sqlite", "1", TABLES)
    inventory = Inventory(store)
    assert inventory.empty
    files = [Entry(TOPIC, "100644", "a" * 40), Entry("content/site.yml", "100644", "b" * 40)]
    first = inventory.update(files, complete=True)
    assert (first.units, first.refs) == ({"990100/2026-001", "site"}, {"990100/2026-001/topic", "site"})
    assert inventory.update(files, complete=True).paths == frozenset()
    assert inventory.unit_ids(dossiers=True) == ["990100/2026-001"]

    changed = inventory.update([Entry(TOPIC, "100644", "c" * 40)], complete=False)
    assert (changed.paths, changed.units) == ({TOPIC}, {"990100/2026-001"})
    gone = inventory.update([Entry(TOPIC, DELETED)], complete=False)
    assert (gone.units, gone.refs) == ({"990100/2026-001"}, {"990100/2026-001/topic"})
    assert "990100/2026-001" not in inventory.units
    assert inventory.update([], complete=True).paths == {"content/site.yml"}
    store.close()


def test_a_file_without_a_place_is_stored_with_its_problems(tmp_path: Path) -> None:
    store = Store(tmp_path / "stored.sqlite", "1", TABLES)
    inventory = Inventory(store)
    path = "content/network/990100/2026-001/notes.txt"
    inventory.update([Entry(path, "100644", "a" * 40)], complete=True)
    assert [p.code for p in inventory.problems] == ["F108"]
    assert inventory.by_path.get(path) is None
    inventory.update([Entry(path, DELETED)], complete=False)
    assert inventory.problems == ()
    store.close()
