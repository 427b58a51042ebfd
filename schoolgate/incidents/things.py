"""The thing on the page from which a concern was reported: found by its short name, and copied in its current
state.

The short name is part of an address, so it holds only an id or a key of ours: `post-417`, `board-3ld...`. A
visitor's page is about public things only; a name that leads nowhere is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from schoolgate.accounts.models import Account, AccountState, FoundPage
from schoolgate.core.models import School
from schoolgate.core.subjects import subject_of
from schoolgate.inbox.models import Item
from schoolgate.inbox.seeing import kept_from
from schoolgate.media.models import Picture
from schoolgate.networks.noticeboard.board import shown_comments
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost
from schoolgate.people.models import Person
from schoolgate.publishing.models import Delivery, Post

MOST_COMMENTS = 100
"""How many comments below a post are copied; the originals stay."""
_NAME = re.compile(r"([a-z]{3,10})-([0-9A-Za-z-]{1,60})")


@dataclass(frozen=True)
class Thing:
    """Something of ours. `subject`: how the record names it; `row` the row; `school`: its school, if it has
    one."""

    kind: str
    subject: str
    row: Any
    school: School | None


def find(name: str, *, inside: bool) -> Thing | None:
    """Return the thing with this short name, in the federation in scope; None for anything else. `inside`:
    for a person who is signed in; a visitor's page is about noticeboards and open accounts alone."""
    read = _NAME.fullmatch(name)
    finder = (FOR_ALL | (INSIDE if inside else {})).get(read[1]) if read else None
    return finder(read[2]) if read and finder else None


def by_subject(subject: str) -> Thing | None:
    """Return the thing that a report refers to; None if it was about no thing of ours."""
    kind, _colon, number = subject.partition(":")
    if kind == "inbox.item":  # also one that was locked since
        return _one_item(Item.every.filter(pk=_number(number)))
    short = {
        "publishing.post": "post",
        "accounts.account": "account",
        "accounts.foundpage": "found",
        "media.picture": "picture",
        "core.school": "school",
        "networks.noticeboardpost": "boardpost",
    }.get(kind)
    return find(f"{short}-{number}", inside=True) if short else None


def as_it_stands(thing: Thing, *, at: datetime) -> dict[str, Any]:
    """Return a copy of the thing at this instant, as plain data: versions, texts, digests of pictures. It is
    stored with the report, so that a later change or removal loses nothing."""
    return {
        "kind": thing.kind,
        "subject": thing.subject,
        "at": at.isoformat(),
        **_COPIES[thing.kind](thing.row),
    }


def as_shown_to(person: Person, copied: dict[str, Any], *, on: date) -> dict[str, Any]:
    """Return a copy as this person may read it: without the comments below a post that are locked to the
    safeguarding leads now, and our replies to them. The copy itself stays whole."""
    locked = kept_from(person, on=on) if copied.get("comments") else []
    if not locked:
        return copied
    keys = Item.every.filter(pk__in=locked).values("network_id")
    rows = NoticeboardComment.objects.filter(Q(key__in=keys) | Q(parent__key__in=keys))
    out = set(rows.values_list("pk", flat=True))
    return {**copied, "comments": [one for one in copied["comments"] if one["id"] not in out]}


