"""Digests of what a person saw: an approval or an answer is bound to one, and lapses when it changes. So
is who has read the Welsh."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from schoolgate.accounts.models import Account
from schoolgate.core.models import School
from schoolgate.media.models import ConsentCheck, Picture, film_of
from schoolgate.people.models import Person
from schoolgate.people.queries import holders_of_capacity
from schoolgate.policy.models import Reading
from schoolgate.publishing.models import Post, WelshReading
from schoolgate.publishing.of_pupils import No
from schoolgate.publishing.post_parts import cards_going_out, frozen_card, parts_of

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


WELSH = "cy"
ENGLISH = "en"
BETWEEN = "\n\n"


def order_of(account: Account, school: School) -> list[str]:
    """Return the languages of an account's posts in their order: its own choice, or its school's."""
    return list(account.post_languages or school.languages)


def other_than(language: str) -> str:
    """Return the other language of a pair."""
    return ENGLISH if language == WELSH else WELSH


def together(words: Mapping[str, str], order: Sequence[str]) -> tuple[str, str]:
    """Return the text that an account gets of the words by language, and its languages with a comma.

    A language that the account doesn't take is left out, except where nothing else is written.
    """
    written = [each for each in words if words[each].strip()]
    taken = [each for each in order if each in written] or written[:1]
    if not taken:
        return "", next(iter(words), ENGLISH)
    if len(taken) == 1:
        return words[taken[0]], taken[0]
    return BETWEEN.join(words[each].strip() for each in taken), ",".join(taken)


def has_welsh(post: Post) -> bool:
    """Return whether something that goes out is stated to be Welsh."""
    return any(WELSH in each.language.split(",") for each in post.targets.all())


def readers_of(post: Post, *, on: date) -> list[Person]:
    """Return who may be asked to read the Welsh: people who read it, who see posts of this school, and who
    did not write this one. By name."""
    wrote = {post.author_id} | {each.person_id for each in post.writers.all() if each.wrote_at is not None}
    found = {
        each.pk: each
        for capacity in ("write_post", "approve_post")
        for each in holders_of_capacity(
            capacity, federation=post.author.federation, on=on, school=post.school
        )
        if each.reads_welsh and each.pk not in wrote and each.left_on is None
    }
    return sorted(found.values(), key=lambda each: (each.name, each.pk))


def last_reading(post: Post) -> WelshReading | None:
    """Return the newest answer of a reader of Welsh about the present content; none where it has no Welsh."""
    if not has_welsh(post):
        return None
    said = [each for each in readings_of(post) if each.said_at is not None]
    return max(said, key=lambda each: (each.said_at, each.pk), default=None)


def welsh_is_read(post: Post, by: Person) -> bool:
    """Return whether an approver may go by the Welsh of a post: there is none, they read it, or a reader of
    Welsh has found nothing wrong with its present content."""
    if by.reads_welsh or not has_welsh(post):
        return True
    last = last_reading(post)
    return last is not None and last.same is True


def readings_of(post: Post) -> list[WelshReading]:
    """Return the answers of readers of Welsh about exactly the present content, and the requests that wait
    for one."""
    seen = content_digest(post)
    rows = WelshReading.objects.filter(post=post).select_related("reader", "asked_by")
    return [each for each in rows if each.same is None or each.seen == seen]
