"""What the words of a concern say by themselves, at every step at which words come in: danger makes it as
urgent as a tick does, and a person here who is named in them isn't told of it until a person says that it
isn't about them. Schoolgate's own rule."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from schoolgate.core.clock import local_day
from schoolgate.core.events.recording import record
from schoolgate.duties.actions import open_duty
from schoolgate.duties.due import Due
from schoolgate.incidents.actions.telling import tell_on_duty
from schoolgate.incidents.actions.waiting import wait_for_someone
from schoolgate.incidents.duty_kinds import READ_DANGER
from schoolgate.incidents.ladder import Around, lead_rung
from schoolgate.incidents.meant import kept_out_of
from schoolgate.incidents.models import KeptOut, Report
from schoolgate.incidents.states import WAITS, Danger
from schoolgate.incidents.things import Thing
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.queries import book_for
from schoolgate.people.reading_words import NO_ONE, Hurt, Words, read_words, speaks_of_danger


def texts_in(words: dict[str, Any], thing: Thing | None) -> list[str]:
    """Return the texts of a concern that say what happened: the reporter's own, and those of the comment it
    is about. What we wrote ourselves names us and says nothing."""
    found = [str(words.get("what", "")), str(words.get("where", ""))]
    if thing is not None and thing.kind == "item":
        found += strings_in(words.get("thing"), under="texts")
    return found


def strings_in(value: Any, *, under: str) -> Iterator[str]:
    """Yield the texts in what was kept of a comment."""
    inside = value.get(under, []) if isinstance(value, dict) else []
    yield from (str(one["text"]) for one in inside if isinstance(one, dict) and one.get("text"))


def read_in(
    texts: Collection[str], *, who: str = "", hurt: Hurt = NO_ONE, report: Report, at: datetime
) -> Words:
    """Return what these texts say by themselves, as the federation's lists and people have it. `who`: the
    answer to who it is about; `hurt`: who did nothing, and was hurt or threatened."""
    return read_words(*texts, who=who, hurt=hurt, book=book_for(report), on=local_day(at))


def keep_out_named(report: Report, found: Words, *, without: Collection[int]) -> set[int]:
    """Keep out the people the words name, besides those who reported it; again where they may know of it by
    now, or were only hurt or threatened: who is named in later words may have done something. Also the
    roles that they name by title: a person who has one later is meant as well. Returns the new people."""
    rows = kept_out_of(report)
    before = {one.person_id for one in rows if not one.harmed}
    hurt = {one.person_id for one in rows if one.harmed} & found.hurt
    wrote = set(without)
    new = set(found.named) - before - hurt - wrote
    for pk in sorted(new):
        KeptOut.objects.create(report=report, person_id=pk, found=True, harmed=pk in found.hurt)
    kept = {one.role_key for one in rows if not one.harmed}
    kept |= {one.role_key for one in rows if one.harmed} & found.hurt_roles
    if titles := found.roles - kept:
        own = RoleAssignment.objects.filter(person__in=wrote).values_list("role_key", flat=True)
        for key in sorted(titles - set(own)):
            KeptOut.objects.create(report=report, role_key=key, found=True, harmed=key in found.hurt_roles)
    return new


def note_who_is_unknown(report: Report, found: Words, who: str) -> None:
    """Note whether it's about a person here who wasn't found. Once the words have said so, only an answer to
    who it is, or who it is ticked, ends that."""
    unknown = found.not_found and not report.kept_out.filter(found=False, harmed=False).exists()
    if (unknown or who.strip()) and report.about_unknown != unknown:
        report.about_unknown = unknown
        report.save(update_fields=["about_unknown"])


def note_danger(report: Report, *, texts: Collection[str], at: datetime, by: Person | None = None) -> bool:
    """Raise a concern to a danger where these texts speak of one: the leads and the person who deals with it
    are asked to read them now, but for `by`, who wrote them; while no one does it goes up as fast as any
    danger. Nothing makes it less urgent."""
    if not speaks_of_danger(*texts, in_concern=by is None):
        return False
    if report.danger != Danger.YES:
        report.danger, report.danger_read = Danger.YES, True
        report.save(update_fields=["danger", "danger_read"])
        record("report.danger_read", subject=report, at=at)
    if report.state in WAITS:
        sooner, whose = wait_for_someone(report, at=at)
        if report.goes_up_at is not None and sooner < report.goes_up_at:
            report.goes_up_at, report.goes_up_by = sooner, whose
            report.save(update_fields=["goes_up_at", "goes_up_by"])
        if report.restricted_at is None:
            tell_on_duty(report, at=at)
    _ask_to_read(report, without={None, by.pk if by else None}, at=at)
    return True


def _ask_to_read(report: Report, *, without: set[int | None], at: datetime) -> None:
    around = Around.of(report, on=local_day(at))
    people = set(lead_rung(book_for(report), around).people) | {report.taken_by_id}
    asked = {pk for pk in people - without - around.out_people if pk is not None}
    for person in Person.objects.filter(pk__in=asked).order_by("name", "pk"):
        open_duty(
            kind=READ_DANGER, subject=report, at=at, due=Due.none_promised(), person=person,
            school=report.school, danger=True,
        )  # fmt: skip
