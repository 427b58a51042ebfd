"""Who may answer, close and let others read what came in."""

from datetime import date

from schoolgate.core.errors import NotAllowed
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person
from schoolgate.people.rules import check_capacity


def check_may_answer(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` answers for this account, or stands in when an answer is overdue."""
    try:
        check_capacity(person, "answer", on=on, school=item.school, account=item.account)
    except NotAllowed:
        check_capacity(person, "second_person", on=on, school=item.school, account=item.account)


def check_may_moderate(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` moderates this account."""
    check_capacity(person, "moderate", on=on, school=item.school, account=item.account)
