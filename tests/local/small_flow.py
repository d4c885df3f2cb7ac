"""A flow that the tests of Prefect's server let the worker run."""

from prefect import flow


@flow
def small_flow() -> None:
    """Do nothing, so that the run's end shows that worker and run reached the server."""
