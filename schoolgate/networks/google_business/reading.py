"""Calls to Google's Business Profile interfaces as one place, what its errors mean, and what the place shows:
its posts, and the reviews that others wrote of it, each with at most one answer of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from schoolgate.networks.archives.port import from_iso
from schoolgate.networks.checks import clean_incoming, if_there, rows, table
from schoolgate.networks.google.account import GoogleApi, paged
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import (
    Attachment,
    Author,
    IncomingItem,
    NetworkError,
    Profile,
    PublishedPost,
    Ref,
)
from schoolgate.networks.tokens import without
from schoolgate.networks.transport import Answer, refusal

API = "https://mybusiness.googleapis.com"
ACCOUNTS = "https://mybusinessaccountmanagement.googleapis.com"
PLACES = "https://mybusinessbusinessinformation.googleapis.com"
MASK = "name,title,metadata,profile,storefrontAddress"
REJECTED, PROCESSING = "REJECTED", "PROCESSING"
POSTS, REVIEWS = 100, 50
"""The most on a page."""
STARS: Final[Mapping[str, int]] = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}
_PICTURES = range(1000, 1100)
_NUMBER = re.compile(r"[0-9]{1,40}")
_POST = re.compile(r"localPosts/[A-Za-z0-9_-]{1,200}")
_REVIEW = re.compile(r"reviews/[A-Za-z0-9_-]{1,200}")
_SITES = ("https://search.google.com/", "https://www.google.com/", "https://maps.google.com/",
          "https://maps.app.goo.gl/", "https://local.google.com/")  # fmt: skip
ANSWER = "/reply"
LONGEST_ANSWER = 4096
"""Bytes; a post's limit is in characters."""


class Api(GoogleApi):
    """The way to the interfaces as one place."""

    WHERE = "/v4"

    def about(self, origin: str, path: str, **params: Any) -> dict[str, Any]:
        """Read one thing that another of Google's servers knows. Raises NetworkError."""
        return self._data(
            "GET", f"/v1/{path}", changes=False, params=params, through=self._transport.to(origin)
        )

    def about_all(self, origin: str, path: str, listed: str, /, **params: Any) -> Iterator[dict[str, Any]]:
        """Read a list that another of Google's servers knows. Raises NetworkError, also where it does not
        end."""
        yield from paged(lambda more: self.about(origin, path, **params, **more), listed)

    def ask_if_there(self, path: str) -> dict[str, Any] | None:
        """Read one thing; None where it is not there. Raises NetworkError."""
        try:
            return self.ask(path)
        except NetworkError as error:
            if error.code == "not_found":
                return None
            raise

    def delete_if_there(self, path: str) -> None:
        """Delete something that may be gone. Raises NetworkError."""
        with if_there():
            self.change("DELETE", path)

    def _meaning(self, answer: Answer, *, changes: bool, secrets: Sequence[str]) -> NetworkError:
        said = table(answer.data.get("error"))
        told = said.get("details")
        details = [table(one) for one in (told if isinstance(told, list) else ())]
        reasons = [reason for one in details if (reason := clean_incoming(one.get("reason")))]
        codes = {each.get("code") for one in details for each in rows(one, "errorDetails")}
        error = refusal(answer, changes=changes)
        words = " ".join(filter(None, (clean_incoming(said.get("message")), *_said(details))))
        names = "/".join(filter(None, (clean_incoming(said.get("status")), *reasons)))
        error.detail = without(f"{names} {words}".strip(), secrets)
        if answer.status < 500 and any(code in _PICTURES for code in codes if isinstance(code, int)):
            error.code, error.what_next = "picture_refused", "give_up"
        elif answer.status == 403 and "ACCESS_TOKEN_SCOPE_INSUFFICIENT" in reasons:
            error.code = "too_few_rights"
        return error


