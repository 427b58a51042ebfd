"""The things that a correction or objection is about, by their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Manager

from schoolgate.inbox.models import Item
from schoolgate.media.models import Picture
from schoolgate.people.models import Person
from schoolgate.publishing.models import Post
from schoolgate.pupils.models import Pupil
from schoolgate.rights.states import Thing

ROWS: Mapping[Thing, Manager[Any]] = {
    Thing.PERSON: Person.objects,
    Thing.PUPIL: Pupil.objects,
    Thing.POST: Post.objects,
    Thing.PICTURE: Picture.objects,
    Thing.COMMENT: Item.objects,
}
"""Locked comments aren't among them: what is known of those stays with the safeguarding leads."""


def exists(thing: Thing, number: int) -> bool:
    """Return whether there is one with this number here; never of something else, which has no numbers."""
    return thing in ROWS and ROWS[thing].filter(pk=number).exists()


def name_of(thing: Thing, number: int) -> str:
    """Return its name in the record, as `publishing.post:17`."""
    return f"{ROWS[thing].model._meta.label_lower}:{number}"
