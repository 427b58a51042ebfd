"""Let people who aren't employed take their part in an account, on the page of its proposal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import proposals
from schoolgate.accounts.models import Proposal
from schoolgate.accounts.proposals import PartToAllow, check_may_allow
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.people.models import Person
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.forms import DayField, SchoolForm


class AllowForm(SchoolForm):
    """Until when a person may take their part."""

    to_day = DayField(
        label=_("Until"), help_text=_("Last day. Leave empty if there isn’t one."), required=False
    )


@dataclass(frozen=True)
class ShownPart:
    """A person who needs permission for their part. `form`: for someone who may give or end it; else None."""

    part: PartToAllow
    form: AllowForm | None


def parts_shown(
    found: Proposal, book: Book, visit: Visit, *, sent: AllowForm | None = None
) -> list[ShownPart]:
    """Return the people who need permission; `sent`: the form that was sent for one of them, with its
    errors."""
    return [
        ShownPart(part, _form(found, part.person, book, on=visit.on, by=visit.person, sent=sent))
        for part in proposals.people_to_allow(found, book, on=visit.on)
    ]


def _form(
    found: Proposal, person: Person, book: Book, *, on: date, by: Person, sent: AllowForm | None
) -> AllowForm | None:
    try:
        check_may_allow(by, found, person, book, on=on)
    except (NotAllowed, NotNow):
        return None
    prefix = f"person-{person.pk}"
    return sent if sent is not None and sent.prefix == prefix else AllowForm(prefix=prefix)
