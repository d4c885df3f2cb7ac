"""The client for programs: ``TopSongs(url, key).submit(play)``."""

from clients.top_songs.client import Play, Program, TopSongs
from clients.top_songs.verdicts import RefusedByIngestError, UnconfirmedError, Verdict

__all__ = ["Play", "Program", "RefusedByIngestError", "TopSongs", "UnconfirmedError", "Verdict"]
