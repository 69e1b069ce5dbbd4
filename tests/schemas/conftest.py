"""The schemas as installed."""

from __future__ import annotations

import pytest

from weimin.adapters.installation import schema_files
from weimin.records.schema import Schemas


@pytest.fixture(scope="session")
def schemas() -> Schemas:
    return Schemas(schema_files())
