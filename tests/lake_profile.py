"""Options of a lake driver that runs each query once, on a few rows.

Production's options pay off after minutes of the same queries. In a test, the compilers of the JVM and of Spark cost
more than they save. The whole stack, the long proofs and :func:`production_options` keep production's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from pyspark.sql import SparkSession

JVM_OPTIONS: Final = "-XX:TieredStopAtLevel=1 -XX:+DontCompileHugeMethods"
"""The first compiler alone; huge methods are interpreted."""
VARIABLES: Final = {"_JAVA_OPTIONS": JVM_OPTIONS}
"""The JVM reads this variable after its command line, so these options override the driver's own."""
SESSION_OPTIONS: Final = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


def make_cheap(session: SparkSession) -> None:
    """Set the options of tests for one session."""
    for name, value in SESSION_OPTIONS.items():
        session.conf.set(name, value)


@contextmanager
def production_options(session: SparkSession) -> Iterator[None]:
    """Plan queries as the lake driver does, with generated code, until the context ends."""
    for name in SESSION_OPTIONS:
        session.conf.unset(name)
    try:
        yield
    finally:
        make_cheap(session)
