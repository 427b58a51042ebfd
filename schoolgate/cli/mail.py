"""`schoolgate mail standing|bounced`: how mail goes, and a mail that came back (docs/how-to/messages.md).

`schoolgate mail-in [ADDRESS ...] < MESSAGE`: file one email that staff forwarded to an account's address.

Any mail server can pipe to it. The exit status is what mail servers understand (sysexits.h), so a sender
learns why an email was refused; nothing of the email is printed.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import datetime

from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day, now
from schoolgate.core.errors import BadInput, NotAllowed, SchoolgateError
from schoolgate.core.models import Federation
from schoolgate.core.outside.mails import MOST_BYTES, Mail, NoMail, read_head, read_mail
from schoolgate.core.restored import awaiting_release
from schoolgate.core.tenancy import scope
from schoolgate.inbox.forwarding import (
    Named,
    account_at,
    file_mail,
    named_in,
    note_refused,
    sender_at,
    takes_mail,
)
from schoolgate.inbox.pasting import Photo
from schoolgate.listening.alerts import is_alert
from schoolgate.listening.finding import add_alerts, watch_of_alert
from schoolgate.media import pictures
from schoolgate.notices import mail_server
from schoolgate.notices.actions import note_bounce
from schoolgate.notices.mail_server import MailTrouble
from schoolgate.notices.mails import standing_still
from schoolgate.people import queries
from schoolgate.people.models import Person
from schoolgate.people.rules import check_capacity


def mail_arguments(parser: argparse.ArgumentParser) -> None:
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


def run_mail(options: argparse.Namespace) -> int:
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


DATA_ERROR, NO_USER, TRY_LATER, NO_PERMISSION, NOT_SET_UP = 65, 67, 75, 77, 78
SMALLEST = 200
"""Pixels. Logos and icons of signatures are smaller; a photo or screenshot of a comment isn't."""
BROKEN = {
    "size": "This email is too large. Send the comment’s text, with smaller pictures",
    "parts": "This email has too many parts. Forward one comment at a time",
    "unread": "The words of this email can’t be read here. Copy the comment into a new email",
    "broken": "This email can’t be read. Copy the comment into a new email",
}
UNKNOWN = "No account has this address. Look up the address on the account’s page in Schoolgate"
STRANGER = (
    "This address is for the staff who reply on this account. Send it from the address you sign in with, "
    "or ask the account lead"
)
NO_WATCH = (
    "This alert has none of the words of a watch that runs. Paste it in Schoolgate, under Inbox and Listening"
)


def mail_in_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the message was sent, as the mail server knows it."""
    parser.add_argument(
        "address", nargs="*", help="the address it was sent to (default: the addresses in its headers)"
    )


def run_mail_in(options: argparse.Namespace) -> int:
    """Do it; 0: filed, or here already; otherwise a status from sysexits.h."""
    if not takes_mail():
        return _said("SCHOOLGATE_MAIL_IN is not set. Set it to the mailbox that is piped here", NOT_SET_UP)
    if awaiting_release() is not None:
        return _said("this installation was restored and waits for its release. Try again later", TRY_LATER)
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        head = read_head(content)
        named = named_in(options.address or head.to)
        if named is None or not Federation.objects.filter(pk=named.federation_id).exists():
            return _said(UNKNOWN, NO_USER)
        return _take(named, head, content, at=now())
    except NoMail as error:
        return _said(BROKEN[error.why], DATA_ERROR)


def _take(named: Named, head: Mail, content: bytes, *, at: datetime) -> int:
    """Look at the address and the sender first: the rest of a stranger's email is never read."""
    on = local_day(at)
    with scope(named.federation_id):
        account = account_at(named.code)
    if account is None:
        return _said(UNKNOWN, NO_USER)
    membership = sender_at(named.federation_id, head.sender, on=on)
    if membership is None:
        return _refused(account, "stranger", STRANGER, NO_PERMISSION, at=at)
    try:
        with scope(named.federation_id, membership.person_id):
            by = queries.person(membership.person_id)
            check_capacity(by, "answer", on=on, school=account.school, account=account)
        mail = read_mail(content)
        with scope(named.federation_id, membership.person_id):
            if is_alert(mail.subject):
                return _alert(account, mail, by=by, at=at)
        photos = _photos(mail, named.federation_id)
        with scope(named.federation_id, membership.person_id):
            by = queries.person(membership.person_id)
            filed = file_mail(by=by, at=at, account=account, mail=mail, photos=photos)
    except NotAllowed:
        return _refused(account, "not_allowed", STRANGER, NO_PERMISSION, at=at)
    except SchoolgateError as error:
        words = error.fields.values() if isinstance(error, BadInput) else (str(error),)
        return _refused(account, "cannot_use", " ".join(map(str, words)), DATA_ERROR, at=at)
    print(f"schoolgate mail-in: item {filed.item.pk} {'added' if filed.new else 'was here already'}")
    return os.EX_OK


def _alert(account: Account, mail: Mail, *, by: Person, at: datetime) -> int:
    """Add a search engine's alert to the watch that it belongs to."""
    text = mail.inside.text if mail.inside else mail.text
    watch = watch_of_alert(text, school=account.school, on=local_day(at))
    if watch is None:
        return _refused(account, "no_watch", NO_WATCH, DATA_ERROR, at=at)
    new = add_alerts(by=by, at=at, watch=watch, mail=text)
    print(f"schoolgate mail-in: {new} new in watch {watch.pk}")
    return os.EX_OK


def _photos(mail: Mail, federation_id: int) -> list[Photo]:
    """Return the pictures of an email that can be read, checked and in the store; what is none is left out:
    signatures are full of small ones."""
    found = []
    for content in (*mail.pictures, *(mail.inside.pictures if mail.inside else ())):
        try:
            proven = pictures.take_in(content)
        except BadInput:
            continue
        if min(proven.width, proven.height) < SMALLEST:
            continue
        digest = pictures.store(proven, federation_id=federation_id)
        found.append(Photo(digest, proven.media_type, proven.width, proven.height))
    return found


def _refused(account: Account, because: str, words: str, status: int, *, at: datetime) -> int:
    with scope(account.federation.pk):
        note_refused(at=at, account=account, because=because)
    return _said(words, status)


def _said(words: str, status: int) -> int:
    print(f"schoolgate mail-in: {words}", file=sys.stderr)
    return status
