"""Permissions that replies wait for."""

from datetime import date

from schoolgate.core.errors import NotFound
from schoolgate.core.leaving import Leaving
from schoolgate.core.subjects import number_of
from schoolgate.inbox import queries
from schoolgate.inbox.facts import PERMITS
from schoolgate.inbox.models import Item
from schoolgate.inbox.rules import may_see
from schoolgate.inbox.shown_words import leaving
from schoolgate.inbox.states import ItemState
from schoolgate.people.models import Person
from schoolgate.policy.models import PermissionAsked
from schoolgate.policy.permitting import Area, Lacking, Place, declare, lacking
from schoolgate.policy.queries import book_in_scope
from schoolgate.rulebook import Decision


def place_of_item(item: Item) -> Place:
    """Return where a permission for a reply to this item is asked for."""
    return Place(item.school, item.account)


def lacking_of_reply(decision: Decision) -> list[Lacking]:
    """Return the permissions that a reply lacks and a role can give."""
    return lacking([decision], book_in_scope(), PERMITS)


def _thing(pk: int) -> tuple[Item, Place]:
    found = queries.item(pk)
    return found, place_of_item(found)


def _current(asked: PermissionAsked) -> bool:
    try:
        item = queries.item(number_of(asked.about))
    except NotFound:
        return False
    return item.state != ItemState.CLOSED


def _sees(person: Person, pk: int, on: date) -> bool:
    return may_see(person, queries.item(pk), on=on)


def _leaves(asked: PermissionAsked) -> Leaving:
    return leaving(queries.item(number_of(asked.about)), asked.text)


# A yes changes nothing by itself: its writer sends the reply, and the policy is asked again.
declare("inbox.item", Area("item", _sees, _thing, _current, leaves=_leaves))
