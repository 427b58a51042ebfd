"""Begin a sign-in: choose its first password, or correct its address before that."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events.recording import record
from schoolgate.people import queries, rules
from schoolgate.people.actions.sessions import close_sessions
from schoolgate.people.checking import tidy_email
from schoolgate.people.contact_details import check_may_change_contact
from schoolgate.people.example_password import hashed
from schoolgate.people.models import Invitation, Membership, Person, User
from schoolgate.people.states import UNPROVEN


def already_here() -> BadInput:
    """Return the message for an entered address that a member of this federation already has (field
    email)."""
    return BadInput(
        {"email": _("Someone with this address is or was already here. Look for them under People.")}
    )


def sign_in_for(email: str) -> User:
    """Return the sign-in of a normalised address, created if there is none.

    Raises BadInput (field email): its password was chosen at the server's command line, and no mail has
    proven yet that the address is theirs. Until then it gets no place in another federation.
    """
    user = User.objects.for_email(email) or User.objects.create_without_password(email)
    if user.address_unproven:
        raise BadInput({"email": UNPROVEN})
    return user


def take_up(invitation: Invitation, *, at: datetime) -> User:
    """Use an invitation: once, and only where it still opens this sign-in. Raises as `rules.check_opens`.

    Two links of one sign-in, used at the same moment, wait for each other here.
    """
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    current = Invitation.objects.filter(pk=invitation.pk).first() or invitation
    current.user = user
    rules.check_opens(current, at=at)
    Invitation.objects.filter(pk=current.pk).update(used_at=at)
    user.address_unproven = current.token_hash is not None and not current.sent_to
    user.save(update_fields=["address_unproven"])
    return user


@action
def choose_password(*, by: Person, at: datetime, invitation: Invitation, password: str) -> None:
    """Accept the user's own invitation by setting the password; ends this and every other link of this
    sign-in.

    Raises NotNow (used, too old, or a password was chosen), BadInput (field password: too weak).
    """
    user = take_up(invitation, at=at)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadInput({"password": " ".join(error.messages)}) from error
    user.password = hashed(password)
    user.save(update_fields=["password"])
    close_sessions(user)
    record("people.password_chosen", subject=by, at=at, actor=by)


def note_address_proven(user: User) -> None:
    """Record that a mail to the address of this sign-in was answered. Installation-level, outside any
    scope."""
    User.objects.filter(pk=user.pk, address_unproven=True).update(address_unproven=False)


@action
def correct_address(*, by: Person, at: datetime, person: Person, address: str) -> bool:
    """Give the place of `person` to the sign-in of another address, because the entered one was mistyped.

    Only while the present sign-in is unused and no other federation knows it: a sign-in shared with other
    federations keeps its address. Open links end. Returns whether it was done. Raises NotAllowed, BadInput
    (field email).
    """
    check_may_change_contact(by, person, on=local_day(at))
    old = User.objects.select_for_update().get(pk=person.user_id)
    email = tidy_email(address)
    if email == old.email or queries.has_begun(old) or Membership.objects.filter(user=old).count() > 1:
        return False
    user = sign_in_for(email)
    if Person.objects.filter(user=user).exists():
        raise already_here()
    Invitation.objects.filter(user=old).delete()
    Membership.objects.filter(person_id=person.pk).update(user=user)
    person.user = user
    person.save(update_fields=["user"])
    old.delete()
    record("people.sign_in_corrected", subject=person, at=at, actor=by)
    return True
