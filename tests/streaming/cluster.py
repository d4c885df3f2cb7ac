"""A standalone Spark cluster from the pyspark wheel: one master and two workers, on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyspark

from local.environment import ROOT
from local.setup.java import find_java, java_home
from local.stack.waiting import NotReadyError, wait_until
from tests.child import child
from tests.ports import free_ports

WORKERS: Final = 2
SPARK_CLASS: Final = Path(pyspark.__file__).parent / "bin" / "spark-class"
ADDRESS: Final = "127.0.0.1"


@dataclass(frozen=True)
class Cluster:
    """A running cluster; ``folders`` are where its workers keep what they run."""

    master: str
    folders: tuple[Path, ...]

    def executors(self) -> list[int]:
        """How many executors each worker has run so far."""
        return [len(list(folder.glob("app-*/*"))) for folder in self.folders]


@contextmanager
def standalone_cluster(folder: Path, secret: str) -> Iterator[Cluster]:
    """Start master and workers that share a secret, wait until the workers are known, and end them all."""
    properties = folder / "cluster.conf"
    lines = ("spark.authenticate=true", f"spark.authenticate.secret={secret}", "spark.master.rest.enabled=false")
    properties.write_text("\n".join(lines))
    shared = ("--properties-file", str(properties))
    port, web_port = free_ports(2)
    master = f"spark://{ADDRESS}:{port}"
    folders = tuple(folder / f"worker-{number}" for number in range(WORKERS))
    with ExitStack() as running:
        place = ("--host", ADDRESS, "--port", str(port), "--webui-port", str(web_port), *shared)
        running.enter_context(_daemon("master.Master", folder / "master.log", *place))
        for own in folders:
            share = ("--host", ADDRESS, "--webui-port", "0", "--cores", "1", "--memory", "1g", *shared)
            running.enter_context(
                _daemon("worker.Worker", own.with_suffix(".log"), "--work-dir", str(own), *share, master)
            )
        wait_until("the cluster", lambda: _must_have_workers(web_port), 120, 0.5)
        yield Cluster(master, folders)


@contextmanager
def _daemon(name: str, log: Path, *arguments: str) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            child([str(SPARK_CLASS), f"org.apache.spark.deploy.{name}", *arguments]),
            cwd=ROOT,
            env=_variables(),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def _variables() -> dict[str, str]:
    """What every machine of a cluster has: Java, this Python with our packages, and the code itself."""
    return {
        **os.environ,
        "JAVA_HOME": str(java_home(find_java())),
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": str(ROOT),
        "SPARK_LOCAL_IP": ADDRESS,
        "SPARK_DAEMON_MEMORY": "256m",
    }


def _must_have_workers(web_port: int) -> None:
    try:
        with urllib.request.urlopen(f"http://{ADDRESS}:{web_port}/json/", timeout=5) as answer:
            alive = json.load(answer)["aliveworkers"]
    except OSError as error:
        raise NotReadyError(str(error)) from error
    if alive < WORKERS:
        raise NotReadyError(f"{alive} of {WORKERS} workers are there")
