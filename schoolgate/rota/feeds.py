"""The secret address of a person's own shifts, or of the posts they see: created, renewed, ended."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.errors import NotNow
from schoolgate.core.events import record
from schoolgate.people.models import Person
from schoolgate.rota.calendars import digest_of, new_text
from schoolgate.rota.models import Feed, FeedOf


@action
def renew_feed(*, by: Person, at: datetime, of: FeedOf = FeedOf.SHIFTS) -> str:
    """Create the address of a person's own shifts, or of the posts they see, replacing the one before, which
    stops working at once;
    returns its text, shown now and never again."""
    text = new_text()
    feed, _made = Feed.objects.update_or_create(
        person=by, of=of, defaults={"digest": digest_of(text), "made_at": at}
    )
    record("feed.made", subject=feed, at=at, actor=by)
    return text


@action
def end_feed(*, by: Person, at: datetime, of: FeedOf = FeedOf.SHIFTS) -> None:
    """Stop the person's address working. Raises NotNow (there is none)."""
    feed = Feed.objects.filter(person=by, of=of).first()
    if feed is None:
        raise NotNow(_("You have no calendar address."), _("You don’t need to do anything else."))
    record("feed.ended", subject=feed, at=at, actor=by)
    feed.delete()
