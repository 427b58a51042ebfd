"""Say what is done about a find: into the inbox, to the press, a concern; or left with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import discharge
from schoolgate.inbox.actions import ingest, paste_in
from schoolgate.inbox.actions.ingesting import Pasted
from schoolgate.inbox.models import Item
from schoolgate.inbox.states import SAYABLE, ItemKind
from schoolgate.incidents.actions import ReportContent, report_wrong
from schoolgate.incidents.actions.keeping import LONGEST_WORDS as LONGEST_REPORTED
from schoolgate.incidents.codes import new_mark
from schoolgate.incidents.models import Report
from schoolgate.listening import rules
from schoolgate.listening.actions.finding import tell
from schoolgate.listening.duty_kinds import FINDS
from schoolgate.listening.models import Find
from schoolgate.listening.queries import accounts_to_answer
from schoolgate.listening.states import FIND_MOVES, FindState, LeftBecause, Way
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.people.confined import meant_by
from schoolgate.people.models import Person
from schoolgate.people.rules import check_capacity
from schoolgate.press.actions import Entered, keep_by_hand
from schoolgate.press.actions.keeping import LONGEST_WORDS
from schoolgate.press.models import Enquiry
from schoolgate.press.states import How as PressHow

LONGEST_NOTE = 500
LONGEST_WHERE = 500


@action
def add_to_inbox(*, by: Person, at: datetime, find: Find, account: Account, kind: str) -> Item:
    """Add a find to an account's inbox, where the policy's own clock and process begin: it counts as received
    when it was found, and its reply as one to something found elsewhere.

    Raises NotFound, NotAllowed, NotNow (dealt with already), BadInput on `account` and `kind`.
    """
    rules.check_deals_with(by, find, on=local_day(at), way=Way.ITEM, item__account=account)
    check_capacity(by, "answer", on=local_day(at), school=account.school, account=account)
    if kind not in SAYABLE:
        raise BadInput({"kind": _("Choose a type.")})
    if account.pk not in {one.pk for one in accounts_to_answer(find)}:
        raise BadInput({"account": _("Choose an account of this school.")})
    if find.ref is not None and account.pk == find.account_id:
        item = _ingested(find, account, by=by, at=at, kind=kind)
    else:
        item = paste_in(
            by=by, at=at, account=account, text=find.text, appeared_at=find.found_at,
            author=find.author_handle or find.author_name, kind=kind,
            address=find.address if _is_short_https(find.address) else "", private=False,
        )  # fmt: skip
    if meant := meant_by([subject_of(find)]):
        item.meant = sorted(set(item.meant).union(*meant.values()))
        item.save(update_fields=["meant"])
    _pass(find, Way.ITEM, by=by, at=at, item=item)
    return item


@action
def pass_to_press(*, by: Person, at: datetime, find: Find) -> Enquiry:
    """Pass a find on to the roles that the policy names for the press. Raises NotFound, NotAllowed, NotNow
    (dealt with already)."""
    rules.check_deals_with(by, find, on=local_day(at), way=Way.PRESS)
    about = f"\n\n{find.address}" if find.address else ""
    enquiry = keep_by_hand(
        by=by, at=at, entered=Entered(
            how=PressHow.FOUND, wants=find.text[: LONGEST_WORDS - len(about)] + about,
            outlet=find.place[:200], journalist=(find.author_name or find.author_handle)[:200],
            school=find.watch.school,
        ),
    )  # fmt: skip
    _pass(find, Way.PRESS, by=by, at=at, enquiry=enquiry)
    return enquiry


@action
def report_concern(*, by: Person, at: datetime, find: Find, what: str, bad_light: bool) -> Report:
    """Report a find as a concern, with its words and its address; the policy says who is told. Nothing here
    says who reported it. Raises NotFound, NotAllowed, NotNow (dealt with already), BadInput on `what`."""
    rules.check_deals_with(by, find, on=local_day(at), way=Way.CONCERN)
    if not what.strip() or len(what) > LONGEST_NOTE:
        raise BadInput({"what": _("Say what worries you about it, up to 500 characters.")})
    report = report_wrong(
        at=at,
        reporter=by,
        said_here=ReportContent(
            what=f"{what.strip()}\n\n{find.text}"[:LONGEST_REPORTED],
            where=find.address if len(find.address) <= LONGEST_WHERE else find.place,
            mark=new_mark(),
            answers={"bad_light": True} if bad_light else {},
            school=find.watch.school,
        ),
    )
    _pass(find, Way.CONCERN, by=None, at=at)
    return report


@action
def leave(*, by: Person, at: datetime, find: Find, because: str, note: str = "") -> Find:
    """Leave a find as it is, with the reason. Raises NotFound, NotAllowed, NotNow (dealt with already),
    BadInput."""
    rules.check_deals_with(by, find, on=local_day(at), state=FindState.LEFT)
    wrong = {}
    if because not in LeftBecause.values:
        wrong["because"] = _("Choose a reason.")
    if len(note) > LONGEST_NOTE:
        wrong["note"] = _("Use up to 500 characters.")
    if wrong:
        raise BadInput(wrong)
    move(find, to=FindState.LEFT, moves=FIND_MOVES, at=at, because=because, note=note.strip(), settled_by=by)
    record("find.left", subject=find, at=at, actor=by, because=because)
    _done(find, by=by, at=at)
    return find


@action
def reopen(*, by: Person, at: datetime, find: Find) -> Find:
    """Put a find that was left back to be read. Raises NotFound, NotAllowed, NotNow (not left)."""
    seen = Find.objects.filter(rules.finds_seen(by, local_day(at)), wiped_at=None)
    if not seen.filter(pk=find.pk).exists():
        raise NotFound
    rules.check_sets_up(by, find.watch.school, on=local_day(at))
    move(find, to=FindState.OPEN, moves=FIND_MOVES, at=at, because="", note="", settled_by=None)
    record("find.reopened", subject=find, at=at, actor=by)
    tell(find.watch, at=at)
    return find


def _ingested(find: Find, account: Account, *, by: Person, at: datetime, kind: str) -> Item:
    given = IncomingItem(
        network=account.network,
        ref=Ref.from_json(find.ref or {}),
        author=Author(find.author_id_there, find.author_handle, find.author_name),
        text=find.text,
        created_at=find.written_at or find.found_at,
        seen_at=find.found_at,
        kind="mention",
        attachments=(),
        visibility="public",  # a search of what everyone can read found it
    )
    ingest(at=at, account=account, items=[given], pasted=Pasted(by, ItemKind(kind)))
    return Item.every.select_related("account__school", "school").get(
        account=account, network_id=given.ref.id
    )


def _is_short_https(address: str) -> bool:
    return address.startswith("https://") and len(address) <= 480


def _pass(find: Find, way: Way, *, by: Person | None, at: datetime, **to: Any) -> None:
    move(find, to=FindState.PASSED, moves=FIND_MOVES, at=at, way=way, settled_by=by, **to)
    record("find.passed", subject=find, at=at, actor=by, way=str(way))
    _done(find, by=by, at=at)


def _done(find: Find, *, by: Person | None, at: datetime) -> None:
    """End the task to read what a watch found, once everything is dealt with; what is left and kept from the
    person who did so is another's to read."""
    left = Find.objects.filter(watch=find.watch, state=FindState.OPEN)
    if not left.exists():
        discharge(kind=FINDS, subject=find.watch, by=by, at=at, how="read")
    elif by is not None and not left.filter(rules.finds_seen(by, local_day(at))).exists():
        discharge(kind=FINDS, subject=find.watch, by=by, at=at, how="read")
        tell(find.watch, at=at)
