"""Remind people to check their own accounts, as often as the policy or the federation's choice says; and
the facts of the situations that are asked about own conduct.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

from schoolgate.conduct.models import CONNECTIONS, SETTINGS, Said
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.models import Term
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.duties.actions import Opened, discharge, open_duties
from schoolgate.duties.models import STILL_TO_DO, Due, Duty
from schoolgate.people.models import Person
from schoolgate.people.queries import here_on
from schoolgate.policy.asking import answered, record_decisions, verdicts
from schoolgate.policy.choices import reminders_chosen
from schoolgate.policy.queries import policy_or_none
from schoolgate.policy.reviewing import acting
from schoolgate.rulebook.facts import Attested, Given
from schoolgate.rulebook.findings import Duty as Wanted
from schoolgate.rulebook.situations.contacts import ContactAccept, years_before
from schoolgate.rulebook.situations.personal import (
    LastReminded,
    PersonalLeaving,
    PersonalProfile,
    PersonalReminder,
    RhythmChosen,
    Topic,
)
from schoolgate.rulebook.situations.posts import PostingWithdraw
from schoolgate.rulebook.situations.sharing import ImageShare

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


AT_ONCE = 200
"""People that one transaction of the sweep looks at."""
AHEAD = timedelta(days=7)
"""How long before its day a reminder becomes a task."""
KINDS: dict[str, tuple[Topic, str]] = {
    "own_settings": ("settings", SETTINGS),
    "own_connections": ("connections", CONNECTIONS),
}
"""What the policy calls the duty -> its topic, and its kind of task."""


@action
def remind_of_own_accounts(*, at: datetime, after: int = 0) -> int | None:
    """Open the tasks that the policy asks of people about their own accounts in the coming week; the
    program's own sweep. Nothing is opened without a rhythm, by the policy or the federation's choice.

    Returns where to continue; None at the end."""
    on = local_day(at)
    if policy_or_none(on) is None:
        return None
    people = list(Person.objects.filter(here_on(on), pk__gt=after).order_by("pk")[:AT_ONCE])
    chosen = reminders_chosen(on=on)
    since = max((day for _rhythm, day in chosen.values()), default=on)
    begins = term_begins(on, since=since)
    last, standing = _reminded(people)
    asked = [
        reminder_facts(
            one, at=at, chosen=[each for each, _day in chosen.values()], last=last[one.pk], term_begins=begins
        )
        for one in people
    ]
    wanted = []
    for one, known, decision in zip(people, asked, verdicts("personal.reminder", asked, on=on), strict=True):
        due = [
            each
            for each in decision.duties
            if _is_near(each, on) and KINDS[each.what][1] not in standing[one.pk]
        ]
        if due:
            wanted.append((one, known))
    _open(wanted, standing, on=on, at=at)
    return people[-1].pk if len(people) == AT_ONCE else None


def _open(
    wanted: list[tuple[Person, PersonalReminder]], standing: dict[int, set[str]], *, on: date, at: datetime
) -> None:
    """Save the decisions of those who are reminded now, and open their tasks."""
    kept = record_decisions("personal.reminder", [(known, one) for one, known in wanted], at=at, by=None)
    opened = []
    for (person, _known), row in zip(wanted, kept, strict=True):
        for each in answered(row).duties:
            kind = KINDS[each.what][1]
            if _is_near(each, on) and kind not in standing[person.pk]:
                due = Due.of(each.due)
                opened.append(Opened(kind, person, due, person=person, clauses=each.clauses, decision=row))
    open_duties(at=at, wanted=opened)


def _is_near(wanted: Wanted, on: date) -> bool:
    day = Due.of(wanted.due).day_in_london()
    return wanted.what in KINDS and day is not None and day <= on + AHEAD


def _reminded(people: list[Person]) -> tuple[dict[int, list[LastReminded]], dict[int, set[str]]]:
    """Return for each person the days they were last reminded for, and the kinds of task still open."""
    ids = {subject_of(one): one.pk for one in people}
    rows = Duty.objects.filter(kind__in=(SETTINGS, CONNECTIONS), subject__in=ids).order_by("id")
    topics = {kind: topic for topic, kind in KINDS.values()}
    days: dict[tuple[int, Topic], date] = {}
    standing: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        pk = ids[row.subject]
        if row.state in STILL_TO_DO:
            standing[pk].add(row.kind)
        days[pk, topics[row.kind]] = row.due_day or local_day(row.opened_at)
    last: dict[int, list[LastReminded]] = defaultdict(list)
    for (pk, topic), day in days.items():
        last[pk].append(LastReminded(topic=topic, on=day))
    return last, standing


@action
def note_connections_checked(*, by: Person, at: datetime) -> None:
    """Record that a person looked through their own connections, and nothing else about them."""
    discharge(kind=CONNECTIONS, subject=by, person=by, by=by, at=at, how="checked")
