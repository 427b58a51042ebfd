"""The program's own parts, as the people and the questions of a storm need them."""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from schoolgate.cli.main import prepare
from schoolgate.cli.registry import Needs

prepare(Needs.DATABASE)

from django.db import close_old_connections, connection  # noqa: E402

from schoolgate.accounts.connecting import connect_account, sign_in  # noqa: E402
from schoolgate.accounts.models import Account  # noqa: E402
from schoolgate.cli.demo.cast import CAST, email_of  # noqa: E402
from schoolgate.cli.demo.posts import ANSWERS  # noqa: E402
from schoolgate.core.clock import now  # noqa: E402
from schoolgate.core.events import deliver  # noqa: E402
from schoolgate.core.ledger import heads_file, read_heads, verify  # noqa: E402
from schoolgate.core.models import Delivery as EventDelivery  # noqa: E402
from schoolgate.core.models import Federation, LedgerRow  # noqa: E402
from schoolgate.core.tenancy import scope  # noqa: E402
from schoolgate.duties.models import Duty  # noqa: E402
from schoolgate.inbox import ingesting  # noqa: E402
from schoolgate.inbox.models import Item, ItemVersion  # noqa: E402
from schoolgate.jobs.minutely import start_due  # noqa: E402
from schoolgate.networks.handshake import Intent  # noqa: E402
from schoolgate.networks.noticeboard.board import leave_comment  # noqa: E402
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost  # noqa: E402
from schoolgate.networks.port import Credential  # noqa: E402
from schoolgate.people.models import Person  # noqa: E402
from schoolgate.publishing import queries, sending  # noqa: E402
from schoolgate.publishing.approving import approve_post, submit_post  # noqa: E402
from schoolgate.publishing.drafting import TargetText, draft_post  # noqa: E402
from schoolgate.publishing.models import Delivery, Post  # noqa: E402
from schoolgate.publishing.sending import UNDO_MINUTE  # noqa: E402
from tests.cli.machine import wait_for  # noqa: E402

KEY = "wildground"


class Desk:
    """The people and the account of the example federation."""

    def __init__(self, network: str) -> None:
        self.federation_id: int = Federation.objects.get(slug=KEY).pk
        with scope(self.federation_id):
            cast = CAST[KEY]
            emails = {who.key: email_of(KEY, who) for who in cast.people}
            self.writer = Person.objects.get(email=emails[cast.writer])
            self.approver = Person.objects.get(email=emails[cast.approver])
            self.opener = Person.objects.get(email=emails[cast.opener])
            self.account = Account.objects.select_related("school").get(network=network)

    def approve(self, text: str) -> int:
        """A post that is due, in two transactions as two people made it a minute ago."""
        at = now() - UNDO_MINUTE
        with scope(self.federation_id):
            post = draft_post(
                by=self.writer, at=at, school=self.account.school, answers=ANSWERS,
                targets=[TargetText(self.account, text)],
            )  # fmt: skip
            post = submit_post(by=self.writer, at=at, post=post)
        with scope(self.federation_id):
            seen = queries.seen_now(queries.post(post.pk), at=at)
            return approve_post(by=self.approver, at=at, post=queries.post(post.pk), seen=seen).pk

    def comment(self, text: str) -> bool:
        """A visitor writes below a post of the board; False where none stands yet."""
        with scope(self.federation_id):
            below = NoticeboardPost.objects.order_by("?").first()
            if below is not None:
                leave_comment(post=below, name="", text=text, at=now())
            return below is not None


def patiently(act: Callable[[], Any], tries: int = 100) -> Any:
    """Do it; a database that is gone is waited for."""
    for _ in range(tries):
        try:
            close_old_connections()
            return act()
        except Exception:  # noqa: BLE001 - told in the log of the run
            print(traceback.format_exc(limit=3), file=sys.stderr, flush=True)
            connection.close()
            time.sleep(0.2)
    return None


