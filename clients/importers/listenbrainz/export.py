"""ListenBrainz exports, read as the ListenBrainz endpoint reads listens."""

from __future__ import annotations

from datetime import UTC
from typing import Any, Final

from clients.importers.regions import choose_region
from clients.importers.rows import Format, Import, Play
from ingest.listenbrainz.listens import read_listen


def describe_listen(listen: dict[str, Any], wanted: Import) -> Play:
    """Return one listen as a play; the recording is the client's own, or else the one ListenBrainz found."""
    play = read_listen(listen)
    region = choose_region(play.get("region"), wanted)
    return play | {"played_at": play["played_at"].astimezone(UTC).isoformat(), "region": region}


LISTENS: Final = Format(
    name="ListenBrainz, an export of listens",
    family="listenbrainz",
    matches=lambda row: "track_metadata" in row,
    describe=describe_listen,
)
