"""Pictures on their way: uploaded, described, and waited for until the server has worked them through.

Nothing of it can be seen before a post names it, so whatever goes wrong here leaves nothing open.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from schoolgate.networks.mastodon.account import Account, id_of
from schoolgate.networks.normal import tidy_text
from schoolgate.networks.port import NetworkError, OutgoingFilm, OutgoingPicture
from schoolgate.networks.transport import Answer, refusal

PAUSES = (0.2, 0.5, 1.0, 2.0)
"""Seconds between two questions whether a picture is ready; the last one again and again."""


def upload(account: Account, pictures: Sequence[OutgoingPicture], *, most_pixels: int | None) -> list[str]:
    """Return the ids of the pictures, all ready to be named by a post. Raises NetworkError:
    `picture_refused` with the server's words, `timed_out` where it is still at work when a call's time is
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
    number = id_of(_taken(answer, refused))
    asked = 0
    while answer.status in (202, 206):
        pause = PAUSES[min(asked, len(PAUSES) - 1)]
        if _left(ends) <= pause:
            raise NetworkError("timed_out", what_next="try_again", detail="picture not ready")
        time.sleep(pause)
        asked += 1
        answer = account.handed_in(number, time_out=_left(ends))
        _taken(answer, refused)
    return number


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
