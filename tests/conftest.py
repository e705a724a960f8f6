"""Fixtures that many tests share."""

from __future__ import annotations

import pytest

from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import load_built_in


@pytest.fixture(scope="session")
def base() -> RuleBase:
    """The built-in rule base."""
    return load_built_in()
