"""Which catalogue to play: a given file, the one a model wrote or writes now, or the built-in."""

from __future__ import annotations

import sys
from pathlib import Path

from openai import OpenAI, OpenAIError
from pydantic import ValidationError

from clients.settings import Settings
from clients.simulator.built_in import build_catalogue
from clients.simulator.catalogue import Catalogue, read_catalogue, write_catalogue
from clients.simulator.model_catalogue import ask_for_catalogue
from clients.simulator.model_server import ModelAnswerError

OPENAI_URL = "https://api.openai.com/v1"


def choose_catalogue(settings: Settings, given: Path | None) -> Catalogue:
    """The catalogue to play; what a model wrote is kept in DATA_DIR and not asked for again.

    A model that fails is named on standard error, and the built-in catalogue takes its place.
    Raises OSError or ``ValueError`` when ``given`` or the kept file cannot be used.
    """
    kept = settings.data_dir / "simulator" / "catalogue.json"
    if given is not None:
        return read_catalogue(given)
    if settings.openai_api_key is None:
        return build_catalogue()
    if kept.exists():
        return read_catalogue(kept)
    return _ask_and_keep(settings, kept)


def _ask_and_keep(settings: Settings, kept: Path) -> Catalogue:
    print(f"asking {settings.openai_model} for songs, listeners and moods …", file=sys.stderr)
    try:
        catalogue = ask_for_catalogue(_open_client(settings), settings.openai_model)
    except (OpenAIError, ModelAnswerError, ValidationError) as error:
        print(f"the built-in catalogue is played, because asking failed: {error}", file=sys.stderr)
        return build_catalogue()
    write_catalogue(catalogue, kept)
    return catalogue


def _open_client(settings: Settings) -> OpenAI:
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else ""
    # Given always: an empty OPENAI_BASE_URL in the environment would be taken for an address.
    return OpenAI(api_key=key, base_url=settings.openai_base_url or OPENAI_URL)