def _said(details: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for one in details:
        for each in rows(one, "errorDetails"):
            yield clean_incoming(each.get("message"))


def is_number(told: str) -> bool:
    """Return whether this can be the number of an account or a place."""
    return _NUMBER.fullmatch(told) is not None


def is_post(number: str) -> bool:
    """Return whether this can be one of the place's posts, and so a part of an address to ask."""
    return _POST.fullmatch(number) is not None


def is_review(number: str) -> bool:
    """Return whether this can be a review of the place."""
    return _REVIEW.fullmatch(number) is not None


def review_of(number: str) -> str:
    """Return the review that an answer is to; empty for what is no answer."""
    review = number.removesuffix(ANSWER)
    return review if review != number and is_review(review) else ""


def within(name: object, kind: str) -> str:
    """Return the part of a thing's name from its kind on, as `localPosts/12`; empty for anything else."""
    number = f"{kind}/{clean_incoming(name).rpartition(f'/{kind}/')[2]}"
    return number if is_post(number) or is_review(number) else ""


def is_seen(post: Mapping[str, Any]) -> bool:
    """Return whether others can see a post, or soon can."""
    return post.get("state") != REJECTED


def published(key: str, number: str, post: Mapping[str, Any]) -> PublishedPost:
    """Return a post in normal form. Google draws pictures again and has no place for their descriptions."""
    pictures = tuple(("", None) for _each in rows(post, "media"))
    language = clean_incoming(post.get("languageCode"))
    normal = NormalPost.of(clean_incoming(post.get("summary")), (language,) if language else (), pictures)
    return PublishedPost(Ref(key, number, address_in(post)), normal, from_iso(post.get("createTime")))


def address_in(post: Mapping[str, Any]) -> str:
    """Return where people see a post; empty where Google doesn't say."""
    address = clean_incoming(post.get("searchUrl"))
    return address if address.startswith(_SITES) else ""


def answer_to(key: str, number: str, review: Mapping[str, Any]) -> PublishedPost | None:
    """Return our answer to a review; None where it has none."""
    told = table(review.get("reviewReply"))
    if not told:
        return None
    normal = NormalPost.of(clean_incoming(told.get("comment")))
    return PublishedPost(Ref(key, f"{number}{ANSWER}"), normal, from_iso(told.get("updateTime")))


def item_of(key: str, review: Mapping[str, Any]) -> IncomingItem | None:
    """Return a review as the port takes it: addressed to the place, below no post. None for what is none."""
    number = within(review.get("name"), "reviews")
    if not number:
        return None
    written, changed = from_iso(review.get("createTime")), from_iso(review.get("updateTime"))
    stars = STARS.get(clean_incoming(review.get("starRating")), 0)
    rating = [Attachment("other", "★" * stars + "☆" * (5 - stars))] if stars else []
    return IncomingItem(
        network=key,
        ref=Ref(key, number),
        author=Author(f"unnamed-{number.partition('/')[2]}", "", _name(review)),
        text=clean_incoming(review.get("comment")),
        created_at=written or datetime.fromtimestamp(0, UTC),
        seen_at=changed or written,
        kind="mention",
        edited=changed is not None and written is not None and changed > written,
        attachments=(*rating, *(Attachment("other") for _each in rows(review, "reviewMediaItems"))),
        visibility="public",
    )


def _name(review: Mapping[str, Any]) -> str:
    told = table(review.get("reviewer"))
    return "" if told.get("isAnonymous") is True else clean_incoming(told.get("displayName"))


def places(api: Api, accounts: str, origin: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the places that the key is for, each once, with the number of the account they are in. Raises
    NetworkError."""
    found = set[str]()
    for account in api.about_all(accounts, "accounts", "accounts", pageSize=20):
        number = clean_incoming(account.get("name")).removeprefix("accounts/")
        if not is_number(number):
            continue
        path = f"accounts/{number}/locations"
        for place in api.about_all(origin, path, "locations", readMask=MASK, pageSize=100):
            told = number_of(place)
            if told and told not in found:
                found.add(told)
                yield number, place


def number_of(place: Mapping[str, Any]) -> str:
    """Return a place's own number; empty for what is none."""
    number = clean_incoming(place.get("name")).removeprefix("locations/")
    return number if is_number(number) else ""


def profile_of(place: Mapping[str, Any]) -> Profile:
    """Return a place as the port takes it. It has no handle of its own, so that its number serves."""
    number, told = number_of(place), table(place.get("metadata"))
    maps = clean_incoming(told.get("mapsUri"))
    by_id = clean_incoming(told.get("placeId"))
    also = (f"https://www.google.com/maps/place/?q=place_id:{by_id}",) if by_id else ()
    return Profile(
        number, number, clean_incoming(place.get("title")),
        clean_incoming(table(place.get("profile")).get("description")),
        maps if maps.startswith(_SITES) else "", also,
    )  # fmt: skip


def told_apart(place: Mapping[str, Any]) -> str:
    """Return a place's title and town, for the person who chooses among several."""
    town = clean_incoming(table(place.get("storefrontAddress")).get("locality"))
    return ", ".join(filter(None, (clean_incoming(place.get("title")), town)))
