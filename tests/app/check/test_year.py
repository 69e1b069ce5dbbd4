"""A year of a dossier: each record is a commit, checked with `check --base` on its day."""

from __future__ import annotations

from datetime import date

import pytest
from small_register import (
    CITY,
    ONE,
    PLATFORMS,
    UNAPPROVED,
    consultation,
    evaluation,
    followup,
    outcome,
    repo_at,
    response,
)

from weimin.app.check.change import check_change, open_change
from weimin.app.check.impact import impact
from weimin.engine.options import Options
from weimin.model.parameter import DEFAULTS

HOUSE = (
    "---\ntitle: 本站规则\neffective_from: 2020-01-01\napplies_to: [city, county, township, village]\n"
    'parameters:\n  - name: topic_approval\n    value: required\n    clause: "#approval"\n---\n'
    "## 审定 {#approval}\n\n样例：议题要审定。\n"
)
_NAMES = "outcome report publication response explanation report_up followup evaluation reconsult_decision reconsult"
ISSUED = (
    "---\ntitle: 样例市实施办法\nissued: 2020-01-01\neffective_from: 2020-01-01\napplies_to: [township, village]\nparameters:\n"
    + "".join(f'  - {{name: {n}_days, value: {DEFAULTS[f"{n}_days"]}, clause: "#1"}}\n' for n in _NAMES.split())
    + '  - {name: low_satisfaction, value: 0.8, clause: "#1"}\n---\n## 第一条 {#1}\n\n样例：期限和满意率的线。\n'
)
"""An issued rule that sets the days, so that they are due days."""
APPROVED = UNAPPROVED.replace("\n---\n样例", "\napproval:\n  by: 样例镇党委\n  date: 2026-02-20\n---\n样例", 1)


class Year:
    """`file(day, …)` commits on a branch and checks it; a refused commit is reset, an accepted one is merged into `main`."""

    def __init__(self, made) -> None:
        self.made = repo_at(made)

    def ask(self, day):
        opened = open_change(self.made.root, "main")
        self.compared = check_change(opened, Options(as_of=date.fromisoformat(day)))
        return self.compared.checked

    def refused(self, day, name, text):
        """The codes of the errors for which this record may not be filed on this day."""
        self.made.commit({f"{ONE}/{name}": text})
        codes = sorted({f.code for f in self.ask(day).not_exempt if f.severity == "error"})
        self.made.git("reset", "--quiet", "--hard", "main")
        return codes

    def filed(self, day, name, text):
        """What is open after it, `CODE until DAY`; it must pass."""
        self.made.commit({f"{ONE}/{name}": text})
        checked = self.ask(day)
        assert [f.message for f in checked.not_exempt if f.severity == "error"] == []
        self.made.git("branch", "--quiet", "--force", "main", "HEAD")
        return sorted(f"{f.code} until {f.due}" for f in checked.not_exempt if f.owed_by and f.dossier)

    def stands(self):
        (move,) = impact(self.compared).dossier_changes
        return move.after.step, move.after.round, move.after.closed

    def overdue(self, day):
        """Days by which each open duty of the dossier is overdue, for whoever touches no more than its topic."""
        self.made.write({f"{ONE}/topic.md": APPROVED + "\n样例：补一句。\n"})
        found = {f.code: f.overdue_days for f in self.ask(day).not_exempt if f.owed_by and f.dossier}
        self.made.write({f"{ONE}/topic.md": APPROVED})
        return found


@pytest.fixture
def year(repo):
    rules = {
        f"content/network/{CITY}/rules/{name}.md": text for name, text in (("house", HOUSE), ("2020-measures", ISSUED))
    }
    return Year(repo([PLATFORMS | rules]))


