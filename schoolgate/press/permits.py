"""Permissions that statements to the press wait for, where no item of the inbox is behind the enquiry."""

from datetime import date

from schoolgate.core.doors import Door
from schoolgate.core.errors import NotFound
from schoolgate.core.leaving import Leaving
from schoolgate.core.subjects import number_of
from schoolgate.inbox.shown_words import words_of
from schoolgate.people.models import Person
from schoolgate.policy.models import PermissionAsked
from schoolgate.policy.permitting import Area, Place, declare
from schoolgate.press.duty_kinds import HERE
from schoolgate.press.facts import approved_thing
from schoolgate.press.models import Enquiry
from schoolgate.press.queries import enquiry, latest
from schoolgate.press.rules import may_see
from schoolgate.press.states import EnquiryState


def place_of_enquiry(found: Enquiry) -> Place:
    """Return where a permission for a statement is asked for."""
    return Place(found.school, found.account)


def leaving(found: Enquiry, text: str) -> Leaving:
    """Return a statement as it's looked through, together with what it answers."""
    to = words_of(found.item) if found.item else found.wants
    return Leaving(Door.STATEMENT, {"text": text}, about=approved_thing(found), school=found.school, to=to)


def _thing(pk: int) -> tuple[Enquiry, Place]:
    found = enquiry(pk)
    return found, place_of_enquiry(found)


def _current(asked: PermissionAsked) -> bool:
    try:
        found = enquiry(number_of(asked.about))
    except NotFound:
        return False
    text = latest(found)
    return found.state == EnquiryState.OPEN and text is not None and asked.covers.endswith(f":{text.digest}")


def _sees(person: Person, pk: int, on: date) -> bool:
    return Enquiry.objects.filter(may_see(person, on), pk=pk).exists()


def _leaves(asked: PermissionAsked) -> Leaving:
    return leaving(enquiry(number_of(asked.about)), asked.text)


# A yes changes nothing by itself: a person gives the statement, and the policy is asked again.
declare("press.enquiry", Area("inbox", _sees, _thing, _current, view=HERE, leaves=_leaves))
