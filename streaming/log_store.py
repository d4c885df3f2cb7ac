"""``python -m streaming.log_store JAVA FOLDER``: compile Delta's log store for the lake into a folder of jars.

The compiler is Janino, which the pyspark wheel carries for Spark's own sake; a JDK is not needed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZipFile

import pyspark

LOG_STORE: Final = "topsongs.NearLogStore"
"""The class that NearLogStore.java defines."""
SOURCE: Final = Path(__file__).with_name("NearLogStore.java")
JAR: Final = "top-songs-log-store.jar"
_COMPILER: Final = "org.codehaus.commons.compiler.samples.CompilerDemo"


def compile_log_store(java: str, jars: Path) -> None:
    """Add the class to a folder that holds Delta's and Hadoop's jars.

    Raises ``CalledProcessError`` when it does not compile.
    """
    of_spark = Path(pyspark.__file__).parent / "jars"
    compiler = [*of_spark.glob("janino-*.jar"), *of_spark.glob("commons-compiler-*.jar")]
    known = [*jars.glob("*.jar"), *of_spark.glob("*.jar")]
    with TemporaryDirectory() as folder:
        options = ["-d", folder, "-classpath", _class_path(known)]
        subprocess.run([java, "-cp", _class_path(compiler), _COMPILER, *options, str(SOURCE)], check=True)
        _pack(Path(folder), jars / JAR)


def _class_path(jars: list[Path]) -> str:
    return ":".join(map(str, jars))


def _pack(folder: Path, jar: Path) -> None:
    with ZipFile(jar, "w") as archive:
        for file in sorted(folder.rglob("*.class")):
            archive.write(file, file.relative_to(folder))


if __name__ == "__main__":
    compile_log_store(sys.argv[1], Path(sys.argv[2]))
