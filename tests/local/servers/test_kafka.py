"""What the local broker is started with."""

from uuid import UUID

from local.servers.kafka import draw_cluster_id

DASH_FIRST = UUID("fbe90000-0000-4000-8000-000000000000")
DASH_LATER = UUID("33e9ef00-0000-4000-8000-000000000000")


def test_a_cluster_id_never_begins_as_an_option_of_the_command_it_is_given_to() -> None:
    drawn = iter((DASH_FIRST, DASH_FIRST, DASH_LATER))
    assert draw_cluster_id(lambda: next(drawn)) == "M-nvAAAAQACAAAAAAAAAAA"


def test_cluster_ids_differ() -> None:
    assert len({draw_cluster_id() for _ in range(1_000)}) == 1_000
