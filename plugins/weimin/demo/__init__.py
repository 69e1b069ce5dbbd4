"""演示数据: a generated repository for tests, screenshots and a first look. No real place is in it.

`weimin demo FOLDER` writes a Git repository with the records of an invented city and their history. Nothing is drawn at
random, so every run gives the same commits. The steps:

1. `names` defines the city: 1 city, 6 counties, 24 townships and 120 villages with codes 99xxxx.
2. A `Scenario` (scenario.py) describes one dossier: its contents (title, suggestions, measures) and its events, each with
   a day relative to the first consultation. `scenarios/` has 95 of them, one module for each thing they show: completed,
   in progress, overdue, withheld, corrected, reported up …
3. `versions` expands a scenario into the versions of its records. `events` makes the fields of each kind of record,
   `minutes` the prose; a `DossierDraft` keeps what later records refer to: ids of suggestions and measures, stems, open
   questions. A scenario overrides any field.
4. `platforms`, `platform_records`, `projects`, `opinions`, `rulebooks` and `sitepages` make the other records.
5. `history` orders the versions by day, groups them into commits (some through merged pull requests) and writes them in
   one `git fast-import` stream.

Variety comes from the CRC of the scenario's key (`DossierDraft.variant`), which selects numbers and phrases.
Example: `Scenario(key="lamps", at="990003004004", on="2025-03-02", contents=…, events=completed(40, 38, 0, 30, 6, 2))`
becomes a dossier with topic, two consultations, two outcomes, a response, a followup and an evaluation.
"""

from weimin.demo.make import AS_OF, NotEmpty, make_demo

__all__ = ["AS_OF", "NotEmpty", "make_demo"]
