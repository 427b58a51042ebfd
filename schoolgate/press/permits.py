"""Who reads a statement to the press beside its writer: those whose permission it waits for, where no item
of the inbox is behind the enquiry, and who gives it."""

from datetime import date, datetime

from schoolgate.core.doors import Door
from schoolgate.core.errors import NotFound
from schoolgate.core.leaving import Leaving, found_in, read_by_two
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.inbox.shown_words import words_of
from schoolgate.people.models import Person
from schoolgate.policy.models import PermissionAsked
from schoolgate.policy.permitting import Area, Place, declare
from schoolgate.policy.states import AskedState
from schoolgate.press.duty_kinds import HERE
from schoolgate.press.facts import approved_thing
from schoolgate.press.models import Enquiry, Statement
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


def must_be_read_by_another(statement: Statement, *, giver: Person, at: datetime) -> bool:
    """Return whether someone else must read a statement before this person gives it: they wrote it, something
    in it was answered, and no one approved it as it's worded. So under every policy, also one without a rule
    for the press."""
    if giver.pk != statement.by_id or not found_in(statement, by=giver, at=at):
        return False
    about = subject_of(approved_thing(statement.enquiry))
    given = PermissionAsked.objects.filter(about=about, state=AskedState.GIVEN)
    return not given.filter(covers__endswith=f":{statement.digest}").exclude(answered_by=giver).exists()


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


read_by_two("press.statement", lambda statement: leaving(statement.enquiry, statement.text))
# A yes changes nothing by itself: a person gives the statement, and the policy is asked again.
declare("press.enquiry", Area("inbox", _sees, _thing, _current, view=HERE, leaves=_leaves))
