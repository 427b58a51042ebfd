"""Search for what a request asks for: a person starts it, a job does it in pieces, and no row comes twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.disclosure import Match, Place, Sought, places
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import done_before
from schoolgate.core.sealed_words import check_words, seal
from schoolgate.core.work import lanes
from schoolgate.inbox.ranking import Known, known_at
from schoolgate.people.models import Person
from schoolgate.pupils.models import Pupil
from schoolgate.rights.actions.keeping import SEALED, decide_again, entered, step
from schoolgate.rights.actions.leading import ask_leads, end_for_leads
from schoolgate.rights.meaning import whom_they_mean
from schoolgate.rights.models import Found, Gathering, Request
from schoolgate.rights.rules import check_leads
from schoolgate.rights.seeking import as_json, sought_of
from schoolgate.rights.states import GATHERED, GatheringState, Identity, StepKind

GATHER = "rights.gather"
AT_ONCE, PLACES_AT_ONCE = 500, 10
"""Things found in one transaction, and places searched: most places have nothing to find."""
MOST_LINES = 20


@action
def start_gathering(
    *, by: Person, at: datetime, request: Request, lines: str, person: Person | None = None,
    pupil: Pupil | None = None, since: date | None = None, until: date | None = None,
) -> Gathering:  # fmt: skip
    """Start the search for a request. It can be repeated: what was found stays, with what was decided.

    Args:
        lines: names, usernames, email addresses or words, each on a line.
        person: whose row it is, if the office picked one here; `pupil`: the same of a pupil.
        since: the first day of what is sought; `until`: the last.

    Raises NotAllowed, NotNow (closed, not of this kind, identity not checked, searching already), BadInput.
    """
    found = entered(request, by, at)
    if found.kind not in GATHERED:
        raise NotNow(
            _("Only requests for copies have a search."), _("Correct or erase the data where it is.")
        )
    if found.identity == Identity.NOT_YET:
        raise NotNow(
            _("You haven’t checked who asks yet."),
            _("Pause the time limit for proof of identity, then restart it."),
        )
    running = found.gatherings.filter(state=GatheringState.RUNNING).first()
    typed = check_words(lines=(lines, "" if person or pupil else _("Enter at least one name or word")))
    given = Sought(
        lines=tuple(filter(None, map(str.strip, typed["lines"].splitlines()))),
        person=person.pk if person else None, user=person.user_id if person else None,
        pupil=pupil.pk if pupil else None, since=since, until=until,
    )  # fmt: skip
    if running is not None:
        raise _runs(found, running, given)
    _check(given)
    row = Gathering.objects.create(request=found, by=by, at=at, sought_ref=0)
    row.sought_ref = seal(SEALED, as_json(given), about=row)
    row.save(update_fields=["sought_ref"])
    step(found, StepKind.GATHERS, at=at, by=by)
    _defer(row)
    return row


def _runs(request: Request, running: Gathering, given: Sought) -> NotNow:
    """Return what is told while a search runs: for the same words, or for others."""
    wait = _("Wait until it has finished, or stop it.")
    if replace(sought_of(running), business=given.business) == given:
        return done_before(request, _("The search is running already."), wait, made=running)
    return NotNow(_("Another search for this request is running."), wait)


@action
def stop_gathering(*, by: Person, at: datetime, request: Request) -> None:
    """Stop the search; what it has found stays. Raises NotAllowed, NotNow."""
    found = entered(request, by, at)
    changed = found.gatherings.filter(state=GatheringState.RUNNING).update(
        state=GatheringState.STOPPED, ended_at=at
    )
    if not changed:
        newest = found.gatherings.order_by("-pk").values_list("pk", flat=True).first()
        raise done_before(
            found,
            _("The search isn’t running."),
            otherwise=NotNow(_("The search isn’t running."), _("Open it again to see its status.")),
            gatherings__pk=newest,
            gatherings__state=GatheringState.STOPPED,
        )
    record("rights.gathering_stopped", subject=found, at=at, actor=by)


@action
def gather_some(*, at: datetime, gathering: int) -> bool:
    """Search one more piece; return whether more is left. Killed at any point, it is there with its place in
    the list or not at all; one that was stopped, or whose request was closed, is left alone."""
    row = (
        Gathering.objects.select_for_update(of=("self",))
        .select_related("request")
        .filter(pk=gathering, state=GatheringState.RUNNING)
        .first()
    )
    if row is None:
        return False
    if row.place == END:
        row.state, row.ended_at = GatheringState.DONE, at
        row.save(update_fields=["state", "ended_at"])
        step(row.request, StepKind.GATHERED, at=at, by=None)
        ask_leads(row.request, at=at)
        return False
    sought, left, known = sought_of(row), AT_ONCE, known_at(on=local_day(at))
    for place in _places_from(row.place)[:PLACES_AT_ONCE]:
        matches = place.find(sought, after=row.after if row.place == place.code else 0, limit=left)
        add(row, place, matches, sought, known)
        if len(matches) == left:
            row.place, row.after = place.code, matches[-1].number
            break
        left -= len(matches)
        row.place, row.after = _next(place.code), 0
    else:
        row.place = row.place if _places_from(row.place) else END
    row.save(update_fields=["place", "after"])
    return True


@action
def search_as_lead(*, by: Person, at: datetime, request: Request) -> int:
    """Search what only a safeguarding lead may read, with their own eyes; return how many things were new.
    Raises NotAllowed, NotNow (closed, or nothing has been searched for yet)."""
    on = local_day(at)
    check_leads(by, on=on)
    row = newest(request)
    before, known, sought = row.request.found.count(), known_at(on=on), sought_of(row)
    for place in places().values():
        add(row, place, place.find_as_lead(by, sought, on=on), sought, known)
    record("rights.searched_as_lead", subject=row.request, at=at, actor=by)
    end_for_leads(row.request, at=at, by=by)
    return row.request.found.count() - before


def newest(request: Request) -> Gathering:
    """Return the newest search of a request. Raises NotNow where there is none."""
    row = request.gatherings.select_related("request").order_by("-pk").first()
    if row is None:
        raise NotNow(_("Nothing has been searched for yet."), _("Start the search first."))
    return row


def add(gathering: Gathering, place: Place, matches: Sequence[Match], sought: Sought, known: Known) -> None:
    """Write down what was found, and the people it may be about: then it's the leads'. What is there already
    stays as it was decided."""
    if not matches:
        return
    numbers = [one.number for one in matches]
    lead, meant = place.for_lead(numbers), whom_they_mean(place, numbers, sought, known)
    Found.objects.bulk_create(
        [
            Found(
                request=gathering.request, gathering=gathering, place=place.code, number=one.number,
                why=one.why, lead=one.number in lead or one.number in meant,
                meant=sorted(meant.get(one.number, ())),
            )
            for one in matches
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    again = gathering.request.found.filter(place=place.code, number__in=meant, lead=False)
    for row in again:
        row.meant = sorted(meant[row.number])
        row.save(update_fields=["meant"])
    decide_again(again, lead=True, at=gathering.at)


def _places_from(code: str) -> list[Place]:
    """Return the place in hand and those after it; a place that is gone from the program is passed over."""
    return [place for each, place in places().items() if each >= code]


END = "~"
"""After all places: no code begins like this."""


def _next(code: str) -> str:
    return next((one for one in places() if one > code), END)


def _check(sought: Sought) -> None:
    if not sought.words and sought.person is None and sought.pupil is None:
        raise BadInput({"lines": _("Enter at least one name or word")})
    if len(sought.lines) > MOST_LINES:
        raise BadInput({"lines": _("Enter at most 20 lines")})
    if sought.since and sought.until and sought.since > sought.until:
        raise BadInput({"until": _("Enter a day that isn’t before the first")})


def _defer(row: Gathering) -> None:
    app.configure_task(GATHER, queue=lanes.LONG, lock=lanes.of_row(GATHER, row.pk)).defer(
        federation_id=row.federation_id, gathering_id=row.pk
    )
