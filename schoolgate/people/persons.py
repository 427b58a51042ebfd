"""People as they are added, invited and reached: their names and addresses, put tidily; their first
password, which no one else may guess; the number for when the program is down.

The shared password of an example federation is printed at every start, so no one else may use it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache

from django.contrib.auth.hashers import BasePasswordHasher, get_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import current_scope
from schoolgate.people import queries, rules
from schoolgate.people.models import (
    INVITATION_LASTS,
    UNPROVEN,
    Invitation,
    Membership,
    Person,
    PersonTelephone,
    Relation,
    RoleAssignment,
    User,
)
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import leads_at, safeguarding_roles, safeguards
from schoolgate.people.sessions import close_sessions

LONGEST_NAME = 200
LONGEST_EMAIL = 254


def tidy_name(words: str) -> str:
    """Return a name with single spaces between its parts, and none around it."""
    return " ".join(words.split())


def name_is_bad(name: str) -> bool:
    """Return whether a tidy name is missing, too long, or has letters that cannot be shown."""
    return not name or len(name) > LONGEST_NAME or any(unicodedata.category(c).startswith("C") for c in name)


def tidy_email(words: str) -> str:
    """Return an address in lower case, without spaces around it."""
    return words.strip().lower()


def email_is_bad(email: str) -> bool:
    """Return whether a normalised address is no e-mail address, longer than our column, or has letters (ı, ſ)
    that the database would take for others: then it would lead to another person's sign-in."""
    try:
        validate_email(email)
    except ValidationError:
        return True
    return len(email) > LONGEST_EMAIL or email.upper().lower() != email


def is_here(person: Person, on: date) -> bool:
    """Return whether a person has not left by that day."""
    return person.left_on is None or person.left_on > on


def check_may_change_contact(by: Person, person: Person, *, on: date) -> None:
    """Raise NotAllowed unless it's the person's own, or `by` looks after people here.

    Alarms about children go to a safeguarding lead's address, and would go to those who change it: so only
    the lead and others who lead change it, also while they are on long leave.
    """
    if by.pk == person.pk:
        return
    if _is_leads(person):
        if not leads_at(by, None, on=on):
            raise NotAllowed(
                _("Only safeguarding leads change a lead’s contact details: alarms about children go there."),
                next_step=_("Leads can change their own details. If one can’t sign in, ask another lead."),
            )
        return
    rules.check_may_administer(by, on=on)


def check_may_give_address(by: Person, person: Person, *, on: date) -> None:
    """Raise NotAllowed unless `by` may say where a person's mail goes: leads their own and each other's, and
    people who look after people here those of all others."""
    if by.pk == person.pk and not leads_at(by, None, on=on):
        rules.check_may_administer(by, on=on)
    check_may_change_contact(by, person, on=on)


def _is_leads(person: Person) -> bool:
    """Return whether a person is a safeguarding lead or deputy anywhere, at work or not."""
    keys = safeguarding_roles(book_for(person))
    held = RoleAssignment.objects.filter(person=person, role_key__in=keys, leads_since__isnull=False)
    return bool(safeguards(person)) or held.filter(ended_on=None).exists()


PASSWORD = "willow-tunnel-fair"  # noqa: S105 - public: example federations carry a banner, and take no real data


def hashed(password: str) -> str:
    """What is kept of a password. The examples' own is hashed once for all of their people: everyone knows
    it, and each time takes a fifth of a second of the processor."""
    return _hashed_once(get_hasher()) if password == PASSWORD else make_password(password)


@lru_cache(maxsize=1)
def _hashed_once(hasher: BasePasswordHasher) -> str:
    return make_password(PASSWORD, hasher=hasher)


class NotTheExampleOne:
    """Refuse it to all who have a place outside the examples, or none yet."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError where this is the examples' password and the user is not of an example."""
        if "".join(password.split()).casefold() != PASSWORD or _is_of_an_example(user):
            return
        raise ValidationError(
            _("This is the demo schools’ public password. Choose another."),
            code="example_password",
        )

    def get_help_text(self) -> str:
        """Return no advance hint, because no one would think of this password."""
        return ""


def _is_of_an_example(user: User | None) -> bool:
    if user is None or user.pk is None:
        return False
    examples = list(Membership.objects.filter(user=user).values_list("federation__is_example", flat=True))
    return bool(examples) and all(examples)


GUESSED_FIRST = (
    "schoolgate", "school", "schools", "ysgol", "ysgolion", "federation", "ffederasiwn", "academy", "trust",
    "primary", "secondary", "college", "social", "media", "cymdeithasol", "password", "cyfrinair", "welcome",
    "croeso", "letmein", "qwerty", "admin", "administrator", "headteacher", "pennaeth", "teacher", "athro",
    "office", "swyddfa", "governor", "facebook", "instagram", "twitter", "youtube", "bluesky", "mastodon",
    "January", "February", "September", "October", "November", "December", "spring", "summer", "autumn",
    "winter",
)  # fmt: skip
"""Beside the words of the federations' names and of the person's own address."""
LEAST_LEFT = 8
"""Letters and digits that must be left without them."""
_SHORTEST = 4
_PART = re.compile(r"[^\W_]+")


class NotWhatEveryoneTries:
    """Refuse a password of which little is left without those words."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError where too little is left."""
        left = "".join(_PART.findall(password.casefold()))
        for word in sorted(_tried_first(user), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < LEAST_LEFT:
            raise ValidationError(
                _("Anyone would try this here, such as the school’s name with a year. Choose other words."),
                code="guessable_password",
            )

    def get_help_text(self) -> str:
        """Return no advance hint: few people would choose one."""
        return ""


def _tried_first(user: User | None) -> set[str]:
    names = [
        *GUESSED_FIRST,
        *Federation.objects.values_list("name", flat=True),
        user.email if user is not None else "",
    ]
    parts = {part for name in names for part in _PART.findall(name.casefold())}
    return {part for part in parts if len(part) >= _SHORTEST}


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


NUMBER = re.compile(r"\+?[0-9](?:[ ()-]{0,2}[0-9]){4,14}")
"""A number as people write it: digits, with spaces, brackets and hyphens between them."""


@action
def keep_telephone(*, by: Person, at: datetime, person: Person, number: str) -> PersonTelephone:
    """Save the number at which a person is reached, in place of the one before.

    Raises NotAllowed, BadInput (number), NotNow (they have left).
    """
    check_may_change_contact(by, person, on=local_day(at))
    tidy = " ".join(number.split())
    if not NUMBER.fullmatch(tidy) or len(tidy) > 30:
        raise BadInput({"number": _("Enter a phone number, such as 01632 960001.")})
    if person.left_on is not None and person.left_on <= local_day(at):
        raise NotNow(
            _("This person has left or is about to leave."), _("If that is wrong, change it on their page.")
        )
    given = {"number": tidy, "given_by": by, "at": at}
    kept, _new = PersonTelephone.objects.update_or_create(person=person, defaults=given)
    record("people.telephone_given", subject=person, at=at, actor=by)
    return kept


@action
def forget_telephone(*, by: Person, at: datetime, person: Person) -> None:
    """Take a person's number off. Raises NotAllowed, NotNow (there is none)."""
    check_may_change_contact(by, person, on=local_day(at))
    if not PersonTelephone.objects.filter(person=person).delete()[0]:
        raise NotNow(_("No number saved."), _("You don’t need to do anything else."))
    record("people.telephone_forgotten", subject=person, at=at, actor=by)
