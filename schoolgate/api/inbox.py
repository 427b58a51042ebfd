"""The inbox: list, filter, search, read, reply, close, add by hand."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import Field

from schoolgate.accounts.models import Account
from schoolgate.api.calls import Call, changes, inside, inside_to_look
from schoolgate.api.fields import NO_NUL, Before, Day, Id, In, Instant, Limit, Long, Out, PathId, Short
from schoolgate.api.posts_schemas import HitIn
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.leaving import Said, answering
from schoolgate.core.rows import key_as_text, key_in, words_of
from schoolgate.duties.models import Urgency
from schoolgate.inbox import listing, pasting, replying
from schoolgate.inbox.listing import READ, Filters, filters_of
from schoolgate.inbox.models import Answer, CloseReason, Item, ItemKind, ItemLanguage, ItemState
from schoolgate.inbox.reaching import why_unseen
from schoolgate.networks.handshake import Intent
from schoolgate.publishing.queries import post_for
from schoolgate.reports.pressing import first_items, urgency_of_items
from schoolgate.triage import Lane

router = Router(tags=["inbox"])
URGENCIES: Mapping[int, Literal["danger", "harm", "usual"]] = {
    Urgency.DANGER: "danger",
    Urgency.HARM: "harm",
    Urgency.USUAL: "usual",
}


FOUND = 50
"""Most items that a search returns; more words find fewer."""


class Chosen(In):
    """What narrows the inbox. Each that is given narrows; `assigned`: "me", or "none"."""

    school: Id | None = None
    account: Id | None = None
    kind: ItemKind | None = None
    lane: Lane | None = None
    network: Annotated[str | None, Field(max_length=40, pattern=NO_NUL)] = None
    language: ItemLanguage | None = None
    assigned: Literal["me", "none"] | None = None
    since: Day | None = None
    until: Day | None = None

    def filters(self) -> Filters:
        """Return the filters of the inbox. Raises BadInput for a network or a day that there is not."""
        given = {name: value for name, value in self.model_dump(mode="json").items() if name in READ}
        for name, value in given.items():
            try:
                filters_of({name: value})
            except NotFound:
                raise BadInput(
                    {name: _("No comment can match this. Choose another, or leave it out.")}
                ) from None
        return filters_of(given)


class ListIn(Chosen):
    """What narrows the inbox, its order, and where the page begins."""

    state: Annotated[ItemState | None, Field(description="Only items in this state.")] = None
    order: Annotated[
        Literal["newest", "pressing"],
        Field(description="`pressing`: danger first, then by the deadline. Open items only."),
    ] = "newest"
    after: Annotated[
        str | None,
        Field(max_length=200, pattern=NO_NUL, description="`after` of the page before, in the same order."),
    ] = None


class SearchIn(Chosen):
    """Words to search for. They come in the body, never in an address: they may be a child's name."""

    words: Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]


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
    """A reply. `version`: of the item as you read it, so that you don't reply to text that has changed.
    `hits`: answers about words that were found in it, as a problem named them."""

    text: Long
    version: Short
    said: SaidIn = SaidIn()
    acknowledges_only: bool = False
    language: Literal["en", "cy"] = "en"
    hits: list[HitIn] = Field(default=[], max_length=100)


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
    kind: Literal["comment", "query", "complaint", "review"] = "comment"
    private: Annotated[
        bool, Field(description="False only where everyone can read it. Left out, it counts as private.")
    ] = True


class AnswerOut(Out):
    """An answer and how the network took it. `unseen`: why people can't read it although it was sent
    ("waiting", "hidden", "removed", "gone", "blocked", "post_gone", "deleted"); empty where they can. `said`:
    what the network said where it refused it."""

    id: int
    by: int
    text: str
    language: str
    state: str
    by_hand: bool
    stops_the_clock: bool
    written_at: datetime
    because: str
    unseen: str
    said: str


class WhyOut(Out):
    """A reason for a lane: its kind, and where its words are in the newest text (0 to 0: nowhere)."""

    lane: str
    kind: str
    start: int
    end: int


