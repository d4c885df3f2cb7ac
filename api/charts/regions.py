"""Regions: the codes a request may name, and ``GET /regions``."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_extra_types.country import CountryAlpha2
from starlette.responses import Response

from api.charts.queries import REGIONS
from api.storage.database import DatabaseDependency
from api.web.cacheable import NOT_MODIFIED, OPEN_SECONDS, answer_json
from api.web.problems import ProblemCode, ProblemError, describe, not_found

GLOBAL: Final = "global"
_COUNTRY: Final = TypeAdapter[CountryAlpha2](CountryAlpha2)

router = APIRouter(tags=["charts"])

RegionText = Annotated[
    str,
    Field(description="ISO 3166-1 alpha-2 code in any case, or `global`.", examples=["GB"]),
]


class Region(BaseModel):
    """A region that has charts."""

    region: Annotated[str, Field(description="ISO 3166-1 alpha-2 code, or `global`.", examples=["GB"])]
    name: Annotated[str, Field(description="English name.", examples=["United Kingdom"])]
    first_window: Annotated[datetime, Field(description="Start of its oldest hour with a chart, UTC.")]
    last_window: Annotated[datetime, Field(description="Start of its newest hour with a chart, UTC.")]


class RegionList(BaseModel):
    """Every region that has charts, `global` first, the others by name."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "regions": [
                    {
                        "region": "GB",
                        "name": "United Kingdom",
                        "first_window": "2026-11-20T09:00:00Z",
                        "last_window": "2026-11-22T14:00:00Z",
                    }
                ]
            }
        }
    )

    regions: list[Region]


def _unknown_region(text: str) -> ProblemError:
    detail = f"{text!r} is neither an ISO 3166-1 alpha-2 code nor {GLOBAL!r}."
    return not_found(ProblemCode.UNKNOWN_REGION, detail)


def resolve_region(text: str) -> str:
    """The code as charts store it; raises ``unknown_region`` when there is no such region."""
    # CountryAlpha2 upper-cases by Unicode's rules, under which "ß" would be South Sudan.
    if not text.isascii():
        raise _unknown_region(text)
    if text.lower() == GLOBAL:
        return GLOBAL
    try:
        return str(_COUNTRY.validate_python(text.upper()))
    except ValidationError as error:
        raise _unknown_region(text) from error


def name_region(region: str) -> str:
    """The English name of a resolved region."""
    return "Global" if region == GLOBAL else str(CountryAlpha2(region).short_name)


def place_of(region: str) -> str:
    """Where a chart is from, as a part of a sentence: ``worldwide`` or ``in Germany``."""
    return "worldwide" if region == GLOBAL else f"in {name_region(region)}"


@router.get(
    "/regions",
    operation_id="list_regions",
    summary="Regions that have charts",
    response_model=RegionList,
    responses=NOT_MODIFIED | describe(_503="`database_unavailable` or `charts_not_built`; see `Retry-After`."),
)
async def list_regions(database: DatabaseDependency) -> Response:
    """`global` first, the others by name, each with its first and last hour."""
    rows = sorted(await database.fetch_all(REGIONS, {}), key=_order_of)
    return answer_json(RegionList.model_validate({"regions": rows}), OPEN_SECONDS)


def _order_of(row: dict[str, Any]) -> tuple[bool, str, str]:
    """``global`` first; names as people look them up, so that Åland stands among the names in A."""
    plain = unicodedata.normalize("NFKD", row["name"])
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return row["region"] != GLOBAL, letters.casefold(), row["region"]
