"""`schoolgate mail standing|bounced`: how mail goes, and a mail that came back (docs/how-to/messages.md)."""

import argparse
import sys

from schoolgate.core.clock import now
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.notices import mail_server
from schoolgate.notices.actions import note_bounce
from schoolgate.notices.mail_server import MailTrouble
from schoolgate.notices.mails import standing_still
from schoolgate.people.models import Person


def arguments(parser: argparse.ArgumentParser) -> None:
    """Two words to choose from, and what each takes."""
    words = parser.add_subparsers(dest="what", required=True, metavar="standing|bounced")
    words.add_parser(
        "standing", help="check whether email is being sent and whether delivery has been confirmed"
    )
    bounced = words.add_parser(
        "bounced", help="record that email to this address bounced, and send nothing there"
    )
    bounced.add_argument("address")
    bounced.add_argument(
        "--federation",
        metavar="SLUG",
        help="only this federation (default: every federation with that address)",
    )


def run(options: argparse.Namespace) -> int:
    """Run it; 0: done, 1: mail has stopped, 2: no one has that address."""
    return _standing() if options.what == "standing" else _bounced(options)


def _standing() -> int:
    at, server = now(), mail_server.in_use()
    proven = mail_server.proven_at()
    print(f"server: {server}" if isinstance(server, MailTrouble) else f"server: {server.host}:{server.port}")
    print(f"delivery confirmed: {proven:%Y-%m-%d %H:%M} UTC" if proven else "delivery confirmed: not yet")
    still = standing_still(at)
    if still is None:
        print("email is being sent, or nothing is waiting")
        return 0
    print(f"not sending since {still.since:%Y-%m-%d %H:%M} UTC: {still.sentence} {still.next_step}")
    return 1


def _bounced(options: argparse.Namespace) -> int:
    federations = Federation.objects.order_by("pk")
    if options.federation:
        federations = federations.filter(slug=options.federation)
    noted, at = 0, now()
    for federation in federations:
        with scope(federation.pk):
            for person in Person.objects.filter(email__iexact=options.address.strip()):
                note_bounce(by=None, at=at, person=person)
                noted += 1
    if not noted:
        print(
            "schoolgate mail: no one has that address. Use one that someone signs in with here",
            file=sys.stderr,
        )
        return 2
    print(f"recorded for {noted}: nothing is sent there until they have another address")
    return 0
