"""What only safeguarding leads read: no role of any policy, no capacity and no rule of an own policy opens
it, alone or all together, so that only the word of two people does."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from schoolgate.core.errors import NotAllowed
from schoolgate.core.tenancy import scope
from schoolgate.inbox.seeing import is_kept_from, locked_for
from schoolgate.inbox.seeing import item as item_by_id
from schoolgate.inbox.seeing import may_see as may_see_item
from schoolgate.incidents import casework, handling
from schoolgate.incidents.meant import is_lead, may_see
from schoolgate.incidents.models import Report
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of, held_by
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import lead_of, leads, safeguarding_roles
from schoolgate.pupils.consents import check_leads_on_safeguarding
from schoolgate.rights.finding import check_leads, decides_as_lead
from schoolgate.rights.models import Request
from schoolgate.rulebook import book
from schoolgate.rulebook.capacities import CAPACITIES
from tests.cast import give, someone
from tests.incidents.test_locked import HOUR, MINUTE, Told
from tests.incidents.test_locked import told as told  # noqa: PLC0414 - a fixture
from tests.publishing.five_policies import KEYS

OPENS: dict[str, Callable[[SimpleNamespace, Person], bool]] = {
    "a concern that is kept to the leads": lambda it, who: Report.objects.filter(
        may_see(who, it.on), pk=it.report.pk
    ).exists(),
    "a comment that is locked": lambda it, who: may_see_item(who, item_by_id(it.item.pk), on=it.on),
    "the list of locked comments": lambda it, who: bool(locked_for(who, on=it.on)),
    "the record of a locked comment": lambda it, who: (
        not is_kept_from(who, f"inbox.item:{it.item.pk}", it.on)
    ),
    "what a request found in concerns": lambda it, who: (
        can(check_leads, who, on=it.on) or decides_as_lead(who, Request(pk=1), on=it.on)
    ),
    "the do-not-publish list": lambda it, who: can(check_leads_on_safeguarding, who, it.school, on=it.on),
    "leading, as every other door asks": lambda it, who: (
        bool(lead_of(who, held_by(who, on=it.on))) or is_lead(who, it.on)
    ),
    "being told as a lead": lambda it, who: who in leads(it.book, it.school, on=it.on),
}
"""What only leads read or do, and how each is asked."""


@pytest.fixture
def kept(told: Told) -> SimpleNamespace:
    """A concern kept to the lead Dee, and a locked comment."""
    with scope(told.federation.pk):
        report = told.reported()
    told.lock()
    with scope(told.federation.pk, told.dee.pk):
        report.refresh_from_db()
        if report.restricted_at is None:
            handling.take(report=report, by=told.dee, at=told.now + HOUR)
            casework.restrict(report=report, by=told.dee, at=told.now + HOUR + MINUTE)
    school = told.item.account.school or told.item.school
    return SimpleNamespace(
        federation=told.federation, item=told.item, report=report, on=told.on, dee=told.dee, school=school,
        book=None,
    )  # fmt: skip


@pytest.mark.parametrize("told", KEYS, indirect=True)
def test_no_role_nor_all_together_nor_one_persons_word_opens_what_only_leads_read(kept):
    with scope(kept.federation.pk):
        kept.book = book_of(kept.federation)
        others = [one.key for one in kept.book.roles if one.key not in safeguarding_roles(kept.book)]
        people = {key: someone(f"Has {key}", key) for key in others}
        people["all of them"] = someone("Has All", *others)
        people |= {f"{key}, by one person's word": named_alone(key) for key in safeguarding_roles(kept.book)}
        for name, door in OPENS.items():
            assert door(kept, kept.dee), name
            for key, who in people.items():
                assert not door(kept, Person.objects.get(pk=who.pk)), (name, key)


def named_alone(key: str) -> Person:
    """Somebody who was given a role that the policy makes lead, and no second person agreed."""
    who = someone(f"Has {key}")
    held = give(who, key)
    held.leads_since = None
    held.save(update_fields=["leads_since"])
    return who


def test_every_capacity_there_is_was_tried():
    tried = {
        capacity
        for key in KEYS
        for role in book(key).roles
        if role.key not in safeguarding_roles(book(key))
        for capacity in role.capacities
    }
    assert tried == CAPACITIES


def test_who_may_not_is_refused_in_words(kept):
    with scope(kept.federation.pk):
        owner = Person.objects.get(name="Una Deals")
        with pytest.raises(NotAllowed):
            check_leads(owner, on=kept.on)
        with pytest.raises(NotAllowed):
            check_leads_on_safeguarding(owner, kept.school, on=kept.on)
