"""Rows about people's own conduct as facts of the situations that are asked about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

from schoolgate.conduct.states import Said
from schoolgate.core.clock import local_day
from schoolgate.core.models import Term
from schoolgate.core.subjects import person_key
from schoolgate.people.models import Person
from schoolgate.policy.facts import acting
from schoolgate.rulebook.facts import Attested, Given
from schoolgate.rulebook.situations.contact_accept import ContactAccept, years_before
from schoolgate.rulebook.situations.personal import (
    LastReminded,
    PersonalLeaving,
    PersonalProfile,
    PersonalReminder,
    RhythmChosen,
)
from schoolgate.rulebook.situations.pictures import ImageShare
from schoolgate.rulebook.situations.upkeep import PostingWithdraw

FORMER_PUPIL_AGED = 15
"""Young enough for every clause that asks former pupils to be older."""


def talk(by: Person, role: str, *, at: datetime) -> Given:
    """Return a conversation with a holder of this role of the policy."""
    return Given(by=person_key(by.pk), roles=(role,), at=at)


def named_page_facts(person: Person, *, at: datetime) -> PersonalProfile:
    """Return the facts of a person's blog that names the school, for the disclaimer that it needs."""
    return PersonalProfile(
        now=at, by=acting(person, on=local_day(at)), kind="blog", names=("school", "federation"),
        links_to=("school", "federation"), affects=("school", "federation"), disclaimer_text="",
    )  # fmt: skip


def contact_facts(person: Person, other: str, act: str, *, at: datetime) -> ContactAccept:
    """Return the facts of a contact on a private account that every clause about such people means: not of
    the family, and a former pupil who turns fifteen today and left yesterday."""
    on = local_day(at)
    return ContactAccept.model_validate(
        {
            "now": at,
            "person": {"key": person_key(person.pk), "bound_as": person.relation},
            "channel": "personal",
            "account_level": "unregistered",
            "used_for_work": False,
            "act": act,
            "connection": "friend",
            "other": {
                "relation": other, "also": (), "family": False, "child_on_roll": True,
                "left_on": on - timedelta(days=1), "date_of_birth": years_before(on, FORMER_PUPIL_AGED),
            },
        }
    )  # fmt: skip


def own_page_facts(person: Person, said: str, *, at: datetime, sentence: str) -> PersonalProfile:
    """Return the facts of a person's pages, as they gave their word on the disclaimer."""
    known = named_page_facts(person, at=at)
    if said == Said.NONE:
        return known.model_copy(update={"names": (), "links_to": (), "affects": (), "kind": "social_page"})
    shows = said == Said.SHOWN
    word = Attested(answer=shows, by=person_key(person.pk), at=at, of_this_version=True)
    words = sentence if shows else ""
    return known.model_copy(
        update={"disclaimer": word, "disclaimer_text": words, "disclaimer_easily_seen": word}
    )


def leaving_facts(
    person: Person,
    *,
    at: datetime,
    given_on: date | None,
    answered: Literal["confirmed", "refused", "not_yet"],
) -> PersonalLeaving:
    """Return the facts of a leaver's reminder, as they will be once saved."""
    return PersonalLeaving(
        now=at,
        by=acting(person, on=local_day(at)),
        reminder="given" if given_on else "not_given",
        reminded_on=given_on,
        answered=answered,
    )


def removal_facts(
    writer: Person, *, by: Person, at: datetime, told_at: datetime, reply_by: datetime | None, gone: bool
) -> PostingWithdraw:
    """Return the facts of a post that its author was told to remove, because `by` judged that it breaks the
    policy."""
    judged = Attested(answer=True, by=person_key(by.pk), at=told_at, of_this_version=True)
    return PostingWithdraw(
        now=at, writer=acting(writer, on=local_day(at)), breaks_policy=judged, told=True, told_at=told_at,
        reply_by=reply_by, gone=gone,
    )  # fmt: skip


def picture_facts(
    writer: Person, *, at: datetime, school_photograph: bool | None, shows_school: bool | None
) -> ImageShare:
    """Return the facts of a picture of pupils that a person put on a page of their own: of the picture
    alone, whatever is written beside it."""
    return ImageShare.model_validate(
        {
            "now": at,
            "by": acting(writer, on=local_day(at)),
            "act": "upload",
            "place": "private_account",
            "shows_pupils": True,
            "school_photograph": school_photograph,
            "shows_school": shows_school,
            "people": [{"key": "pupil", "relation": "pupil", "shown": True, "details": False}],
        }
    )


def reminder_facts(
    person: Person,
    *,
    at: datetime,
    chosen: Iterable[RhythmChosen],
    last: Iterable[LastReminded],
    term_begins: date | None,
) -> PersonalReminder:
    """Return the facts of the reminders that a person is due."""
    return PersonalReminder(
        now=at,
        by=acting(person, on=local_day(at)),
        chosen=tuple(chosen),
        last_reminded=tuple(last),
        term_begins=term_begins,
    )


def term_begins(on: date, *, since: date) -> date | None:
    """Return the first day of the present or coming term that began no earlier than `since`; None where no
    such term is entered."""
    terms = Term.objects.filter(first_day__gte=since, last_day__gte=on).order_by("first_day")
    return terms.values_list("first_day", flat=True).first()