class ItemRow(Out):
    """An item, in a list. `due_words`: whether the policy names an instant, a day, or no time. `urgency`:
    "danger" where someone may be in danger, "harm" where someone may come to harm meanwhile. `lane` and
    `why`: where a program put it in the order of reading. It decides nothing, and no lane means that a
    comment is safe."""

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
    lane: str
    why: list[WhyOut]
    language: str
    assigned_to: int | None
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
    """An item, with each version of its text and each reply. `version`: the value that a reply must give.
    `letters_unsure`: some letters may be wrong, because an email didn't say how they are written;
    `time_unsure`: it didn't say when it was written either, so the deadline counts from its receipt."""

    author_name: str
    author_handle: str
    version: str
    versions: list[ItemVersionOut]
    answers: list[AnswerOut]
    close_reason: str
    decision: int | None
    gone_at: datetime | None
    letters_unsure: bool
    time_unsure: bool


class Items(Out):
    """A page of items. `after`: the value for `after` of the next page; null on the last one. `next`: the
    value for `before`, where the order is by id. With filters a page may be short though more follow."""

    rows: list[ItemRow]
    next: int | None
    after: str | None = None


class FoundItems(Out):
    """What a search found, newest first, 50 at most."""

    rows: list[ItemRow]


def _as_it_is(call: Call, pk: int) -> ItemOut:
    return _out(call, _item(call, pk))


@router.get("", response=Items)
@inside
def list_items(call: Call, before: Before, limit: Limit, chosen: Annotated[ListIn, Query(...)]) -> Items:
    """The items that you may read and chose. Without filters, urgent ones lead the first page, danger
    first."""
    filters, by_due = chosen.filters(), chosen.order == "pressing"
    state = ItemState.OPEN if by_due else chosen.state
    order = listing.order_of(filters, by_due=by_due)
    after = (before,) if before and len(order.kinds) == 1 else None
    if chosen.after:
        try:
            after = key_in(chosen.after, order.kinds)
        except NotFound:
            raise BadInput(
                {"after": _("This page of the list doesn’t exist any more. Start again from the first page.")}
            ) from None
    found, key = listing.narrowed(
        call.person, filters, on=call.on, state=state, by_due=by_due, after=after, limit=limit
    )
    urgent = urgency_of_items(call.person, on=call.on)
    first = [] if filters else first_items(urgent, call.person, on=call.on, state=state or "")
    rows = [*(() if after else first), *(each for each in found if each not in first)]
    return Items(
        rows=[_row(each, urgent) for each in rows],
        next=key[0] if key and len(order.kinds) == 1 else None,
        after=key_as_text(*key) if key else None,
    )


@router.post("/search", response=FoundItems)
@inside_to_look
def search_items(call: Call, given: SearchIn) -> FoundItems:
    """The items that you may read and chose, with all these words in their text or author's name. Changes
    nothing: a key that only reads may search."""
    found = listing.search(
        call.person, words_of(given.words), on=call.on, limit=FOUND, chosen=given.filters()
    )
    urgent = urgency_of_items(call.person, on=call.on)
    return FoundItems(rows=[_row(each, urgent) for each in found])


@router.post("", response={201: ItemOut})
@changes(_as_it_is)
def paste_in(call: Call, pasted: PastedIn) -> int:
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
    item = pasting.paste_in(
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
    return item.pk


@router.get("/{item_id}", response=ItemOut)
@inside
def get_item(call: Call, item_id: PathId) -> ItemOut:
    """One item with its texts and answers."""
    return _out(call, _item(call, item_id))


@router.post("/{item_id}/answers", response={201: ItemOut})
@changes(_as_it_is)
def write_answer(call: Call, item_id: PathId, given: AnswerIn) -> int:
    """Answer it, once the policy lets this answer go out."""
    said = {name: value for name, value in given.said.model_dump().items() if value not in (None, "")}
    with answering({each.hit: Said(each.reply, each.words) for each in given.hits}):
        replying.write_answer(
            by=call.person,
            at=call.at,
            item=_item(call, item_id),
            text=given.text,
            version=given.version,
            said=said,
            acknowledges_only=given.acknowledges_only,
            language=given.language,
        )
    return item_id


@router.post("/{item_id}/close", response=ItemOut)
@changes(_as_it_is)
def close_item(call: Call, item_id: PathId, given: CloseIn) -> int:
    """Close it without an answer."""
    replying.close_item(by=call.person, at=call.at, item=_item(call, item_id), reason=given.reason)
    return item_id


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
        lane=item.lane,
        why=[WhyOut(lane=lane, kind=kind, start=start, end=end) for lane, kind, start, end in item.why],
        language=item.language,
        assigned_to=item.assigned_to_id,
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
        letters_unsure=item.letters_unsure,
        time_unsure=item.time_unsure,
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
        unseen=str(why_unseen(answer) or "") if answer.state == Intent.CONFIRMED else "",
        said=answer.said,
    )
