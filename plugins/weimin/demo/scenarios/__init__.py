"""Every dossier of the demo, in groups by what they show."""

from weimin.demo.scenario import Scenario
from weimin.demo.scenarios.edges import EDGES
from weimin.demo.scenarios.loops import LOOPS
from weimin.demo.scenarios.mended import MENDED
from weimin.demo.scenarios.reported import REPORTED
from weimin.demo.scenarios.settled import SETTLED
from weimin.demo.scenarios.settled_later import SETTLED_LATER
from weimin.demo.scenarios.silent import SILENT
from weimin.demo.scenarios.together import TOGETHER
from weimin.demo.scenarios.upper import UPPER
from weimin.demo.scenarios.upward import UPWARD
from weimin.demo.scenarios.working import WORKING

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
