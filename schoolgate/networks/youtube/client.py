"""The port over a YouTube channel. A post is a film: uploaded as private, given its cover and captions, and
then made public by one short call, so that only this call can leave an outcome open.

A line that was cut while a film is on its way goes on where it broke. The network takes no key of ours:
what may have been published is looked up among the channel's own films by its words.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain, repeat
from typing import Any

from schoolgate.core.outside.client import Client
from schoolgate.core.surroundings import parts_of
from schoolgate.networks.archives.port import from_iso
from schoolgate.networks.capabilities import Capabilities, all_capabilities
from schoolgate.networks.checks import (
    NotOffered,
    check_outgoing,
    check_text,
    if_there,
    in_order,
    refuse,
    table,
    the_one,
)
from schoolgate.networks.google import account, signing_in
from schoolgate.networks.normal import NormalPost, tidy_text
from schoolgate.networks.port import (
    Credential,
    IncomingItem,
    NetworkError,
    OutgoingFilm,
    OutgoingPost,
    OutgoingReply,
    Profile,
    PublishedPost,
    Reactions,
    Receipt,
    Ref,
    key_time,
)
from schoolgate.networks.transport import Answer, Transport, check_service
from schoolgate.networks.youtube import reading
from schoolgate.networks.youtube.reading import UPLOADS, Api

PIECE = 32 * 256 * 1024
"""Bytes of a piece: a multiple of 256 KiB, as the API wants."""
TRIES = 5
"""How often in a row a piece may be lost."""
PAUSES = (0.5, 1.0, 2.0, 5.0)
COVER_BYTES = 2_097_152
_RANGE = re.compile(r"bytes=0-(\d{1,15})")


def upload_film(
    api: Api, film: OutgoingFilm, about: Mapping[str, Any], *, ends: float, piece: int = PIECE,
    pauses: tuple[float, ...] = PAUSES,
) -> dict[str, Any]:  # fmt: skip
    """Return the video that YouTube made of a film, by its resumable protocol. `ends`: the reading of
    `time.monotonic` at which to give up. Raises NetworkError."""
    path = _session(api, film, about, ends)
    size, done, lost = len(film.data), 0, 0
    known = True
    while True:
        try:
            if known and done < size:
                answer = _piece(api, path, film, slice(done, done + piece), ends=ends)
            else:  # all is there, and YouTube has only to say so; or how much is there isn't known
                answer = _asked(api, path, size, ends)
        except NetworkError as error:
            if error.what_next != "try_again":
                raise
            answer = None
        if answer is not None and answer.ok:
            return answer.data
        if answer is not None and answer.status == 308:
            before, done, known = done, _taken(answer), True
            if done > size:
                raise NetworkError("unreadable_answer", what_next="try_again", detail="more than was sent")
            lost = 0 if done > before else lost + 1
        elif answer is None or answer.status >= 500:
            lost, known = lost + 1, False
        elif answer.status in (404, 410):  # the session is over; the next attempt begins another
            raise NetworkError("network_trouble", what_next="try_again", detail="upload ended")
        else:
            raise api.meaning(answer)
        if lost:
            _pause(lost, pauses, ends)


def set_cover(api: Api, number: str, film: OutgoingFilm, *, ends: float) -> None:
    """Give the film its cover. Where YouTube takes none (a channel without a telephone number, a cover that
    is too large), it shows a frame of its own choice. Raises NetworkError for what passes."""
    cover = film.cover
    if cover is None or len(cover.data) > COVER_BYTES or cover.media_type not in ("image/jpeg", "image/png"):
        return
    answer = api.send(
        "POST", f"{UPLOADS}/thumbnails/set", content=cover.data, time_out=_left(ends),
        params={"videoId": number, "uploadType": "media"}, headers={"Content-Type": cover.media_type},
    )  # fmt: skip
    if not answer.ok and (error := api.meaning(answer)).what_next == "try_again":
        raise error


def add_captions(api: Api, number: str, film: OutgoingFilm, *, ends: float) -> None:
    """Give the film its captions, if it has any. Raises NetworkError."""
    if not film.captions:
        return
    about = {"snippet": {"videoId": number, "language": film.language, "name": "", "isDraft": False}}
    line = secrets.token_hex(16)
    content = (
        f"--{line}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{json.dumps(about)}\r\n"
        f"--{line}\r\nContent-Type: text/vtt\r\n\r\n{film.captions}\r\n--{line}--\r\n"
    )
    answer = api.send(
        "POST", f"{UPLOADS}/captions", content=content.encode(), time_out=_left(ends),
        params={"part": "snippet", "uploadType": "multipart"},
        headers={"Content-Type": f"multipart/related; boundary={line}"},
    )  # fmt: skip
    if not answer.ok and not _there_already(answer):
        raise api.meaning(answer)


def _there_already(answer: Answer) -> bool:
    """An earlier attempt of ours brought them."""
    return answer.status == 409


def _session(api: Api, film: OutgoingFilm, about: Mapping[str, Any], ends: float) -> str:
    """Return the path to which the film is sent; always on the server that was asked, since the key goes
    there."""
    answer = api.send(
        "POST", f"{UPLOADS}/videos", content=json.dumps(about).encode(), time_out=_left(ends),
        params={"uploadType": "resumable", "part": ",".join(about), "notifySubscribers": "true"},
        headers={
            "Content-Type": "application/json; charset=UTF-8",
            "X-Upload-Content-Length": str(len(film.data)),
            "X-Upload-Content-Type": film.media_type,
        },
    )  # fmt: skip
    if not answer.ok:
        raise api.meaning(answer)
    parts = parts_of(answer.headers.get("location", ""))
    if f"{parts.scheme}://{parts.netloc}" != api.origin or not parts.path.startswith(UPLOADS):
        raise NetworkError("unreadable_answer", what_next="try_again", detail="nowhere to upload to")
    return f"{parts.path}?{parts.query}"


def _piece(api: Api, path: str, film: OutgoingFilm, where: slice, *, ends: float) -> Answer:
    data, size = film.data[where], len(film.data)
    headers = {
        "Content-Type": film.media_type,
        "Content-Range": f"bytes {where.start}-{where.start + len(data) - 1}/{size}",
    }
    return api.send("PUT", path, content=data, time_out=_left(ends), headers=headers)


def _asked(api: Api, path: str, size: int, ends: float) -> Answer:
    """Ask how much arrived."""
    headers = {"Content-Range": f"bytes */{size}"}
    return api.send("PUT", path, content=b"", time_out=_left(ends), headers=headers)


def _taken(answer: Answer) -> int:
    """How many bytes YouTube has; without a range: none."""
    found = _RANGE.fullmatch(answer.headers.get("range", "").strip())
    return int(found[1]) + 1 if found else 0


def _pause(lost: int, pauses: tuple[float, ...], ends: float) -> None:
    pause = pauses[min(lost, len(pauses)) - 1]
    if lost > TRIES or time.monotonic() + pause >= ends:
        raise NetworkError("timed_out", what_next="try_again", detail="upload cut")
    time.sleep(pause)


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise NetworkError("timed_out", what_next="try_again", detail="upload not done")
    return left


PART = "snippet,status"
WAITS = (1.0, 2.0, 5.0, 10.0, 10.0, 10.0)
"""Seconds between two questions whether YouTube could read the film; then it is published all the same, and
shown once it's ready."""


