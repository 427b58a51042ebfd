"""A body of a type that an operation does not declare is refused (415) with what to send instead."""

from django.test import Client

from tests.api.test_contract import OPERATIONS, beginning, real
from tests.api.test_posts import told
from tests.stories import rolled_back

__all__ = ["beginning", "real"]
TYPES = (
    "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
    "multipart/form-data", "text/plain", "text/plain; charset=klingon", "application/xml", "image/png",
    "application/json; charset=klingon", "nonsense", "",
)  # fmt: skip
BODY = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'


def declared(operation) -> set[str]:
    return set(operation.definition.raw.get("requestBody", {}).get("content", {}))


def test_a_type_that_is_not_declared_is_refused_and_never_an_error_of_ours(world, ben, real):
    """Where a body is declared, with each type; a third of them where none is, each time others."""
    client = Client(headers={"Authorization": f"Bearer {ben.key}"}, raise_request_exception=False)
    for number, operation in enumerate(OPERATIONS):
        path = operation.path.format(**{**real, "picture_id": 1, "delivery_id": 1})
        types = declared(operation)
        for content_type in TYPES if types else TYPES[number % 3 :: 3]:
            with rolled_back():
                answer = client.generic(operation.method.upper(), path, BODY, content_type)
            case = f"{operation.label} with {content_type}"
            assert answer.status_code != 500, case
            refused = bool(types) and content_type.partition(";")[0] not in types
            assert (answer.status_code == 415) is refused, case
            if refused:
                step = told(answer, 415)["next_step"]
                assert any(known in step for known in types), case


def test_a_form_that_cannot_be_taken_apart_is_told_as_that(world, amina):
    answer = amina.client.generic("POST", "/api/v1/pictures", BODY, "multipart/form-data")
    assert told(answer, 400)["next_step"]
