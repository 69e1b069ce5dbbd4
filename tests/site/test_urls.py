"""Addresses come from identity and answer where docs/reference/interface.md says."""

from __future__ import annotations

import pytest

from weimin.site.urls import Urls, file_of


@pytest.mark.parametrize(
    ("address", "file"),
    [("/", "index.html"), ("/990101/", "990101/index.html"), ("/404.html", "404.html"), ("/a/#b", "a/index.html")],
)
def test_an_address_is_answered_by_a_file(address, file):
    assert file_of(address) == file


@pytest.mark.parametrize(
    ("ref", "href"),
    [
        ("topic", "/w/990101001/2026-001/#topic"),
        ("2026-03-10-outcome#m1", "/w/990101001/2026-001/#m1"),
        ("990101/2026-002/2026-03-10-outcome", "/w/990101/2026-002/#2026-03-10-outcome"),
        ("990101/2026-002", "/w/990101/2026-002/"),
        ("990101/projects/2026#24", "/w/990101/projects/2026.html#24"),
        ("990101/opinions/2026-02-10", "/w/990101/#opinions"),
        ("990101", "/w/990101/"),
        ("不是引用", ""),
    ],
)
def test_a_reference_leads_to_its_page(ref, href):
    assert Urls("https://example.org/w/").ref(ref, "990101001/2026-001") == href


def test_a_stem_without_its_dossier_leads_nowhere():
    assert Urls().ref("topic") == ""
