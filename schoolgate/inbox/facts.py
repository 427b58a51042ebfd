"""Build the facts of `item.received` and `item.answer` from rows."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, cast

from django.db.models import Model, Q

from schoolgate.core.clock import local_day
from schoolgate.core.reading_once import read_once
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.inbox.beside import known
from schoolgate.inbox.models import Answer, Item, ResponseProcess
from schoolgate.inbox.questions import ASKED
from schoolgate.inbox.states import ItemKind
from schoolgate.networks.handshake import Intent
from schoolgate.people.models import Person
from schoolgate.people.queries import permissions_about, permissions_for, roles_of
from schoolgate.policy.permitting import Permit
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.when import told_of
from schoolgate.rulebook.facts import Attested, Given, Permission
from schoolgate.rulebook.facts import Person as PersonFact
from schoolgate.rulebook.facts_read import facts_read
from schoolgate.rulebook.situations.item_answer import ItemAnswer
from schoolgate.rulebook.situations.item_received import ItemReceived, WorkingDayChoice
from schoolgate.rulebook.working_time import Calendar


def channel_of(item: Item) -> Literal["public", "private"]:
    """Return whether others can read it, and so the answer below it."""
    return "private" if item.private or item.kind == "message" else "public"


def told_kind(item: Item) -> Any:
    """Return its kind in the policies' words: they have none for a review, which anyone can read and answer
    like a comment."""
    return "comment" if item.kind == ItemKind.REVIEW else item.kind


def received_facts(
    item: Item, *, calendar: Calendar | None, working_day: WorkingDayChoice | None
) -> ItemReceived:
    """Return the facts of an item at the moment it came in, before anyone has read it."""
    return ItemReceived(
        now=item.received_at,
        received_at=item.received_at,
        kind=told_kind(item),
        channel=channel_of(item),
        network=item.account.network,
        account_is_official=True,
        from_press=item.from_press,
        calendar=calendar,
        working_day=working_day,
    )


COMMITMENT, ANSWER, PRESS = "commitment", "answer", "press"
PERMITS = (
    Permit(covers=COMMITMENT, at=("commitment",), needs=frozenset({"commitment_authority"}), lasts=True),
    Permit(
        covers=ANSWER,
        at=("doubt", "courtesy"),
        needs=frozenset({"second_reading"}),
        by_capacity="second_person",
    ),
    Permit(
        covers=PRESS,
        at=("press", "request_for_comment"),
        needs=frozenset({"press_advice", "written_approval"}),
    ),
)
"""The permissions that replies can wait for."""


def text_digest(text: str) -> str:
    """Return the digest by which a permission names one reply."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def covers_text(what: str, text: str) -> str:
    """Return what a permission for one text alone covers: "press" or "answer" with the text's digest."""
    return f"{what}:{text_digest(text)}"


def answer_facts(
    item: Item,
    *,
    by: Person,
    at: datetime,
    acknowledges_only: bool,
    said: Mapping[str, Any],
    text: str = "",
) -> ItemAnswer:
    """Return the facts of an answer that is about to go out. `said`: by the names of
    `questions.QUESTIONS`; what is known of the item already counts before it."""
    said = {**said, **known(item)}
    key = person_key(by.pk)
    steps = said.get("media_policy_steps")
    return ItemAnswer(
        **{name: said.get(name) for name in ASKED},
        to_relation=cast("Any", said.get("to_relation") or None),
        media_policy_steps=None
        if steps is None
        else Attested(answer=steps, by=key, at=at, of_this_version=True),
        authorities=(
            *_on_record(by, COMMITMENT, on=local_day(at)),
            *given_for_text(item, COMMITMENT, text, on=local_day(at)),
        ),
        press_advice=given_for_text(item, PRESS, text, on=local_day(at)),
        approvals=given_for_text(item, ANSWER, text, on=local_day(at)),
        leaves=departures(item, text=text, on=local_day(at)),
        now=at,
        by=PersonFact(
            key=key,
            relation=cast("Any", by.relation),
            roles=tuple(roles_of(by, on=local_day(at), school=item.school, account=item.account)),
        ),
        received_at=item.received_at,
        kind=told_kind(item),
        reply_channel=channel_of(item),
        found_elsewhere=bool(said.get("found_elsewhere")),
        from_account="official",
        response_process=ResponseProcess.objects.exists() if said.get("found_elsewhere") else None,
        account_kind=cast("Any", item.account.kind or None),
        network=item.account.network or None,
        acknowledges_only=acknowledges_only,
        own_replies=_own_replies(item, relation=by.relation),
        **(told_of(at, item.school_id) if book_in_scope().at("item.answer", "reply_hours") else {}),
    )


def _own_replies(item: Item, *, relation: str) -> int | None:
    """Return how often we have replied to this author below this post, or to this very item where no post or
    author is known. None where no rule reads it. One query."""
    if "own_replies" not in facts_read(book_in_scope(), "item.answer", relation):
        return None
    same = Q(item=item)
    if item.post_id is not None and item.author_id_there:
        same |= Q(
            item__account=item.account_id, item__post=item.post_id, item__author_id_there=item.author_id_there
        )
    sent = Answer.objects.filter(same, state=Intent.CONFIRMED, below_post=False)
    return read_once(("inbox.own_replies", item.pk), sent.count)


def given_for_text(item: Model, what: str, text: str, *, on: date) -> tuple[Given, ...]:
    """Return what others approved about a reply to this item: this exact text, or a reply in general."""
    named = _on_record(item, covers_text(what, text), on=on)
    return (
        *(one.model_copy(update={"covers": (what,), "of_this_version": True}) for one in named),
        *_on_record(item, what, on=on),
    )


def _on_record(about: Model, covers: str, *, on: date) -> tuple[Given, ...]:
    """Return the permissions on record about a row; an empty list where there is none."""
    names = book_in_scope().role_names
    return tuple(
        Given(
            by=person_key(leave.given_by_id),
            roles=(names.get(leave.role_key, leave.role_key),),
            at=leave.at,
            written=leave.written,
            covers=(covers,),
        )
        for leave in permissions_for(covers=covers, subject=subject_of(about), on=on)
    )


def departures(item: Item, *, on: date, text: str = "") -> tuple[Permission, ...]:
    """Return permissions to depart, for this item, its account or exactly this text, from what a clause only
    advises."""
    book = book_in_scope()
    names = book.role_names
    covers = set(book.clauses)
    covers |= {covers_text(clause, text) for clause in book.clauses} if text else set()
    rows = [row for one in (item, item.account) for row in permissions_about(subject_of(one), on=on)]
    return tuple(
        Permission(
            clause=row.covers.partition(":")[0],
            role=names[row.role_key],
            by=person_key(row.given_by_id),
            written=row.written,
            from_day=row.from_day,
            to_day=row.to_day,
        )
        for row in sorted(rows, key=lambda row: row.pk)
        if row.covers in covers and row.role_key in names
    )
