"""Makes the real servers of tests/stack.py available to every test, and names the kinds of tests."""

import pytest

from tests.chromium import chromium
from tests.lake import lake_root, spark
from tests.stack import kafka_server, minio_server, postgres_server, stack_environment
from tests.whole_stack import whole_stack

__all__ = [
    "chromium",
    "kafka_server",
    "lake_root",
    "minio_server",
    "postgres_server",
    "spark",
    "stack_environment",
    "whole_stack",
]


SPARK_FIXTURES = frozenset({"spark", "whole_stack"})


def pytest_configure(config: pytest.Config) -> None:
    """`make test` leaves the long proofs out; `make faults` runs them."""
    config.addinivalue_line("markers", "faults: a long proof over the whole stack, some of which kill its parts")
    config.addinivalue_line("markers", "spark: needs a lake driver; given to a test by what it asks for")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs Spark: `make test` runs those tests in a process of their own, beside all others.

    Those over the whole stack come last: it is at work all the time, also while other tests run.
    """
    for item in items:
        if _fixtures_of(item) & SPARK_FIXTURES:
            item.add_marker(pytest.mark.spark)
    items.sort(key=lambda item: "whole_stack" in _fixtures_of(item))


def _fixtures_of(item: pytest.Item) -> frozenset[str]:
    return frozenset(getattr(item, "fixturenames", ()))
