"""Named reads of reports, their numbers and codes, and which is read first. A report that a person may not
know of doesn’t exist for them."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Max,
    Min,
    OuterRef,
    QuerySet,
    SmallIntegerField,
    Subquery,
    Value,
    When,
)

from schoolgate.core import vault
from schoolgate.core.errors import NotFound
from schoolgate.core.lasting import LETTERS, keyed, letters_of, plain
from schoolgate.core.models import LedgerRow, School
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.core.vault import opened_each
from schoolgate.duties.models import Duty, Urgency
from schoolgate.inbox.dangers import Presses, presses
from schoolgate.inbox.models import Item, ItemVersion
from schoolgate.incidents.ladder import who_may_be_told
from schoolgate.incidents.meant import accused_in, may_see, reports_meaning
from schoolgate.incidents.models import (
    ENDED,
    WAITS,
    Content,
    Danger,
    Opening,
    OpeningState,
    Report,
    Step,
    StepKind,
)
from schoolgate.incidents.report_facts import SAYS
from schoolgate.people.confined import nameable
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, here_on

# A report's short number, the code with which an anonymous reporter asks for its status, and the mark of a
# form that may be sent twice. The code is made from the form's mark and a key of the installation: the same
# form sent again gives the same code, and the database stores digests alone.

CODE_LENGTH = 10
"""31^10: at ten tries a minute, guessing is hopeless."""


def new_reference() -> str:
    """A number for a report: short enough to be said on the telephone; it opens nothing."""
    return "W-" + "".join(secrets.choice(LETTERS) for _ in range(6))


def new_mark() -> str:
    """For a form that is shown: sent twice, it makes one report."""
    return secrets.token_urlsafe(18)


def mark_for(subject: str) -> str:
    """For a concern that the program makes of words that came in elsewhere: one for each, and no one outside
    can guess it."""
    return keyed("schoolgate.incidents.words", subject).hexdigest()[:40]


def code_of(mark: str) -> str:
    """Return the code that belongs to a form's mark."""
    made = keyed("schoolgate.incidents.code", mark).digest()
    return letters_of(made, CODE_LENGTH)


def digest_of_mark(mark: str) -> str:
    """Return the digest of a form's mark that its report stores."""
    return keyed("schoolgate.incidents.once", mark).hexdigest()


def digest_of_code(code: str) -> str:
    """Return the digest of a code that its report stores: without blanks and hyphens, ignoring case."""
    return keyed("schoolgate.incidents.asked", plain(code)).hexdigest()


def as_written(code: str) -> str:
    """Return the code in two halves, to be read and typed."""
    return f"{code[:5]}-{code[5:]}"


_ITEM, _REPORT = "inbox.item:", "incidents.report:"
Key = tuple[int, datetime, int]
"""Where a page of dangers ends: how its last row presses, since when it waits, and its id."""
KEY = (int, datetime, int)
_OF_A_CHILD = sorted(key for key, each in SAYS.items() if each.child)
CONCERN_PRESSES = Case(
    When(said__has_any_keys=_OF_A_CHILD, then=Value(int(Presses.CHILD_TELLS))),
    When(danger=Danger.YES, then=Value(int(Presses.SOON))),
    default=Value(int(Presses.HARM)),
    output_field=SmallIntegerField(),
)
"""How a concern presses among others of danger, by what was ticked and whether someone is in danger: the
database sorts by it, so that nothing is read of those that a page doesn't show."""


def presses_of(subjects: Iterable[str]) -> dict[str, Presses]:
    """Return how each comment and concern of these (by its name in the record) presses. A query each for
    comments and for concerns, none without any."""
    names = list(subjects)
    return {f"{_ITEM}{pk}": place for pk, place in _comments_press(_numbers(names, _ITEM)).items()} | {
        f"{_REPORT}{pk}": place for pk, place in _concerns_press(_numbers(names, _REPORT)).items()
    }


def most_pressing_first(duties: Iterable[Duty]) -> list[Duty]:
    """Return these tasks with those of danger in their order: what happens now, what a child tells, a threat
    whose time is near, other harm, then the rest; of one sort, what has waited longest. The others stay as
    they are. A query each for comments and for concerns, none where there is one danger or none."""
    rows = list(duties)
    danger = [each for each in rows if each.urgency == Urgency.DANGER]
    if len(danger) < 2:
        return rows
    keys = _keys_of(danger)
    first = sorted(danger, key=lambda each: keys[each.pk])
    return [*first, *(each for each in rows if each.urgency != Urgency.DANGER)]


