"""School accounts: which directory people sign in through, and whose account is whose: joined by the one-
time link of an invitation, never by comparing addresses.

Directories are added and ended, and federations admitted to them, by the installation's operator as the
database owner. The pages can do none of this: the application's role may only read these tables.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.models import Federation
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import scope
from schoolgate.core.vault import CannotOpen, also_sealed
from schoolgate.people import rules
from schoolgate.people.models import (
    Directory,
    DirectoryAdmits,
    DirectoryKind,
    Invitation,
    Person,
    SchoolAccount,
    User,
)
from schoolgate.people.persons import choose_password, take_up
from schoolgate.people.queries import memberships_of


def live() -> QuerySet[Directory]:
    """Return the directories that people can sign in through: not ended, and admitting a federation; by
    name."""
    admits = DirectoryAdmits.objects.filter(directory=OuterRef("pk"))
    return Directory.objects.filter(Exists(admits), ended_at=None).order_by("name", "pk")


def live_one(slug: str) -> Directory | None:
    """Return the directory of that name, where people can sign in through it, or None."""
    return live().filter(slug=slug).first()


def admitting(federation: Federation) -> list[Directory]:
    """Return every directory that opens this federation, ended ones too, by name."""
    return list(Directory.objects.filter(admits__federation=federation).order_by("name", "pk"))


def joined_as(directory: Directory, subject: str) -> User | None:
    """Return whose sign-in this school account is joined to, or None. An e-mail address is never asked."""
    found = SchoolAccount.objects.filter(directory=directory, subject=subject).select_related("user").first()
    return found.user if found else None


def accounts_of(user: User) -> list[SchoolAccount]:
    """Return the school accounts joined to a sign-in, oldest first."""
    return list(SchoolAccount.objects.filter(user=user).select_related("directory").order_by("pk"))


def secret_of(directory: Directory) -> str:
    """Return the client secret with which this program identifies itself to the directory. Raises
    CannotOpen."""
    return vault.unseal(directory.sealed_secret)


@also_sealed
def seal_anew(newly: Callable[[str], str | None]) -> Iterator[str]:
    """Seal each secret with the newest key; yields `directory SLUG` for what no key opens."""
    for directory in Directory.objects.order_by("pk"):
        try:
            with transaction.atomic():
                if new := newly(directory.sealed_secret):
                    Directory.objects.filter(pk=directory.pk).update(sealed_secret=new)
        except CannotOpen:
            yield f"directory {directory.slug}"


GOOGLE = "https://accounts.google.com"
MICROSOFT = "https://login.microsoftonline.com/{tenant}/v2.0"
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")
_DOMAIN = re.compile(r"(?=.{4,100}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_LOOPBACK = ("127.0.0.1", "localhost")


@transaction.atomic
def add_directory(
    *,
    at: datetime,
    slug: str,
    kind: str,
    name: str,
    client_id: str,
    secret: str,
    tenant: str = "",
    issuer: str = "",
    federations: Sequence[str] = (),
) -> Directory:
    """Add a school's own sign-ins, for these federations (by slug). Raises BadInput by field.

    Microsoft's and Google's addresses follow from `tenant`; `issuer` is for another service. A slug is used
    once for ever: what was joined to an ended directory must not come back to life under another.
    """
    tenant, name, secret = tenant.strip().lower(), " ".join(name.split()), secret.strip()
    issuer = _issuer(kind, tenant, issuer)
    wrong = _wrong_name(slug, name, client_id, secret) | _wrong_place(kind, tenant, issuer)
    if wrong:
        raise BadInput(wrong)
    directory = Directory.objects.create(
        slug=slug,
        kind=kind,
        name=name,
        issuer=issuer,
        client_id=client_id,
        sealed_secret=vault.seal(secret),
        tenant=tenant if kind != DirectoryKind.OTHER else "",
        made_at=at,
    )
    for federation in federations:
        admit(slug=directory.slug, federation=federation)
    return directory


def admit(*, slug: str, federation: str) -> None:
    """Let a directory open a federation. Raises NotFound, BadInput (no such federation)."""
    found = Federation.objects.filter(slug=federation).first()
    if found is None:
        raise BadInput({"federation": _("There is no such federation. Give the address of an existing one.")})
    DirectoryAdmits.objects.get_or_create(directory=_one(slug), federation=found)


def end_directory(*, slug: str, at: datetime) -> Directory:
    """End a directory: no one can sign in through it any more, and those who did are signed out at their next
    page. Raises NotFound, also for one that has ended."""
    directory = _one(slug)
    if not Directory.objects.filter(pk=directory.pk, ended_at=None).update(ended_at=at):
        raise NotFound
    return directory


def _one(slug: str) -> Directory:
    found = Directory.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound
    return found


def _issuer(kind: str, tenant: str, issuer: str) -> str:
    if kind == DirectoryKind.MICROSOFT:
        return MICROSOFT.format(tenant=tenant)
    return GOOGLE if kind == DirectoryKind.GOOGLE else issuer.strip()


def _wrong_name(slug: str, name: str, client_id: str, secret: str) -> dict[str, Text]:
    wrong: dict[str, Text] = {}
    if not _SLUG.fullmatch(slug) or slug == "back":
        wrong["slug"] = _("Use lowercase letters, numbers and hyphens, at most 50.")
    elif Directory.objects.filter(slug=slug).exists():
        wrong["slug"] = _("This name is or was already in use. Choose another.")
    if not 0 < len(name) <= 80:
        wrong["name"] = _("Enter the text for the sign-in button, in 80 characters or fewer.")
    if not 0 < len(client_id) <= 300 or not secret:
        wrong["client"] = _("Give the client ID, and its secret on standard input.")
    return wrong


def _wrong_place(kind: str, tenant: str, issuer: str) -> dict[str, Text]:
    wrong: dict[str, Text] = {}
    if kind == DirectoryKind.MICROSOFT and not _is_id(tenant):
        wrong["tenant"] = _("Give the tenant ID, like 8eaef023-2b34-4da1-9baa-8bc8c9d6a490, never common.")
    if kind == DirectoryKind.GOOGLE and not _DOMAIN.fullmatch(tenant):
        wrong["tenant"] = _("Give the school’s Google Workspace domain, like school.example.")
    if kind == DirectoryKind.OTHER and not _is_safe(issuer):
        wrong["issuer"] = _("Give the issuer’s address, which begins with https://.")
    return wrong


def _is_id(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _is_safe(issuer: str) -> bool:
    parts = parts_of(issuer)
    if not parts.hostname or parts.query or parts.fragment or len(issuer) > 300:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


@action
def join_school_account(*, by: Person, at: datetime, directory: Directory, subject: str) -> SchoolAccount:
    """Join a school account to the user's own sign-in: from now on it signs them in as the password does.

    `subject` is who they are in the directory, as the directory itself has just said. Raises NotNow: the
    directory has ended or opens none of this user's federations, or the account, or another one of the same
    directory, is joined already.
    """
    _check_opens(directory, by.user, at)
    if SchoolAccount.objects.filter(user=by.user_id, directory=directory).exists():
        raise NotNow(
            _("Your sign-in is already linked to an account from this school."),
            next_step=_("Unlink that one first."),
        )
    try:
        with transaction.atomic():
            account = SchoolAccount.objects.create(
                directory=directory, subject=subject, user=by.user, joined_at=at
            )
    except IntegrityError:
        raise NotNow(
            _("This school account is linked to another sign-in."),
            next_step=_("Sign in with it, or ask the person who looks after people and roles."),
        ) from None
    record("people.school_account_joined", subject=by, at=at, actor=by, directory=directory.pk)
    return account


@action
def join_by_invitation(
    *, by: Person, at: datetime, invitation: Invitation, directory: Directory, subject: str
) -> SchoolAccount:
    """Accept the user's own invitation with a school account instead of a password; the link works once.

    Raises NotNow: the link has ended, or as `join_school_account` does; then it still works.
    """
    take_up(invitation, at=at)
    if not directory.admits.filter(federation=by.federation_id).exists():
        raise _opens_nothing()
    return join_school_account(by=by, at=at, directory=directory, subject=subject)


@action
def end_school_account(*, by: Person, at: datetime, account_id: int) -> int:
    """Remove a school account from the user's own sign-in, and sign out sessions that came through it.

    Returns the id of its directory.

    Raises NotFound (also for another user's), NotNow (no other way to sign in is left).
    """
    account = SchoolAccount.objects.filter(pk=account_id, user=by.user_id).first()
    if account is None:
        raise NotFound
    if not _can_sign_in_otherwise(by.user, account):
        raise NotNow(
            _("You have no other way to sign in."),
            next_step=_("Choose a password or set up a passkey first."),
        )
    directory_id = account.directory_id
    account.delete()
    record("people.school_account_ended", subject=by, at=at, actor=by, directory=directory_id)
    return directory_id


@action
def note_school_account(*, by: Person, at: datetime, change: str, directory_id: int) -> None:
    """Note in another of the user's federations what they did to their sign-in: "joined" or "ended"."""
    record(f"people.school_account_{change}", subject=by, at=at, actor=by, directory=directory_id)


def _check_opens(directory: Directory, user: User, at: datetime) -> None:
    here = [membership.federation_id for membership in memberships_of(user, on=local_day(at))]
    if directory.ended_at is not None or not directory.admits.filter(federation__in=here).exists():
        raise _opens_nothing()


def _opens_nothing() -> NotNow:
    return NotNow(
        _("Your school hasn’t allowed these school accounts to use Schoolgate."),
        next_step=_("Sign in with your password, or ask the person who looks after people and roles."),
    )


def _can_sign_in_otherwise(user: User, account: SchoolAccount) -> bool:
    if user.has_usable_password():
        return True
    if Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists():
        return True
    others = SchoolAccount.objects.filter(user=user, directory__ended_at=None).exclude(pk=account.pk)
    return others.exists()


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
