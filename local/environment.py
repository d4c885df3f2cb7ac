"""The settings file `.env`: made once with random secrets, read with its references filled in."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values
from dotenv.variables import parse_variables

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / ".env.example"
TO_GENERATE = "generate"


def env_file() -> Path:
    """Returns the settings file: that of TOP_SONGS_ENV, else `.env` of the checkout."""
    return Path(os.environ.get("TOP_SONGS_ENV") or ROOT / ".env")


def with_secrets(example: str) -> str:
    """Returns the text of a settings file with a fresh random secret for each value `generate`."""
    return "".join(_with_secret(line) for line in example.splitlines(keepends=True))


def make_env_file(target: Path, example: Path = EXAMPLE) -> bool:
    """Writes `target` from the example, readable by its owner alone; tells whether it was written.

    A file that exists keeps every value; variables that the example has gained since are appended.
    """
    if target.exists():
        return _append_missing(target, example)
    _write_private(target, with_secrets(example.read_text()))
    return True


def read_env_file(path: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Returns the variables of `path` with `${NAME}` filled in; a variable in `given` wins.

    DATA_DIR comes out absolute, relative to the folder of `path`, before others refer to it.
    """
    values: dict[str, str] = {}
    for name, text in dotenv_values(path, interpolate=False).items():
        values[name] = given[name] if name in given else _filled(text or "", {**values, **given})
        if name == "DATA_DIR":
            values[name] = str((path.resolve().parent / values[name]).resolve())
            given = {**given, name: values[name]}
    return values


def load_environment() -> None:
    """Brings `.env` into this process's environment; what the environment has already stays."""
    path = env_file()
    if path.exists():
        os.environ.update(read_env_file(path, os.environ))


def _with_secret(line: str) -> str:
    name, equals, value = line.partition("=")
    if not equals or line.startswith("#") or value.strip() != TO_GENERATE:
        return line
    return f"{name}={secrets.token_urlsafe(32)}\n"


def _append_missing(target: Path, example: Path) -> bool:
    known = dotenv_values(target, interpolate=False)
    lines = with_secrets(example.read_text()).splitlines(keepends=True)
    missing = [line for line in lines if _name(line) and _name(line) not in known]
    if not missing:
        return False
    _write_private(target, target.read_text().rstrip("\n") + "\n" + "".join(missing))
    return True


def _name(line: str) -> str:
    name, equals, _ = line.partition("=")
    return name if equals and not line.startswith("#") else ""


def _write_private(target: Path, text: str) -> None:
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.unfinished")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    unfinished.replace(target)


def _filled(text: str, known: Mapping[str, str]) -> str:
    return "".join(atom.resolve(known) for atom in parse_variables(text))
