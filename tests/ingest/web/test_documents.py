"""Documents in which a name is used twice, however they are written."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from ingest.access.key_file import add_key
from ingest.settings import Settings
from ingest.web.documents import count_names, parse_document, refuse_repeated_names
from tests.ingest.builders import listen, play_body, submission
from tests.ingest.publishers import MemoryPublisher

GOOD = json.dumps(play_body(client={"name": "player"}))
REPEATED = {
    "compact": GOOD.replace('"title"', '"title":"x","title"'),
    "spaced": GOOD.replace('"title"', '"title" : "x","title"'),
    "spaced twice": GOOD.replace('"title"', '"title" : "x","title" ').replace('": ', '" : '),
    "on lines": GOOD.replace('"title"', '"title"\n:"x","title"\t'),
    "escaped": GOOD.replace('"title"', '"t\\u0069tle":"x","title"'),
    "last": GOOD[:-1] + ',"title":"x"}',
    "inside": GOOD.replace('{"name"', '{"name":"x","name"'),
    "beside a colon": GOOD.replace('"Blue Train"', '": Blue","title":"\\":"'),
}
UNIQUE = {
    "as it is": GOOD,
    "indented": json.dumps(json.loads(GOOD), indent=2),
    "spaced": json.dumps(json.loads(GOOD), separators=(" , ", " : ")),
    "a title that begins with a colon": json.dumps(play_body(title=":Wumpscut:", artist='":')),
    "a title with a spaced colon": json.dumps(play_body(title="Suite No. 1 : Air")),
    "a title with JSON in it": json.dumps(play_body(title='{"title":"x","title":"y"}')),
}


def decided_key(settings: Settings) -> dict[str, str]:
    return {"Authorization": f"Token {add_key(settings.ingest_key_file, 'phone', 'anna')}"}


@pytest.mark.parametrize("body", REPEATED.values(), ids=REPEATED.keys())
def test_a_repeated_name_is_refused_by_every_door(
    client: TestClient, publisher: MemoryPublisher, settings: Settings, body: str
) -> None:
    batch = f'{{"plays":[{GOOD},{body}]}}'
    for path, content in (("/play", body), ("/plays", batch)):
        for headers in ({}, decided_key(settings)):
            answer = client.post(path, content=content.encode(), headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (400, "not_json")
    assert not publisher.messages


@pytest.mark.parametrize("body", UNIQUE.values(), ids=UNIQUE.keys())
def test_names_used_once_are_taken_however_they_are_written(client: TestClient, body: str) -> None:
    assert client.post("/play", content=body.encode()).status_code == 202
    assert client.post("/plays", content=f'{{"plays":[{body}]}}'.encode()).status_code == 202


def test_of_a_name_repeated_in_a_listen_the_last_counts_as_at_listenbrainz(
    client: TestClient, publisher: MemoryPublisher
) -> None:
    body = json.dumps(submission(listen())).replace('"listened_at"', '"listened_at":1,"listened_at"')
    assert client.post("/1/submit-listens", content=body.encode()).status_code == 200
    assert len(publisher.messages) == 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@given(json_values, st.sampled_from([None, (",", ":"), (" ,", " :\n")]), st.booleans())
def test_no_document_with_unique_names_is_refused(
    document: object, separators: tuple[str, str] | None, ascii_only: bool
) -> None:
    body = json.dumps(document, separators=separators, ensure_ascii=ascii_only).encode()
    assert parse_document(body) == document


@given(st.dictionaries(st.text(), json_values, min_size=1), st.data(), st.sampled_from([",", " , "]))
def test_every_repeated_name_is_found(document: dict[str, object], data: st.DataObject, comma: str) -> None:
    again = data.draw(st.sampled_from(sorted(document)))
    colon = data.draw(st.sampled_from([":", " : "]))
    members = [f"{json.dumps(name)}{colon}{json.dumps(value)}" for name, value in document.items()]
    body = "{" + comma.join([*members, f"{json.dumps(again)}:1"]) + "}"
    with pytest.raises(ValueError, match="twice"):
        refuse_repeated_names(body.encode(), count_names(document | {again: 1}))
