"""The inbox: read, reply, close, add by hand."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import Field

from schoolgate.accounts.models import Account
from schoolgate.api.calls import Call, inside
from schoolgate.api.fields import Before, Id, In, Instant, Limit, Long, Out, PathId, Short
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.duties.urgency import Urgency
from schoolgate.inbox import actions, listing
from schoolgate.inbox.models import Answer, Item
from schoolgate.inbox.states import CloseReason, ItemState
from schoolgate.publishing.queries import post_for
from schoolgate.reports.pressing import first_items, urgency_of_items

router = Router(tags=["inbox"])
URGENCIES: Mapping[int, Literal["danger", "harm", "usual"]] = {
    Urgency.DANGER: "danger",
    Urgency.HARM: "harm",
    Urgency.USUAL: "usual",
}


class SaidIn(In):
    """What only the person who replies can say. What is left out counts as not said."""

    to_relation: Literal["", "parent", "pupil", "staff", "governor", "volunteer", "other"] | None = None
    from_press: bool | None = None
    asks_for_comment: bool | None = None
    about_posts: bool | None = None
    media_policy_steps: bool | None = None
    to_offensive: bool | None = None
    about_school: bool | None = None
    in_doubt: bool | None = None
    commits: bool | None = None


class AnswerIn(In):
    """A reply. `version`: of the item as you read it, so that you don't reply to text that has changed."""

    text: Long
    version: Short
    said: SaidIn = SaidIn()
    acknowledges_only: bool = False
    language: Literal["en", "cy"] = "en"


class CloseIn(In):
    """Why no reply is needed."""

    reason: CloseReason


class PastedIn(In):
    """A comment from a network that no program reads, with the time at which it appeared there."""

    account: Id
    text: Long
    appeared_at: Instant
    author: Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")] = ""
    address: Short = ""
    post: Id | None = None
    kind: Literal["comment", "query", "complaint"] = "comment"
    private: bool = False


class AnswerOut(Out):
    """An answer and how the network took it."""

    id: int
    by: int
    text: str
    language: str
    state: str
    by_hand: bool
    stops_the_clock: bool
    written_at: datetime
    because: str


class ItemRow(Out):
    """An item, in a list. `due_words`: whether the policy names an instant, a day, or no time. `urgency`:
    "danger" where someone may be in danger, "harm" where someone may come to harm meanwhile."""

    id: int
    account: int
    network: str
    school: int | None
    post: int | None
    kind: str
    private: bool
    state: str
    received_at: datetime
    urgency: Literal["danger", "harm", "usual"]
    due_words: str
    due_at: datetime | None
    due_day: date | None
    released: bool


class ItemVersionOut(Out):
    """A text as it stood when it was seen."""

    number: int
    text: str
    seen_at: datetime


class ItemOut(ItemRow):
    """An item, with each version of its text and each reply. `version`: the value that a reply must give."""

    author_name: str
    author_handle: str
    version: str
    versions: list[ItemVersionOut]
    answers: list[AnswerOut]
    close_reason: str
    decision: int | None
    gone_at: datetime | None


class Items(Out):
    """A page of items, newest first. `next`: the value for `before`; null on the last page."""

    rows: list[ItemRow]
    next: int | None


@router.get("", response=Items)
@inside
def list_items(
    call: Call,
    before: Before,
    limit: Limit,
    state: Annotated[ItemState | None, Query(None, description="Only items in this state.")],
) -> Items:
    """The items that you may read: urgent ones on the first page, danger first; then newest first."""
    urgent = urgency_of_items(call.person, on=call.on)
    first = first_items(urgent, call.person, on=call.on, state=state or "")
    found, following = listing.newest(call.person, on=call.on, state=state, before=before, limit=limit)
    rows = [*(() if before else first), *(each for each in found if each not in first)]
    return Items(rows=[_row(each, urgent) for each in rows], next=following)


@router.post("", response={201: ItemOut})
@inside
def paste_in(call: Call, pasted: PastedIn) -> ItemOut:
    """Add a comment by hand; the same one twice is saved once."""
    account = Account.objects.select_related("school", "federation").filter(pk=pasted.account).first()
    if account is None:
        raise BadInput({"account": _("This account doesn’t exist. Give the ID of one you can see.")})
    post = None
    if pasted.post is not None:
        try:
            post = post_for(call.person, pasted.post, on=call.on)
        except NotFound:
            raise BadInput({"post": _("This post doesn’t exist. Give the ID of one you can see.")}) from None
    item = actions.paste_in(
        by=call.person,
        at=call.at,
        account=account,
        text=pasted.text,
        appeared_at=pasted.appeared_at,
        author=pasted.author,
        address=pasted.address,
        post=post,
        kind=pasted.kind,
        private=pasted.private,
    )
    return _out(call, _item(call, item.pk))


@router.get("/{item_id}", response=ItemOut)
@inside
def get_item(call: Call, item_id: PathId) -> ItemOut:
    """One item with its texts and answers."""
    return _out(call, _item(call, item_id))


@router.post("/{item_id}/answers", response={201: ItemOut})
@inside
def write_answer(call: Call, item_id: PathId, given: AnswerIn) -> ItemOut:
    """Answer it, once the policy lets this answer go out."""
    said = {name: value for name, value in given.said.model_dump().items() if value not in (None, "")}
    actions.write_answer(
        by=call.person,
        at=call.at,
        item=_item(call, item_id),
        text=given.text,
        version=given.version,
        said=said,
        acknowledges_only=given.acknowledges_only,
        language=given.language,
    )
    return _out(call, _item(call, item_id))


@router.post("/{item_id}/close", response=ItemOut)
@inside
def close_item(call: Call, item_id: PathId, given: CloseIn) -> ItemOut:
    """Close it without an answer."""
    actions.close_item(by=call.person, at=call.at, item=_item(call, item_id), reason=given.reason)
    return _out(call, _item(call, item_id))


def _item(call: Call, pk: int) -> Item:
    return listing.item_for(call.person, pk, on=call.on)


def _row(item: Item, urgent: Mapping[int, Urgency]) -> ItemRow:
    return ItemRow(
        urgency=URGENCIES[urgent.get(item.pk, Urgency.USUAL)],
        id=item.pk,
        account=item.account_id,
        network=item.account.network,
        school=item.school_id,
        post=item.post_id,
        kind=item.kind,
        private=item.private,
        state=item.state,
        received_at=item.received_at,
        due_words=item.due_words,
        due_at=item.due_at,
        due_day=item.due_day,
        released=item.released,
    )


def _out(call: Call, item: Item) -> ItemOut:
    return ItemOut(
        **_row(item, urgency_of_items(call.person, on=call.on)).model_dump(),
        author_name=item.author_name,
        author_handle=item.author_handle,
        version=item.version,
        versions=[
            ItemVersionOut(number=each.number, text=each.text, seen_at=each.seen_at)
            for each in item.versions.all()
        ],
        answers=[_answer(each) for each in item.answers.all()],
        close_reason=item.close_reason,
        decision=item.decision,
        gone_at=item.gone_at,
    )


def _answer(answer: Answer) -> AnswerOut:
    return AnswerOut(
        id=answer.pk,
        by=answer.by_id,
        text=answer.text,
        language=answer.language,
        state=answer.state,
        by_hand=answer.by_hand,
        stops_the_clock=answer.stops_the_clock,
        written_at=answer.written_at,
        because=answer.because,
    )
