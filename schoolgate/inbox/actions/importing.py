"""Add a list of comments or messages. Its steps are those of every list (`people.lists.importer`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState
from schoolgate.inbox import first_read
from schoolgate.inbox.actions.answering import close_item
from schoolgate.inbox.actions.ingesting import Pasted, ingest
from schoolgate.inbox.importing.fields import HEADINGS, KINDS, Field, check_columns
from schoolgate.inbox.importing.planning import Plan, plan_import
from schoolgate.inbox.models import CommentImport, CommentMapping, Item
from schoolgate.inbox.states import CloseReason, ItemKind, ItemState
from schoolgate.networks.port import IncomingItem
from schoolgate.people.lists.cells import known_headings
from schoolgate.people.lists.importer import Events, Importer, Shape
from schoolgate.people.models import Person
from schoolgate.people.rules import check_capacity

MOST_ROWS = 2_001
"""Lines of one list, its headings included: each gets a deadline and a rank by itself."""


def check_may_import(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person replies on an account; a list is for such accounts alone."""
    check_capacity(person, "answer", on=on, anywhere=True)


def _write(
    plan: Plan, importing: CommentImport, *, by: Person, at: datetime, dealt_with: bool = False
) -> None:
    """Add the comments; `dealt_with`: close them, because people dealt with them elsewhere. What may show
    danger stays open until a safeguarding lead has read it."""
    del importing
    together: dict[tuple[int, ItemKind], list[IncomingItem]] = defaultdict(list)
    accounts = {read.account.pk: read.account for read in plan.comments}
    for read in plan.comments:
        together[read.account.pk, read.kind].append(read.given)
    for (pk, kind), given in together.items():
        ingest(at=at, account=accounts[pk], items=given, pasted=Pasted(by, kind))
        if dealt_with:
            rows = Item.objects.select_related("account__school", "school")
            for item in rows.filter(account=pk, network_id__in=[each.ref.id for each in given]):
                if item.state == ItemState.OPEN and not first_read.must_be_read(item):
                    close_item(by=by, at=at, item=item, reason=CloseReason.ANSWERED_ELSEWHERE)


def _meanings(_by: Person) -> Mapping[str, Collection[str]]:
    """Return what words may be explained as: a plan takes only the accounts on which its person replies."""
    accounts = Account.objects.filter(state=AccountState.OPEN).values_list("pk", flat=True)
    return {Field.ACCOUNT: [str(pk) for pk in accounts], Field.KIND: list(KINDS)}


COMMENTS = Importer(
    lists=CommentImport,
    mappings=CommentMapping,
    events=Events(
        uploaded="commentlist.uploaded",
        explained="commentlist.explained",
        applied="commentlist.applied",
        dropped="commentlist.dropped",
        lapsed="commentlist.lapsed",
    ),
    may=check_may_import,
    check_columns=lambda _by, *columns: check_columns(*columns),
    plan=plan_import,
    write=_write,
    ids={"added": "added"},
    meanings=_meanings,
    shape=Shape(
        most_rows=MOST_ROWS,
        too_short=_("The list needs a row of headings, and a row for each comment below."),
        known=known_headings(HEADINGS),
    ),
)
