"""Why a build or an export publishes nothing."""

from __future__ import annotations

from weimin.engine.computed_register import ComputedRegister
from weimin.model.check_result import CheckResult


class Refused(Exception):
    """The records contain errors; nothing was written."""

    def __init__(self, checked: CheckResult, computed: ComputedRegister) -> None:
        super().__init__(f"{checked.errors} 个错误")
        self.checked, self.computed = checked, computed


class NotPublished(Exception):
    """Writing the site failed; the published site is unchanged. The message says what happened, in Chinese."""
