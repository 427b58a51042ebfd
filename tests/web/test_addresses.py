"""Addresses: those inside are reserved, and none can be mistaken for a federation's."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from schoolgate.core.directory import RESERVED, add_federation
from schoolgate.core.errors import BadInput


def routes(resolver: URLResolver, before: str = "") -> list[str]:
    """Every address of the program, as a route."""
    found = []
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).lstrip("^")
        found += [route] if isinstance(pattern, URLPattern) else routes(pattern, route)
    return found


FIRST_WORDS = {route.split("/")[0] for route in routes(get_resolver("schoolgate.config.urls"))} - {""}


def test_every_address_inside_begins_with_a_reserved_word():
    assert {word for word in FIRST_WORDS if "<" not in word} - RESERVED == set()


def test_every_other_address_begins_with_the_federations_slug():
    assert {word for word in FIRST_WORDS if "<" in word} <= {"<slug:federation>"}


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["menu", "sign-in", "static"])
def test_a_federation_cannot_be_called_like_an_address_of_the_program(slug):
    with pytest.raises(BadInput) as refused:
        add_federation(slug=slug, name="Menu", policy_key="wildground")
    assert list(refused.value.fields) == ["slug"]
