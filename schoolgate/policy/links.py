"""The link by which people who don't sign in read the policy: made when its email is written, found by its
hash, usable once."""

import hashlib
import secrets
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.people.models import Person
from schoolgate.policy.models import Asking, PolicyVersion, ReadingLink
from schoolgate.policy.models.knowing import LINK_LASTS
from schoolgate.policy.states import VersionState


def mint(asking: Asking, *, at: datetime) -> str:
    """Make a new token for this person and version; only its hash is saved, and any earlier token stops
    working."""
    end_of(asking, at=at)
    token = secrets.token_urlsafe(32)
    ReadingLink.objects.create(asking=asking, token_hash=_hash(token), made_at=at, expires_at=at + LINK_LASTS)
    return token


def is_open(person: Person, version: PolicyVersion, *, at: datetime) -> bool:
    """Whether the link sent to a person about a version still works."""
    rows = ReadingLink.objects.filter(asking__person=person, asking__version=version, ended_at=None)
    rows = rows.filter(asking__document=version.document)
    return rows.filter(expires_at__gt=at).exists()


def end_of(asking: Asking, *, at: datetime) -> int:
    """Let the link that is open for this person and version stop working. Returns how many: 0 or 1."""
    return ReadingLink.objects.filter(asking=asking, ended_at=None).update(ended_at=at)


def find(token: str, *, at: datetime) -> ReadingLink:
    """Return the link of this token in the federation in scope.

    Raises NotFound (no such token here), and NotNow where it was used, revoked or has expired, or belongs
    to a person who has left or to a version that is no longer in force.
    """
    rows = ReadingLink.objects.select_related("asking__person__federation", "asking__version")
    link = rows.filter(token_hash=_hash(token)).first()
    if link is None:
        raise NotFound
    if link.answer_id is not None:
        raise NotNow(_("You have already answered. Thank you."), _("You don’t need to do anything else."))
    left = link.asking.person.left_on
    over = (
        link.ended_at is not None
        or link.expires_at <= at
        or link.asking.version.state != VersionState.IN_FORCE
        or link.asking.document != link.asking.version.document
        or (left is not None and left <= local_day(at))
    )
    if over:
        raise NotNow(_("This link no longer works."), next_step=_("Ask the school for a new one."))
    return link


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
