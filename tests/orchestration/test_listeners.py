"""What each play adds to its windows, whatever came before it and in whatever order."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pyarrow as pa
import pytest

from orchestration import known_listeners
from orchestration.known_listeners import DAYS_IN_MEMORY, KnownListeners
from orchestration.listeners import Additions, DayListeners, Numbered, TooManyNamesError

CAP = 10
KINDS = {
    "hour_listeners": lambda play: (play[0], play[1], play[2], play[3]),
    "global_hour_listeners": lambda play: (play[1], play[2], play[3]),
    "day_listeners": lambda play: (play[0], play[2], play[3]),
    "global_day_listeners": lambda play: (play[2], play[3]),
}
"""What is distinct in each kind of window; a play is region, hour, song and listener."""
Play = tuple[str, int, str, str]


def rows_of(plays: Counter[Play]) -> pa.Table:
    """One row a region, hour, song and listener, with their eligible plays."""
    region, hour, song, listener = zip(*plays, strict=True)
    return pa.table(
        {
            "region": pa.chunked_array([region]),
            "hour": pa.array(hour, pa.int32()),
            "song_id": pa.chunked_array([song]),
            "user_id": pa.chunked_array([listener]),
            "eligible": pa.array(plays.values(), pa.int64()),
        }
    )


def add(listeners: DayListeners, *plays: Play, eligible: int = 1) -> Additions:
    return listeners.add(rows_of(Counter(dict.fromkeys(plays, eligible))), CAP)


def news(added: Additions) -> tuple[int, ...]:
    """New listeners of an hour, of it everywhere, of a day, and of it everywhere."""
    return tuple(int(getattr(added, kind).sum()) for kind in KINDS)


def test_the_cap_goes_on_from_batch_to_batch() -> None:
    listeners = DayListeners()
    play = ("GB", 12, "s", "u")
    assert [int(add(listeners, play, eligible=many).plays[0]) for many in (4, 5, 6, 1)] == [4, 5, 1, 0]


def test_a_listener_is_new_once_in_each_kind_of_window() -> None:
    listeners = DayListeners()
    plays = [("GB", 12, "s", "u"), ("DE", 12, "s", "u"), ("GB", 13, "s", "u"), ("GB", 12, "s", "u")]
    assert [news(add(listeners, play)) for play in plays] == [(1, 1, 1, 1), (1, 0, 1, 0), (1, 1, 0, 0), (0, 0, 0, 0)]


def test_a_listener_who_is_new_in_several_rows_at_once_is_new_in_one_of_them() -> None:
    added = add(DayListeners(), ("GB", 12, "s", "u"), ("DE", 12, "s", "u"), ("DE", 13, "s", "u"))
    assert news(added) == (3, 2, 2, 1)


def test_plays_too_short_make_no_listener() -> None:
    listeners = DayListeners()
    assert news(add(listeners, ("GB", 12, "s", "u"), eligible=0)) == (0, 0, 0, 0)
    assert news(add(listeners, ("GB", 12, "s", "u"))) == (1, 1, 1, 1)


@pytest.mark.parametrize("seed", range(40))
def test_any_batches_add_up_to_what_all_plays_count_at_once(seed: int) -> None:
    random = Random(seed)
    listeners, total, everything = DayListeners(), Counter[str](), Counter[Play]()
    for _ in range(random.randint(1, 12)):
        plays = Counter(
            (random.choice("ABC"), random.randint(0, 3), random.choice("stuv"), random.choice("xyz"))
            for _ in range(random.randint(1, 60))
        )
        added = listeners.add(rows_of(plays), CAP)
        total.update({kind: int(values.sum()) for kind, values in vars(added).items()})
        everything.update(plays)
    expected = {kind: len(set(map(key, everything))) for kind, key in KINDS.items()}
    expected["plays"] = sum(min(count, CAP) for count in everything.values())
    assert total == expected


def test_no_plays_add_nothing() -> None:
    assert news(DayListeners().add(rows_of(Counter([("GB", 12, "s", "u")])).slice(0, 0), CAP)) == (0, 0, 0, 0)


def test_older_days_are_known_while_they_are_asked_for_and_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_listeners, "_read_day", lambda *_: DayListeners())
    known = KnownListeners()
    for first in (10, 8, 6, 4):
        days = [date(2026, 11, first), date(2026, 11, first + 1)]
        known.learn(None, "", days, 1)  # type: ignore[arg-type]  # the lake is not asked
        assert set(days) <= set(known.days)
    assert len(known.days) <= 2 * DAYS_IN_MEMORY


def test_more_names_than_a_key_has_room_for_are_refused() -> None:
    with pytest.raises(TooManyNamesError, match="more than 2 names"):
        Numbered(1).number(pa.chunked_array([["a", "b", "c"]]))
