"""Shows the parts: what supervisord says of each, its ports, and what it answers itself."""

from concurrent.futures import ThreadPoolExecutor

from local.settings import LocalSettings
from local.stack.parts import PARTS, Part
from local.stack.starting import is_ready
from local.stack.supervisor import Supervisor
from local.stack.waiting import NotReadyError

ROW = "{:<15} {:<9} {:>8}  {:<11} {}"


def table(settings: LocalSettings) -> tuple[list[str], bool]:
    """Returns the lines of the table, and whether every part is ready."""
    supervisor = Supervisor(settings.data_dir)
    if not supervisor.is_running():
        return ["the stack is not running; `make up` starts it"], False
    processes = supervisor.processes()
    with ThreadPoolExecutor(len(PARTS)) as threads:
        answers = list(threads.map(lambda part: _answer(settings, supervisor, part), PARTS))
    rows = [
        ROW.format(part.name, *_process(processes[part.name]), _ports(settings, part), answer)
        for part, answer in zip(PARTS, answers, strict=True)
    ]
    header = ROW.format("part", "state", "process", "port", "answer")
    return [header, *rows], all(answer in ("ready", "done") for answer in answers)


def _process(info: dict[str, object]) -> tuple[str, str]:
    return str(info["statename"]).lower(), str(info["pid"] or "-")


def _ports(settings: LocalSettings, part: Part) -> str:
    return ", ".join(str(getattr(settings, name.lower())) for name in part.ports) or "-"


def _answer(settings: LocalSettings, supervisor: Supervisor, part: Part) -> str:
    try:
        is_ready(settings, supervisor, part)
    except NotReadyError as error:
        return f"not ready: {error}"
    return "done" if part.once else "ready"
