"""Files the api serves: the lineage site and the built dashboard."""

from __future__ import annotations

import asyncio
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

from api.previews.pages import describe_page
from api.previews.tags import fill_head
from api.web.cache_responses import is_known
from api.web.cacheable import make_etag
from api.web.problems import ProblemCode, describe, not_found

HASHED_FOLDER: Final = "assets"
"""Where the build puts files whose names change with their content."""
FOREVER: Final = "public, max-age=31536000, immutable"
ASK_EACH_TIME: Final = "no-cache"
PAGE: Final = re.compile(r"\.|songs/s\d_[0-9a-f]{16}|compare|world|archive|find|about|pipeline|rules")
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
        """The file at ``path``, or the page for an address of the dashboard and a browser that asks for one."""
        # Readers that make previews of links do not ask for HTML by name.
        if PAGE.fullmatch(path):
            return await self._get_page(path, scope, HTTPStatus.OK)
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            is_file = "." in path.rpartition("/")[2]
            if error.status_code != HTTPStatus.NOT_FOUND or is_file or not _wants_a_page(scope):
                raise
        return await self._get_page(path, scope, HTTPStatus.NOT_FOUND)

    async def _get_page(self, path: str, scope: Scope, status: HTTPStatus) -> Response:
        request, state = Request(scope), scope["app"].state
        page = await asyncio.to_thread(self._read_index)
        tags = await describe_page(state.database, state.settings.public_url, path, request.query_params)
        body = fill_head(page, tags).encode()
        headers = {"ETag": make_etag(body), "Cache-Control": ASK_EACH_TIME}
        known = request.headers.get("if-none-match", "").encode()
        if status is HTTPStatus.OK and is_known(headers["ETag"].encode(), known):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        return Response(body, status, headers, "text/html")

    def _read_index(self) -> str:
        full_path, found = self.lookup_path("index.html")
        if found is None:
            detail = "The dashboard has not been built; `npm ci && npm run build` in frontend/ does it."
            raise not_found(ProblemCode.DASHBOARD_NOT_BUILT, detail)
        return Path(full_path).read_text()

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
