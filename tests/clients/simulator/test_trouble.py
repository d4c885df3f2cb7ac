"""Every kind of trouble comes at its share and is what it says."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import islice
from random import Random

import pytest

from clients.simulator.arrivals import arrive_within
from clients.simulator.built_in import build_catalogue
from clients.simulator.plays import Audience
from clients.simulator.trouble import BURST, Mixer, Posting, Shares
from ingest.play import SubmittedPlay, identify_song

START = 1_790_000_000.0
SHARES = Shares(duplicates=0.05, late=0.04, short=0.06, cap_breakers=0.07, respellings=0.08, malformed=0.03)
PLAYS = 12_000


def post(shares: Shares, seed: int = 1) -> list[Posting]:
    instants = arrive_within(PLAYS, START, START + 86_400, Random(seed))
    plays = Audience(build_catalogue(), 500, seed).play(instants)
    return list(Mixer(shares, seed).mix(plays))


@pytest.fixture(scope="module")
def postings() -> list[Posting]:
    return post(SHARES)


def bodies_of(postings: list[Posting], trouble: str | None) -> list[SubmittedPlay]:
    return [
        SubmittedPlay.model_validate(posting.body)
        for posting in postings
        if posting.trouble == trouble and isinstance(posting.body, dict)
    ]


def due_times(postings: list[Posting], trouble: str | None) -> list[datetime]:
    return [datetime.fromtimestamp(posting.due).astimezone() for posting in postings if posting.trouble == trouble]


def identity(play: SubmittedPlay) -> tuple[str, str, datetime]:
    song = identify_song(play.title, play.artist)
    return (play.user_id, play.play_id or song, play.played_at)


def test_without_trouble_every_play_is_honest_eligible_and_its_own() -> None:
    plays = bodies_of(post(Shares()), None)
    assert len(plays) == PLAYS
    assert len({identity(play) for play in plays}) == PLAYS
    assert all(play.ms_played is None or play.ms_played >= 30_000 for play in plays)


def test_every_kind_comes_at_its_share(postings: list[Posting]) -> None:
    counts = Counter(posting.trouble for posting in postings)
    expected = {
        "duplicate": 0.05,
        "late": 0.04,
        "short": 0.06,
        "cap_breaker": 0.07,
        "respelling": 0.08,
        "malformed": 0.03,
    }
    for kind, share in expected.items():
        assert counts[kind] / PLAYS == pytest.approx(share, rel=0.25), kind


def test_the_same_seed_gives_the_same_trouble() -> None:
    assert post(SHARES)[:2_000] == post(SHARES)[:2_000]
    assert post(SHARES)[:100] != post(SHARES, seed=2)[:100]


def test_a_duplicate_has_the_identity_of_an_earlier_play_and_some_differ_from_it(
    postings: list[Posting],
) -> None:
    seen: dict[tuple[str, str, datetime], SubmittedPlay] = {}
    changed = 0
    for posting in postings:
        if posting.trouble == "malformed" or not isinstance(posting.body, dict):
            continue
        play = SubmittedPlay.model_validate(posting.body)
        if posting.trouble == "duplicate":
            changed += play != seen[identity(play)]
        seen.setdefault(identity(play), play)
    assert changed > 0


def test_a_late_play_comes_hours_to_days_after_it_was_played(postings: list[Posting]) -> None:
    pairs = zip(bodies_of(postings, "late"), due_times(postings, "late"), strict=True)
    delays = [due - play.played_at for play, due in pairs]
    assert min(delays) > timedelta(hours=1, minutes=10)
    assert timedelta(hours=48) < max(delays) < timedelta(hours=73)
    old = sum(delay > timedelta(hours=24) for delay in delays)
    assert old / len(delays) == pytest.approx(0.2, rel=0.25)


def test_a_short_play_is_below_thirty_seconds(postings: list[Posting]) -> None:
    assert all((play.ms_played or 0) < 30_000 for play in bodies_of(postings, "short"))


def test_a_cap_breaker_plays_one_song_more_than_ten_times_within_an_hour_gone_by(
    postings: list[Posting],
) -> None:
    times: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    due = due_times(postings, "cap_breaker")
    for play, posted in zip(bodies_of(postings, "cap_breaker"), due, strict=True):
        assert play.played_at <= posted
        times[play.user_id, identify_song(play.title, play.artist)].append(play.played_at)
    bursts = [burst for burst in times.values() if len(burst) == BURST]
    assert len(bursts) > 30
    for burst in bursts:
        assert len(set(burst)) == BURST
        assert len({time.replace(minute=0, second=0, microsecond=0) for time in burst}) == 1


@pytest.mark.parametrize("changes", [{"late": -0.1}, {"late": 0.6, "short": 0.6}])
def test_impossible_shares_are_refused(changes: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="shares"):
        Shares(**changes)


def test_shares_may_fill_everything() -> None:
    shares = Shares(late=0.5, cap_breakers=0.5)
    assert None not in {posting.trouble for posting in islice(post(shares), 5_000)}
