"""Ask a language model for JSON of a given shape: over OpenAI's responses API, or over chat completions.

Many servers of local models offer chat completions only, and some of these no schema for the response.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Final, TypeVar

from openai import APIStatusError, OpenAI
from openai.types.chat import ChatCompletionMessageParam
from pydantic import BaseModel

NOT_OFFERED: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.NOT_IMPLEMENTED,
)
"""How servers answer a route or an option that they do not have; a wrong request fails over each protocol."""
Answer = TypeVar("Answer", bound=BaseModel)


class ModelAnswerError(Exception):
    """The model answered, but with nothing of the shape that was asked for."""


class ModelServer:
    """One model of one server. The first protocol that it answers is the one for all later requests."""

    def __init__(self, client: OpenAI, model: str, instructions: str) -> None:
        self._client = client
        self._model = model
        self._instructions = instructions
        self._protocols: list[Callable[[str, type[BaseModel]], str]] = [
            self._respond,
            self._complete_by_schema,
            self._complete_by_words,
        ]

    def ask(self, prompt: str, answer: type[Answer]) -> Answer:
        """Return the model's answer to a prompt.

        Raises ``openai.OpenAIError`` when no protocol works, ``ModelAnswerError`` for an empty answer and
        ``pydantic.ValidationError`` for one of another shape.
        """
        while True:
            try:
                text = self._protocols[0](prompt, answer)
            except APIStatusError as error:
                if error.status_code not in NOT_OFFERED or len(self._protocols) == 1:
                    raise
                self._protocols.pop(0)
            else:
                if not text.strip():
                    raise ModelAnswerError(f"{self._model} gave no answer")
                return answer.model_validate_json(_cut_json(text))

    def _respond(self, prompt: str, answer: type[BaseModel]) -> str:
        response = self._client.responses.parse(
            model=self._model, instructions=self._instructions, input=prompt, text_format=answer
        )
        return response.output_text

    def _complete_by_schema(self, prompt: str, answer: type[BaseModel]) -> str:
        completion = self._client.chat.completions.parse(
            model=self._model, messages=self._messages(prompt), response_format=answer
        )
        return completion.choices[0].message.content or ""

    def _complete_by_words(self, prompt: str, answer: type[BaseModel]) -> str:
        schema = json.dumps(answer.model_json_schema(), ensure_ascii=False)
        asked = f"{prompt}\n\nAnswer with one JSON object and nothing else. Its JSON schema: {schema}"
        completion = self._client.chat.completions.create(model=self._model, messages=self._messages(asked))
        return completion.choices[0].message.content or ""

    def _messages(self, prompt: str) -> list[ChatCompletionMessageParam]:
        return [{"role": "system", "content": self._instructions}, {"role": "user", "content": prompt}]


def _cut_json(text: str) -> str:
    """Return the JSON object in a text: small models write words or a fence around it."""
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else text