def _number(text: str) -> int:
    """Return the number in a word; a number that no row has where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _post(number: str) -> Thing | None:
    row = Post.objects.select_related("school", "author").filter(pk=_number(number)).first()
    return Thing("post", subject_of(row), row, row.school) if row else None


def _item(number: str) -> Thing | None:
    return _one_item(Item.objects.filter(pk=_number(number)))


def _one_item(rows: QuerySet[Item]) -> Thing | None:
    row = rows.select_related("school", "account__school", "post").first()
    return Thing("item", subject_of(row), row, row.school or row.account.school) if row else None


def _account(number: str) -> Thing | None:
    row = Account.objects.select_related("school").filter(pk=_number(number)).first()
    return Thing("account", subject_of(row), row, row.school) if row else None


def _picture(number: str) -> Thing | None:
    row = Picture.objects.select_related("school").filter(pk=_number(number)).first()
    return Thing("picture", subject_of(row), row, row.school) if row else None


def _found(number: str) -> Thing | None:
    row = FoundPage.objects.select_related("school").filter(pk=_number(number)).first()
    return Thing("found", subject_of(row), row, row.school) if row else None


def _open_account(number: str) -> Thing | None:
    found = _account(number)
    return found if found and found.row.state == AccountState.OPEN else None


def _school(word: str) -> Thing | None:
    """The noticeboard of a school, by its slug as addresses have it, or by its number."""
    row = School.objects.filter(slug=word).first() or School.objects.filter(pk=_number(word)).first()
    return Thing("school", subject_of(row), row, row) if row else None


def _board(key: str) -> Thing | None:
    """A post on a noticeboard: the post of ours that it came from, where it is known."""
    row = NoticeboardPost.objects.select_related("school").filter(key=key).first()
    return _with_its_post(row) if row else None


def _board_post(number: str) -> Thing | None:
    row = NoticeboardPost.objects.select_related("school").filter(pk=_number(number)).first()
    return _with_its_post(row) if row else None


def _with_its_post(row: NoticeboardPost) -> Thing:
    sent = Delivery.objects.filter(intent_key=row.key).values_list("post_id", flat=True).first()
    found = _post(str(sent)) if sent else None
    return Thing("boardpost", found.subject if found else subject_of(row), row, row.school)


FOR_ALL: dict[str, Callable[[str], Thing | None]] = {
    "board": _board, "school": _school, "account": _open_account,
}  # fmt: skip
INSIDE: dict[str, Callable[[str], Thing | None]] = {
    "post": _post, "item": _item, "account": _account, "picture": _picture, "boardpost": _board_post,
    "found": _found,
}  # fmt: skip


def _copy_post(row: Post) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "state": row.state,
        "author": row.author.name,
        "pictures": [picture.digest for picture in row.pictures],
        "texts": [
            {"where": target.account.name, "text": target.text, "language": target.language}
            for target in row.targets.select_related("account").order_by("account_id")
        ],
        "published_at": [
            str((delivery.receipt or {}).get("address", ""))
            for delivery in row.deliveries.filter(purpose="publish", receipt__isnull=False).order_by("id")
        ],
    }


def _copy_item(row: Item) -> dict[str, Any]:
    return {
        "id": row.pk,
        "author": row.author_name or row.author_handle,
        "handle": row.author_handle,
        "address": str(row.ref.get("address", "")),
        "received_at": row.received_at.isoformat(),
        "state": row.state,
        "pictures": [photo.digest for photo in row.photos.order_by("id")],
        "post": {
            "id": row.post_id,
            "texts": [
                {"where": each.account.name, "text": each.text}
                for each in row.post.targets.select_related("account").order_by("account_id")
            ],
        }
        if row.post
        else None,
        "texts": [
            {"version": one.number, "id": one.pk, "text": one.text, "seen_at": one.seen_at.isoformat()}
            for one in row.versions.order_by("number")
        ],
    }


def _copy_board(row: NoticeboardPost) -> dict[str, Any]:
    sent = Delivery.objects.filter(intent_key=row.key).select_related("post").first()
    return {
        "id": row.pk,
        "key": row.key,
        "post": {"id": sent.post_id, "version": sent.post.version} if sent else None,
        "pictures": [each.digest for each in row.pictures.all()],
        "texts": [{"where": row.school.name, "text": row.text}],
        "comments": [
            {"id": one.pk, "author": one.name, "text": one.text, "state": one.state}
            for one in shown_comments(row)[:MOST_COMMENTS]
        ],
    }


def _copy_account(row: Account) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "address": row.address,
        "network": row.network,
        "state": row.state,
    }


def _copy_found(row: FoundPage) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "address": row.address,
        "network": row.network,
        "state": row.state,
        "in_our_name": row.in_our_name,
        "made_by": row.made_by,
    }


def _copy_picture(row: Picture) -> dict[str, Any]:
    return {"id": row.pk, "pictures": [row.digest]}


def _copy_school(row: School) -> dict[str, Any]:
    return {"id": row.pk, "name": row.name}


_COPIES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "post": _copy_post, "item": _copy_item, "boardpost": _copy_board, "account": _copy_account,
    "picture": _copy_picture, "school": _copy_school, "found": _copy_found,
}  # fmt: skip
