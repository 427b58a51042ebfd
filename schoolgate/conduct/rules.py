"""Check who may know of a person's own conduct, and who may act on it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.conduct.models import KeptAnswer, LeavingReminder, OwnWord, Removal
from schoolgate.conduct.states import AnswerState
from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.core.subjects import number_of
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, capacities
from schoolgate.people.rules import check_capacity


def check_may_see(person: Person, answer: KeptAnswer, *, on: date) -> None:
    """Raise NotFound unless it is their own, or they hold the role that was asked to talk it over."""
    if answer.person_id != person.pk and not _was_asked(person, answer, on):
        raise NotFound


def check_may_talk(person: Person, answer: KeptAnswer, *, on: date) -> None:
    """Raise NotAllowed unless they hold the role asked; the asker's own word doesn't count."""
    if answer.person_id == person.pk or not _was_asked(person, answer, on):
        raise NotAllowed(
            _("Someone else must record this conversation."), _("Talk to the person your policy names.")
        )


def check_may_tell(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person deals with concerns: they may tell staff to remove a post."""
    check_capacity(person, "see_incidents", on=on, anywhere=True)


def check_may_remind(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person looks after people and their roles."""
    check_capacity(person, "administer", on=on, anywhere=True)


def may_see_answer(person: Person, subject: str, on: date) -> bool:
    """Return whether this person may see the decision about the answer with this name in the record."""
    answer = KeptAnswer.objects.filter(pk=number_of(subject)).first()
    return answer is not None and (answer.person_id == person.pk or _was_asked(person, answer, on))


def may_see_reminder(person: Person, subject: str, on: date) -> bool:
    """Return the same for a leaver's reminder: the leaver, and those who look after people."""
    reminder = LeavingReminder.objects.filter(pk=number_of(subject)).first()
    if reminder is None:
        return False
    return reminder.person_id == person.pk or "administer" in capacities(person, on=on, anywhere=True)


def may_see_word(person: Person, subject: str, _on: date) -> bool:
    """Return the same for a word on own accounts: only the person who gave it."""
    return OwnWord.objects.filter(person=person, pk=number_of(subject)).exists()


def may_see_removal(person: Person, subject: str, on: date) -> bool:
    """Return the same for a post to remove: its author, and the person who told them."""
    return Removal.objects.filter(Q(person=person) | Q(told_by=person), pk=number_of(subject)).exists()


def _was_asked(person: Person, answer: KeptAnswer, on: date) -> bool:
    if answer.state == AnswerState.KEPT:
        return False
    held = assignments(person, on=on, where=Where(about=answer.person))
    return held.filter(role_key=answer.role_key).exists()
