"""After an erasure every public answer is that of a history in which the listener never was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from starlette.testclient import TestClient

from tests.dbt.chart_project import ChartProject
from tests.dbt.conftest import EMPTY, NOTHING_COUNTED, NOTHING_LIVE
from tests.dbt.counted_hours import Counted, CountedHours, Songs, artist_of, hour, title_of
from tests.dbt.public.answers import OF_THE_PROCESS, ask_everything, first_difference, public_client
from tests.dbt.public.histories import COUNTED_THROUGH, fix_times, stream
from tests.dbt.public.routes import IN_THE_DAY, SECRET, SHOWN
from tests.servers import MinioServer

OTHERS: Final[dict[tuple[str, int], Songs]] = {
    ("GB", 0): {SHOWN: Counted(9, 6), IN_THE_DAY: Counted(4, 2)},
    ("GB", 1): {SHOWN: Counted(9, 6), IN_THE_DAY: Counted(5, 2, duplicates=1)},
    ("GB", 3): {SHOWN: Counted(8, 5)},
    ("GB", 4): {SHOWN: Counted(8, 5)},
}
# In hour 0 the listener changes ranks, which hour 1 compares with; in IS nobody else plays anything.
WITH_THE_LISTENER: Final[dict[tuple[str, int], Songs]] = {
    **OTHERS,
    ("GB", 0): {SHOWN: Counted(10, 7), IN_THE_DAY: Counted(14, 3, late=2), SECRET: Counted(20, 1, too_short=3)},
    ("IS", 1): {SECRET: Counted(2, 1)},
    ("GB", 3): {SHOWN: Counted(9, 6), SECRET: Counted(1, 1)},
}


@pytest.fixture
def client(project: ChartProject, minio_server: MinioServer, tmp_path: Path) -> Iterator[TestClient]:
    """A client of the api over the project."""
    with public_client(project, minio_server, tmp_path) as client:
        yield client


def publish(project: ChartProject, hours: dict[tuple[str, int], Songs]) -> CountedHours:
    """Settle hours 0 and 1 and let the stream count the others; all of it is final then."""
    project.execute("dbt", EMPTY)
    project.execute("loader", NOTHING_COUNTED)
    project.execute("live", NOTHING_LIVE)
    counts = count(project, CountedHours(), hours, "late_plays")
    fix_times(project, "2024-03-01 00:00+00")
    project.set_complete_through(COUNTED_THROUGH)
    return counts


def count(project: ChartProject, counts: CountedHours, hours: dict[tuple[str, int], Songs], cause: str) -> CountedHours:
    """Count what differs, with its cause."""
    live = CountedHours()
    for (region, number), songs in hours.items():
        if number > 1:
            live.put(region, hour(number), songs)
        elif counts.hours.get((region, hour(number))) != songs:
            counts.put(region, hour(number), songs)
    project.rank(counts, cause)
    stream(project, live)
    return counts


def test_every_answer_is_that_of_a_history_without_the_listener(project: ChartProject, client: TestClient) -> None:
    publish(project, OTHERS)
    never = ask_everything(client)
    counts = publish(project, WITH_THE_LISTENER)
    assert ask_everything(client) != never
    count(project, counts, {**OTHERS, ("IS", 1): {}}, "erasure")
    erased = ask_everything(client)
    assert {route for route, _ in erased} > OF_THE_PROCESS
    for (route, address), (status, body) in erased.items():
        expected = never[route, address]
        if route not in OF_THE_PROCESS:
            assert (status, body) == expected, (address, first_difference(body, expected[1]))
        if "/plays/" not in address and SECRET not in address:
            assert not [name for name in (SECRET, title_of(SECRET), artist_of(SECRET)) if name.encode() in body]
    assert project.read_builds(f"select from builds.chart_entries where song_id = '{SECRET}'") == []


def test_an_erasure_from_a_restated_window_withdraws_what_it_was_before(
    project: ChartProject, client: TestClient
) -> None:
    counts = publish(project, WITH_THE_LISTENER)
    late = {SHOWN: Counted(11, 7, late=1)}
    count(project, counts, {**WITH_THE_LISTENER, ("GB", 0): {**WITH_THE_LISTENER["GB", 0], **late}}, "late_plays")
    address = f"/charts/hourly?region=GB&hour={hour(0):%Y-%m-%dT%H:00:00Z}"
    assert client.get(f"{address}&revision=1").status_code == 200
    count(project, counts, {**OTHERS, ("GB", 0): {**OTHERS["GB", 0], SHOWN: Counted(10, 6, late=1)}}, "erasure")
    assert client.get(address).json()["chart"]["revision"] == 2
    gone = client.get(f"{address}&revision=1")
    assert (gone.status_code, gone.json()["code"]) == (410, "withdrawn")
    listed = client.get(f"/charts/hourly/revisions?region=GB&window_start={hour(0):%Y-%m-%dT%H:00:00Z}").json()
    assert [(one["revision"], one["causes"], one["moved"]) for one in listed["revisions"]] == [
        (2, ["late_plays"], None)
    ]
    assert set(project.invoke("test", "--select", "tag:whole").values()) == {"pass"}
