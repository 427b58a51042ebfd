"""The one-time link of an invitation: minted when the mail is written, found again by its hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from schoolgate.core.errors import NotFound
from schoolgate.core.tenancy import scope
from schoolgate.people import rules
from schoolgate.people.actions import choose_password, join_by_invitation
from schoolgate.people.models import Directory, Invitation, Person


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def mint(invitation: Invitation, *, to: str) -> str:
    """Return a new token for this invitation; only its hash is stored, and an earlier token stops working.

    `to`: the address that the link is mailed to. Empty: it is given out at the server's command line, for the
    first person of an installation, and works only while no other federation knows this sign-in.
    """
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.sent_to = _hash(token), to
    invitation.save(update_fields=["token_hash", "sent_to"])
    return token


def find(token: str, *, at: datetime) -> Invitation:
    """Return the open invitation of this token. Installation-level: asked before sign-in.

    Raises NotFound (no such token) and NotNow (as `rules.check_opens`).
    """
    found = Invitation.objects.filter(token_hash=_hash(token)).select_related("federation", "user").first()
    if found is None:
        raise NotFound
    rules.check_opens(found, at=at)
    return found


def accept(*, token: str, password: str, at: datetime) -> None:
    """Accept an invitation: the person chooses the password. Raises as `find` and `choose_password` do."""
    invitation = find(token, at=at)
    with scope(invitation.federation_id, invitation.person_id):
        person = Person.objects.select_related("user").get(pk=invitation.person_id)
        choose_password(by=person, at=at, invitation=invitation, password=password)


def accept_with_school_account(*, token: str, directory: Directory, subject: str, at: datetime) -> None:
    """Accept an invitation with a school account instead of a password: the link proves the mailbox.

    Raises as `find` and `join_by_invitation` do.
    """
    invitation = find(token, at=at)
    with scope(invitation.federation_id, invitation.person_id):
        person = Person.objects.select_related("user").get(pk=invitation.person_id)
        join_by_invitation(by=person, at=at, invitation=invitation, directory=directory, subject=subject)
