"""A test that looks at an answer and doesn't read the file in it leaves no file open."""

import gc

from django.http import FileResponse
from django.test import Client
from django.test.client import closing_iterator_wrapper

from tests import conftest


def test_what_an_answer_streams_is_closed_once_no_one_has_the_answer(tmp_path, monkeypatch):
    (tmp_path / "film").write_bytes(b"frames")
    file = (tmp_path / "film").open("rb")

    def get(_client: Client, **_given: object) -> FileResponse:
        answer = FileResponse(file)
        answer.streaming_content = closing_iterator_wrapper(answer.streaming_content, answer.close)
        return answer  # as Django's own gives it

    monkeypatch.setattr(conftest, "_answer_to", get)
    answer = Client().request()
    assert not file.closed
    del answer
    gc.collect()
    assert file.closed
