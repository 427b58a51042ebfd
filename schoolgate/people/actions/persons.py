"""Add people and invite them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Text
from schoolgate.core.events.recording import record
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import current_scope
from schoolgate.people import rules
from schoolgate.people.actions.sign_ins import already_here, sign_in_for
from schoolgate.people.checking import email_is_bad, name_is_bad, tidy_email, tidy_name
from schoolgate.people.models import Invitation, Membership, Person
from schoolgate.people.states import INVITATION_LASTS, Relation


def _check_name_and_email(name: str, email: str, relation: str) -> tuple[str, str]:
    fields: dict[str, Text] = {}
    name = tidy_name(name)
    if name_is_bad(name):
        fields["name"] = _("Enter the person’s name, in 200 characters or fewer.")
    email = tidy_email(email)
    if email_is_bad(email):
        fields["email"] = _("Enter an email address, like name@example.org.")
    if relation not in Relation.values:
        fields["relation"] = _("Choose the person’s relationship to the federation.")
    if fields:
        raise BadInput(fields)
    return name, email


def _check_by(by: Person | None, federation: Federation, on: date) -> None:
    """Check who adds a person; without `by`, only the set-up of a federation where no one manages people
    yet."""
    if by is not None:
        rules.check_may_administer(by, on=on)
    elif not rules.is_unstaffed(federation, on=on):
        raise NotAllowed(
            _("Someone already looks after people here."), next_step=_("Ask them to add the person.")
        )


@action
def add_person(
    *, by: Person | None, at: datetime, name: str, email: str, relation: str, language: str = "en"
) -> Person:
    """Give a person a place in this federation: their user (created if there is none), person and membership.

    `by` None is for the set-up command, open only while no one here manages people. The person holds no role
    yet and can't sign in before accepting an invitation. Raises NotAllowed, BadInput (name, email, relation,
    language).
    """
    federation = Federation.objects.get(pk=current_scope().federation_id)
    _check_by(by, federation, local_day(at))
    name, email = _check_name_and_email(name, email, relation)
    if language not in federation.languages:
        raise BadInput({"language": _("Choose one of the federation’s languages.")})
    user = sign_in_for(email)
    if Person.objects.filter(user=user).exists():
        raise already_here()
    person = Person.objects.create(
        federation=federation, name=name, email=email, user=user, language=language, relation=relation
    )
    Membership.objects.create(user=user, federation=federation, person_id=person.pk, since=at)
    record("people.person_added", subject=person, at=at, actor=by)
    return person


@action
def invite(*, by: Person | None, at: datetime, person: Person) -> Invitation:
    """Invite a person to choose a password; the mail with the one-time link is sent after the commit, to the
    address that they sign in with.

    An earlier open invitation stops working. Raises NotAllowed, NotNow (the person has left).
    """
    _check_by(by, person.federation, local_day(at))
    if person.left_on is not None and person.left_on <= local_day(at):
        raise NotNow(
            _("This person has left. Choose someone who is still here."),
            next_step=_("Record their return first."),
        )
    Invitation.objects.filter(user=person.user_id, federation=person.federation, used_at=None).delete()
    invitation = Invitation.objects.create(
        user_id=person.user_id,
        federation=person.federation,
        person_id=person.pk,
        made_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    record("people.invited", subject=person, at=at, actor=by, invitation=invitation.pk)
    return invitation


@action
def set_language(*, by: Person, at: datetime, language: str) -> None:
    """Set the language of the user's own pages and mails. Raises BadInput (field language)."""
    if language not in by.federation.languages:
        raise BadInput({"language": _("Choose one of the federation’s languages.")})
    by.language = language
    by.save(update_fields=["language"])
    record("people.language_set", subject=by, at=at, actor=by, language=language)


@action
def say_reads_welsh(*, by: Person, at: datetime, reads: bool) -> None:
    """Keep whether `by` reads Welsh, in their own word: readers are asked about Welsh in posts."""
    by.reads_welsh = reads
    by.save(update_fields=["reads_welsh"])
    record("people.reads_welsh_said", subject=by, at=at, actor=by, reads=reads)


def check_still_staffed(federation: Federation, *, on: date) -> None:
    """Raise NotNow where no one would manage people in this federation on that day."""
    if rules.is_unstaffed(federation, on=on):
        raise NotNow(
            _("No one would be left to look after people and roles."),
            next_step=_("Give that role to someone else first."),
        )
