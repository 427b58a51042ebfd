"""A reply that tells by which way a class goes, and when, waits for an answer as a post does."""

from datetime import timedelta

import pytest

from schoolgate.inbox import seeing
from schoolgate.inbox.models import Item
from schoolgate.inbox.reply_facts import reply_is_held


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("It finishes at 3, then 5A walk back along the canal with Miss Nair.", True),
        ("Am dri, wedyn bydd 5A yn cerdded adre ar hyd y gamlas.", True),
        ("It finishes at 3.", False),
        ("Mae'n gorffen am dri.", False),
    ],
)
def test_the_way_of_a_class_is_asked_about_in_a_reply(published, server, poll, at, text, held):
    server.comment(published.ref, "What time does the choir finish?", at=at + timedelta(hours=1))
    poll(now=at + timedelta(hours=1))
    item = seeing.item(max(Item.every.values_list("pk", flat=True)))
    assert reply_is_held(item, text, at=at + timedelta(hours=2)) is held
