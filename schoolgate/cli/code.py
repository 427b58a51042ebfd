"""`schoolgate code EMAIL`: prints a person's code for two-step verification in an example federation."""

import argparse
import sys
import time

from schoolgate.core.typed import typed


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whose code."""
    parser.add_argument("email")


def run(options: argparse.Namespace) -> int:
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
