"""The example federations, and how one signs in to them. Small on purpose: the supervisor reads it too.

`schoolgate sign-ins`: the sign-ins for looking around in the example federations.

`schoolgate code EMAIL`: prints a person's code for two-step verification in an example federation.
"""

import argparse
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from schoolgate.core.home import typed

EXAMPLES = ("wildground", "boroughbridge", "learn-to-live", "wootton", "llanidloes")
"""In the order in which a fresh home is filled; the first is there before the address is printed."""


REAL_HOME = 3
"""The exit status of `schoolgate demo` in a home where a real federation lives: it gets no examples."""


@dataclass(frozen=True)
class ExampleSignIn:
    """One person of an example federation, as printed for people who want to look around."""

    federation: str
    name: str
    role: str
    email: str
    password: str
    key: str = ""
    """The federation's key, as commands take it."""
    second_step: str = ""
    """How to pass the second step where the role asks for one; empty: none asked."""


def sign_ins_arguments(parser: argparse.ArgumentParser) -> None:
    """One federation or all."""
    parser.add_argument("--federation", metavar="KEY", default=None)


def run_sign_ins(options: argparse.Namespace) -> int:
    """Print a block a federation; nothing where there are no examples."""
    from schoolgate.cli.demo import example_sign_ins

    found = [one for one in example_sign_ins() if options.federation in (None, one.key)]
    print("\n".join(lines(found)))
    return 0


def lines(sign_ins: Iterable[ExampleSignIn]) -> list[str]:
    """Return the text: the password and how to get a code, once each, then one short line per person, grouped
    by federation."""
    found = list(sign_ins)
    if not found:
        return []
    text = [f"  password: {', '.join(dict.fromkeys(one.password for one in found))}"]
    if steps := [one for one in found if one.second_step]:
        text.append(f"  * also needs a code: {steps[0].second_step.removesuffix(steps[0].email)}EMAIL")
    width = max(len(one.email) for one in found)
    for federation, people in groupby(found, key=lambda one: one.federation):
        text.append(f"  {federation}")
        text += [
            f"  {'*' if one.second_step else ' '} {one.email:{width}}  {one.name}, {one.role}"
            for one in people
        ]
    return text


def code_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose code."""
    parser.add_argument("email")


def run_code(options: argparse.Namespace) -> int:
    """Print the code of this half minute; refuse people with a membership outside the examples."""
    from allauth.mfa import app_settings
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    from schoolgate.people.models import Membership, User

    user = User.objects.for_email(options.email)
    memberships = list(Membership.objects.filter(user=user).select_related("federation")) if user else []
    if not memberships or not all(membership.federation.is_example for membership in memberships):
        print(
            f"schoolgate: no one in an example federation has that address. See: {typed('sign-ins')}",
            file=sys.stderr,
        )
        return 1
    step = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if step is None:
        print("schoolgate: they don't need two-step verification: the password is enough", file=sys.stderr)
        return 1
    secret = get_adapter().decrypt(step.data["secret"])
    print(format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD)))
    return 0
