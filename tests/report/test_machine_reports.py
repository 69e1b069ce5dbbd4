"""JSON, GitLab, SARIF, JUnit and rdjson, each read with the tools of its consumers."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest
from junitparser import JUnitXml
from made_findings import BASE_URL, ONE_OF_EACH, PATH, checked, context, finding, hostile
from msgspec.structs import replace

from weimin.report import as_gitlab, as_json, as_junit, as_rdjson, as_sarif

CONSUMERS = Path(__file__).parent / "consumers"
WRITERS = {
    "gitlab-code-quality.json": as_gitlab.write,
    "rdjson.json": as_rdjson.write,
    "sarif-2.1.0-rtm.5.json": as_sarif.write,
}


NO_EXPRESSION = "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$"


def validator(name):
    schema = json.loads((CONSUMERS / name).read_text(encoding="utf-8"))
    if name.startswith("sarif"):
        # a stray bracket makes the pattern of a language no regular expression of ECMA-262; we write no language
        for kind in ("run", "toolComponent"):
            assert schema["definitions"][kind]["properties"]["language"].pop("pattern") == NO_EXPRESSION
    return jsonschema_rs.validator_for(schema, validate_formats=True)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("base_url", ["", BASE_URL])
@pytest.mark.parametrize("report", [ONE_OF_EACH, hostile(), checked()], ids=["one", "hostile", "none"])
def test_the_schema_of_the_consumer_accepts_it(name, base_url, report):
    document = json.loads(WRITERS[name](report, context(base_url=base_url)))
    assert [str(e) for e in validator(name).iter_errors(document)] == []


def test_json_has_every_finding_that_is_not_exempt():
    document = json.loads(as_json.write(ONE_OF_EACH, context()))
    assert [(f["code"], f["line"]) for f in document["findings"]] == [(f.code, f.line) for f in ONE_OF_EACH.not_exempt]


def spoiled(document, *where):
    at = document
    for key in where[:-1]:
        at = at[key]
    at[where[-1]] = -1
    return document


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("gitlab-code-quality.json", (0, "severity")),
        ("rdjson.json", ("diagnostics", 0, "location", "range", "start", "column")),
        ("sarif-2.1.0-rtm.5.json", ("runs", 0, "results", 0, "level")),
        ("sarif-2.1.0-rtm.5.json", ("runs", 0, "tool", "driver", "rules", 0, "helpUri")),
    ],
)
def test_the_schema_refuses_what_is_wrong(name, where):
    document = json.loads(WRITERS[name](ONE_OF_EACH, context(base_url=BASE_URL)))
    assert not validator(name).is_valid(spoiled(document, *where))


def fingerprints(report):
    gitlab = [i["fingerprint"] for i in json.loads(as_gitlab.write(report, context()))]
    sarif = json.loads(as_sarif.write(report, context()))["runs"][0]["results"]
    assert gitlab == [r["partialFingerprints"]["primaryLocationLineHash"] for r in sarif]
    return gitlab


def test_fingerprints_are_unique_and_know_no_line():
    report = hostile()
    assert len(set(fingerprints(report))) == len(report.findings)
    twice = checked(finding(line=3), finding(line=8))
    assert len(set(fingerprints(twice))) == 2
    moved = checked(*(replace(f, line=f.line + 7, column=1) for f in twice.findings))
    assert fingerprints(moved) == fingerprints(twice)


def test_severities_of_gitlab():
    found = json.loads(as_gitlab.write(ONE_OF_EACH, context()))
    assert [i["severity"] for i in found] == ["critical", "minor", "major", "info"]


def test_sarif_says_what_it_counts_and_where_the_rules_are():
    run = json.loads(as_sarif.write(ONE_OF_EACH, context(base_url=BASE_URL)))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [r["id"] for r in rules] == ["S105", "W202", "W602"]
    assert rules[2]["helpUri"] == f"{BASE_URL}/rules/W602/"
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    assert "helpUri" not in as_sarif.write(ONE_OF_EACH, context())
    odd = json.loads(as_sarif.write(checked(finding(path="content/中 文#1.md")), context()))
    uri = odd["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "content/%E4%B8%AD%20%E6%96%87%231.md"


def test_rdjson_counts_columns_in_bytes():
    document = json.loads(as_rdjson.write(checked(finding(column=5)), context(source=lambda path, line: "  “期限”")))
    start = document["diagnostics"][0]["location"]["range"]["start"]
    assert start == {"line": 3, "column": 2 + 3 + 3 + 1}
    gone = json.loads(as_rdjson.write(checked(finding(column=5)), context(source=lambda path, line: "")))
    assert gone["diagnostics"][0]["location"]["range"]["start"]["column"] == 5


def test_junit_has_a_case_for_each_record():
    text = as_junit.write(ONE_OF_EACH, context(records=(PATH, "content/site.yml")))
    (suite,) = JUnitXml.fromstring(text.encode("utf-8"))
    assert (suite.tests, suite.failures, suite.errors) == (2, 1, 0)
    bad, good = suite
    assert (good.name, good.result, good.system_out) == ("site.yml", [], None)
    (failure,) = bad.result
    assert (failure.type, bad.name) == ("S105", "2026-03-10-outcome.md")
    assert failure.message == "[S105] “期限”写成了“2026.6.30”，要写成 2026-06-30"
    assert bad.system_out.count("逾期[W602]") == 1


def test_junit_of_hostile_text_is_xml():
    (suite,) = JUnitXml.fromstring(as_junit.write(hostile(), context()).encode("utf-8"))
    assert suite.tests == suite.failures + 1 == 11
