"""Check who may know of a person's own conduct, and who may act on it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.conduct.models import KeptAnswer, LeavingReminder, OwnWord, Removal
from schoolgate.conduct.states import AnswerState
from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities, held_by
from schoolgate.people.rules import check_capacity
from schoolgate.people.states import ScopeKind


def check_may_see(person: Person, answer: KeptAnswer, *, on: date) -> None:
    """Raise NotFound unless it is their own, or they hold the role that was asked to talk it over."""
    if not answers_known(person, on).filter(pk=answer.pk).exists():
        raise NotFound


def check_may_talk(person: Person, answer: KeptAnswer, *, on: date) -> None:
    """Raise NotAllowed unless they hold the role asked; the asker's own word doesn't count."""
    if answer.person_id == person.pk or not answers_known(person, on).filter(pk=answer.pk).exists():
        raise NotAllowed(
            _("Someone else must record this conversation."), _("Talk to the person your policy names.")
        )


def check_may_tell(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person deals with concerns: they may tell staff to remove a post."""
    check_capacity(person, "see_incidents", on=on, anywhere=True)


def check_may_remind(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person looks after people and their roles."""
    check_capacity(person, "administer", on=on, anywhere=True)


def answers_known(person: Person, on: date) -> QuerySet[KeptAnswer]:
    """Return the answers that a person may know of: their own, and those they were asked to talk over."""
    asked = Q(pk__in=[])
    for one in held_by(person, on=on):
        if one.scope_kind == ScopeKind.FEDERATION:
            asked |= Q(role_key=one.role_key)
        elif one.scope_kind == ScopeKind.LINE_MANAGER_OF:
            asked |= Q(role_key=one.role_key, person=one.managed_id)
    return KeptAnswer.objects.filter(Q(person=person) | asked & ~Q(state=AnswerState.KEPT))


def reminders_known(person: Person, on: date) -> QuerySet[LeavingReminder]:
    """Return the reminders that a person may know of: the leaver, and those who look after people."""
    if "administer" in capacities(person, on=on, anywhere=True):
        return LeavingReminder.objects.all()
    return LeavingReminder.objects.filter(person=person)


def own_words_known(person: Person, _on: date) -> QuerySet[OwnWord]:
    """Return what this person gave their word on about their own accounts."""
    return OwnWord.objects.filter(person=person)


def removals_known(person: Person, _on: date) -> QuerySet[Removal]:
    """Return the posts to remove that a person may know of: their own, and those they told people about."""
    return Removal.objects.filter(Q(person=person) | Q(told_by=person))
