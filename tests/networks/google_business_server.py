"""A server of ours that keeps to Google's published Business Profile interfaces, as far as our client uses
them; keys are made as Google's other interfaces make them.

Written from developers.google.com/my-business/reference/rest/v4 (accounts.locations.localPosts,
accounts.locations.reviews), the discovery documents of mybusinessaccountmanagement v1 and
mybusinessbusinessinformation v1, and google.rpc.Status, read in December 2026. It knows nothing of the
client. It refuses each parameter that a method does not have, and fetches pictures itself.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import SplitResult, parse_qs

from tests.networks.own_server import OwnCalls, OwnServer, serving

SCOPE = "https://www.googleapis.com/auth/business.manage"
HOUR = 3600
LONGEST_SUMMARY, LONGEST_ANSWER = 1500, 4096
STATUS = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
          429: "RESOURCE_EXHAUSTED", 503: "UNAVAILABLE"}  # fmt: skip


class No(Exception):
    """An error as google.rpc.Status tells it; `field` and `number` as the interface's own ErrorDetail."""

    def __init__(self, status: int, message: str, *, number: int = 0, reason: str = "") -> None:
        super().__init__(message)
        self.status, self.message, self.number, self.reason = status, message, number, reason

    def body(self) -> dict[str, Any]:
        details: list[dict[str, Any]] = []
        if self.number:
            kind = "type.googleapis.com/google.mybusiness.v4.ValidationError"
            details.append({"@type": kind, "errorDetails": [{"code": self.number, "message": self.message}]})
        if self.reason:
            details.append({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": self.reason})
        said = {"code": self.status, "message": self.message, "status": STATUS.get(self.status, "UNKNOWN")}
        return {"error": said | ({"details": details} if details else {})}


def refusal(status: int, message: str = "No.", **more: Any) -> dict[str, Any]:
    """The body of an error."""
    return No(status, message, **more).body()


@dataclass
class Place:
    """A location in an account, with the key that its owner gave."""

    account: str
    id: str
    title: str
    token: str
    town: str = "Bangor"
    revoked: bool = False

    @property
    def name(self) -> str:
        return f"accounts/{self.account}/locations/{self.id}"


@dataclass
class LocalPost:
    """A post. `polls`: how often it still says that it is being worked on; `then`: what it is afterwards."""

    place: Place
    id: str
    given: dict[str, Any]
    at: datetime
    polls: int = 0
    then: str = "LIVE"
    gone: bool = False

    @property
    def state(self) -> str:
        return "PROCESSING" if self.polls else self.then


@dataclass
class Review:
    """What someone wrote about a place."""

    place: Place
    id: str
    text: str
    at: datetime
    stars: str = "FOUR"
    name: str = "A parent"
    changed: datetime | None = None
    answer: str = ""
    answered: datetime | None = None
    pictures: int = 0
    gone: bool = False


@dataclass
class GoogleBusinessServer(OwnServer):
    """The server's state. `fetch`: from an address to bytes, or None; `rejects`: words that Google's own
    rules forbid in a post."""

    app_id: str = "1234.apps.googleusercontent.com"
    app_secret: str = "an-app-secret-of-google"
    scope: str = SCOPE
    polls: int = 0
    rejects: str = ""
    fetch: Callable[[str], bytes | None] | None = None
    fetched: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    access: dict[str, tuple[str, float]] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    posts: dict[str, LocalPost] = field(default_factory=dict)
    reviews: dict[str, Review] = field(default_factory=dict)
    made: int = 0

    def join(self, title: str, account: str = "101", town: str = "Bangor") -> Place:
        """A new place."""
        number = str(7000 + len(self.places))
        self.places.append(Place(account, number, title, f"1//refresh-{number}", town))
        return self.places[-1]

    def code(self, place: Place, *, back: str) -> str:
        """What Google's page gives when the person says yes."""
        made = f"4/code{secrets.token_hex(8)}"
        self.codes[made] = {"redirect_uri": back, "token": place.token}
        return made

    def of(self, place: Place) -> list[str]:
        """The texts of a place's posts that people can see, oldest first."""
        return [one.given.get("summary", "") for one in self.posts.values()
                if one.place is place and not one.gone and one.state == "LIVE"]  # fmt: skip

    def review(self, place: Place, text: str, **more: Any) -> Review:
        """A review by a stranger, without any call."""
        made = Review(place, f"AbF{secrets.token_urlsafe(20)}", text, datetime.now(UTC), **more)
        self.reviews[made.id] = made
        return made


@contextmanager
def google_business_server(**given: Any) -> Iterator[GoogleBusinessServer]:
    """The server, for as long as the block runs."""
    with serving(GoogleBusinessServer(**given), BusinessCalls) as made:
        yield made


class BusinessCalls(OwnCalls):
    """Reads a request, finds its method, and answers as Google does."""

    state: GoogleBusinessServer

    def reply_to(self, call: str, parts: SplitResult, raw: bytes) -> tuple[int, Any, dict[str, str]]:
        self.raw = raw
        self.given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        try:
            if call == "POST /token":
                return self._token()
            self.token = self._allowed()
            for pattern, allowed, does in ROUTES:
                found = re.fullmatch(pattern, call)
                if found:
                    if unknown := set(self.given) - set(allowed.split()):
                        raise No(400, f'Invalid JSON payload received. Unknown name "{min(unknown)}"')
                    return 200, does(self, *found.groups()), {}
            raise No(404, "Requested entity was not found.")
        except No as no:
            return no.status, no.body(), {}

    def _token(self) -> tuple[int, Any, dict[str, str]]:
        """oauth2/web-server: a code for keys, and the account's own key for one that lasts an hour."""
        given = {name: values[-1] for name, values in parse_qs(self.raw.decode()).items()}
        if (given.get("client_id"), given.get("client_secret")) != (self.state.app_id, self.state.app_secret):
            return (
                401,
                {"error": "invalid_client", "error_description": "Not found."},
                {},
            )
        own = ""
        token = given.get("refresh_token", "")
        if given.get("grant_type") == "authorization_code":
            noted = self.state.codes.pop(given.get("code", ""), None)
            if noted is None or noted["redirect_uri"] != given.get("redirect_uri"):
                return 400, {"error": "invalid_grant", "error_description": "Bad Request"}, {}
            own = token = noted["token"]
        held = [one for one in self.state.places if one.token == token]
        if not held or held[0].revoked:
            return 400, {"error": "invalid_grant", "error_description": f"Revoked. {token}"}, {}
        made = f"ya29.{secrets.token_urlsafe(20)}"
        self.state.access[made] = (token, time.time() + HOUR)
        told = {"access_token": made, "expires_in": HOUR - 1, "scope": self.state.scope,
                "token_type": "Bearer"}  # fmt: skip
        return 200, told | ({"refresh_token": own} if own else {}), {}

    def _allowed(self) -> str:
        key = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        token, until = self.state.access.get(key, ("", 0.0))
        if until < time.time() or any(one.revoked for one in self.state.places if one.token == token):
            raise No(401, "Request had invalid authentication credentials.")
        if SCOPE not in self.state.scope:
            raise No(403, "Insufficient scopes.", reason="ACCESS_TOKEN_SCOPE_INSUFFICIENT")
        return token

    def _page(self, items: list[dict[str, Any]], listed: str, most: int, usual: int) -> dict[str, Any]:
        size, start = int(self.given.get("pageSize", usual)), int(self.given.get("pageToken") or 0)
        if not 1 <= size <= most:
            raise No(400, "Invalid page size.")
        told: dict[str, Any] = {listed: items[start : start + size]} if items else {}
        if start + size < len(items):
            told["nextPageToken"] = str(start + size)
        return told

    def _body(self, *allowed: str) -> dict[str, Any]:
        body = dict(json.loads(self.raw or b"{}"))
        if unknown := set(body) - set(allowed):
            raise No(400, f'Invalid JSON payload received. Unknown name "{min(unknown)}"')
        return body

    def _mine(self, account: str, number: str) -> Place:
        for one in self.state.places:
            if (one.account, one.id, one.token) == (account, number, self.token):
                return one
        raise No(404, "Requested entity was not found.")

    # mybusinessaccountmanagement and mybusinessbusinessinformation

    def accounts(self) -> Any:
        held = sorted({one.account for one in self.state.places if one.token == self.token})
        told = [{"name": f"accounts/{one}", "accountName": "Oakwood", "type": "LOCATION_GROUP"}
                for one in held]  # fmt: skip
        return self._page(told, "accounts", 20, 20)

    def locations(self, account: str) -> Any:
        held = [one for one in self.state.places if (one.account, one.token) == (account, self.token)]
        return self._page([self._place(one) for one in held], "locations", 100, 10)

    def location(self, number: str) -> Any:
        held = [one for one in self.state.places if (one.id, one.token) == (number, self.token)]
        if not held:
            raise No(404, "Requested entity was not found.")
        return self._place(held[0])

    def _place(self, one: Place) -> dict[str, Any]:
        if "readMask" not in self.given:
            raise No(400, "Request contains an invalid argument.")
        told = {
            "name": f"locations/{one.id}", "title": one.title, "profile": {"description": "A school"},
            "metadata": {"mapsUri": f"https://maps.google.com/maps?cid={one.id}", "placeId": f"ChIJ{one.id}"},
            "storefrontAddress": {"locality": one.town},
        }  # fmt: skip
        return {name: value for name, value in told.items() if name in self.given["readMask"].split(",")}

    # localPosts

    def create(self, account: str, number: str) -> Any:
        place = self._mine(account, number)
        body = self._body("languageCode", "summary", "callToAction", "event", "media", "topicType",
                          "alertType", "offer")  # fmt: skip
        if body.get("topicType") not in ("STANDARD", "EVENT", "OFFER", "ALERT"):
            raise No(400, "Request contains an invalid argument.", number=3)
        if len(body.get("summary", "")) > LONGEST_SUMMARY:
            raise No(400, "Summary is too long.", number=6)
        for each in body.get("media", []):
            if set(each) != {"mediaFormat", "sourceUrl"} or each["mediaFormat"] != "PHOTO":
                raise No(400, "Request contains an invalid argument.", number=3)
            self._fetch(each["sourceUrl"])
        self.state.made += 1
        made = LocalPost(place, f"{9000 + self.state.made}", body, datetime.now(UTC), self.state.polls)
        if self.state.rejects and self.state.rejects in body.get("summary", ""):
            made.then = "REJECTED"
        self.state.posts[made.id] = made
        return self._shown(made)

    def listed(self, account: str, number: str) -> Any:
        place = self._mine(account, number)
        mine = [one for one in self.state.posts.values() if one.place is place and not one.gone]
        return self._page([self._shown(one) for one in reversed(mine)], "localPosts", 100, 20)

    def post(self, account: str, number: str, post: str) -> Any:
        found = self._post(account, number, post)
        found.polls = max(0, found.polls - 1)
        return self._shown(found)

    def delete(self, account: str, number: str, post: str) -> Any:
        self._post(account, number, post).gone = True
        return {}

    def _post(self, account: str, number: str, post: str) -> LocalPost:
        place, found = self._mine(account, number), self.state.posts.get(post)
        if found is None or found.gone or found.place is not place:
            raise No(404, "Requested entity was not found.")
        return found

    def _shown(self, one: LocalPost) -> dict[str, Any]:
        media = [{"name": f"{one.place.name}/media/localPosts-{n}", "mediaFormat": "PHOTO",
                  "googleUrl": "https://lh3.googleusercontent.com/p/x"}
                 for n, _each in enumerate(one.given.get("media", []))]  # fmt: skip
        kept = ("languageCode", "summary", "topicType")
        told = {name: value for name, value in one.given.items() if name in kept}
        return told | {
            "name": f"{one.place.name}/localPosts/{one.id}", "state": one.state, "createTime": shown(one.at),
            "updateTime": shown(one.at),
            "searchUrl": f"https://local.google.com/place?id={one.place.id}&use=posts&lpsid={one.id}",
        } | ({"media": media} if media else {})  # fmt: skip

    def _fetch(self, address: str) -> None:
        self.state.fetched.append(address)
        data = self.state.fetch(address) if self.state.fetch else None
        if data is None or not data.startswith((b"\xff\xd8", b"\x89PNG")):
            raise No(400, "The photo could not be fetched from the provided address.", number=1000)

    # reviews

    def all_reviews(self, account: str, number: str) -> Any:
        place = self._mine(account, number)
        mine = [one for one in self.state.reviews.values() if one.place is place and not one.gone]
        mine.sort(key=lambda one: one.changed or one.at, reverse=True)
        return self._page([self._review(one) for one in mine], "reviews", 50, 50)

    def one_review(self, account: str, number: str, review: str) -> Any:
        return self._review(self._found(account, number, review))

    def answer(self, account: str, number: str, review: str) -> Any:
        found, comment = self._found(account, number, review), self._body("comment").get("comment")
        if not comment or len(comment.encode()) > LONGEST_ANSWER:
            raise No(400, "Request contains an invalid argument.", number=3)
        found.answer, found.answered = comment, datetime.now(UTC)
        return {"comment": comment, "updateTime": shown(found.answered)}

    def unanswer(self, account: str, number: str, review: str) -> Any:
        found = self._found(account, number, review)
        if not found.answer:
            raise No(404, "Requested entity was not found.")
        found.answer, found.answered = "", None
        return {}

    def _found(self, account: str, number: str, review: str) -> Review:
        place, found = self._mine(account, number), self.state.reviews.get(review)
        if found is None or found.gone or found.place is not place:
            raise No(404, "Requested entity was not found.")
        return found

    def _review(self, one: Review) -> dict[str, Any]:
        told: dict[str, Any] = {
            "name": f"{one.place.name}/reviews/{one.id}", "reviewId": one.id, "starRating": one.stars,
            "reviewer": {"displayName": one.name} if one.name else {"isAnonymous": True},
            "createTime": shown(one.at), "updateTime": shown(one.changed or one.at),
        }  # fmt: skip
        if one.text:
            told["comment"] = one.text
        if one.answer and one.answered:
            told["reviewReply"] = {"comment": one.answer, "updateTime": shown(one.answered)}
        if one.pictures:
            told["reviewMediaItems"] = [{}] * one.pictures
        return told


def shown(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


PLACE = r"/v4/accounts/(\d+)/locations/(\d+)"
PART = r"([\w-]+)"
ROUTES: list[tuple[str, str, Callable[..., Any]]] = [
    (r"GET /v1/accounts", "pageSize pageToken filter parentAccount", BusinessCalls.accounts),
    (r"GET /v1/accounts/(\d+)/locations", "pageSize pageToken filter orderBy readMask",
     BusinessCalls.locations),
    (r"GET /v1/locations/(\d+)", "readMask", BusinessCalls.location),
    (rf"POST {PLACE}/localPosts", "", BusinessCalls.create),
    (rf"GET {PLACE}/localPosts", "pageSize pageToken", BusinessCalls.listed),
    (rf"GET {PLACE}/localPosts/{PART}", "", BusinessCalls.post),
    (rf"DELETE {PLACE}/localPosts/{PART}", "", BusinessCalls.delete),
    (rf"GET {PLACE}/reviews", "pageSize pageToken orderBy", BusinessCalls.all_reviews),
    (rf"GET {PLACE}/reviews/{PART}", "", BusinessCalls.one_review),
    (rf"PUT {PLACE}/reviews/{PART}/reply", "", BusinessCalls.answer),
    (rf"DELETE {PLACE}/reviews/{PART}/reply", "", BusinessCalls.unanswer),
]  # fmt: skip
