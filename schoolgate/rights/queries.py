"""Reads of requests about data."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from schoolgate.core.errors import NotFound
from schoolgate.core.sealed_words import opened, opened_each
from schoolgate.people.models import Person
from schoolgate.rights.models import Answer, Request, Step
from schoolgate.rights.rules import check_reads, decides_as_lead
from schoolgate.rights.states import AnswerState, State


def requests(state: str) -> QuerySet[Request]:
    """Return the requests in a state: open ones by deadline, waiting ones last; closed ones newest first."""
    rows = Request.objects.filter(state=state).select_related("school")
    if state == State.OPEN:
        return rows.order_by(F("due_on").asc(nulls_last=True), "pk")
    return rows.order_by("-pk")


def request_for(person: Person, pk: int, *, on: date) -> Request:
    """Return a request that this person may read. Raises NotFound, NotAllowed."""
    found = Request.objects.select_related("school", "entered_by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    check_reads(person, found, on=on)
    return found


def request_for_lead(person: Person, pk: int, *, on: date) -> Request:
    """Return a request that was searched for, to a safeguarding lead or who takes their part. Raises
    NotFound, for everyone else too: they don't learn which there are."""
    found = Request.objects.filter(pk=pk, gatherings__isnull=False).distinct().first()
    if found is None or not decides_as_lead(person, found, on=on):
        raise NotFound
    return found


def words_of(request: Request) -> dict[str, Any]:
    """Return what was written as it was entered: name, contact, about, wants."""
    return opened(request.words_ref)


def steps_of(request: Request) -> list[tuple[Step, dict[str, Any]]]:
    """Return the steps of a request, newest first, each with what was written at it."""
    rows = list(request.steps.select_related("by").order_by("-pk"))
    texts = opened_each(row.words_ref for row in rows)
    return [(row, texts[row.words_ref]) for row in rows]


def answer_of(request: Request) -> Answer | None:
    """Return the newest answer that was made, or is being made; None before."""
    return request.answers.select_related("by", "request").order_by("-pk").first()


def names_in_store() -> set[str]:
    """Return the names of the sealed files of answers that are still there."""
    return set(Answer.objects.filter(state=AnswerState.READY).values_list("file", flat=True))
