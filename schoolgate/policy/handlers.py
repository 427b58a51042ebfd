"""What follows an event of this app: bound people are asked and emailed. Each handler is safe to run twice:
it asks and tells once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolgate.core.clock import local_day
from schoolgate.core.events import subscribes
from schoolgate.notices.actions import tell
from schoolgate.notices.letters import LetterContent, address, makes_letter
from schoolgate.policy import knowing, links
from schoolgate.policy.actions.knowing import ask_who_is_bound, end_what_is_over
from schoolgate.policy.models import Asking
from schoolgate.policy.states import VersionState


@subscribes("policyversion.in_force")
def ask_everybody(*, at: datetime, **_ids: Any) -> None:
    """Ask everyone the new version binds, and withdraw requests about the previous version."""
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


@makes_letter("policy.asking")
def asking_letter(pk: int, at: datetime) -> LetterContent | None:
    """Return the link, made when the email is sent: an earlier one stops working. Empty once the person has
    answered."""
    found = _waited_for(pk, at)
    return LetterContent(link=_link(found, at)) if found is not None else None


@makes_letter("policy.reminder")
def reminder_letter(pk: int, at: datetime) -> LetterContent | None:
    """With a new link, or with the address of the page for who signs in."""
    found = _waited_for(pk, at)
    if found is None:
        return None
    if found.by_mail:
        return LetterContent(link=_link(found, at), text="policy.reminder_by_link")
    return LetterContent(link=address("policy-word"))


def _waited_for(pk: int, at: datetime) -> Asking | None:
    """Return the asking, while its person is here, its version in force, and no word given."""
    found = Asking.objects.select_related("person__federation", "version").get(pk=pk)
    left = found.person.left_on
    over = found.version.state != VersionState.IN_FORCE or (left is not None and left <= local_day(at))
    said = knowing.answers([found.person_id], found.version)
    return None if over or said else found


def _link(asking: Asking, at: datetime) -> str:
    token = links.mint(asking, at=at)
    return address("policy-by-link", federation=asking.person.federation.slug, token=token)
