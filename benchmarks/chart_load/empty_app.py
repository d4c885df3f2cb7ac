"""The baseline: FastAPI as it comes, with one route that answers nothing."""

from __future__ import annotations

from fastapi import FastAPI


def create_app() -> FastAPI:
    """An app whose only route returns an empty object."""
    app = FastAPI()

    @app.get("/")
    async def answer_nothing() -> dict[str, str]:
        return {}

    return app
