"""``python -m tests.streaming.spark_rpc PORT …`` prints, as JSON, which ports show Spark's RPC endpoints.

PROBE_SECRET is the secret that the client shows; without it the client does not authenticate. It is a process of
its own, because a fork for its JVM would break gRPC in a test's process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from py4j.protocol import Py4JJavaError  # type: ignore[import-untyped]
from pyspark.java_gateway import launch_gateway

from local.environment import ROOT
from local.setup.java import find_java, java_home

# Every RPC server has it.
ENDPOINT = "endpoint-verifier"


def ports_that_answer(ports: set[int], secret: str | None) -> set[int]:
    """Returns the ports at which a client with this secret, or with none, finds an endpoint of the driver."""
    command = [sys.executable, "-m", "tests.streaming.spark_rpc", *map(str, ports)]
    shown = {} if secret is None else {"PROBE_SECRET": secret}
    environment = {**os.environ, "JAVA_HOME": str(java_home(find_java())), **shown}
    probe = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, timeout=120)
    return set(json.loads(probe.stdout))


def _rpc_environment(jvm: Any, secret: str | None, *, client_mode: bool) -> Any:
    spark = jvm.org.apache.spark
    conf = spark.SparkConf(False).set("spark.rpc.askTimeout", "5s")
    if secret is not None:
        conf.set("spark.authenticate", "true").set("spark.authenticate.secret", secret)
    manager = spark.SecurityManager(conf, jvm.scala.Option.empty(), _secret_file_entry(jvm))
    return spark.rpc.RpcEnv.create("probe", "127.0.0.1", 0, conf, manager, client_mode)


def _finds_endpoint(jvm: Any, port: int, secret: str | None) -> bool:
    environment = _rpc_environment(jvm, secret, client_mode=True)
    try:
        environment.setupEndpointRef(jvm.org.apache.spark.rpc.RpcAddress("127.0.0.1", port), ENDPOINT)
    except Py4JJavaError:
        return False
    finally:
        environment.shutdown()
    return True


def _secret_file_entry(jvm: Any) -> Any:
    """Returns a setting that Python's names cannot reach, because its class is called `package$`."""
    settings = jvm.java.lang.Class.forName("org.apache.spark.internal.config.package$")
    return settings.getField("MODULE$").get(None).AUTH_SECRET_FILE()


def main() -> None:
    """Asks each port, once it has been seen that the client finds a server without authentication."""
    gateway = launch_gateway()  # type: ignore[no-untyped-call]
    secret = os.environ.get("PROBE_SECRET")
    own = _rpc_environment(gateway.jvm, None, client_mode=False)
    assert _finds_endpoint(gateway.jvm, own.address().port(), None), "this client finds no open server"
    print(json.dumps([port for port in map(int, sys.argv[1:]) if _finds_endpoint(gateway.jvm, port, secret)]))  # noqa: T201
    gateway.shutdown()


if __name__ == "__main__":
    main()
