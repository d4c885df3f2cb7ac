"""The api's way to the lake: reads one hour of a table, in threads of its own, within a bound of time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Lock
from typing import Any, Final, Self

from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from pyarrow import ArrowException, dataset

from api.settings import Settings

Row = dict[str, Any]
THREADS: Final = 2
ANSWER_SECONDS: Final = 5.0
"""How long a request waits for the lake."""


class LakeUnavailableError(Exception):
    """The object store did not answer in time, or does not hold the table."""


class LakeTable:
    """One Delta table, whose log is read on from where the last request left it."""

    def __init__(self, address: str, options: dict[str, str]) -> None:
        self._address = address
        self._options = options
        self._table: DeltaTable | None = None
        self._lock = Lock()

    def read(self, instant: datetime, columns: Sequence[str], condition: dataset.Expression) -> list[Row]:
        """Rows as they are now; only files of the instant's own UTC date and hour are opened."""
        hour = [("date", "=", instant.date().isoformat()), ("hour", "=", str(instant.hour))]
        with self._lock:
            files = self._catch_up().to_pyarrow_dataset(file_pruning_predicate=hour)
        rows: list[Row] = files.to_table(columns=list(columns), filter=condition).to_pylist()
        return rows

    def _catch_up(self) -> DeltaTable:
        known, self._table = self._table, None
        if known is None:
            known = DeltaTable(self._address, storage_options=self._options)
        else:
            known.update_incremental()
        # A table that fails is opened again: it may have been replaced.
        self._table = known
        return known


class Lake:
    """The tables that the reading user may read."""

    def __init__(self, settings: Settings) -> None:
        options = _storage_options(settings)
        self.bronze = LakeTable(f"s3://{settings.lake_bucket}/bronze/plays", options)
        self.silver = LakeTable(f"s3://{settings.lake_bucket}/silver/plays", options)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="lake")

    def __enter__(self) -> Self:
        """Nothing is opened before it is asked for."""
        return self

    def __exit__(self, *reason: object) -> None:
        """Wait for nobody; a thread under way ends with its last answer."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def look(self, read: Callable[[Lake], list[Row]]) -> list[Row]:
        """What ``read`` finds, run in a thread of the lake's.

        Raises:
            LakeUnavailableError: when it fails, or takes longer than :data:`ANSWER_SECONDS`.
        """
        looking = asyncio.get_running_loop().run_in_executor(self._threads, read, self)
        try:
            return await asyncio.wait_for(looking, ANSWER_SECONDS)
        except TimeoutError as error:
            raise LakeUnavailableError(f"the lake has not answered for {ANSWER_SECONDS} s") from error
        except (DeltaError, ArrowException, OSError) as error:
            raise LakeUnavailableError(str(error)) from error


def _storage_options(settings: Settings) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": settings.s3_endpoint,
        "AWS_REGION": settings.s3_region,
        "AWS_ACCESS_KEY_ID": settings.reader_access_key,
        "AWS_SECRET_ACCESS_KEY": settings.reader_secret_key.get_secret_value(),
        "AWS_ALLOW_HTTP": "true",
        "connect_timeout": "1s",
        "timeout": "4s",
        "max_retries": "1",
    }
