"""Compare downloaded jars with the SHA-256 sums that are kept beside their Ivy file."""

from hashlib import sha256
from pathlib import Path


def check_jars(folder: Path, sums: Path) -> None:
    """Raise SystemExit for a jar that is not in `sums`, or that differs from it.

    `sums` has the format of `sha256sum`. A server's own checksums would be forged with the jar.
    """
    known = read_sums(sums)
    wrong = [jar.name for jar in sorted(folder.glob("*.jar")) if known.get(jar.name) != _sum_of(jar)]
    if wrong:
        names = ", ".join(wrong)
        raise SystemExit(
            f"{sums.name} names other jars than: {names}; delete them from the Ivy cache, then `make setup`"
        )


def read_sums(sums: Path) -> dict[str, str]:
    """Return the SHA-256 of each file name."""
    pairs = (line.split("  ", 1) for line in sums.read_text().splitlines())
    return {name: digest for digest, name in pairs}


def _sum_of(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()