def open_client(key: str, credential: Credential) -> YouTube:
    """Return a client for one channel."""
    return YouTube(
        all_capabilities()[key].connected(),
        credential,
        application=signing_in.application(),
        tokens=account.TOKENS,
    )


class YouTube(NotOffered):
    """One channel, by the key that its owner gave."""

    def __init__(
        self, capabilities: Capabilities, credential: Credential, *, application: tuple[str, str],
        tokens: str = account.TOKENS, client: Client | None = None,
        piece: int = PIECE, waits: tuple[float, ...] = WAITS, pauses: tuple[float, ...] = PAUSES,
    ) -> None:  # fmt: skip
        super().__init__(capabilities)
        origin = check_service(credential.service or reading.API)
        transport = Transport(origin, time_out=capabilities.pace.time_out_seconds, client=client)
        self._api = Api(transport, credential, application=application, tokens=tokens)
        self._piece, self._waits, self._pauses = piece, waits, pauses

    def publish(self, out: OutgoingPost) -> Receipt:
        if out.film is None:
            check_text(out.text, self.limits())
            code = "too_many_pictures" if out.pictures else "film_missing"
            raise NetworkError(code, what_next="give_up")
        check_outgoing(out, self.limits())
        for_children = self._api.known.for_children
        if for_children is None:
            raise NetworkError("children_unsaid", what_next="reconnect")
        if not out.comments_open and not for_children:  # below films for children there are none
            refuse("close_comments")
        ends = time.monotonic() + self.capabilities.pace.film_seconds
        number = self._left_over(out, out.film)
        if number is None:
            about = reading.resource(out, for_children=for_children)
            told = upload_film(self._api, out.film, about, ends=ends, piece=self._piece, pauses=self._pauses)
            number = _video_in(told.get("id"))
        try:
            self._readable(number, ends)
            set_cover(self._api, number, out.film, ends=ends)
            add_captions(self._api, number, out.film, ends=ends)
        except NetworkError as error:
            if error.what_next == "give_up":
                self._cleared(number)
            raise
        return Receipt(self._shown(number, for_children=for_children), out.intent_key)

    def reply(self, out: OutgoingReply) -> Receipt:
        check_text(out.text, self.limits())
        if not reading.is_comment(out.parent.id):
            refuse("reply")
        parent = out.parent.id.partition(".")[0]  # an answer to an answer stands below the same comment
        body = {"snippet": {"parentId": parent, "textOriginal": tidy_text(out.text)}}
        told = self._api.change("POST", "comments", body, part="snippet")
        number = told.get("id")
        if not isinstance(number, str) or not reading.is_comment(number):
            raise NetworkError(
                "unreadable_answer", what_next="try_again", outcome_unknown=True, detail="no id"
            )
        root = out.root.id if reading.is_video(out.root.id) else ""
        return Receipt(Ref(self.key, number, reading.address_of(root, number)), out.intent_key)

    def read_back(self, ref: Ref) -> PublishedPost | None:
        if reading.is_comment(ref.id):
            told = reading.comments(self._api, [ref.id]).get(ref.id)
            return None if told is None else self._answer(told, ref)
        video = reading.videos(self._api, [_video(ref)], PART).get(ref.id)
        return reading.published(self.key, ref.id, video) if video and reading.is_seen(video) else None

    def look_up(self, intent_key: str, wanted: NormalPost | None = None) -> PublishedPost | None:
        if wanted is None:
            refuse("look_up")
        since = key_time(intent_key)
        found = self._films(since, wanted) if wanted.film else self._answers(since, wanted)
        return the_one(found)

    def reactions(self, refs: Sequence[Ref]) -> dict[str, Reactions]:
        numbers = [ref.id for ref in refs if reading.is_video(ref.id)]
        found = reading.videos(self._api, numbers, "statistics")
        return {number: reading.reactions(video) for number, video in found.items()}

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        told = reading.threads(self._api, videoId=_video(ref))
        try:
            return in_order((one for each, _root in told if (one := self._item(each, ref.id))), since)
        except NetworkError as error:
            if error.code == "closed":
                return []
            raise

    def mentions(self, since: datetime | None = None) -> list[IncomingItem]:
        """Nothing: where others mention the channel is not read."""
        return []

    def look_again(self, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
        found = reading.comments(self._api, [ref.id for ref in refs])
        return {
            ref.id: self._item(told, str(table(told.get("snippet")).get("videoId") or ""))
            if (told := found.get(ref.id))
            else None
            for ref in refs
        }

    def release(self, item: IncomingItem) -> None:
        self._moderate(item, "published")

    def hide(self, item: IncomingItem) -> None:
        self._moderate(item, "heldForReview")

    def remove(self, item: IncomingItem) -> None:
        self._moderate(item, "rejected")

    def take_down(self, ref: Ref) -> None:
        what = "comments" if reading.is_comment(ref.id) else "videos"
        if what == "videos":
            _video(ref)
        with if_there():
            self._api.change("DELETE", what, id=ref.id)

    def profile(self) -> Profile:
        return reading.profile_of(reading.own_channel(self._api))

    def session_to_keep(self) -> str | None:
        return self._api.session_to_keep()

    def _left_over(self, out: OutgoingPost, film: OutgoingFilm) -> str | None:
        """Return the film that an earlier attempt of this intent uploaded and did not publish."""
        words = tidy_text(out.text)
        found = reading.uploaded_since(self._api, key_time(out.intent_key), f"{PART},fileDetails")
        same = [
            number
            for number, video in found.items()
            if table(video.get("status")).get("privacyStatus") == reading.PRIVATE
            and table(video.get("status")).get("uploadStatus") not in reading.BROKEN
            and reading.words_of(video) == words
            and reading.size_of(video) == len(film.data)
        ]
        return same[0] if len(same) == 1 else None

    def _readable(self, number: str, ends: float) -> None:
        """Wait a moment until YouTube has read the film. Raises NetworkError (`film_refused`) where it
        couldn't."""
        for pause in chain(self._waits, repeat(0.0, 1)):
            told = table(reading.videos(self._api, [number], "status").get(number, {}).get("status"))
            state = told.get("uploadStatus")
            if state in reading.BROKEN:
                why = told.get("failureReason") or told.get("rejectionReason") or state
                raise NetworkError("film_refused", what_next="give_up", detail=str(why)[:200])
            if state == "processed" or time.monotonic() + pause >= ends:
                return
            time.sleep(pause)

    def _shown(self, number: str, *, for_children: bool) -> Ref:
        """Make the film public: from here on a lost answer leaves the outcome open."""
        body = {"id": number, "status": reading.status(reading.PUBLIC, for_children=for_children)}
        told = self._api.change("PUT", "videos", body, part="status")
        try:
            _video_in(told.get("id"))
        except NetworkError as error:
            error.outcome_unknown = True
            raise
        if table(told.get("status")).get("privacyStatus") == reading.PRIVATE:
            self._cleared(number)
            raise NetworkError("kept_private", what_next="give_up")
        return Ref(self.key, number, reading.address_of(number))

    def _cleared(self, number: str) -> None:
        """Delete a film that will never be published. If that fails, it stays private."""
        try:
            self._api.change("DELETE", "videos", seen=False, id=number)
        except NetworkError:
            return

    def _films(self, since: datetime, wanted: NormalPost) -> list[PublishedPost]:
        found = reading.uploaded_since(self._api, since, PART)
        told = [
            reading.published(self.key, number, one) for number, one in found.items() if reading.is_seen(one)
        ]
        return [one for one in told if one.normal.text == wanted.text]

    def _answers(self, since: datetime, wanted: NormalPost) -> list[PublishedPost]:
        found = []
        for told, root in reading.threads(self._api, allThreadsRelatedToChannelId=self._api.known.id):
            item = self._item(told, root)
            if item is None or not item.ours or item.created_at < since - reading.TOLERANCE:
                continue
            if tidy_text(item.text) == wanted.text and (answer := self._answer(told, item.ref)):
                found.append(answer)
        return found

    def _answer(self, told: dict[str, object], ref: Ref) -> PublishedPost | None:
        said = table(told.get("snippet"))
        if said.get("moderationStatus") == reading.REJECTED:
            return None
        return PublishedPost(ref, NormalPost.of(reading.text_of(said)), from_iso(said.get("publishedAt")))

    def _item(self, told: dict[str, object], root: str) -> IncomingItem | None:
        return reading.item_of(self.key, told, root, channel=self._api.known.id)

    def _moderate(self, item: IncomingItem, state: str) -> None:
        if not reading.is_comment(item.ref.id):
            raise NetworkError("not_found", what_next="give_up")
        self._api.change("POST", "comments/setModerationStatus", id=item.ref.id, moderationStatus=state)


def _video(ref: Ref) -> str:
    if not reading.is_video(ref.id):
        raise NetworkError("not_found", what_next="give_up")
    return ref.id


def _video_in(number: object) -> str:
    """Return the id in a yes. Raises NetworkError where there is none."""
    if not isinstance(number, str) or not reading.is_video(number):
        raise NetworkError("unreadable_answer", what_next="try_again", detail="no id")
    return number
