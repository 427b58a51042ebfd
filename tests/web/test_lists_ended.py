"""The page of a list that has ended, of each kind of list and each way to end: it opens, and its link too."""

from __future__ import annotations

import re
from itertools import product

import pytest
from django.apps import apps

from schoolgate.core.tenancy import scope
from schoolgate.people.models import BroughtList, ImportState
from schoolgate.rulebook import book
from tests.cast import give
from tests.web.addresses import ALL
from tests.web.everything import Everything, everything
from tests.web.plain import check_page
from tests.web.things import NOW

ENDS = [state for state in ImportState if state != ImportState.OPEN]
LISTS = [each for each in ALL if each.name.endswith("-preview") and "/import/<int:pk>" in each.route]
KINDS = [model for model in apps.get_models() if issubclass(model, BroughtList)]


def test_every_kind_of_list_has_its_page_here():
    assert len(LISTS) == len(KINDS) >= 4


@pytest.fixture
def ours(in_world, home) -> Everything:
    return in_world(everything, NOW).everything


def test_a_list_that_has_ended_opens_and_leads_on(ours, sign_in):
    with scope(ours.federation.pk):
        for role in book("wildground").roles:
            give(ours.amina, role.key)
    browser = sign_in(ours.amina)
    for address, state in product(LISTS, ENDS):
        counts = {"refused": 0} if state == ImportState.DONE else {}
        with scope(ours.federation.pk):
            for model in KINDS:
                model._default_manager.update(
                    by=ours.amina, state=state, file="", ended_at=NOW, counts=counts
                )
        path = address.path(**{key: ours.value(thing) for key, thing in address.things.items()})
        page = browser.get(path)
        assert page.status_code == 200, (path, state)
        html = page.content.decode()
        check_page(html, "en")
        said = html.index("The rows of this list have been deleted.")
        leads_on = re.search(r'<a href="([^"]+)">Continue</a>', html[said:])
        assert leads_on is None or browser.get(leads_on[1]).status_code == 200, (path, state)
