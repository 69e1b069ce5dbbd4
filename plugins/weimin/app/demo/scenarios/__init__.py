"""Every dossier of the demo, in groups by what they show."""

from weimin.app.demo.scenario import Scenario
from weimin.app.demo.scenarios.edges import EDGES
from weimin.app.demo.scenarios.loops import LOOPS
from weimin.app.demo.scenarios.mended import MENDED
from weimin.app.demo.scenarios.reported import REPORTED
from weimin.app.demo.scenarios.settled import SETTLED
from weimin.app.demo.scenarios.settled_later import SETTLED_LATER
from weimin.app.demo.scenarios.silent import SILENT
from weimin.app.demo.scenarios.together import TOGETHER
from weimin.app.demo.scenarios.upper import UPPER
from weimin.app.demo.scenarios.upward import UPWARD
from weimin.app.demo.scenarios.working import WORKING

SCENARIOS: tuple[Scenario, ...] = (
    *SETTLED,
    *SETTLED_LATER,
    *WORKING,
    *LOOPS,
    *SILENT,
    *UPWARD,
    *MENDED,
    *TOGETHER,
    *REPORTED,
    *EDGES,
    *UPPER,
)
