"""What the inbox is told about items that are enquiries from the press."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from schoolgate.inbox.facts import text_digest
from schoolgate.inbox.models import Answer, Item
from schoolgate.people.models import Person
from schoolgate.press import queries, rules
from schoolgate.press.actions.statements import note_reply
from schoolgate.press.states import EnquiryState


class OfItems:
    """The press, for `inbox.beside`."""

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