def page_of_dangers(
    duties: Iterable[Duty], *, after: Key | None = None, size: int
) -> tuple[list[Duty], Key | None]:
    """Return a page of these tasks of danger in their order, after the key; with the key to ask the next page
    with, None on the last. Queries as in `most_pressing_first`."""
    rows = list(duties)
    keys = _keys_of(rows)
    left = [each for each in rows if after is None or keys[each.pk] > after]
    left.sort(key=lambda each: keys[each.pk])
    return left[:size], keys[left[size - 1].pk] if len(left) > size else None


def _keys_of(danger: Sequence[Duty]) -> dict[int, Key]:
    places = presses_of(each.subject for each in danger)
    return {
        each.pk: (int(places.get(each.subject, Presses.OTHER)), each.opened_at, each.pk) for each in danger
    }


def _comments_press(numbers: Collection[int]) -> dict[int, Presses]:
    """Return how each of these comments presses. One query; none without numbers."""
    if not numbers:
        return {}
    newest = ItemVersion.objects.filter(item=OuterRef("pk")).order_by("-number").values("text")[:1]
    rows = Item.every.filter(pk__in=numbers).annotate(newest=Subquery(newest))
    return {
        pk: presses(why, text or "", locked=since is not None)
        for pk, why, text, since in rows.values_list("pk", "why", "newest", "locked_at")
    }


def _concerns_press(numbers: Collection[int]) -> dict[int, Presses]:
    rows = Report.objects.filter(pk__in=numbers) if numbers else Report.objects.none()
    found = rows.annotate(presses=CONCERN_PRESSES).values_list("pk", "presses")
    return {pk: Presses(place) for pk, place in found}


def _numbers(names: Iterable[str], kind: str) -> set[int]:
    return {number_of(name) for name in names if name.startswith(kind)}


MOST_ASKED_FOR = 10
"""Requests of a person to open a concern by two that a list shows, the newest."""
MOST_IN_DANGER = 50
"""Reports in which someone is in danger that a list puts first; where there are more, it leads to all."""


@dataclass(frozen=True)
class Shown:
    """A step with what was written at it, for one of the report's readers. `words`: plain data; empty where
    nothing was written."""

    step: Step
    words: dict[str, Any] = field(default_factory=dict)
    has_picture: bool = False
    role: str = ""


def reports(person: Person, *, on: date) -> QuerySet[Report]:
    """The reports that the person may know of; to be paged by key."""
    return Report.objects.filter(may_see(person, on)).select_related("school", "taken_by")


def waiting(person: Person, *, on: date) -> QuerySet[Report]:
    """Return those of them that no one has taken."""
    return reports(person, on=on).filter(state__in=WAITS)


def taken_by(person: Person, *, on: date) -> QuerySet[Report]:
    """Return those of them that the person took and deals with."""
    return reports(person, on=on).filter(taken_by=person).exclude(state__in=WAITS)


