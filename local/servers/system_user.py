"""Postgres refuses to run as root: then it runs as a system user of its own."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from pathlib import Path

USER = "topsongs"


def as_system_user(command: Sequence[str]) -> list[str]:
    """Returns `command` as it is run: as it stands, or for root as the system user.

    The right to pass and read closed folders is kept: a checkout or a data folder may lie in a home that
    nobody else may enter. The right to write there is not: a program that Postgres runs would be as good as
    root. The secure bit keeps it also for `access(2)`, with which `initdb` looks for its server and which
    else asks without the rights of a user other than root. `--pdeathsig` is given again, because a change of
    user clears it.
    """
    if os.geteuid() != 0:
        return list(command)
    user = _ensure_user()
    return [
        "setpriv",
        "--securebits=+no_setuid_fixup",
        f"--reuid={user.pw_uid}",
        f"--regid={user.pw_gid}",
        "--clear-groups",
        "--inh-caps=-all,+dac_read_search",
        "--ambient-caps=-all,+dac_read_search",
        "--bounding-set=-all,+dac_read_search",
        "--pdeathsig=INT",
        *command,
    ]


def give_to_system_user(path: Path) -> None:
    """Makes the system user the owner of `path` when run by root; else nothing is needed."""
    if os.geteuid() == 0:
        user = _ensure_user()
        os.chown(path, user.pw_uid, user.pw_gid)


def _ensure_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell=/usr/sbin/nologin", USER]
        subprocess.run(command, check=True)
        return pwd.getpwnam(USER)
