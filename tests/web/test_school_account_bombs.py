"""What a school's sign-in answers is unpacked and read within limits, as everything from outside is."""

import gzip
import json
import zlib

import pytest
import zstandard
from werkzeug import Response

from schoolgate.people.models import Directory, DirectoryKind
from schoolgate.web.signin.school_account import MOST_BYTES, NoAnswer, address_to_go_to, new_question


@pytest.fixture
def asking(httpserver):
    """Asks a school's sign-in that answers this, and gives the address to go to."""
    origin = httpserver.url_for("").rstrip("/")
    said = {"issuer": origin, "authorization_endpoint": f"{origin}/sign-in"}

    def ask(pack=bytes, encoding="", text=b""):
        headers = {"Content-Encoding": encoding} if encoding else {}
        httpserver.expect_request("/.well-known/openid-configuration").respond_with_response(
            Response(
                pack(text or json.dumps(said).encode()), headers=headers, content_type="application/json"
            )
        )
        directory = Directory(kind=DirectoryKind.OTHER, issuer=origin, client_id="x")
        return address_to_go_to(directory, new_question(), back="https://here.example/")

    return ask


@pytest.mark.parametrize(("encoding", "pack"), [("", bytes), ("gzip", gzip.compress)])
def test_an_ordinary_answer_is_read(asking, encoding, pack):
    assert "/sign-in?" in asking(pack, encoding)


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("zstd", zstandard.compress),
        ("deflate", zlib.compress),
        ("gzip, gzip", lambda text: gzip.compress(gzip.compress(text))),
    ],
    ids=["zstd", "deflate", "twice"],
)
def test_an_encoding_that_cannot_be_bounded_is_no_answer(asking, encoding, pack):
    with pytest.raises(NoAnswer, match="encoding"):
        asking(pack, encoding)


@pytest.mark.parametrize(("encoding", "pack"), [("", bytes), ("gzip", gzip.compress)])
def test_an_answer_of_more_than_half_a_megabyte_is_none(asking, encoding, pack):
    with pytest.raises(NoAnswer, match="too_large"):
        asking(pack, encoding, b"{}".ljust(MOST_BYTES + 1))


def test_an_answer_nested_without_end_is_none(asking):
    with pytest.raises(NoAnswer):
        asking(text=b'{"a":' * 50_000 + b"1" + b"}" * 50_000)