@pytest.mark.slow
def test_a_year(year):
    first, second = "2026-03-02-consultation", "2026-03-10-outcome"

    # 1 征集社情民意; the approval that the house asks for gates the consultation
    assert year.filed("2026-02-18", "topic.md", UNAPPROVED) == ["W105 until None"]
    assert year.stands() == (1, 1, False)
    assert year.refused("2026-03-02", f"{first}.md", consultation()) == ["W105"]
    assert year.filed("2026-02-20", "topic.md", APPROVED) == []

    # 2 商讨实事项目; an outcome is owed within 15 days, and overdue on the 16th
    assert "W601 until 2026-03-17" in year.filed("2026-03-02", f"{first}.md", consultation())
    assert year.stands() == (2, 1, False)
    assert year.overdue("2026-03-17")["W601"] == 0
    assert year.overdue("2026-03-18")["W601"] == 1
    assert "W601" in year.refused("2026-03-09", "2026-03-09-followup.md", followup())
    owed = year.filed("2026-03-10", f"{second}.md", outcome(first))
    assert {"W602 until 2026-03-17", "W607 until 2026-03-30", "W401 until 2026-06-08"} <= set(owed)

    # the evaluation is refused while any of its gates is open, and names them
    assert year.refused("2026-06-20", "2026-06-20-evaluation.yml", evaluation(second)) == [
        "W207",
        "W401",
        "W602",
        "W606",
    ]
    told = outcome(first, submitted="2026-03-12", published="2026-03-15")
    assert "W602 until 2026-03-17" not in year.filed("2026-03-15", f"{second}.md", told)
    assert "W606" not in " ".join(year.filed("2026-03-25", "2026-03-25-response.md", response()))

    # 3 协商实施状况; its own outcome is owed and gates nothing
    progress = "2026-05-20-consultation"
    assert "W601 until 2026-06-04" in year.filed("2026-05-20", f"{progress}.md", consultation("s2", "progress"))
    assert year.stands() == (3, 1, False)
    seen = outcome(progress, measure="", submitted="2026-05-26", published="2026-05-27")
    year.filed("2026-05-27", "2026-05-25-outcome.md", seen)
    year.filed("2026-05-28", "2026-05-28-response.md", response("s2"))

    # 4 跟踪监督
    assert "W401" in year.refused("2026-06-01", "2026-06-01-evaluation.yml", evaluation(second))
    owed = year.filed("2026-06-12", "2026-06-12-followup.md", followup())
    assert owed == ["W501 until 2026-08-09"]
    assert year.stands() == (4, 1, False)

    # 5 民主评议: low, so that something has to be decided; it does not close
    low = evaluation(second, satisfied=10)
    assert year.filed("2026-07-01", "2026-07-01-evaluation.yml", low) == ["W503 until 2026-07-16"]
    assert year.stands() == (5, 1, False)
    assert year.overdue("2026-07-17") == {"W503": 1}
    decided = evaluation(second, satisfied=10, reconsult="2026-07-10")
    assert year.filed("2026-07-10", "2026-07-01-evaluation.yml", decided) == ["W504 until 2026-10-08"]
    assert year.overdue("2026-10-09") == {"W504": 1}

    # the second round, from the consultation to the evaluation, closes the dossier
    again = "2026-08-15-consultation"
    owed = year.filed("2026-08-15", f"{again}.md", consultation("s3", again="low_satisfaction"))
    assert year.stands() == (5, 2, False)
    assert "W504" not in " ".join(owed)
    better = outcome(again, "m2", "2026-10-15", submitted="2026-08-22", published="2026-08-23")
    year.filed("2026-08-23", "2026-08-20-outcome.md", better)
    assert "W606" in year.refused("2026-10-20", "2026-10-20-evaluation.yml", evaluation("2026-08-20-outcome"))
    year.filed("2026-08-25", "2026-08-25-response.md", response("s3"))
    assert "W401" in year.refused("2026-10-20", "2026-10-20-evaluation.yml", evaluation("2026-08-20-outcome"))
    year.filed("2026-10-12", "2026-10-12-followup.md", followup("m2", done="2026-10-10"))
    assert year.filed("2026-10-25", "2026-10-25-evaluation.yml", evaluation("2026-08-20-outcome")) == []
    assert year.stands() == (5, 2, True)
