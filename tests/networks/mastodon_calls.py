"""The calls of our own server that speaks Mastodon's API, and how it shows things; see `mastodon_server`."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from html import escape
from typing import Any
from urllib.parse import SplitResult, parse_qs

import grapheme

from schoolgate.core.surroundings import parts_of
from tests.networks.mastodon_server import ADDRESS, MENTION, MastodonServer, Media, Member, Status, html_of
from tests.networks.own_server import OwnCalls, serving

HOUR = timedelta(hours=1)


class No(Exception):
    """An answer that is not a yes."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status, self.error = status, error


@contextmanager
def mastodon_server(**given: Any) -> Iterator[MastodonServer]:
    """The server on a free loopback port, for as long as the block runs."""
    with serving(MastodonServer(**given), Handler) as made:
        yield made


def shown(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Handler(OwnCalls):
    state: MastodonServer

    def reply_to(self, call: str, parts: SplitResult, raw: bytes) -> tuple[int, Any, dict[str, str]]:
        self.raw, self.query = raw, parse_qs(parts.query)
        self.more: dict[str, str] = {}
        try:
            return *self._route(call), self.more
        except No as no:
            return no.status, {"error": no.error}, self.more

    def _route(self, call: str) -> tuple[int, Any]:
        if call == "GET /api/v2/instance":
            if not self.state.newest_instance:
                raise No(404, "Not Found")
            return 200, self._instance()
        if call == "GET /api/v1/instance":
            return 200, {"uri": self.state.domain, "configuration": self._instance()["configuration"]}
        self.me = self._member()
        for pattern, scope, does in ROUTES:
            found = re.fullmatch(pattern, call)
            if found:
                if scope and not {scope, scope.partition(":")[0]} & set(self.me.scopes.split()):
                    raise No(403, "This action is outside the authorized scopes")
                return does(self, *found.groups())
        raise No(404, "Not Found")

    def _member(self) -> Member:
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        found = next((one for one in self.state.members if one.token == token), None)
        if found is None or found.revoked:
            told = "The access token was revoked" if found else "The access token is invalid"
            raise No(self.state.wrong_token, told)
        now = self.state.now()
        found.asked = [at for at in found.asked if now - at < timedelta(minutes=5)]
        left = self.state.most_requests - len(found.asked)
        self.more |= {
            "X-RateLimit-Limit": str(self.state.most_requests),
            "X-RateLimit-Remaining": str(max(left - 1, 0)),
            "X-RateLimit-Reset": shown((found.asked or [now])[0] + timedelta(minutes=5)),
        }
        if left <= 0:
            raise No(429, "Too many requests")
        found.asked.append(now)
        return found

    def _given(self) -> dict[str, Any]:
        told = self.headers.get("Content-Type", "")
        if told.startswith("application/json"):
            return dict(json.loads(self.raw or b"{}"))
        if told.startswith("multipart/form-data"):
            whole = message_from_bytes(b"Content-Type: " + told.encode() + b"\r\n\r\n" + self.raw)
            parts: Any = whole.get_payload()
            return {
                part.get_param("name", header="content-disposition"): (
                    (part.get_content_type(), part.get_payload(decode=True))
                    if part.get_filename()
                    else part.get_payload(decode=True).decode()
                )
                for part in parts
            }
        return {name: values[-1] for name, values in parse_qs(self.raw.decode()).items()}

    def _instance(self) -> dict[str, Any]:
        state = self.state
        return {
            "domain": state.domain, "version": "4.5.0", "api_versions": {"mastodon": 7},
            "configuration": {
                "statuses": {
                    "max_characters": state.most_characters, "max_media_attachments": state.most_pictures,
                    "characters_reserved_per_url": 23,
                },
                "media_attachments": {
                    "supported_mime_types": ["image/jpeg", "image/png", "image/webp", "video/mp4"],
                    "description_limit": state.most_words, "image_size_limit": state.picture_bytes,
                    "image_matrix_limit": state.picture_pixels, "video_size_limit": state.film_bytes,
                },
            },
        }  # fmt: skip

    def myself(self) -> tuple[int, Any]:
        return 200, self._account(self.me) | {"source": {"note": self.me.note, "privacy": "private"}}

    def app(self) -> tuple[int, Any]:
        told = {"scopes": self.me.scopes.split()} if self.state.tells_scopes else {}
        return 200, {"id": "1", "name": "Schoolgate", "website": None} | told

    def upload(self) -> tuple[int, Any]:
        given, state = self._given(), self.state
        if not isinstance(given.get("file"), tuple):
            raise No(422, "Validation failed: File can't be blank")
        media_type, data = given["file"]
        if not media_type.startswith(("image/", "video/mp4")):
            raise No(422, "Validation failed: File content type is invalid")
        if len(data) > (state.film_bytes if media_type == "video/mp4" else state.picture_bytes):
            raise No(422, "Validation failed: File file size must be less than 16 MB")
        if len(given.get("description", "")) > state.most_words:
            raise No(422, "Validation failed: Description is too long")
        number = state.number()
        state.media[number] = Media(
            number, data, media_type, given.get("description", ""), state.polls, state.breaks_media
        )
        return 202 if state.polls else 200, self._file(state.media[number], ready=not state.polls)

    def uploaded(self, number: str) -> tuple[int, Any]:
        found = self.state.media.get(number)
        if found is None:
            raise No(404, "Record not found")
        if found.polls > 0:
            found.polls -= 1
            return 206, self._file(found, ready=False)
        if found.broken:
            raise No(422, "Error processing thumbnail for uploaded media")
        return 200, self._file(found)

    def describe(self, number: str) -> tuple[int, Any]:
        if number not in self.state.media:
            raise No(404, "Record not found")
        self.state.media[number].words = self._given()["description"]
        return 200, self._file(self.state.media[number])

    def publish(self) -> tuple[int, Any]:
        given, state, key = self._given(), self.state, self.headers.get("Idempotency-Key")
        before = state.keys.get((self.me.id, key or ""))
        if key and before and state.honours_keys and state.now() - before[1] < HOUR:
            return 200, self._status(self._readable(before[0]))
        text, media = str(given.get("status") or ""), tuple(given.get("media_ids") or ())
        if not text.strip() and not media:
            raise No(422, "Validation failed: Text can't be blank")
        self._check_length(text, str(given.get("spoiler_text") or ""))
        if len(media) > state.most_pictures:
            raise No(422, f"Validation failed: Cannot attach more than {state.most_pictures} files")
        if any(number not in state.media or state.media[number].polls for number in media):
            raise No(422, "Cannot attach files that have not finished processing. Try again in a moment!")
        parent = str(given.get("in_reply_to_id") or "")
        if parent and (self._find(parent) is None or self.me.id in self._find(parent).by.blocked):
            raise No(404, "The post you are trying to reply to does not appear to exist.")
        made = state.post(
            self.me, text.replace("\r\n", "\n").strip(), parent, media=media,
            visibility=given.get("visibility") or "private", warning=given.get("spoiler_text") or "",
            language=given.get("language") or "en",
        )  # fmt: skip
        if key:
            state.keys[(self.me.id, key)] = (made.id, state.now())
        return 200, self._status(made)

    def _check_length(self, text: str, warning: str) -> None:
        counted = MENTION.sub(r"@\1", ADDRESS.sub("x" * 23, text))
        if grapheme.length(counted) + grapheme.length(warning) > self.state.most_characters:
            raise No(422, f"Validation failed: Text character limit of {self.state.most_characters} exceeded")

    def edit(self, number: str) -> tuple[int, Any]:
        found = self._own(number)
        found.text, found.edited_at = str(self._given()["status"]), self.state.now()
        return 200, self._status(found)

    def delete(self, number: str) -> tuple[int, Any]:
        found = self._own(number)
        found.gone = True
        return 200, self._status(found) | {"text": found.text}

    def one(self, number: str) -> tuple[int, Any]:
        return 200, self._status(self._readable(number))

    def some(self) -> tuple[int, Any]:
        if not self.state.lists_statuses:
            raise No(404, "Not Found")
        found = [self._find(number) for number in self.query.get("id[]", [])[:20]]
        return 200, [self._status(one) for one in found if one and not self._hidden(one)]

    def source(self, number: str) -> tuple[int, Any]:
        if not self.state.tells_source:
            raise No(404, "Not Found")
        found = self._own(number)
        return 200, {"id": found.id, "text": found.text, "spoiler_text": found.warning}

    def context(self, number: str) -> tuple[int, Any]:
        self._readable(number)
        below, wanted = [], {number}
        for one in self.state.statuses.values():
            if one.parent in wanted and not one.gone:
                wanted.add(one.id)
                if not self._hidden(one):
                    below.append(one)
        above, at = [], self._find(number)
        while at is not None and (at := self._find(at.parent)) is not None:
            above.insert(0, at)
        return 200, {name: [self._status(one) for one in some] for name, some in
                     (("ancestors", above), ("descendants", below))}  # fmt: skip

    def posted(self, member: str) -> tuple[int, Any]:
        mine = [one for one in self.state.statuses.values() if one.by.id == member and not one.gone]
        return 200, [self._status(one) for one in self._page(mine, lambda one: one.id, most=40)]

    def notifications(self) -> tuple[int, Any]:
        kinds = self.query.get("types[]", ["mention"])
        mine = [
            one for one in self.state.notices
            if one[1] == self.me.id and "mention" in kinds and (status := self._find(one[2]))
            and not self._hidden(status)
        ]  # fmt: skip
        return 200, [
            {
                "id": number, "type": "mention", "created_at": shown(at),
                "account": self._account(self.state.statuses[status].by),
                "status": self._status(self.state.statuses[status]),
            }
            for number, _, status, at in self._page(mine, lambda one: one[0], most=80)
        ]  # fmt: skip

    def search(self) -> tuple[int, Any]:
        words = self.query["q"][0].strip('"').casefold()
        limit, offset = (int(self.query[name][0]) for name in ("limit", "offset"))
        found = [
            one for one in self.state.statuses.values()
            if not one.gone and not self._hidden(one) and words in one.text.casefold()
        ][::-1]  # fmt: skip
        some = found[offset : offset + limit] if self.state.searches_texts else []
        return 200, {"accounts": [], "hashtags": [], "statuses": [self._status(one) for one in some]}

    def block(self, member: str) -> tuple[int, Any]:
        if all(one.id != member for one in self.state.members):
            raise No(404, "Record not found")
        self.me.blocked.add(member)
        return 200, {"id": member, "blocking": True}

    def unblock(self, member: str) -> tuple[int, Any]:
        if all(one.id != member for one in self.state.members):
            raise No(404, "Record not found")
        self.me.blocked.discard(member)
        return 200, {"id": member, "blocking": False}

    def report(self) -> tuple[int, Any]:
        given = self._given()
        if all(one.id != given.get("account_id") for one in self.state.members):
            raise No(404, "Record not found")
        self.state.reports.append(given)
        return 200, {"id": str(len(self.state.reports)), "category": given.get("category", "other")}

    def _page(self, rows: list[Any], key: Callable[[Any], str], *, most: int) -> list[Any]:
        """Newest first, between `max_id` and `since_id` or `min_id`, with the Link header."""

        def told(name: str) -> int | None:
            return int(self.query[name][0]) if name in self.query else None

        limit = min(int(self.query.get("limit", ["20"])[0]), most)
        below, above, after = told("max_id"), told("since_id"), told("min_id")
        rows = sorted(rows, key=lambda one: -int(key(one)))
        rows = [one for one in rows if below is None or int(key(one)) < below]
        rows = [one for one in rows if int(key(one)) > max(above or 0, after or 0)]
        rows = rows[-limit:] if after is not None else rows[:limit]
        if rows:
            place = f"https://{self.state.domain}{parts_of(self.path).path}"
            self.more["Link"] = (
                f'<{place}?limit={limit}&max_id={key(rows[-1])}>; rel="next", '
                f'<{place}?limit={limit}&min_id={key(rows[0])}>; rel="prev"'
            )
        return rows

    def _find(self, number: str) -> Any:
        found = self.state.statuses.get(number)
        return None if found is None or found.gone else found

    def _hidden(self, status: Status) -> bool:
        private = status.visibility == "direct" and f"@{self.me.name}" not in status.text
        return status.by.id in self.me.blocked or (private and status.by is not self.me)

    def _readable(self, number: str) -> Status:
        found = self._find(number)
        if found is None or self._hidden(found):
            raise No(404, "Record not found")
        return found

    def _own(self, number: str) -> Status:
        found = self._find(number)
        if found is None or found.by is not self.me:
            raise No(404, "Record not found")
        return found

    def _account(self, member: Member, *, remote: bool = False) -> dict[str, Any]:
        return {
            "id": member.id, "username": member.name, "display_name": member.name.title(),
            "acct": f"{member.name}@elsewhere.test" if remote else member.name,
            "note": f"<p>{escape(member.note)}</p>", "url": f"https://{self.state.domain}/@{member.name}",
        }  # fmt: skip

    def _status(self, status: Status) -> dict[str, Any]:
        answered = self.state.statuses.get(status.parent)
        return {
            "id": status.id, "created_at": shown(status.at), "in_reply_to_id": status.parent or None,
            "edited_at": shown(status.edited_at) if status.edited_at else None,
            "in_reply_to_account_id": answered.by.id if answered else None, "sensitive": False,
            "spoiler_text": status.warning, "visibility": status.visibility,
            "language": status.language or None, "content": html_of(status.text),
            "url": f"https://{self.state.domain}/@{status.by.name}/{status.id}",
            "account": self._account(status.by, remote=status.remote),
            "media_attachments": [self._file(self.state.media[number]) for number in status.media],
            "favourites_count": status.liked, "reblogs_count": status.shared,
            "replies_count": sum(
                each.parent == status.id and not each.gone for each in self.state.statuses.values()
            ),
        }  # fmt: skip

    def _file(self, media: Media, *, ready: bool = True) -> dict[str, Any]:
        name = hashlib.md5(media.data, usedforsecurity=False).hexdigest()
        return {
            "id": media.id, "type": media.media_type.partition("/")[0], "description": media.words or None,
            "url": f"https://files.{self.state.domain}/{name}.png" if ready else None,
        }  # fmt: skip


H = Handler
ROUTES: list[tuple[str, str, Callable[..., tuple[int, Any]]]] = [
    (r"GET /api/v1/accounts/verify_credentials", "read:accounts", H.myself),
    (r"GET /api/v1/apps/verify_credentials", "", H.app),
    (r"POST /api/v2/media", "write:media", H.upload),
    (r"GET /api/v1/media/(\d+)", "write:media", H.uploaded),
    (r"PUT /api/v1/media/(\d+)", "write:media", H.describe),
    (r"POST /api/v1/statuses", "write:statuses", H.publish),
    (r"GET /api/v1/statuses", "read:statuses", H.some),
    (r"GET /api/v1/statuses/(\d+)", "read:statuses", H.one),
    (r"PUT /api/v1/statuses/(\d+)", "write:statuses", H.edit),
    (r"DELETE /api/v1/statuses/(\d+)", "write:statuses", H.delete),
    (r"GET /api/v1/statuses/(\d+)/source", "read:statuses", H.source),
    (r"GET /api/v1/statuses/(\d+)/context", "read:statuses", H.context),
    (r"GET /api/v1/accounts/(\d+)/statuses", "read:statuses", H.posted),
    (r"GET /api/v1/notifications", "read:notifications", H.notifications),
    (r"POST /api/v1/accounts/(\d+)/block", "write:blocks", H.block),
    (r"POST /api/v1/accounts/(\d+)/unblock", "write:blocks", H.unblock),
    (r"POST /api/v1/reports", "write:reports", H.report),
    (r"GET /api/v2/search", "read:search", H.search),
]
