"""More than one machine: SPARK_MASTER alone moves the lake driver's work to a cluster."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.streaming.cluster import standalone_cluster
from tests.streaming.same_tests import run_same_tests

SECRET = "a-secret-that-master-workers-and-driver-share"


@pytest.mark.faults
@pytest.mark.timeout(1200)
def test_the_same_driver_and_tests_run_on_a_cluster_of_two_workers(tmp_path: Path) -> None:
    with standalone_cluster(tmp_path, SECRET) as cluster:
        run_same_tests({"SPARK_MASTER": cluster.master, "SPARK_AUTHENTICATE_SECRET": SECRET})
        assert min(cluster.executors()) >= 1
