"""Join school accounts to a sign-in and remove them, never by comparing addresses."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.events.recording import record
from schoolgate.people.actions.sign_ins import take_up
from schoolgate.people.models import Directory, Invitation, Person, SchoolAccount, User
from schoolgate.people.queries import memberships_of


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
