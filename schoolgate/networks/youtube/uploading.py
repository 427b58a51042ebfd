"""A film, its cover and its captions on their way. The film stays private until it is published, so whatever
goes wrong here leaves nothing open, and a line that was cut goes on where it broke."""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Mapping
from typing import Any

from schoolgate.core.web_address import parts_of
from schoolgate.networks.port import NetworkError, OutgoingFilm
from schoolgate.networks.transport import Answer
from schoolgate.networks.youtube.calls import UPLOADS, Api

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
