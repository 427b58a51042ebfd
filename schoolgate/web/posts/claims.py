"""What the author claims about the pictures of a post and the people in them, with what is known of each, for
its approver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schoolgate.media.models import Film, Picture
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import Post, PostPerson
from schoolgate.publishing.of_pupils import Standings, film_in, pupils_in, standings_in, uses_of, words_on
from schoolgate.pupils.models import Pupil, Use
from schoolgate.web.frame.doors import Visit


@dataclass(frozen=True)
class PupilClaimed:
    """A pupil chosen from the list. `uses`: how they appear, in words; `may`, `may_not`: the networks where
    consent is there for all of that, and the others."""

    pupil: Pupil
    uses: list[str]
    may: list[str]
    may_not: list[str]


@dataclass(frozen=True)
class PictureClaimed:
    """A picture, and whether it may be one that must not be shown."""

    picture: Picture
    withheld: bool


def claims_of(post: Post, visit: Visit) -> Mapping[str, Any]:
    """Return what an approver is shown of it."""
    withheld = {n for each in hits_of(post, on=visit.on).hits if each.is_withheld for n in each.pictures}
    return {
        "claimed": [PictureClaimed(each, n in withheld) for n, each in enumerate(post.pictures, start=1)],
        "film": film_in(post),
        "pupils": _pupils(post, on=visit.on),
        "left_out": post.left_out.all(),
        "writer": post.writer,
    }


def _pupils(post: Post, *, on: date) -> list[PupilClaimed]:
    may, film = standings_in(post, on=on), film_in(post)
    return [_claimed(post, row, row.pupil, film, may) for row in pupils_in(post) if row.pupil is not None]


def _claimed(post: Post, row: PostPerson, pupil: Pupil, film: Film | None, may: Standings) -> PupilClaimed:
    uses: dict[str, str] = {}
    networks: dict[str, bool] = {}
    for target in post.targets.all():
        network = target.account.network
        here = uses_of(row, words_on(target), film)
        uses |= {use: str(Use(use).label) for use in here}
        name = str(all_capabilities()[network].name)
        networks[name] = networks.get(name, True) and all(may[pupil.pk][network][use].may for use in here)
    return PupilClaimed(
        pupil,
        list(uses.values()),
        [name for name, yes in networks.items() if yes],
        [name for name, yes in networks.items() if not yes],
    )
