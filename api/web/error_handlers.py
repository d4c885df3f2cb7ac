"""Which problem document answers which exception."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

import psycopg
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from psycopg import errors as postgres_errors
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.web.problems import FieldProblem, ProblemCode, ProblemError, unavailable

_HTTP_CODES: Final = {
    HTTPStatus.NOT_FOUND: ProblemCode.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED: ProblemCode.METHOD_NOT_ALLOWED,
}
_CODES: Final = {"extra_forbidden": "unknown_parameter", "missing": "missing"}


def _name_parameter(error: dict[str, Any]) -> FieldProblem:
    name = ".".join(str(part) for part in error["loc"][1:]) or "query"
    return FieldProblem(field=name, code=_CODES.get(error["type"], error["type"]), message=error["msg"])


async def _answer_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return error.to_response()


async def _answer_invalid_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [_name_parameter(one) for one in error.errors()]
    detail = "; ".join(f"{one.field}: {one.message}" for one in errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return ProblemError(status, ProblemCode.INVALID_PARAMETER, detail, errors=errors).to_response()


async def _answer_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    code = _HTTP_CODES.get(status, ProblemCode.BAD_REQUEST)
    return ProblemError(status, code, error.detail, headers=error.headers).to_response()


async def _answer_database_unavailable(request: Request, error: Exception) -> Response:
    detail = "The charts' database does not answer. Try again in a moment."
    return unavailable(ProblemCode.DATABASE_UNAVAILABLE, detail).to_response()


async def _answer_charts_not_built(request: Request, error: Exception) -> Response:
    detail = "The charts have not been built for the first time yet. Try again in a moment."
    return unavailable(ProblemCode.CHARTS_NOT_BUILT, detail).to_response()


async def _answer_bug(request: Request, error: Exception) -> Response:
    detail = "Something unforeseen happened; it has been logged."
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return ProblemError(status, ProblemCode.INTERNAL_ERROR, detail).to_response()


def answer_with_problems(app: FastAPI) -> None:
    """Make every error of ``app`` a problem document, unknown routes and bugs included."""
    app.add_exception_handler(ProblemError, _answer_problem)
    app.add_exception_handler(RequestValidationError, _answer_invalid_parameters)
    app.add_exception_handler(HTTPException, _answer_http_error)
    app.add_exception_handler(psycopg.OperationalError, _answer_database_unavailable)
    app.add_exception_handler(psycopg.InterfaceError, _answer_database_unavailable)
    # dbt makes the tables in its first run, and their grants with them.
    app.add_exception_handler(postgres_errors.UndefinedTable, _answer_charts_not_built)
    app.add_exception_handler(postgres_errors.InsufficientPrivilege, _answer_charts_not_built)
    app.add_exception_handler(Exception, _answer_bug)
