"""The sums of a day, and whether they hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.reconciliation.queries import COUNTERS
from tests.api.chart_store import ChartStore, utc

DAY = utc("2026-11-22")
THIS = "(%s, %s, %s)"
WINDOW = "(grain, region, window_start)"
ADDRESS = "/reconciliation?date=2026-11-22"


def count(store: ChartStore, grain: str, region: str, hours: int, plays: int) -> None:
    """Write a window with its counts, all of them following from its plays."""
    start = DAY + timedelta(hours=hours)
    store.count_window(start, grain=grain, region=region, total_plays=plays)
    names = ("raw_plays", "too_short", "over_cap", "duplicates", "late")
    counters = {name: plays * 10 + n for n, name in enumerate(names)}
    store.sum_counts(start, grain=grain, region=region, plays=plays, **counters)


@pytest.fixture
def day(store: ChartStore) -> ChartStore:
    """Two hours of two regions that add up, between two days that do not."""
    store.complete_through(DAY + timedelta(days=3))
    for region, plays in (("GB", 3), ("FR", 2), ("global", 5)):
        for hours in (0, 23):
            count(store, "hour", region, hours, plays)
        count(store, "day", region, 0, 2 * plays)
    # Each hour and region adds its own small numbers to the counters beside plays.
    for name, extra in (("too_short", 1), ("over_cap", 2), ("duplicates", 3), ("late", 4)):
        store.connection.execute(
            f"""update charts.window_counts set {name} = {name} + {extra}
                * (case grain when 'day' then 2 else 1 end * case region when 'global' then 2 else 1 end - 1)
            """.encode()
        )
    for hours in (-1, 24):
        count(store, "hour", "GB", hours, 1000)
    for days in (-24, 24):
        count(store, "day", "GB", days, 1)
    return store


def reconcile(client: TestClient, address: str = ADDRESS) -> dict[str, Any]:
    """The reconciliation at an address."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def lines(body: dict[str, Any]) -> dict[tuple[str, str, str, str], bool]:
    """Whether each line holds, by rule, grain, region and start."""
    return {(one["rule"], one["grain"], one["region"], one["window_start"][:13]): one["holds"] for one in body["lines"]}


def test_every_region_and_every_window_has_its_line(client: TestClient, day: ChartStore) -> None:
    body = reconcile(client)
    assert lines(body) == {
        ("hours_sum_to_day", "day", "global", "2026-11-22T00"): True,
        ("hours_sum_to_day", "day", "FR", "2026-11-22T00"): True,
        ("hours_sum_to_day", "day", "GB", "2026-11-22T00"): True,
        ("regions_sum_to_global", "day", "global", "2026-11-22T00"): True,
        ("regions_sum_to_global", "hour", "global", "2026-11-22T00"): True,
        ("regions_sum_to_global", "hour", "global", "2026-11-22T23"): True,
    }
    assert (body["date"], body["holds"], body["complete_through"]) == ("2026-11-22", True, "2026-11-25T00:00:00Z")


def test_both_sums_are_told(client: TestClient, day: ChartStore) -> None:
    line = next(one for one in reconcile(client)["lines"] if (one["rule"], one["region"]) == ("hours_sum_to_day", "GB"))
    assert line["whole"] == line["sum_of_parts"]
    assert (line["whole"]["plays"], line["whole"]["raw_plays"], set(line["whole"])) == (6, 60, set(COUNTERS))


@pytest.mark.parametrize("counter", COUNTERS)
@pytest.mark.parametrize(
    ("where", "broken"),
    [
        (("hour", "GB"), {"hours_sum_to_day GB", "regions_sum_to_global 2026-11-22T23"}),
        (("day", "GB"), {"hours_sum_to_day GB", "regions_sum_to_global 2026-11-22T00"}),
        (("day", "global"), {"hours_sum_to_day global", "regions_sum_to_global 2026-11-22T00"}),
    ],
)
def test_a_play_more_or_less_breaks_the_lines_it_is_in(
    client: TestClient, day: ChartStore, counter: str, where: tuple[str, str], broken: set[str]
) -> None:
    start = DAY + timedelta(hours=23 if where[0] == "hour" else 0)
    day.connection.execute(
        f"update charts.window_counts set {counter} = {counter} + 1 where {WINDOW} = {THIS}".encode(),
        [*where, start],
    )
    body = reconcile(client)
    found = {
        f"{rule} {region if rule == 'hours_sum_to_day' else start}"
        for (rule, _, region, start), holds in lines(body).items()
        if not holds
    }
    assert (found, body["holds"]) == (broken, False)


def test_what_the_lake_received_is_plays_and_rejected(client: TestClient, day: ChartStore) -> None:
    for batch, hours in ((1, -1), (2, 0), (3, 23.5), (4, 24)):
        finished = DAY + timedelta(hours=hours)
        row = {"batch": batch, "finished_at": finished, "received": 10, "plays": 7, "duplicates": 2, "malformed": 1}
        day.insert("enrichments", row)
    day.insert("enrichments", {"batch": 5})
    body = reconcile(client)
    assert body["received"] == {"received": 20, "plays": 14, "duplicates": 4, "malformed": 2, "holds": True}
    day.change("enrichments", "malformed = 0 where batch = 2")
    body = reconcile(client)
    assert (body["received"]["holds"], body["holds"]) == (False, False)


def test_without_a_date_the_newest_day_with_a_chart_is_looked_at(client: TestClient, day: ChartStore) -> None:
    assert reconcile(client, "/reconciliation")["date"] == "2026-11-22"


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/reconciliation?date=2026-11-25", 404, "not_computed"),
        ("/reconciliation?date=tomorrow", 422, "invalid_parameter"),
        ("/reconciliation?day=2026-11-22", 422, "invalid_parameter"),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    client: TestClient, day: ChartStore, address: str, status: int, code: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_new_system_has_no_day(client: TestClient, store: ChartStore) -> None:
    assert client.get("/reconciliation").json()["code"] == "not_computed"


def test_a_day_without_plays_holds_without_a_line(client: TestClient, day: ChartStore) -> None:
    body = reconcile(client, "/reconciliation?date=2026-10-01")
    assert (body["lines"], body["holds"], body["received"]["received"]) == ([], True, 0)


@pytest.mark.parametrize(("hours_from", "compared"), [(0, True), (1, False)])
def test_hours_of_an_open_day_are_compared_with_it_while_none_is_frozen_or_settled(
    client: TestClient, store: ChartStore, hours_from: int, compared: bool
) -> None:
    store.open_from(DAY, DAY + timedelta(hours=hours_from))
    store.complete_through(DAY + timedelta(hours=1, minutes=30), DAY)
    for region in ("GB", "global"):
        count(store, "hour", region, 0, 3)
        count(store, "hour", region, 1, 3)
        # A late play of the frozen hour that only the day has.
        count(store, "day", region, 0, 6 if compared else 7)
    for grain, raw_plays in (("hour", 1), ("day", 2)):
        others = "too_short = 0, over_cap = 0, duplicates = 0, late = 0"
        store.change("window_counts", f"raw_plays = {raw_plays}, {others} where grain = '{grain}'")
    body = reconcile(client)
    assert (body["open"], body["holds"], body["complete_through"]) == (True, True, "2026-11-22T01:30:00Z")
    assert {one["rule"] for one in body["lines"]} == {
        "regions_sum_to_global", *(["hours_sum_to_day"] if compared else []),
    }  # fmt: skip


def test_a_settled_day_is_not_open(client: TestClient, day: ChartStore) -> None:
    day.open_from(DAY + timedelta(days=2))
    assert reconcile(client)["open"] is False
