"""Comments that were closed on a day, with all that can hang on one."""

from datetime import UTC, datetime

import pytest

from schoolgate.core.retention import kind_of
from schoolgate.inbox.desk import write_note
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.models import Item
from schoolgate.inbox.pasting import Photo, paste_in
from schoolgate.inbox.replying import close_item
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.records import destroying, setting
from schoolgate.records.destroying import destroy_due
from tests.publishing.conftest import beginning, cast, federation, school

__all__ = ["beginning", "cast", "federation", "school"]

SECRET = "Our Osian was dancing all night"
CLOSED = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)
"""The comments of these tests are closed on this day, a Tuesday."""


def kind(key="comments"):
    return kind_of(key)


@pytest.fixture
def came(cast, at):
    """`came("c1")`: a comment that came in on Bluesky."""

    def enter(key="c1", text=SECRET, now=at) -> Item:
        each = IncomingItem(
            "bluesky",
            Ref("bluesky", key),
            Author("did:1", "osian", "Osian's mother"),
            text,
            now,
            attachments=(),
            visibility="public",
        )
        ingest(at=now, account=cast.bluesky, items=[each])
        return Item.objects.filter(network_id=key).first()

    return enter


@pytest.fixture
def closed(cast, came, at):
    """`closed("c1")`: one that was closed, with a note of a colleague."""

    def close(key="c1", now=at, **more) -> Item:
        item = came(key, now=now, **more)
        write_note(by=cast.ben, at=now, item=item, text="She rang on Monday")
        close_item(by=cast.ben, at=now, item=item, reason="no_answer_needed")
        item.refresh_from_db()
        return item

    return close


@pytest.fixture
def photographed(cast, at):
    """`photographed("a")`: a comment with a screenshot, closed."""

    def paste(letter="a", now=at) -> Item:
        photo = Photo(letter * 64, "image/jpeg", 640, 420)
        item = paste_in(
            by=cast.ben, at=now, account=cast.facebook, author="A Parent", text=f"Shame on you {letter}",
            appeared_at=now, photo=photo, private=False,
        )  # fmt: skip
        close_item(by=cast.ben, at=now, item=item, reason="no_answer_needed")
        return item

    return paste


@pytest.fixture
def started(cast, at):
    """`started("comments", months=36)`: destruction of a kind, set and started by Sam."""

    def begin(key="comments", months=None) -> None:
        now = destroying.in_force(kind(key))
        if months is not None:
            setting.set_period(
                by=cast.sam, at=at, kind=kind(key), months=months, reason="As our schedule says",
                seen=now.setting.pk if now.setting else None,
            )  # fmt: skip
            now = destroying.in_force(kind(key))
        setting.start(
            by=cast.sam,
            at=at,
            kind=kind(key),
            months=now.months,
            seen=now.setting.pk if now.setting else None,
        )

    return begin


@pytest.fixture
def sweep(cast):
    """`sweep(when)`: the daily sweep."""
    return lambda when: destroy_due(cast.federation.pk, at=when)
