"""Every dossier of the demo, grouped by what it shows."""

from weimin.demo.scenario import Scenario
from weimin.demo.scenarios.city_and_counties import CITY_AND_COUNTIES
from weimin.demo.scenarios.compiled import COMPILED
from weimin.demo.scenarios.completed import COMPLETED
from weimin.demo.scenarios.completed_later import COMPLETED_LATER
from weimin.demo.scenarios.corrected import CORRECTED
from weimin.demo.scenarios.ended_early import ENDED_EARLY
from weimin.demo.scenarios.extremes import EXTREMES
from weimin.demo.scenarios.in_progress import IN_PROGRESS
from weimin.demo.scenarios.joint import JOINT
from weimin.demo.scenarios.reconsulted import RECONSULTED
from weimin.demo.scenarios.reminders import REMINDERS
from weimin.demo.scenarios.reported_up import REPORTED_UP
from weimin.demo.scenarios.undisclosed import UNDISCLOSED

SCENARIOS: tuple[Scenario, ...] = (
    *COMPLETED,
    *COMPLETED_LATER,
    *IN_PROGRESS,
    *RECONSULTED,
    *UNDISCLOSED,
    *REPORTED_UP,
    *CORRECTED,
    *JOINT,
    *ENDED_EARLY,
    *COMPILED,
    *EXTREMES,
    *CITY_AND_COUNTIES,
    *REMINDERS,
)
