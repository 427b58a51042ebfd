"""The link of every open task opens for the person who has the task, of whatever kind it is, also for those
who are told because no lead acted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.duties.kinds import kind_of
from schoolgate.duties.queries import mine
from schoolgate.inbox.telling import pass_danger_on
from schoolgate.incidents.passing_on import go_up
from schoolgate.people.models import Person
from schoolgate.web.frame.duty_words import address_of
from tests.stories import rolled_back
from tests.web.everything import one_of_everything
from tests.web.signing import show_second_step
from tests.web.things import NOW

MANY = 500


@pytest.fixture
def here(in_world, home, uncounted):
    return in_world(one_of_everything, NOW).here


def test_every_open_task_opens_for_its_holder(here, sign_in):
    on, shut, kinds = local_day(NOW), [], set()
    with scope(here.federation.pk):
        for hours in range(1, 13):
            go_up(at=NOW + timedelta(hours=hours))
            pass_danger_on(at=NOW + timedelta(hours=hours))
        people = list(Person.objects.filter(left_on=None).select_related("user", "federation").order_by("pk"))
        asked = {person: mine(person, on, limit=MANY)[0] for person in people}
    for person, duties in asked.items():
        pages = {address_of(duty): duty.kind for duty in duties if address_of(duty)}
        browser = show_second_step(sign_in(person), person) if pages else None
        for address, kind in pages.items():
            kinds.add(kind)
            with rolled_back():
                answer = browser.get(address)
            if answer.status_code != 200:
                shut.append((kind, person.name, address, answer.status_code))
    assert shut == []
    assert len(kinds) > 15, sorted(kinds)
    assert {kind for kind in kinds if kind_of(kind).harm}, "someone is in danger"
