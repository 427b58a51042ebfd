"""The example federations, and how one signs in to them. Small on purpose: the supervisor reads it too.

`schoolgate sign-ins`: the sign-ins for looking around in the example federations.

`schoolgate code EMAIL`: prints a person's code for two-step verification in an example federation.
"""

import argparse
import sys
import time
from dataclasses import dataclass

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
