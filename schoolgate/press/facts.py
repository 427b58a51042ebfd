"""Build the facts of an enquiry from the press from rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from django.db.models import Model

from schoolgate.core.clock import local_day
from schoolgate.core.subjects import person_key
from schoolgate.inbox.facts import PRESS, given_for_text
from schoolgate.people.models import Person as PersonRow
from schoolgate.people.queries import roles_of
from schoolgate.policy.permitting import Permit
from schoolgate.policy.queries import book_in_scope
from schoolgate.press.models import Enquiry, Expectation
from schoolgate.rulebook.facts import Attested, Given, Person
from schoolgate.rulebook.situations.press import MediaEnquiry, MediaExpected

Act = Literal["pass_on", "answer"]
PERMITS = (
    Permit(
        covers=PRESS,
        at=("answer", "request_for_comment"),
        needs=frozenset({"press_advice", "written_approval"}),
    ),
)
"""The permissions that a statement can wait for."""


def approved_thing(enquiry: Enquiry) -> Model:
    """Return what an approval of a statement is about: the item to which it replies, or the enquiry."""
    return enquiry.item or enquiry


def enquiry_facts(
    enquiry: Enquiry,
    *,
    by: PersonRow,
    at: datetime,
    act: Act,
    passed: Sequence[str],
    text: str = "",
    steps_taken: bool | None = None,
) -> MediaEnquiry:
    """Return the facts of passing an enquiry on, or of answering it with this text.

    `passed`: the keys of roles that have it. `steps_taken`: whether the person says that the steps of the
    media policy were taken for this text.
    """
    names = book_in_scope().role_names
    key = person_key(by.pk)
    return MediaEnquiry(
        now=at,
        by=_person(by, at, school=enquiry.school, account=enquiry.account),
        act=act,
        received_at=enquiry.received_at,
        from_press=True,
        about_posts=enquiry.about_posts,
        asks_for_comment=enquiry.asks_for_comment,
        passed_to=tuple(names.get(one, one) for one in passed),
        advice=_advice(enquiry, text, at=at),
        media_policy_steps=None
        if steps_taken is None
        else Attested(answer=steps_taken, by=key, at=at, of_this_version=True),
    )


def expected_facts(expectation: Expectation, *, at: datetime) -> MediaExpected:
    """Return the facts of attention that a person expects: they say so, so it may be controversial."""
    return MediaExpected(
        now=at,
        by=_person(expectation.by, at, school=expectation.school, account=None),
        what="content",
        may_be_controversial=True,
    )


def _person(person: PersonRow, at: datetime, *, school: Any, account: Any) -> Person:
    relation: Any = person.relation
    roles = roles_of(person, on=local_day(at), school=school, account=account)
    return Person(key=person_key(person.pk), relation=relation, roles=tuple(roles))


def _advice(enquiry: Enquiry, text: str, *, at: datetime) -> tuple[Given, ...]:
    """Return what was approved about this text; nothing for an enquiry that may come only later."""
    about = approved_thing(enquiry)
    return given_for_text(about, PRESS, text, on=local_day(at)) if about.pk else ()
