"""`schoolgate token make|list|end`: keys with which another program speaks for a person (docs/api.md).

`schoolgate reset-second-step EMAIL`: the person who runs the server confirms a reset that an administrator
asked for where no second one can, or resets it where no administrator can sign in at all.
"""

import argparse
import sys
from collections.abc import Callable
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from schoolgate.core.clock import local_day, now
from schoolgate.core.errors import BadInput, SchoolgateError
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Membership, Person, User
from schoolgate.people.queries import membership_begun_with, memberships_of
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.sessions import end_token, make_token, reset_factor_at_server, tokens_of


def token_arguments(parser: argparse.ArgumentParser) -> None:
    """Three words to choose from, and what each takes."""
    words = parser.add_subparsers(dest="what", required=True, metavar="make|list|end")
    make = words.add_parser("make", help="make a key for a person and print it once")
    whose = words.add_parser("list", help="list a person's active keys")
    end = words.add_parser("end", help="end a key so that it stops working at once")
    for one in (make, whose, end):
        one.add_argument("email", help="the person's email address")
        one.add_argument("--federation", metavar="SLUG", help="needed if the person belongs to several")
    make.add_argument("--name", required=True, help="what the key is for")
    make.add_argument("--days", type=int, default=90, help="how many days it lasts (90)")
    make.add_argument("--read-only", action="store_true", help="read only: it can't change anything")
    make.add_argument(
        "--code",
        default="",
        help="the person's current verification code, if a role requires two-step verification",
    )
    end.add_argument("number", type=int, help="the key's number, as printed by `list`")


def run_token(options: argparse.Namespace) -> int:
    """Do it; 0: done, 1: it may not be, 2: there is no such person."""
    at = now()
    memberships = _memberships(options, at)
    if len(memberships) != 1:
        said = (
            "give the --federation"
            if memberships
            else "no one has that address. Use the one they sign in with"
        )
        print(f"schoolgate token: {said}", file=sys.stderr)
        return 2
    try:
        with scope(memberships[0].federation_id, memberships[0].person_id):
            lines = DO[options.what](options, person_by_id(memberships[0].person_id), at)
    except SchoolgateError as error:
        fields = error.fields.values() if isinstance(error, BadInput) else ()
        print("schoolgate token:", error, *map(str, fields), file=sys.stderr)
        return 1
    print("\n".join(lines))
    return 0


def _memberships(options: argparse.Namespace, at: datetime) -> list[Membership]:
    user = User.objects.for_email(options.email)
    memberships = memberships_of(user, on=local_day(at)) if user else []
    return [
        membership for membership in memberships if options.federation in (None, membership.federation.slug)
    ]


def _make(options: argparse.Namespace, person: Person, at: datetime) -> list[str]:
    made = make_token(
        by=person, at=at, name=options.name, days=options.days, may_write=not options.read_only,
        with_factor=_is_their_code(person, options.code),
    )  # fmt: skip
    return [made.text]


def _is_their_code(person: Person, code: str) -> bool:
    steps = Authenticator.objects.filter(user=person.user_id, type=Authenticator.Type.TOTP)
    return bool(code) and any(TOTP(step).validate_code(code) for step in steps)


def _list(_options: argparse.Namespace, person: Person, at: datetime) -> list[str]:
    return [
        f"{key.pk}  {key.name}  {'read and write' if key.may_write else 'read'}  "
        f"until {key.expires_at:%Y-%m-%d}  last used {key.last_used_on or 'never'}"
        for key in tokens_of(person, at=at)
    ]


def _end(options: argparse.Namespace, person: Person, at: datetime) -> list[str]:
    end_token(by=person, at=at, token_id=options.number)
    return ["The key has been ended."]


DO: dict[str, Callable[[argparse.Namespace, Person, datetime], list[str]]] = {
    "make": _make,
    "list": _list,
    "end": _end,
}


def reset_second_step_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the arguments: whose, and whether no one else can ask."""
    parser.add_argument("email", help="the address the person signs in with")
    parser.add_argument(
        "--no-one-else",
        action="store_true",
        help="no administrator can sign in to ask for it; everyone who looks after people is told",
    )


def run_reset_second_step(options: argparse.Namespace) -> int:
    """Reset it. 0: done, 1: it may not be, 2: there is no such person."""
    at = now()
    user = User.objects.for_email(options.email)
    membership = membership_begun_with(user, on=local_day(at)) if user else None
    if membership is None:
        print(
            "schoolgate reset-second-step: no one has that address. Use the one they sign in with",
            file=sys.stderr,
        )
        return 2
    try:
        with scope(membership.federation_id):
            person = person_by_id(membership.person_id)
            reset_factor_at_server(at=at, person=person, alone=options.no_one_else)
    except SchoolgateError as error:
        print("schoolgate reset-second-step:", error, file=sys.stderr)
        return 1
    print("Two-step verification was reset. They set up a new one when they next sign in. It is on record,")
    print("and they and everyone who looks after people were told.")
    return 0
