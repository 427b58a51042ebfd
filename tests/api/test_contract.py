"""The document is valid OpenAPI 3.1, and whatever is sent, the answers are as it says."""

import json
from datetime import datetime
from types import SimpleNamespace

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from jsonschema_rs import validator_for
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi import checks

from schoolgate.api.fields import NO_NUL
from schoolgate.core.tenancy import scope
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.models import Item
from schoolgate.networks.port import Author, IncomingItem, Ref
from tests.api.conftest import LONG_BEFORE, Program, wildground
from tests.api.test_posts import start
from tests.pace import LONG
from tests.worlds import world


@schemathesis.hook
def before_load_schema(_context: object, raw_schema: dict[str, object]) -> None:
    """Leave out the pattern of long texts: with it each operation takes seconds until it is built. That they
    have no NUL is tried with posts."""

    def walk(part: object) -> None:
        for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
            walk(each)
        if isinstance(part, dict) and part.get("pattern") == NO_NUL:
            del part["pattern"]

    walk(raw_schema)


DRAWN = SchemathesisConfig.from_dict({"analysis": {"constants": {"enabled": LONG}}})
"""Words of the program's own code are drawn in `make storm` alone: to read all of it takes two seconds, and
which words there are depends on what other tests have loaded."""
DOCUMENT = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), config=DRAWN)
OPERATIONS = [found.ok() for found in DOCUMENT.get_all_operations()]
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
    checks.ignored_auth,
]
"""All but `positive_data_acceptance`: what is well formed may still be against a rule of the policy."""
TRIES = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@world(wildground)
def rows_of_each(before: SimpleNamespace, at: datetime) -> SimpleNamespace:
    """A post whose submission was refused, and a comment."""
    comment = IncomingItem(
        network="noticeboard", ref=Ref(network="noticeboard", id="c1", address="/x"),
        author=Author(id="p", handle="Pat"), text="What should they wear?", created_at=at,
        attachments=(), visibility="public",
    )  # fmt: skip
    there, amina = before.world, Program(before.keys["amina"])
    post = start(there, amina, answers={})
    decision = json.loads(amina.post(f"/posts/{post['id']}/submit").content)["decision"]
    with scope(there.federation.pk):
        ingest(at=at, account=there.board, items=[comment])
        before.ids = {"post_id": post["id"], "item_id": Item.objects.get().pk, "decision_id": decision}
    return before


@pytest.fixture
def beginning(in_world) -> SimpleNamespace:
    return in_world(rows_of_each, LONG_BEFORE)


@pytest.fixture
def real(beginning) -> dict[str, int]:
    """Ids of rows that are there, by the names that addresses give them."""
    return beginning.ids


@pytest.fixture
def headers(ben, settings, home):
    """Ben's key; nobody is counted, for thousands of requests come."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    # A test's connection lives as long as the test, as with Django's own client.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield {"Authorization": f"Bearer {ben.key}"}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("operation", OPERATIONS, ids=[operation.label for operation in OPERATIONS])
def test_whatever_is_sent_the_answer_is_as_the_document_says(operation, headers):
    @TRIES
    @given(case=operation.as_strategy())
    def send(case):
        case.call_and_validate(headers=headers, checks=CHECKS)

    send()


ABOUT_ROWS = [
    operation for operation in OPERATIONS if "{" in operation.path and "picture" not in operation.path
]


@pytest.mark.parametrize("operation", ABOUT_ROWS, ids=[operation.label for operation in ABOUT_ROWS])
def test_whatever_is_sent_about_a_row_that_is_there(operation, headers, real):
    @TRIES
    @given(case=operation.as_strategy())
    def send(case):
        case.path_parameters = {name: real[name] for name in case.path_parameters}
        case.call_and_validate(headers=headers, checks=CHECKS)

    send()


def test_the_document_is_openapi_three_point_one_and_needs_no_key(db):
    answer = Program().get("/openapi.json")
    document = answer.json()
    assert (answer.status_code, document["openapi"]) == (200, "3.1.0")
    DOCUMENT.validate()
    for name in document["components"]["schemas"]:  # raises where one is no JSON Schema
        validator_for({**document, "$ref": f"#/components/schemas/{name}"})
    assert set(document["components"]["securitySchemes"]) == {"Key"}
    without = [
        path for path, operations in document["paths"].items() for each in operations.values()
        if each.get("security") != [{"Key": []}]
    ]  # fmt: skip
    assert without == []
