"""Permissions that posts wait for: whether one is still for the current text, and what follows a yes."""

from datetime import datetime

from schoolgate.core.subjects import number_of
from schoolgate.people.models import Person
from schoolgate.policy.models import PermissionAsked
from schoolgate.policy.permitting import Area, Place, declare
from schoolgate.publishing import queries
from schoolgate.publishing.actions.approving import approve_if_complete
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.lacking import place_of_post
from schoolgate.publishing.models import Post


def _thing(pk: int) -> tuple[Post, Place]:
    found = queries.post(pk)
    return found, place_of_post(found)


def _current(asked: PermissionAsked) -> bool:
    post = queries.post(number_of(asked.about))
    return asked.covers.partition(":")[2] in ("", content_digest(post))


def _given(asked: PermissionAsked, by: Person, at: datetime) -> None:
    approve_if_complete(by=by, at=at, post=queries.post(number_of(asked.about)))


declare("publishing.post", Area("post", _thing, _current, _given))
