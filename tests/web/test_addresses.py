"""Addresses: those inside are reserved, and none can be mistaken for a federation's."""

from contextlib import suppress

import pytest
from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

from schoolgate.core.errors import BadInput
from schoolgate.core.setting_up import RESERVED, add_federation
from schoolgate.web.frame.addresses import by_first_word
from schoolgate.web.urls import ROOMS
from tests.web.addresses import ALL


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


def test_addresses_in_groups_come_to_the_same_pages_as_one_by_one():
    one_by_one, grouped = (URLResolver(RegexPattern("^/"), each) for each in (ROOMS, by_first_word(ROOMS)))
    assert sorted(routes(one_by_one)) == sorted(routes(grouped))
    tried = 0
    for address in ALL:
        with suppress(NoReverseMatch):
            path = address.path(**dict.fromkeys(address.things, 7))
            there = [_page_at(path, resolver) for resolver in (one_by_one, grouped)]
            assert there[0] == there[1], path
            tried += there[0] is not None
    assert tried > 400
    assert len(grouped.url_patterns) < 110


def _page_at(path, resolver):
    try:
        found = resolver.resolve(path)
    except Resolver404:
        return None
    return found.func, found.route, found.kwargs, found.url_name
