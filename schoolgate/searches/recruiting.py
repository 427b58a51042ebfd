"""Searches for shortlisted candidates: told beforehand, all on the same terms or none, not by the panel,
and destroyed by schedule.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.holds import check_may_delete
from schoolgate.core.models import School
from schoolgate.core.moves import move
from schoolgate.core.vault import check_words, opened_each, seal_words, wipe
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.models import Person
from schoolgate.policy.asking import answered, record_decision, require, verdict
from schoolgate.policy.choices import CANDIDATE_RESULTS, days_chosen
from schoolgate.policy.models import DecisionRecord
from schoolgate.searches.checks import PERMITTED, recruitment_facts, require_permitted
from schoolgate.searches.models import (
    DESTROY_RESULTS,
    SEARCH,
    VACANCY_MOVES,
    Candidate,
    PanelMember,
    Vacancy,
    VacancyState,
)
from schoolgate.searches.queries import check_leads, check_may_recruit, may_read_results

MOST_CANDIDATES = 40


@dataclass(frozen=True)
class VacancyEntered:
    """What a person enters about a vacancy. `names`: of the candidates to be searched for; `on_shortlist`:
    how many are on the shortlist."""

    title: str
    searcher: Person
    panel: Collection[Person]
    terms: str
    shortlisted_on: date
    on_shortlist: int
    names: Sequence[str]
    school: School | None = None


@action
def enter_vacancy(*, by: Person, at: datetime, entered: VacancyEntered) -> Vacancy:
    """Enter a vacancy with its shortlist; names are sealed. Nothing is searched yet. Raises NotAllowed,
    BadInput."""
    on = local_day(at)
    check_may_recruit(by, on=on)
    names = [name.strip() for name in entered.names if name.strip()]
    _check_entered(entered, names, on=on)
    vacancy = Vacancy.objects.create(
        title=entered.title.strip(), school=entered.school, by=by, at=at, searcher=entered.searcher,
        terms=entered.terms.strip(), shortlisted_on=entered.shortlisted_on,
        on_shortlist=entered.on_shortlist, state_at=at,
    )  # fmt: skip
    for person in {one.pk: one for one in entered.panel}.values():
        PanelMember.objects.create(vacancy=vacancy, person=person)
    for number, name in enumerate(names, 1):
        ref = seal_words("search", {"name": name}, about=vacancy)
        Candidate.objects.create(vacancy=vacancy, number=number, name_ref=ref)
    record("vacancy.entered", subject=vacancy, at=at, actor=by, number=len(names))
    return vacancy


@action
def record_telling(*, by: Person, at: datetime, vacancy: Vacancy, told_on: date, told_how: str) -> Vacancy:
    """Record when and how all candidates were told that online searches may be made. Raises NotAllowed,
    NotNow once the search has started, BadInput."""
    on = local_day(at)
    check_leads(by, vacancy, on=on)
    if vacancy.state != VacancyState.PLANNED:
        raise NotNow(_("The search has started."), _("Open it again to see its status."))
    if told_on > on:
        raise BadInput({"told_on": _("Enter the day on which they were told, not a later one.")})
    Vacancy.objects.filter(pk=vacancy.pk).update(told_on=told_on, told_how=told_how)
    vacancy.refresh_from_db()
    record("vacancy.told", subject=vacancy, at=at, actor=by)
    return vacancy


@action
def start_search(*, by: Person, at: datetime, vacancy: Vacancy) -> Vacancy:
    """Start the search for all candidates; the searcher gets the task. Asks the policy first.

    Raises NotAllowed, NotNow where the policy wouldn't let anyone read what this searcher finds, and Refused
    where candidates weren't told, not all of the shortlist is searched for, or the policy says nothing that
    allows it.
    """
    check_leads(by, vacancy, on=local_day(at))
    kept = _ask(vacancy, "search", by=by, at=at)
    require_permitted(kept, "candidate_search")
    planned = recruitment_facts(vacancy, by=by, at=at, act="read_findings", planned=True)
    after = verdict("recruitment.search", planned, on=local_day(at))
    if after.points["candidates_alike"] != PERMITTED:
        raise NotNow(
            _("Under the policy, no one could read what this person finds."),
            _("Enter the vacancy again with a searcher who isn’t on the panel."),
        )
    move(vacancy, to=VacancyState.SEARCHING, moves=VACANCY_MOVES, at=at, decision=kept)
    record("vacancy.started", subject=vacancy, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    open_duty(
        kind=SEARCH, subject=vacancy, at=at, due=Due.none_promised(), person=vacancy.searcher,
        school=vacancy.school, clauses=kept.clauses, decision=kept,
    )  # fmt: skip
    return vacancy


@action
def record_search(
    *, by: Person, at: datetime, candidate: Candidate, same_terms: bool, found: str = "", relevant: str = ""
) -> Candidate:
    """Record the search for one candidate. Where nothing relevant was found, nothing is stored of it.

    Args:
        found: what is relevant to the job; empty: nothing.
        relevant: why it is; required with `found`.

    Raises NotAllowed for all but the searcher, NotNow, BadInput.
    """
    vacancy = candidate.vacancy
    if by.pk != vacancy.searcher_id:
        raise NotAllowed(_("Someone else is doing this search."), _("Ask the person named on the vacancy."))
    words = check_words(
        found=(found, ""),
        relevant=(
            relevant,
            _("Say why it matters for this job. If it doesn’t, leave it out.") if found.strip() else "",
        ),
    )
    changed = Candidate.objects.filter(
        pk=candidate.pk, searched_at=None, vacancy__state=VacancyState.SEARCHING
    ).update(
        searched_at=at, same_terms=same_terms,
        found_ref=seal_words("search", words, about=vacancy) if words["found"] else None,
    )  # fmt: skip
    if changed != 1:
        raise NotNow(_("This search can’t be recorded now."), _("Open the vacancy again to see its status."))
    candidate.refresh_from_db()
    record("vacancy.searched", subject=vacancy, at=at, actor=by, number=candidate.number)
    if not vacancy.candidates.filter(searched_at=None).exists():
        move(vacancy, to=VacancyState.SEARCHED, moves=VACANCY_MOVES, at=at)
        discharge(kind=SEARCH, subject=vacancy, by=by, at=at, how="searched")
    return candidate


@action
def read_results(*, by: Person, at: datetime, vacancy: Vacancy) -> dict[int, dict[str, str]]:
    """Return what was found, by candidate's number, and record that it was read. Asks the policy each time.

    Raises NotAllowed, NotNow, and Refused where candidates weren't searched for alike or the searcher is on
    the panel.
    """
    if not may_read_results(by, vacancy, on=local_day(at)):
        raise NotAllowed(
            _("You can’t read the results for this vacancy."), _("Ask the person who entered it.")
        )
    kept = _ask(vacancy, "read_findings", by=by, at=at)
    require_permitted(kept, "candidate_equality")
    if vacancy.state == VacancyState.SEARCHED:
        move(vacancy, to=VacancyState.READ, moves=VACANCY_MOVES, at=at)
    elif vacancy.state not in (VacancyState.READ, VacancyState.DECIDED):
        raise NotNow(_("There is nothing to read now."), _("Open the vacancy again to see its status."))
    record("vacancy.read", subject=vacancy, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    rows = list(vacancy.candidates.order_by("number"))
    texts = opened_each(ref for one in rows for ref in (one.found_ref, one.answer_ref))
    return {one.number: {**texts[one.found_ref], **texts[one.answer_ref]} for one in rows}


@action
def record_answer(*, by: Person, at: datetime, candidate: Candidate, answer: str) -> Candidate:
    """Record, sealed, what a candidate says about what was found. Raises NotAllowed, NotNow, BadInput."""
    vacancy = candidate.vacancy
    check_leads(by, vacancy, on=local_day(at))
    words = check_words(answer=(answer, _("Write what the candidate answered.")))
    if candidate.found_ref is None or vacancy.state not in (VacancyState.READ, VacancyState.DECIDED):
        raise NotNow(_("There is nothing to answer."), _("Read the results first."))
    wipe(candidate.answer_ref)
    Candidate.objects.filter(pk=candidate.pk).update(answer_ref=seal_words("search", words, about=vacancy))
    candidate.refresh_from_db()
    record("vacancy.answered", subject=vacancy, at=at, actor=by, number=candidate.number)
    return candidate


@action
def decide_appointment(
    *, by: Person, at: datetime, vacancy: Vacancy, decided_on: date, appointed: Collection[int]
) -> Vacancy:
    """Record who was appointed, by candidates' numbers. The task of destroying opens, for the day that the
    federation's choice gives, counted from the decision.

    Raises NotAllowed, NotNow, BadInput.
    """
    on = local_day(at)
    check_leads(by, vacancy, on=on)
    if not vacancy.shortlisted_on <= decided_on <= on:
        raise BadInput({"decided_on": _("Choose a day between the shortlisting and today.")})
    days = days_chosen(CANDIDATE_RESULTS, on=on)
    delete_on = decided_on + timedelta(days=days) if days is not None else None
    for one in vacancy.candidates.all():
        Candidate.objects.filter(pk=one.pk).update(appointed=one.number in appointed)
    move(
        vacancy,
        to=VacancyState.DECIDED,
        moves=VACANCY_MOVES,
        at=at,
        decided_on=decided_on,
        delete_on=delete_on,
    )
    kept = _ask(vacancy, "keep", by=by, at=at)
    require(kept)
    record("vacancy.decided", subject=vacancy, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    cancel(kind=SEARCH, subject=vacancy, because="decided", at=at)
    owed = [one.due for one in answered(kept).duties if one.what == "recruitment_deletion"]
    due = Due.of(owed[0]) if owed else Due.day(delete_on) if delete_on else Due.none_promised()
    open_duty(
        kind=DESTROY_RESULTS, subject=vacancy, at=at, due=due, person=vacancy.by, school=vacancy.school,
        clauses=kept.clauses, decision=kept,
    )  # fmt: skip
    return vacancy


@action
def destroy_results(*, by: Person, at: datetime, vacancy: Vacancy) -> Vacancy:
    """Wipe names, what was found and answers from the vault; the row says who did it and when.

    Raises NotAllowed, NotNow before the appointment is decided or while someone asked for it to be retained.
    """
    check_leads(by, vacancy, on=local_day(at))
    check_may_delete(vacancy)
    move(vacancy, to=VacancyState.DESTROYED, moves=VACANCY_MOVES, at=at, destroyed_by=by)
    for one in vacancy.candidates.all():
        wipe(one.name_ref, one.found_ref, one.answer_ref)
    vacancy.candidates.update(name_ref=None, found_ref=None, answer_ref=None)
    record("vacancy.destroyed", subject=vacancy, at=at, actor=by)
    discharge(kind=DESTROY_RESULTS, subject=vacancy, by=by, at=at, how="destroyed")
    return vacancy


def _ask(vacancy: Vacancy, act: str, *, by: Person, at: datetime) -> DecisionRecord:
    facts = recruitment_facts(vacancy, by=by, at=at, act=act)
    return record_decision("recruitment.search", facts, at=at, by=by, subject=vacancy)


def _check_entered(entered: VacancyEntered, names: Sequence[str], *, on: date) -> None:
    check_words(
        title=(entered.title, _("Enter the job.")),
        terms=(entered.terms, _("Say what you’ll search for, and where. Public pages only.")),
    )
    wrong: dict[str, Text] = {}
    if not names:
        wrong["names"] = _("Enter the candidates, one on each line.")
    elif len(names) > MOST_CANDIDATES or max(map(len, names)) > 120:
        wrong["names"] = _("Enter up to 40 candidates, each with a name of up to 120 characters.")
    if any("\x00" in name for name in names):
        wrong["names"] = _("This contains a character that can’t be saved. Type it again.")
    if entered.on_shortlist < len(names):
        wrong["on_shortlist"] = _("There are more names than people on the shortlist.")
    if entered.shortlisted_on > on:
        wrong["shortlisted_on"] = _("Search only once candidates are shortlisted. Enter a day up to today.")
    if not entered.panel:
        wrong["panel"] = _("Choose who is on the panel.")
    if wrong:
        raise BadInput(wrong)
