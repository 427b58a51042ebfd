"""A second person for words that pupils may read: they see the words first, and are another will than
each who wrote them (`people.own_will`)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed
from schoolgate.people.models import Person
from schoolgate.people.own_will import one_will_among


def check_is_second(by: Person, wrote: Collection[Person], *, at: datetime) -> None:
    """Raise NotAllowed unless this person is another will than each of those who wrote it."""
    if by in wrote:
        raise NotAllowed(
            _("You wrote this, so someone else must read it and agree."), _("Ask someone else to agree.")
        )
    writer = one_will_among(by, wrote, at=at)
    if writer is not None:
        raise NotAllowed(
            format_lazy(
                _("You or {name} recently added the other to Schoolgate or gave them a role."),
                name=writer.name,
            ),
            _("Ask someone else to agree."),
        )
