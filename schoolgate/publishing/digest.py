"""Digests of what a person saw: an approval or an answer is bound to one, and lapses when it changes."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from schoolgate.media.models import ConsentCheck, Picture, film_of
from schoolgate.policy.models import Reading
from schoolgate.publishing.link_cards import cards_going_out, frozen_card
from schoolgate.publishing.models import Post
from schoolgate.publishing.of_pupils import No
from schoolgate.publishing.threads import parts_of

PLAIN_PERSON = (("number", 1), ("pupil_id", None), ("heard", None))
"""Left out of what is approved: what was approved before entries had numbers and pupils stays approved."""


def content_digest(post: Post) -> str:
    """SHA-256 (64 hex characters) of what every network will receive: texts by account, and the pictures
    in their order, each with its description."""
    return _sha256({"targets": _targets(post), "pictures": _pictures(post)})


def approval_digest(
    post: Post, *, reading: Reading, checks: Iterable[ConsentCheck], noes: Iterable[No] = ()
) -> str:
    """SHA-256 of all that an approver vouches for: the content, its author's claims about who is seen and
    heard, its time, the people, the author's answers, the statements about the pictures, the marks on the
    text and their judgement, the pupils in it who may not appear (`noes`) and those who were left out,
    why words found in it may stay, the owners' permissions chosen for it, the cards of its links, and the
    interpretation of the policy that judged it."""
    marks, against = _marks(post), sorted([each.place, each.network, each.use] for each in noes)
    owners = sorted(each.permission_id for each in post.used_permissions.all())
    hits = sorted([each.hit, each.reply, each.words, each.by_id] for each in post.hit_answers.all())
    left_out = sorted(each.pupil_id for each in post.left_out.all())
    cards = [frozen_card(each) for each in cards_going_out(post)]
    return _sha256(
        {
            "targets": _targets(post),
            "pictures": _pictures(post),
            "claims": _claims(post),
            "planned_at": post.planned_at,
            "people": [
                {
                    name: value
                    for name, value in vars(person).items()
                    if not name.startswith("_") and name != "id" and (name, value) not in PLAIN_PERSON
                }
                for person in post.people.all()
            ],
            "answers": post.answers,
            "checks": sorted(check.pk for check in checks),
            "reading": reading.pk,
            # Named only where there are any: what was approved before marks were known stays approved.
            **({"marks": marks} if marks else {}),
            **({"noes": against} if against else {}),
            **({"hits": hits} if hits else {}),
            **({"left_out": left_out} if left_out else {}),
            **({"owners": owners} if owners else {}),
            **({"cards": cards} if cards else {}),
        }
    )


def _marks(post: Post) -> list[list[Any]]:
    """Return each mark with its finding and the content it was about. Its note is not part of what is
    approved."""
    return [
        [mark.pk, mark.kind, mark.whom, mark.found, mark.judged_by_id, mark.judged_seen]
        for mark in post.marks.all()
    ]


def _targets(post: Post) -> list[dict[str, Any]]:
    return [
        {
            "account": target.account_id,
            "network": target.account.network,
            "handle": target.account.handle,
            "text": target.text,
            "language": target.language,
            **({"thread": parts} if (parts := parts_of(target)) else {}),
        }
        for target in sorted(post.targets.all(), key=lambda each: each.account_id)
    ]


def _pictures(post: Post) -> list[dict[str, Any]]:
    return [
        {"digest": picture.digest, "alt": picture.alt, "type": picture.media_type, **_film(picture)}
        for picture in post.pictures
    ]


def _film(cover: Picture) -> dict[str, Any]:
    film = film_of(cover)
    return {"film": film.digest, "captions": film.captions, "no_speech": film.no_speech} if film else {}


def _claims(post: Post) -> list[list[bool | None]]:
    """Return the claims about each picture: whether it shows people and pupils, and if a pupil is heard."""
    return [
        [each.shows_people, each.shows_pupils, film.hears_pupils if (film := film_of(each)) else None]
        for each in post.pictures
    ]


def _sha256(thing: dict[str, Any]) -> str:
    text = json.dumps(thing, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
