"""`schoolgate reset-second-step EMAIL`: the person who runs the server confirms a reset that an administrator
asked for where no second one can, or resets it where no administrator can sign in at all.
"""

import argparse
import sys

from schoolgate.core.clock import local_day, now
from schoolgate.core.errors import SchoolgateError
from schoolgate.core.tenancy import scope
from schoolgate.people.models import User
from schoolgate.people.queries import membership_begun_with
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.sessions import reset_factor_at_server


def arguments(parser: argparse.ArgumentParser) -> None:
    """Define the arguments: whose, and whether no one else can ask."""
    parser.add_argument("email", help="the address the person signs in with")
    parser.add_argument(
        "--no-one-else",
        action="store_true",
        help="no administrator can sign in to ask for it; everyone who looks after people is told",
    )


def run(options: argparse.Namespace) -> int:
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
