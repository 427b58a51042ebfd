"""What follows an event of this app: bound people are asked and emailed. Each handler is safe to run twice:
it asks and tells once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.events import subscribes
from schoolgate.notices.actions import tell
from schoolgate.notices.kinds import LINK, OWN_DECLARATION, LetterContent, LetterText, address, makes_letter
from schoolgate.people.leads import leads_anywhere
from schoolgate.people.models import Person
from schoolgate.policy import acknowledging, knowing
from schoolgate.policy.acknowledging import ask_who_is_bound, end_what_is_over
from schoolgate.policy.leads import ask_to_let_go
from schoolgate.policy.models import Asking, VersionState

ABOUT_THE_LINK = (
    _("This link is for you only. It works for 14 days or until you answer. You can also say no."),
    _("If you weren’t expecting this, don’t follow the link. Ask the school."),
)
ASKING = LetterText(
    _("please read our social media policy"),
    (
        _("Our social media policy applies to you too. You can read it here, and say that you have:"),
        LINK,
        *ABOUT_THE_LINK,
    ),
)
REMINDER = LetterText(
    _("reminder: please read our social media policy"),
    (_("You were asked to read our social media policy and haven’t answered yet:"), LINK),
)
REMINDER_BY_LINK = LetterText(REMINDER.subject, (*REMINDER.lines, *ABOUT_THE_LINK))


@subscribes("policyversion.in_force")
@subscribes("policydocument.added")
def ask_everybody(*, at: datetime, **_ids: Any) -> None:
    """Ask everyone the version in force binds who hasn't answered about it and its document, and withdraw
    requests about the previous version."""
    end_what_is_over(at=at)
    following: int | None = 0
    while following is not None:
        following = ask_who_is_bound(at=at, after=following)


@subscribes("asking.made")
@subscribes("asking.link_wanted")
def tell_asked(*, subject_id: int, event_id: int, at: datetime, **_ids: Any) -> None:
    """Email the link to people who don't sign in; the others have it on their own page."""
    found = _waited_for(subject_id, at)
    if found is not None and found.by_mail:
        tell(person=found.person, kind="policy.asking", subject=found, at=at, number=event_id)


@subscribes("asking.reminded")
def tell_reminded(*, subject_id: int, event_id: int, at: datetime, **_ids: Any) -> None:
    """Remind by mail."""
    found = _waited_for(subject_id, at)
    if found is not None:
        tell(person=found.person, kind="policy.reminder", subject=found, at=at, number=event_id)


@makes_letter("policy.asking", _("Please read our policy"), because=OWN_DECLARATION)
def asking_letter(pk: int, at: datetime) -> LetterContent | None:
    """Return the link, made when the email is sent: an earlier one stops working. Empty once the person has
    answered."""
    found = _waited_for(pk, at)
    return LetterContent(ASKING, _link(found, at)) if found is not None else None


@makes_letter("policy.reminder", _("Reminder to read our policy"), because=OWN_DECLARATION)
def reminder_letter(pk: int, at: datetime) -> LetterContent | None:
    """Return the mail's link: a new one or, for people who sign in, the address of the page."""
    found = _waited_for(pk, at)
    if found is None:
        return None
    if found.by_mail:
        return LetterContent(REMINDER_BY_LINK, _link(found, at))
    return LetterContent(REMINDER, address("policy-word"))


def _waited_for(pk: int, at: datetime) -> Asking | None:
    """Return the request, while its person is here, its version in force, and it is unanswered."""
    found = Asking.objects.select_related("person__federation", "version").get(pk=pk)
    left = found.person.left_on
    over = found.version.state != VersionState.IN_FORCE or found.document != found.version.document
    over = over or (left is not None and left <= local_day(at))
    said = knowing.answers([found.person_id], found.version)
    return None if over or said else found


def _link(asking: Asking, at: datetime) -> str:
    token = acknowledging.mint(asking, at=at)
    return address("policy-by-link", federation=asking.person.federation.slug, token=token)


@subscribes("people.lead_to_go")
def ask_about_lead(*, subject_id: int, at: datetime, by: int | None = None, **_ids: Any) -> None:
    """Ask a second person about a lead whose sign-in was switched off, or whose leaving came with a list."""
    person = Person.objects.select_related("federation").get(pk=subject_id)
    if leads_anywhere(person, on=local_day(at)):
        asker = Person.objects.select_related("federation").filter(pk__in=[by] if by else []).first()
        ask_to_let_go(by=asker, at=at, person=person)
