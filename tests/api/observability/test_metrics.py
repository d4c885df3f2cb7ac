"""What Prometheus is told."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient


def count_requests(client: TestClient) -> dict[tuple[str, str, str], float]:
    """Answered requests by method, route and status."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {
        (sample.labels["method"], sample.labels["route"], sample.labels["status"]): sample.value
        for family in families
        for sample in family.samples
        if sample.name == "api_request_seconds_count"
    }


def test_requests_are_counted_by_route_and_status(client: TestClient) -> None:
    for region in ("XX", "YY"):
        client.get(f"/charts/hourly?region={region}")
    client.get("/healthz")
    counted = count_requests(client)
    assert counted["GET", "/charts/hourly", "404"] == 2
    assert counted["GET", "/healthz", "200"] == 1


def test_addresses_and_methods_of_others_cannot_grow_the_metrics(client: TestClient) -> None:
    for number in range(5):
        client.get(f"/nowhere/{number}")
        client.request(f"VERB{number}", "/healthz")
    counted = count_requests(client)
    assert counted["GET", "unmatched", "404"] == 5
    assert sum(value for (method, _, _), value in counted.items() if method == "other") == 5
    assert not any("nowhere" in route for _, route, _ in counted)
