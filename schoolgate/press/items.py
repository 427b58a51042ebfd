"""What the inbox is told about items that are enquiries from the press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from schoolgate.duties.actions import cancel
from schoolgate.inbox.beside import Beside
from schoolgate.inbox.facts import text_digest
from schoolgate.inbox.models import Answer, Item
from schoolgate.people.models import Person
from schoolgate.press import queries, rules
from schoolgate.press.actions.passing import pass_it_on
from schoolgate.press.actions.statements import note_reply
from schoolgate.press.duty_kinds import ENQUIRY, HANDS_OFF, PASS_ON
from schoolgate.press.models import Enquiry
from schoolgate.press.states import EnquiryState


def needed(items: Sequence[int]) -> set[int]:
    """Return those of these comments whose enquiry is open."""
    found = Enquiry.objects.filter(item__in=items, state=EnquiryState.OPEN)
    return set(found.exclude(item=None).values_list("item_id", flat=True))


class OfItems(Beside):
    """The press."""

    def known(self, item: Item) -> Mapping[str, Any]:
        """Return what the enquiry says already about an item from the press."""
        found = queries.of_item(item)
        if found is None:
            return {}
        told = {"about_posts": found.about_posts, "asks_for_comment": found.asks_for_comment}
        return {name: said for name, said in told.items() if said is not None}

    def check_may_close(self, person: Person, item: Item, *, on: date) -> None:
        """Raise NotAllowed while its enquiry is open and was passed on to others."""
        found = queries.of_item(item)
        if found is not None and found.state == EnquiryState.OPEN and rules.passed_to(found):
            rules.check_decides(person, found, on=on)

    def replied(self, answer: Answer, *, by: Person, at: datetime) -> None:
        """Add the reply to the log of the enquiry."""
        found = queries.of_item(answer.item)
        if found is not None and found.state == EnquiryState.OPEN:
            note_reply(by=by, at=at, enquiry=found, answer=answer, digest=text_digest(answer.text))

    def locked(self, item: Item, *, by: Person, at: datetime) -> None:
        """End every task about its enquiry, which no one but the safeguarding leads finds now."""
        found = queries.of_item(item)
        if found is None:
            return
        cancel(kind=(ENQUIRY, PASS_ON, HANDS_OFF), subject=found, because="locked", at=at, by=by)

    def unlocked(self, item: Item, *, by: Person, at: datetime) -> None:
        """Ask those who had its enquiry again, while it is open."""
        found = queries.of_item(item)
        if found is not None and found.state == EnquiryState.OPEN:
            pass_it_on(found, by=by, at=at, again=True)
