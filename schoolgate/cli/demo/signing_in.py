"""Signing in to an example federation: one password for everyone, and a code for two-step verification that a
command prints."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from schoolgate.cli.demo.cast import CAST, Who
from schoolgate.cli.examples import EXAMPLES, ExampleSignIn
from schoolgate.core.clock import local_day
from schoolgate.core.models import Federation
from schoolgate.core.typed import typed
from schoolgate.people.actions import choose_password, invite, note_factor
from schoolgate.people.example_password import PASSWORD
from schoolgate.people.models import Person, User
from schoolgate.people.rules import factor_is_compulsory
from schoolgate.rulebook import book


def email_of(key: str, who: Who) -> str:
    """An address that no mail can reach (RFC 2606)."""
    return f"{who.key}@{key}.example"


def let_in(person: Person, *, by: Person | None, at: datetime) -> None:
    """Give a person of the cast the password, and two-step verification if one of their roles requires it."""
    choose_password(by=person, at=at, invitation=invite(by=by, at=at, person=person), password=PASSWORD)
    give_second_step(person, at=at)


def give_second_step(person: Person, *, at: datetime) -> None:
    """Give a person of the cast, who has signed in, two-step verification if they need it and have none."""
    User.objects.filter(pk=person.user_id, last_login=None).update(last_login=at)
    has_one = Authenticator.objects.filter(user=person.user_id).exists()
    if factor_is_compulsory(person, on=local_day(at)) and not has_one:
        TOTP.activate(person.user, generate_totp_secret())
        note_factor(by=person, at=at, change="added", kind="totp")


def sign_ins() -> list[ExampleSignIn]:
    """Return everyone who can sign in, federation by federation, in the order of the cast: of one that is
    still being made, no one can."""
    there = set(Federation.objects.filter(is_example=True).values_list("slug", flat=True))
    users = set(User.objects.values_list("email", flat=True))
    with_step = set(
        User.objects.filter(pk__in=Authenticator.objects.values("user_id")).values_list("email", flat=True)
    )
    return [
        ExampleSignIn(
            key=key,
            federation=CAST[key].name,
            name=who.name,
            role=_roles(key, who),
            email=email_of(key, who),
            password=PASSWORD,
            second_step=typed("code", email_of(key, who)) if email_of(key, who) in with_step else "",
        )
        for key in EXAMPLES
        if key in there
        for who in CAST[key].people
        if who.signs_in and email_of(key, who) in users
    ]


def _roles(key: str, who: Who) -> str:
    """Return the policy's own names of the roles held by members of the cast, or that they lead on
    safeguarding, which no policy gives."""
    if who.key == CAST[key].lead:
        return "safeguarding lead"
    keys = [*who.roles, *("line-manager" for manager, _ in CAST[key].manages if manager == who.key)]
    return ", ".join(role.name for role in book(key).roles if role.key in keys)
