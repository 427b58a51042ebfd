"""Answers that were made to fill the machine are given up within limits, their harmless twins are read."""

import gzip
import json
from functools import cache

import httpx
import pytest
import zstandard
from werkzeug import Response

from schoolgate.core.outside.client import Client
from schoolgate.core.outside.texts import DEEPEST, read_json
from schoolgate.networks.port import NetworkError
from schoolgate.networks.transport import LARGEST_ANSWER, Transport, refusal
from tests.limited import in_limits

ASK = """
import sys
import structlog
structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
from schoolgate.networks.port import NetworkError
from schoolgate.networks.transport import Transport
for path in sys.argv[2:]:
    try:
        data = Transport(sys.argv[1], time_out=30).exchange("GET", path, changes=True).data
        print(sorted(data), flush=True)
    except NetworkError as error:
        print(error.code, error.outcome_unknown, error.detail, flush=True)
"""


BOMB = b'{"a": "' + b"x" * 300_000_000


@cache
def gzipped() -> bytes:
    return gzip.compress(BOMB)


def deflated() -> bytes:
    return gzipped()[10:-8]  # what gzip puts its head and its sum around


def zstd() -> bytes:
    return zstandard.compress(BOMB)


PACKED = {
    "gzip": gzipped,
    "x-gzip": gzipped,
    "deflate": deflated,
    "zstd": zstd,
    "gzip, gzip": lambda: gzip.compress(gzipped()),
    "identity, zstd": zstd,
}


def answers(httpserver, content: bytes, encoding: str, status: int = 200, at: str = "/") -> str:
    headers = {"Content-Encoding": encoding} if encoding else {}
    httpserver.expect_request(at).respond_with_response(
        Response(content, status=status, headers=headers, content_type="application/json")
    )
    return httpserver.url_for("").rstrip("/")


def test_what_would_fill_the_machine_is_given_up(httpserver):
    paths = {name: f"/{number}" for number, name in enumerate((*PACKED, "not packed"))}
    for encoding, pack in PACKED.items():
        packed = pack()
        assert len(packed) < 400_000
        answers(httpserver, packed, encoding, at=paths[encoding])
    origin = answers(httpserver, BOMB[:50_000_000], "")
    answers(httpserver, BOMB[:50_000_000], "", at=paths["not packed"])

    said = in_limits(ASK, origin, *paths.values()).splitlines()

    why = dict.fromkeys(paths, "encoding") | dict.fromkeys(("gzip", "x-gzip", "not packed"), "too_large")
    told = dict(zip(paths, said, strict=True))
    assert told == {name: f"unreadable_answer True {each}" for name, each in why.items()}


@pytest.mark.parametrize("encoding", ["br", "compress", "identity, br", "unheard of"])
def test_an_answer_in_an_encoding_that_was_not_offered_is_not_unpacked(httpserver, encoding):
    origin = answers(httpserver, b"{}", encoding)

    with pytest.raises(NetworkError) as told:
        Transport(origin, time_out=5).exchange("GET", "/", changes=False)
    assert (told.value.code, told.value.detail) == ("unreadable_answer", "encoding")


@pytest.mark.parametrize(
    ("encoding", "packer"),
    [("gzip", gzip.compress), ("GZIP", gzip.compress), ("", bytes), ("identity", bytes)],
)
def test_an_ordinary_answer_is_read_in_the_encodings_that_we_offer(httpserver, encoding, packer):
    origin = answers(httpserver, packer(json.dumps({"text": "Dŵr " * 5000}).encode()), encoding)

    assert Transport(origin, time_out=5).exchange("GET", "/", changes=False).data == {"text": "Dŵr " * 5000}


def test_only_what_can_be_bounded_is_offered(httpserver):
    origin = answers(httpserver, b"{}", "")
    Transport(origin, time_out=5).exchange("GET", "/", changes=False, headers={"Authorization": "x"})

    [(request, _)] = httpserver.log
    assert request.headers["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize(("more", "read"), [(0, True), (1, False)])
@pytest.mark.parametrize(("encoding", "packer"), [("gzip", gzip.compress), ("", bytes)])
def test_the_largest_answer_is_read_and_no_byte_more(httpserver, encoding, packer, more, read):
    origin = answers(httpserver, packer(b"{}".ljust(LARGEST_ANSWER + more)), encoding)

    try:
        found = Transport(origin, time_out=20).exchange("GET", "/", changes=False).ok
    except NetworkError as error:
        found = error.detail != "too_large"
    assert found is read


TWO = gzip.compress(b"{}")


@pytest.mark.parametrize(
    "content",
    [TWO[:-1], TWO + b"more", TWO * 2, b"no gzip", TWO[:2]],
    ids=["cut", "more", "twice", "none", "begun"],
)
def test_a_packed_answer_that_is_damaged_is_not_half_used(httpserver, content):
    origin = answers(httpserver, content, "gzip")

    with pytest.raises(NetworkError) as told:
        Transport(origin, time_out=5).exchange("POST", "/", changes=True)
    assert (told.value.code, told.value.detail, told.value.outcome_unknown) == (
        "unreadable_answer",
        "damaged",
        True,
    )


def test_an_empty_answer_that_says_it_is_packed_is_an_empty_answer(httpserver):
    origin = answers(httpserver, b"", "gzip")

    assert Transport(origin, time_out=5).exchange("GET", "/", changes=False).data == {}


# --- JSON --------------------------------------------------------------------------------------------------


def nested(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


def test_json_is_read_as_deep_as_the_limit():
    found = read_json(nested(DEEPEST))
    assert found == json.loads(nested(DEEPEST))


@pytest.mark.parametrize(
    "text", [nested(DEEPEST + 1), b'{"a":' * (DEEPEST + 1) + b"1" + b"}" * (DEEPEST + 1)]
)
def test_json_is_not_read_deeper(text):
    with pytest.raises(ValueError, match="nested too deep"):
        read_json(text)


@pytest.mark.parametrize(
    "text",
    [
        b'"' + b"[" * 900 + b'"',
        b'["\\"[[[", "]]"]',
        b'{"a": [], "b": {}, "c": [[], {}]}',
        b"[" + b"[]," * 900 + b"1]",
    ],
)
def test_brackets_in_strings_and_beside_each_other_are_no_depth(text):
    assert read_json(text) == json.loads(text)


def test_looking_how_deep_a_text_is_takes_linear_time():
    texts = (
        "'\"' + '\\\\\"' * 2_000_000",
        "'\"' * 4_000_000",
        "'[' * 4_000_000",
        "'[]' * 2_000_000",
        "'[\"' + '\\\\' * 3_999_999",
    )
    looks = "".join(f"too_deep(({text}).encode()); print('looked', flush=True)\n" for text in texts)
    said = in_limits(f"from schoolgate.core.outside.texts import too_deep\n{looks}", seconds=15)
    assert said.splitlines() == ["looked"] * len(texts)


@pytest.mark.parametrize(
    "said",
    [b'{"error": ' + b'{"a":' * 150 + b"1" + b"}" * 151, b'{"message": [1], "error": 7}'],
    ids=["deep", "numbers"],
)
def test_an_error_whose_words_are_no_words_is_still_told(said):
    client = Client(transport=httpx.MockTransport(lambda request: httpx.Response(400, content=said)))
    answer = Transport("https://pds.test", time_out=5, client=client).exchange("POST", "/", changes=True)

    error = refusal(answer, changes=True)
    assert (answer.name, error.code, error.detail) == ("", "refused", "")
