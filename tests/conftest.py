"""Makes the real servers of tests/stack.py available to every test, and sorts the tests into tiers."""

from typing import Final

import pytest

from tests.chromium import chromium
from tests.lake import first_versions, lake_root, planned_as_in_production, spark
from tests.stack import kafka_server, minio_server, postgres_server, stack_environment
from tests.whole_stack import whole_stack

__all__ = [
    "chromium",
    "first_versions",
    "kafka_server",
    "lake_root",
    "minio_server",
    "planned_as_in_production",
    "postgres_server",
    "spark",
    "stack_environment",
    "whole_stack",
]

TIERS: Final = {
    "e2e": "needs the whole stack",
    "spark": "needs a lake driver",
    "services": "needs real servers or a browser, but no Spark",
    "unit": "needs neither a server nor a JVM",
}
"""A test belongs to the first that its module names or whose fixture it requests; `make test-NAME` runs a tier."""
FIXTURES: Final = {
    "e2e": {"whole_stack"},
    "spark": {"spark"},
    # Every server's fixture requests the environment that it runs in.
    "services": {"stack_environment", "chromium"},
}


def pytest_configure(config: pytest.Config) -> None:
    """`make test` leaves the long proofs out; `make faults` runs them."""
    config.addinivalue_line("markers", "faults: a long proof over the whole stack, some of which kill its parts")
    for tier, need in TIERS.items():
        config.addinivalue_line("markers", f"{tier}: {need}; assigned by the fixtures that a test requests")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with its tier; the cheapest tiers come first, and the whole stack starts after all else."""
    for item in items:
        if not any(item.get_closest_marker(tier) for tier in TIERS):
            item.add_marker(_tier_of(item))
    order = list(TIERS)
    items.sort(key=lambda item: -next(order.index(tier) for tier in order if item.get_closest_marker(tier)))


def _tier_of(item: pytest.Item) -> str:
    requested = set(getattr(item, "fixturenames", ()))
    return next((tier for tier, fixtures in FIXTURES.items() if requested & fixtures), "unit")
