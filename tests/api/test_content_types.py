"""A body of a type that an operation does not declare is refused (415) with what to send instead."""

import pytest
from django.test import Client

from tests.api.test_contract import OPERATIONS, real
from tests.api.test_posts import told

__all__ = ["real"]
TYPES = (
    "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
    "multipart/form-data", "text/plain", "text/plain; charset=klingon", "application/xml", "image/png",
    "application/json; charset=klingon", "nonsense", "",
)  # fmt: skip
BODY = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'


def declared(operation) -> set[str]:
    return set(operation.definition.raw.get("requestBody", {}).get("content", {}))


@pytest.mark.parametrize("operation", OPERATIONS, ids=[each.label for each in OPERATIONS])
def test_a_type_that_is_not_declared_is_refused_and_never_an_error_of_ours(operation, world, ben, real):
    client = Client(headers={"Authorization": f"Bearer {ben.key}"}, raise_request_exception=False)
    path = operation.path.format(**{**real, "picture_id": 1, "delivery_id": 1})
    for content_type in TYPES:
        answer = client.generic(operation.method.upper(), path, BODY, content_type)
        assert answer.status_code != 500, content_type
        known = content_type.partition(";")[0]
        if declared(operation) and known not in declared(operation):
            found = told(answer, 415)
            assert declared(operation).pop() in found["next_step"]
        else:
            assert answer.status_code != 415, content_type


def test_a_form_that_cannot_be_taken_apart_is_told_as_that(world, amina):
    answer = amina.client.generic("POST", "/api/v1/pictures", BODY, "multipart/form-data")
    assert told(answer, 400)["next_step"]