def finish(network: str) -> dict[str, int]:
    """What the worker does in the next hours, at once: every step at an instant further on. Returns how many
    intents were in which state before."""
    desk = Desk(network)
    left = waiting(desk)
    for minutes in (0, 0, 3, 6, 20, 60, 180):
        clock = later(minutes)
        wait_for(lambda: not under_way(desk), patience=2 * CALL.seconds)
        start_due(desk.federation_id, now() + UNDO_MINUTE)
        advance(desk, clock)
        with scope(desk.federation_id):
            events = list(EventDelivery.objects.filter(done_at=None).values_list("pk", flat=True))
        for pk in events:
            deliver(desk.federation_id, pk, now())
        ingesting.poll(desk.federation_id, desk.account.pk, clock=now)
    return left


CALL = timedelta(seconds=35)
"""Longer than any call to a network lasts."""


def under_way(desk: Desk) -> bool:
    """Whether the program's own worker may be in the middle of a call: of that, a clock that is ahead knows
    nothing, and would have it sent again."""
    with scope(desk.federation_id):
        sent = Delivery.objects.filter(account=desk.account, state=Intent.SENT)
        return sent.filter(sent_at__gt=now() - CALL).exists()


def advance(desk: Desk, clock: Callable[[], datetime] = now) -> None:
    """Take what wants a step as far as it goes, in this process."""
    with scope(desk.federation_id):
        rows = queries.deliveries_to_advance(clock())
    for each in rows:
        sending.advance(desk.federation_id, each.pk, clock=clock)


def later(minutes: int) -> Callable[[], datetime]:
    """A clock that is ahead."""
    return lambda: now() + timedelta(minutes=minutes)


def waiting(desk: Desk) -> dict[str, int]:
    """How many intents are in which state."""
    with scope(desk.federation_id):
        rows = Delivery.objects.filter(account=desk.account).values_list("state", flat=True)
        return dict(Counter(rows))


def told(network: str) -> dict[str, Any]:
    """What became of everything."""
    desk = Desk(network)
    with scope(desk.federation_id):
        mine = Delivery.objects.filter(account=desk.account, text__startswith="Number ")
        posts = Post.objects.filter(targets__text__startswith="Number ").distinct()
        items = ItemVersion.objects.filter(item__account=desk.account).values_list("text", flat=True)
        events = LedgerRow.objects.filter(event__in=["delivery.confirmed", "item.received"])
        board = NoticeboardPost.objects.filter(text__startswith="Number ").values_list("text", flat=True)
        gone = board.exclude(taken_down_at=None)
        comments = NoticeboardComment.objects.filter(ours=False).values_list("text", flat=True)
        return {
            "posts": {row.targets.get().text: row.state for row in posts},
            "deliveries": [[row.text, row.state, row.intent_key, row.attempts] for row in mine],
            "board": list(board),
            "gone": list(gone),
            "comments": list(comments),
            "items": list(items),
            "items_once": Item.objects.filter(account=desk.account).count(),
            "events": dict(Counter(f"{row.event} {row.subject}" for row in events)),
            "asked": list(
                Duty.objects.filter(kind__in=["delivery.look", "delivery.failed"]).values_list(
                    "subject", flat=True
                )
            ),
            "undelivered": EventDelivery.objects.filter(done_at=None).count(),
        }


def sound(network: str) -> bool:
    """Whether the record verifies."""
    return verify(Desk(network).federation_id, read_heads(heads_file())).sound


def join(file: Path, network: str) -> bool:
    """Open an account on a network with the keys in FILE (JSON: service, handle, secret)."""
    given = json.loads(file.read_text())
    credential = Credential(given["handle"], given["secret"], given["service"])
    board = Desk("noticeboard")
    signed_in = sign_in(network, credential)
    at = now()
    with scope(board.federation_id):
        account = Account.objects.create(
            name=f"The school on {network.title()}", network=network, school=board.account.school,
            kind="school", visibility="open", pupils_in_audience=False, state="open", made_at=at,
            opened_at=at, opened_by=board.opener, setup=board.account.setup,
        )  # fmt: skip
        connect_account(account=account, by=board.opener, at=at, signed_in=signed_in)
    return True