def in_danger(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Return those of `rows` in which someone is in danger and that no one has taken, in the order of all
    lists of danger."""
    found = rows.filter(danger=Danger.YES, state__in=WAITS).alias(presses=CONCERN_PRESSES)
    return found.order_by("presses", "reported_at", "pk")


def report_for(person: Person, pk: int, *, on: date) -> Report:
    """Return one report, for a person who may know of it. Raises NotFound for anyone else."""
    found = reports(person, on=on).select_related("by", "school", "taken_by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def reported_by(person: Person) -> QuerySet[Report]:
    """Return what a person reported with their name, to be paged by key: its status, nothing of its content;
    `taken_role`: key of the role in which it was taken."""
    taken = Step.objects.filter(report=OuterRef("pk"), kind=StepKind.TAKEN).order_by("-id")
    role = Subquery(taken.values("role_key")[:1], output_field=CharField())
    return Report.objects.filter(by=person).select_related("taken_by", "school").annotate(taken_role=role)


def by_code(code: str) -> Report:
    """Return the report of an anonymous reporter. Raises NotFound if no report has this code."""
    found = Report.objects.filter(code=digest_of_code(code)).exclude(code="").first()
    if found is None:
        raise NotFound
    return found


def steps_of(report: Report) -> list[Shown]:
    """What was done, oldest first, with what was written at each step. The database gives what was written
    only to the report's readers (`handling.open_report` lets them in). Three queries."""
    steps = list(report.steps.select_related("by", "person").order_by("id"))
    written = {one.step_id: one for one in Content.objects.filter(report=report)}
    texts = opened_each(one.words_ref for one in written.values())
    names = {role.key: role.name for role in book_for(report).roles}
    return [
        Shown(
            step=step,
            words=texts[written[step.pk].words_ref] if step.pk in written else {},
            has_picture=step.pk in written and written[step.pk].picture_ref is not None,
            role=names.get(step.role_key, step.role_key),
        )
        for step in steps
    ]


@dataclass(frozen=True)
class Looks:
    """How often a person looked at a concern, and when first and last."""

    name: str
    number: int
    first: datetime
    last: datetime


def looks_at(report: Report) -> list[Looks]:
    """Return who has looked at a concern, the latest first, from the record. Two queries."""
    rows = list(
        LedgerRow.objects.filter(subject=subject_of(report), event="report.read")
        .values("actor")
        .annotate(number_of_looks=Count("number"), first=Min("at"), last=Max("at"))
        .order_by("-last")
    )
    ids = {row["actor"]: number_of(row["actor"]) for row in rows}
    names = dict(Person.objects.filter(pk__in=ids.values()).values_list("pk", "name"))
    return [
        Looks(names.get(ids[row["actor"]], "–"), row["number_of_looks"], row["first"], row["last"])
        for row in rows
    ]


def openings_of(report: Report) -> list[Opening]:
    """Return for which people two people opened a concern, where no lead has ended it."""
    found = Opening.objects.filter(report=report, state=OpeningState.AGREED)
    return list(found.select_related("by", "second").order_by("pk"))


def asked_by(person: Person) -> list[Opening]:
    """Return the newest concerns that a person asked to open by two."""
    return list(Opening.objects.filter(by=person).select_related("report").order_by("-pk")[:MOST_ASKED_FOR])


def asked_of(person: Person, *, since: datetime) -> list[tuple[Opening, str]]:
    """Return the requests that this person has to answer as the second person, each with its reason."""
    found = Opening.objects.filter(second=person, state=OpeningState.ASKED, asked_at__gte=since)
    return [(one, vault.reveal(one.words_ref)) for one in found.select_related("by").order_by("pk")]


def opening_for(person: Person, pk: int) -> Opening:
    """Return a request that this person was asked to answer. Raises NotFound."""
    found = Opening.objects.filter(pk=pk, second=person).select_related("by", "second", "federation").first()
    if found is None:
        raise NotFound
    return found


def opening_of(report: Report, pk: int) -> Opening:
    """Return one of the openings of a concern. Raises NotFound."""
    found = Opening.objects.filter(pk=pk, report=report).select_related("by", "report").first()
    if found is None:
        raise NotFound
    return found


def content_of(report: Report, step: int) -> Content:
    """Return what was stored at a step, for a reader. Raises NotFound."""
    found = Content.objects.filter(report=report, step=step).first()
    if found is None:
        raise NotFound
    return found


def only_school() -> School | None:
    """Return the school of a federation that has just one."""
    found = list(School.objects.order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def going_up(at: datetime) -> QuerySet[Report]:
    """Return reports that no one has taken in time, the longest overdue first."""
    return Report.objects.filter(goes_up_at__lte=at, state__in=WAITS).order_by("goes_up_at", "id")


def people_to_hand_on_to(report: Report, *, by: Person, on: date) -> list[Person]:
    """Return the people a report can be handed over to: those who see reports, look after people here or
    oversee, and the safeguarding leads; no one it may be about, and not the person handing it over."""
    people = nameable(who_may_be_told(book_for(report), by=report.by, on=on), subject_of(report))
    return [one for one in people if one.pk != by.pk]


def people_who_may_be_hurt(report: Report, *, by: Person, on: date) -> list[Person]:
    """Return the people who a lead may say were hurt or threatened, for they are told: everyone
    here, but for those who may have done it, the one who says so and the one who reported it."""
    out = {by.pk, report.by_id}
    people = nameable(Person.objects.filter(here_on(on)).order_by("name", "pk"), meant=accused_in(report))
    return [one for one in people if one.pk not in out]


def people_who_may_be_meant(*, by: Person, on: date) -> list[Person]:
    """Return who a lead may say a concern is about that doesn't say who: everyone else here."""
    return list(Person.objects.filter(here_on(on)).exclude(pk=by.pk).order_by("name", "pk"))


def meant_in_open(among: Iterable[Person], *, reader: Person, on: date) -> set[int]:
    """Return the ids of those of these people that a concern may be about which goes on and of which `reader`
    may know: no page offers them to the reader as someone to turn to. One query for each person."""
    known = Report.objects.filter(may_see(reader, on)).exclude(state__in=ENDED)
    return {one.pk for one in set(among) if known.filter(pk__in=reports_meaning(one).values("pk")).exists()}
