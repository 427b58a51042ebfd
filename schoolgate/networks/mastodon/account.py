"""Calls as one account, by access token; what the server tells about itself and the account, read seldom;
and pictures on their way, described, and waited for until the server has worked them through.

Nothing of a picture can be seen before a post names it, so whatever goes wrong with one leaves nothing
open.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs

from schoolgate.core.surroundings import parts_of
from schoolgate.networks.checks import IN_FULL
from schoolgate.networks.normal import tidy_text
from schoolgate.networks.port import Credential, NetworkError, OutgoingFilm, OutgoingPicture
from schoolgate.networks.transport import Answer, Transport, redacted, refusal

LIMITS_LAST = 72_000.0
"""Seconds after which a server's limits are read again; at once where it refuses what they allow. Less than a
day, so that a sweep that runs daily always reads them."""
RIGHTS = (
    "read:accounts",
    "read:notifications",
    "read:statuses",
    "write:blocks",
    "write:media",
    "write:reports",
    "write:statuses",
)
"""The scopes that the token needs."""
_NONE = "0" * 26
"""An id that nothing has."""
TRIED: Mapping[str, tuple[str, str, Mapping[str, Any] | None]] = {
    "read:notifications": ("GET", "/api/v1/notifications?limit=1", None),
    "read:statuses": ("GET", f"/api/v1/statuses/{_NONE}", None),
    "write:blocks": ("POST", f"/api/v1/accounts/{_NONE}/block", None),
    "write:media": ("PUT", f"/api/v1/media/{_NONE}", {}),
    "write:reports": ("POST", "/api/v1/reports", {"account_id": _NONE}),
    "write:statuses": ("DELETE", f"/api/v1/statuses/{_NONE}", None),
}
"""By scope, a call that does nothing, whatever the token may do: what it names is not there. (`read:accounts`
was needed to get so far.)"""
_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")
_NEXT = re.compile(r'<([^<>]{0,2000})>\s{0,9};[^,<]{0,300}?rel="?next"?')


@dataclass(frozen=True, slots=True)
class Known:
    """Saved with the keys: who the account is, and the server's limits when they were last read (`read_at`,
    seconds since 1970; 0: to be read). None: the server tells none."""

    id: str
    handle: str
    domain: str = ""
    read_at: float = 0.0
    text_max: int | None = None
    pictures: int | None = None
    picture_bytes: int | None = None
    picture_pixels: int | None = None
    film_bytes: int | None = None
    alt_max: int | None = None
    text_unit: str = ""
    picture_types: tuple[str, ...] = field(default=())

    @classmethod
    def read(cls, text: str) -> Known | None:
        """From the vault; None for what is not there or not ours."""
        try:
            told = json.loads(text)
            return cls(**{**told, "picture_types": tuple(told["picture_types"])})
        except (ValueError, TypeError, KeyError):
            return None


class Account:
    """One account on one server."""

    def __init__(self, transport: Transport, credential: Credential) -> None:
        self._transport = transport
        self._credential = credential
        self._known = Known.read(credential.session)
        self._kept = credential.session

    @property
    def origin(self) -> str:
        """The server's address."""
        return self._transport.origin

    @property
    def time_out(self) -> float:
        """Seconds for one call."""
        return self._transport.time_out

    def known(self) -> Known:
        """Who the account is; asks once. Raises NetworkError."""
        if self._known is None:
            self.read_itself()
        assert self._known is not None
        return self._known

    def limits(self) -> Known:
        """The same, with limits that are not older than `LIMITS_LAST`. Raises NetworkError."""
        known = self.known()
        if not 0.0 <= time.time() - known.read_at < LIMITS_LAST:
            known = self._known = _with_limits(known, self._instance())
        return known

    def limits_are_old(self) -> None:
        """The server refused what its limits allow: they are read again the next time."""
        if self._known is not None:
            self._known = replace(self._known, read_at=0.0)

    def to_keep(self) -> str | None:
        """What is to be saved with the keys, once, when it is another than was given."""
        now = json.dumps(asdict(self._known), sort_keys=True) if self._known else ""
        if now == self._kept:
            return None
        self._kept = now
        return now

    def read_itself(self) -> dict[str, Any]:
        """The account as its server describes it to itself. Raises NetworkError: `sign_in` for a token that
        no longer counts, `other_account` for one of another account."""
        answer = self._exchange("GET", "/api/v1/accounts/verify_credentials", changes=False)
        if answer.status == 400:  # some servers say so to a wrong token
            raise NetworkError("sign_in", what_next="reconnect", status=400)
        found = _checked(answer, changes=False)
        number, name = id_of(found), str(found.get("acct") or "").partition("@")[0]
        if self._known is not None and self._known.id != number:
            raise NetworkError("other_account", what_next="reconnect")
        domain = self._known.domain if self._known else ""
        instance = {} if domain else self._instance()
        domain = domain or _domain(instance, found, self.origin)
        handle = f"{name}@{domain}"
        if not name or not _is_it(self._credential.handle, handle):
            raise NetworkError("other_account" if name else "unreadable_answer", what_next="reconnect")
        if self._known is None or self._known.handle != handle:
            self._known = _with_limits(Known(number, handle, domain), instance)
        return found

    def check_rights(self) -> None:
        """Raise NetworkError `too_few_rights` for a token that can't do all that we do. Where a server tells
        no scopes, each is tried."""
        answer = self._exchange("GET", "/api/v1/apps/verify_credentials", changes=False)
        given = answer.data.get("scopes") if answer.ok else None
        if isinstance(given, list) and given:
            missing = [
                right for right in RIGHTS if not {right, right.partition(":")[0]} & set(map(str, given))
            ]
        else:
            missing = [right for right in RIGHTS if right in TRIED and not self._may(*TRIED[right])]
        if missing:
            raise NetworkError("too_few_rights", what_next="reconnect", detail=" ".join(missing))

    def _may(self, method: str, path: str, body: Mapping[str, Any] | None) -> bool:
        listed = path.startswith("/api/v1/notifications")
        answer = self._exchange(method, path, changes=False, body=body, listed=listed)
        return answer.status != 403

    def ask(self, path: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Read one thing. Raises NetworkError."""
        return _checked(self._exchange("GET", path, changes=False, params=params), changes=False)

    def ask_if_there(self, path: str) -> dict[str, Any] | None:
        """Read one thing; None where it is not there. Raises NetworkError."""
        try:
            return self.ask(path)
        except NetworkError as error:
            if error.code == "not_found":
                return None
            raise

    def ask_list(self, path: str, params: Mapping[str, Any]) -> Page:
        """Read one page of a list. Raises NetworkError."""
        answer = self._exchange("GET", path, changes=False, params=params, listed=True)
        items = [one for one in _checked(answer, changes=False)["items"] if isinstance(one, dict)]
        return Page(items, _older(answer, items), answer.headers.get("date", ""))

    def change(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, *, key: str = ""
    ) -> dict[str, Any]:
        """Change something that others can see. `key`: the server does it once under the same key, if it
        knows such keys. Raises NetworkError."""
        headers = {"Idempotency-Key": key} if key else {}
        answer = self._exchange(method, path, changes=True, body=body, headers=headers)
        return _checked(answer, changes=True)

    def hand_in(self, data: bytes, media_type: str, words: str, *, time_out: float) -> Answer:
        """Upload a file with its description; it stays invisible until a post names it. Raises
        NetworkError."""
        name = f"{'film' if media_type.startswith('video/') else 'picture'}.{media_type.rpartition('/')[2]}"
        return self._exchange(
            "POST", "/api/v2/media", changes=False, form={"description": words} if words else {},
            file=("file", (name, data, media_type)), time_out=time_out,
        )  # fmt: skip

    def handed_in(self, number: str, *, time_out: float) -> Answer:
        """Ask whether an uploaded file is ready. Raises NetworkError."""
        return self._exchange("GET", f"/api/v1/media/{number}", changes=False, time_out=time_out)

    def _exchange(self, method: str, path: str, *, changes: bool, **how: Any) -> Answer:
        if not self._credential.secret:
            raise NetworkError("sign_in", what_next="reconnect", detail="no token")
        secret = self._credential.secret
        headers = {**how.pop("headers", {}), "Authorization": f"Bearer {secret}"}
        answer = self._transport.exchange(method, path, changes=changes, headers=headers, **how)
        if answer.ok:
            return answer
        said = {
            key: told.replace(secret, "[...]") for key in ("error", "message") if (told := answer.said(key))
        }
        return replace(answer, data=answer.data | said)

    def _instance(self) -> dict[str, Any]:
        """What the server tells about itself; the older call where it does not have the newer one."""
        for path in ("/api/v2/instance", "/api/v1/instance"):
            found = self.ask_if_there(path)
            if found is not None:
                return found
        return {}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, newest first. `older`: what to ask the next page with, empty on the last one;
    `date`: the server's clock, as HTTP writes it."""

    items: Sequence[dict[str, Any]]
    older: str
    date: str


def id_of(data: Mapping[str, Any]) -> str:
    """The id of a thing. Raises NetworkError (`unreadable_answer`) for a yes without one."""
    number = data.get("id")
    if not isinstance(number, str) or not _ID.fullmatch(number):
        raise NetworkError("unreadable_answer", what_next="try_again", detail="no id")
    return number


def is_id(text: str) -> bool:
    """Whether this can be an id of such a server, and so a part of an address to ask."""
    return _ID.fullmatch(text) is not None


def _checked(answer: Answer, *, changes: bool) -> dict[str, Any]:
    if answer.ok:
        return answer.data
    raise refusal(answer, changes=changes)


def _older(answer: Answer, items: Sequence[Mapping[str, Any]]) -> str:
    """The `max_id` of the next page by the Link header, which alone knows it where ids of a list are others
    than those of its items; never another server's address."""
    found = _NEXT.search(answer.headers.get("link", ""))
    if found is None:
        return ""
    told = parse_qs(parts_of(found[1]).query).get("max_id", [""])[0]
    return told if is_id(told) and items else ""


def _domain(instance: Mapping[str, Any], found: Mapping[str, Any], origin: str) -> str:
    """The part of the handle after the name. Servers may be reached under another name than that."""
    told = instance.get("domain")
    if isinstance(told, str) and told:
        return told.lower()
    return (parts_of(str(found.get("url") or "")).netloc or parts_of(origin).netloc).lower()


def _is_it(typed: str, handle: str) -> bool:
    """Is this the account that was named, with or without its server? None was named: it is."""
    named = typed.strip().lstrip("@").casefold()
    return not named or named in (handle.casefold(), handle.partition("@")[0].casefold())


def _with_limits(known: Known, instance: Mapping[str, Any]) -> Known:
    told = _table(instance.get("configuration"))
    posts, files = _table(told.get("statuses")), _table(told.get("media_attachments"))
    types = files.get("supported_mime_types")
    return Known(
        known.id,
        known.handle,
        known.domain,
        read_at=time.time(),
        text_max=_number(posts.get("max_characters")) or _number(instance.get("max_toot_chars")),
        pictures=_number(posts.get("max_media_attachments")),
        picture_bytes=_number(files.get("image_size_limit")),
        picture_pixels=_number(files.get("image_matrix_limit")),
        film_bytes=_number(files.get("video_size_limit")),
        alt_max=_number(files.get("description_limit")),
        text_unit="" if _is_mastodon(instance) else IN_FULL,
        picture_types=tuple(one for one in types if isinstance(one, str)) if isinstance(types, list) else (),
    )


def _is_mastodon(instance: Mapping[str, Any]) -> bool:
    """Whether the server says that it is Mastodon; before 4.3 by its version alone. Servers of another make
    have another, or are "compatible"."""
    version = str(instance.get("version") or "")
    old = version.startswith(("3.", "4.")) and "compatible" not in version
    return old or "mastodon" in _table(instance.get("api_versions"))


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


PAUSES = (0.2, 0.5, 1.0, 2.0)
"""Seconds between two questions whether a picture is ready; the last one again and again."""


def upload(account: Account, pictures: Sequence[OutgoingPicture], *, most_pixels: int | None) -> list[str]:
    """Return the ids of the pictures, all ready to be named by a post. Raises NetworkError:
    `picture_refused` with the server's words, `description_changed` with the server's description where it
    keeps another than it was given, `timed_out` where it is still at work when a call's time is
    over: the post is then sent later, with its pictures uploaded again."""
    ends = time.monotonic() + account.time_out
    for picture in pictures:
        if most_pixels is not None and picture.width * picture.height > most_pixels:
            raise NetworkError("picture_refused", what_next="give_up", detail="too many pixels")
    return [_one(account, picture, ends) for picture in pictures]


def upload_film(account: Account, film: OutgoingFilm, *, time_out: float) -> str:
    """Return the id of the film, ready to be named by a post; servers lay a film anew, which takes longer.
    Captions don't go with it: the API has no place for them. Raises NetworkError as `upload`, with
    `film_refused`."""
    return _one(account, film, time.monotonic() + time_out)


def _one(account: Account, picture: OutgoingPicture | OutgoingFilm, ends: float) -> str:
    refused = "film_refused" if isinstance(picture, OutgoingFilm) else "picture_refused"
    answer = account.hand_in(picture.data, picture.media_type, tidy_text(picture.alt), time_out=_left(ends))
    number, asked = id_of(_taken(answer, refused)), 0
    while answer.status in (202, 206):
        pause = PAUSES[min(asked, len(PAUSES) - 1)]
        if _left(ends) <= pause:
            raise NetworkError("timed_out", what_next="try_again", detail="picture not ready")
        time.sleep(pause)
        asked += 1
        answer = account.handed_in(number, time_out=_left(ends))
        _taken(answer, refused)
    _check_description(answer, tidy_text(picture.alt))
    return number


def _check_description(answer: Answer, ours: str) -> None:
    """Some servers take out what looks like a tag of HTML, with the words in it."""
    theirs = answer.data.get("description")
    if isinstance(theirs, str) and tidy_text(theirs) != ours:
        raise NetworkError(
            "description_changed", what_next="give_up", status=answer.status, detail=redacted(theirs)
        )


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise NetworkError("timed_out", what_next="try_again", detail="picture not ready")
    return left


def _taken(answer: Answer, refused: str) -> dict[str, object]:
    if answer.ok:
        return answer.data
    error = refusal(answer, changes=False)
    if answer.status in (413, 415, 422):
        raise NetworkError(refused, what_next="give_up", status=answer.status, detail=error.detail)
    raise error
