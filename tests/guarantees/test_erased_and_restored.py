"""A pupil, a comment, a picture and a concern were erased, and a backup from before brought them back: once
the home is released, no public address, feed or search has anything of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from schoolgate.core.backups import journal
from schoolgate.core.backups.journal import ERASED, Entry
from schoolgate.core.retention import kind_of
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Item
from schoolgate.incidents.models import Report
from schoolgate.media.models import Picture
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.publishing.models import Delivery, Post
from schoolgate.pupils.models import Pupil
from schoolgate.records.journal import left_to_people
from schoolgate.reports.after_restore import release
from tests.guarantees.test_erased import NAME, WORDS, a_board, a_leaver
from tests.restored import restore_here
from tests.web.addresses import ALL
from tests.web.conftest import sign_in
from tests.web.test_other_federations import PUBLIC
from tests.web.things import NOW

__all__ = ["sign_in"]

HOUR = timedelta(hours=1)
TEXT = "Second prize: Tobias Quillfeather!"
GONE = ("Quillfeather", NAME, WORDS)


@pytest.fixture
def here(own_database, in_world, home):
    """The noticeboard with a comment, and a leaver who is named in the post above it."""
    found = in_world(a_board, NOW)
    found.pupil = a_leaver(found)
    with scope(found.there.federation.pk):
        copy = found.there.delivery
        Delivery.objects.filter(pk=copy.pk).update(text=TEXT)
        Post.objects.filter(pk=copy.post_id).update(text=TEXT)
        NoticeboardPost.objects.filter(pk=found.post.pk).update(text=TEXT)
    return found


def everywhere(here, sign_in):
    """Every public page and feed, and what colleagues search and download, by where it is."""
    there = here.there
    for each in ALL:
        if each.name in PUBLIC:
            path = each.path(**{key: there.value(thing) for key, thing in each.things.items()})
            answer = Client().get(path)
            yield each.name, b"".join(answer.streaming_content) if answer.streaming else answer.content
    sam = sign_in(there.sam)
    for words in ("Quillfeather", "Marigold", "Tobias"):
        yield f"posts: {words}", sam.post(reverse("posts"), {"words": words}).context["rows"]
        yield f"inbox: {words}", sam.post(reverse("inbox"), {"words": words}).context["rows"]


def test_what_was_erased_after_the_backup_is_nowhere_once_the_home_is_released(here, sign_in):
    there, at = here.there, (NOW + HOUR).isoformat()
    slug = there.federation.slug
    with scope(there.federation.pk):
        picture, report = there.value("picture"), there.report.pk
    erased = {"pupils": here.pupil.pk, "comments": here.item.pk, "pictures": picture, "concerns": report}
    journal.add(
        [
            Entry(slug, "publishing.post_gone", there.delivery.post_id, at, {"withheld": False}),
            Entry(slug, "board.post_down", here.post.pk, at, {"taken_down_at": at}),
            *(
                Entry(slug, ERASED, pk, at, {"kind": key, "because": "asked", "by": "Otto Overseer"})
                for key, pk in erased.items()
            ),
        ]
    )
    restoration = restore_here(backup_at=NOW, at=NOW + 2 * HOUR)
    release(by=None, at=NOW + 3 * HOUR, without_looking=True)
    restoration.refresh_from_db()
    found = []
    for where, shown in everywhere(here, sign_in):
        text = shown.decode(errors="ignore") if isinstance(shown, bytes) else str(shown)
        found += [(where, word) for word in GONE if word in text]
    assert found == []
    with scope(there.federation.pk):
        left = {
            "pupils": Pupil.objects.filter(pk=here.pupil.pk, destroyed_at=None).exists(),
            "comments": Item.every.filter(pk=here.item.pk, destroyed_at=None).exists(),
            "pictures": Picture.objects.filter(pk=picture).exists(),
            "concerns": Report.objects.filter(pk=report, destroyed_at=None).exists(),
        }
        told = left_to_people(there.federation, restoration)
    assert not left["comments"]
    for key, is_left in left.items():
        line = f"{kind_of(key).thing}: Number {erased[key]} was erased after the backup and is back"
        assert any(one.startswith(line) for one in told) == is_left, key
