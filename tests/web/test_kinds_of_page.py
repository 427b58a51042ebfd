"""How many kinds of page each role of the example comes to, and how many queries the most used pages take."""

from __future__ import annotations

import json

import pytest

from bench.pages import paths
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from tests.web.walking import Form, Walk

pytestmark = pytest.mark.timeout(900)
MOST_KINDS = 79
"""For the role that sees most: a third fewer than the 119 of before. 79 for the headteacher in November 2026,
with breaches, checks, evidence, permissions, pupils, news and their own accounts. A file to download is no
page."""
MOST_QUERIES = {
    "today": 25, "posts": 19, "composer": 23, "post": 42, "inbox": 20, "item": 48, "accounts": 15,
    "account": 36, "policy": 17, "may-i": 11,
}  # fmt: skip
"""For the role that takes most; with a rota, as here, which differs by the day. Nothing is cached; BEGIN and
COMMIT do not count. Today asks once what of other people's tasks the reader may know of, and the page of a
comment asks three times whether people can read it and our reply, and once who leads on safeguarding."""


class Reading(Walk):
    """Follows links and sends nothing."""

    def _send(self, here: str, form: Form) -> None:
        return


@pytest.fixture
def people(told_anew, settings, sign_in) -> dict[str, tuple[Person, object]]:
    """Everybody of Wildground with a browser, by name."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    with scope(told_anew("wildground").pk):
        found = list(Person.objects.exclude(user=None).select_related("user").order_by("name"))
    return {person.name: (person, sign_in(person)) for person in found}


def test_each_role_comes_to_few_kinds_of_page_and_the_most_used_ask_little(people, queries, capsys):
    kinds, asked = {}, dict.fromkeys(MOST_QUERIES, 0)
    for name, (_person, browser) in people.items():
        for page, path in paths().items():
            if browser.get(path).status_code != 200:
                continue
            with queries() as seen:
                assert browser.get(path).status_code == 200
            number = len([one for one in seen if one["sql"] not in ("BEGIN", "COMMIT")])
            asked[page] = max(asked[page], number)
        # Pages that anybody may read count too: each walk has its own list of them.
        walk = Reading(browser, set()).go()
        kinds[name] = len([each for each in walk.followed if not each.endswith(".pdf")])
    with capsys.disabled():
        print("\n" + json.dumps({"kinds of page": kinds, "queries": asked}, indent=2))

    assert max(kinds.values()) <= MOST_KINDS
    assert all(asked.values()), "each page opens for someone"
    assert {page: asked[page] for page in asked if asked[page] > MOST_QUERIES[page]} == {}
