"""Files the api serves: the lineage site and the built dashboard."""

from __future__ import annotations

import re
from http import HTTPStatus
from os import PathLike, stat_result
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.problems import ProblemCode, describe, not_found

HASHED_FOLDER: Final = "assets"
"""Where the build puts files whose names change with their content."""
FOREVER: Final = "public, max-age=31536000, immutable"
ASK_EACH_TIME: Final = "no-cache"
PAGE: Final = re.compile(r"\.|songs/s\d_[0-9a-f]{16}|compare|pipeline|rules")
"""Addresses of the dashboard's pages; keep equal to its routes in ``frontend/src/app/router.tsx``."""

router = APIRouter(tags=["operations"])


@router.get(
    "/lineage",
    operation_id="get_lineage",
    summary="Where each column comes from",
    response_class=FileResponse,
    responses={
        200: {"content": {"text/html": {"schema": {"type": "string"}}}},
        **describe(_404="`lineage_not_built`: the site has not been made yet."),
    },
)
def get_lineage(request: Request) -> Response:
    """The dbt documentation as one page."""
    file: Path = request.app.state.settings.lineage_file
    if not file.is_file():
        detail = "The lineage site has not been made yet; the deployment publish_docs makes it."
        raise not_found(ProblemCode.LINEAGE_NOT_BUILT, detail)
    return FileResponse(file, media_type="text/html", headers={"Cache-Control": ASK_EACH_TIME})


def _wants_a_page(scope: Scope) -> bool:
    return "text/html" in Request(scope).headers.get("accept", "")


class Dashboard(StaticFiles):
    """The built dashboard; its own addresses (those without a file) get ``index.html``.

    An address that is no page of it gets the same file, which says so, with status 404.

    The folder may appear, vanish and be built again while the api runs.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, check_dir=False, html=True)

    async def check_config(self) -> None:
        """Nothing to check: without a build every address is a problem that says so."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file at ``path``, or ``index.html`` for a browser that asks for a page."""
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            is_file = "." in path.rpartition("/")[2] and path != "."
            if error.status_code != HTTPStatus.NOT_FOUND or is_file or not _wants_a_page(scope):
                raise
        response = await self._get_index(scope)
        if response.status_code == HTTPStatus.OK and not PAGE.fullmatch(path):
            response.status_code = HTTPStatus.NOT_FOUND
        return response

    async def _get_index(self, scope: Scope) -> Response:
        try:
            return await super().get_response("index.html", scope)
        except HTTPException as error:
            detail = "The dashboard has not been built; `npm ci && npm run build` in frontend/ does it."
            raise not_found(ProblemCode.DASHBOARD_NOT_BUILT, detail) from error

    def file_response(
        self,
        full_path: PathLike[str] | str,
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """The file, to be kept for good when its name tells its content."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        is_hashed = HASHED_FOLDER in Path(full_path).parts
        response.headers["Cache-Control"] = FOREVER if is_hashed else ASK_EACH_TIME
        return response
