"""How many kinds of page each role of the example can come to, and how many queries Today takes for it."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from schoolgate.cli.demo.telling import tell
from schoolgate.core.clock import now
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from tests.web.walking import Form, Walk

pytestmark = pytest.mark.timeout(900)
MOST_KINDS = 79
"""For the role that sees most: a third fewer than the 119 of before. 79 for the headteacher in November 2026,
with breaches, checks, evidence, permissions, pupils, news and their own accounts. A file to download is no
page."""
MOST_QUERIES = 25
"""With a rota, as here. Nothing is cached; BEGIN and COMMIT do not count."""


class Reading(Walk):
    """Follows links and sends nothing."""

    def _send(self, here: str, form: Form) -> None:
        return


@pytest.fixture
def people(own_database: str, home: object, settings, sign_in) -> dict[str, tuple[Person, object]]:
    """Everybody of Wildground with a browser, by name."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    tell("wildground", now=now())
    with scope(Federation.objects.get(slug="wildground").pk):
        found = list(Person.objects.exclude(user=None).select_related("user").order_by("name"))
    return {person.name: (person, sign_in(person)) for person in found}


def test_each_role_comes_to_few_kinds_of_page_and_today_asks_little(people, queries, capsys):
    kinds, asked = {}, {}
    for name, (_person, browser) in people.items():
        assert browser.get(reverse("today")).status_code == 200
        with queries() as seen:
            page = browser.get(reverse("today"))
        assert page.status_code == 200
        asked[name] = len([one for one in seen if one["sql"] not in ("BEGIN", "COMMIT")])
        # Pages that anybody may read count too: each walk has its own list of them.
        walk = Reading(browser, set()).go()
        kinds[name] = len([each for each in walk.followed if not each.endswith(".pdf")])
    with capsys.disabled():
        print("\n" + json.dumps({"kinds of page": kinds, "queries of Today": asked}, indent=2))

    assert max(kinds.values()) <= MOST_KINDS
    assert max(asked.values()) <= MOST_QUERIES
