"""Names beside the pictures of a post: the rule in the policy in force, and what the house asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from schoolgate.media.models import Picture
from schoolgate.policy.queries import book_in_scope
from schoolgate.rulebook.facts_read import words_read
from schoolgate.screening import Hit, Kind, Strength

SITUATION = "post.publish"
FIRST = "first"


def may_show_pupils(pictures: Iterable[Picture]) -> bool:
    """Return whether one of these pictures may show pupils: no one has said that it doesn't."""
    return any(each.shows_people is not False and each.shows_pupils is not False for each in pictures)


def names_are_judged_beside(pictures: Iterable[Picture]) -> bool:
    """Return whether one of these pictures may show pupils, and the policy has a rule about names there."""
    return may_show_pupils(pictures) and bool(words_read(book_in_scope(), SITUATION, "people.named"))


def as_one_question(
    found: Mapping[str, tuple[Hit, list[str]]], *, settled: Collection[str], walled: Collection[int]
) -> dict[str, tuple[Hit, list[str]]]:
    """Return what was found with the first names that are asked about as one hit: they are one question.
    `settled`: the keys of those that need none; `walled`: pupils on the do-not-publish list, by
    themselves, because a safeguarding lead answers.

    House rule under every policy: a first name and a picture together say who a child is, which makes both
    personal data (UK GDPR, Article 4(1)).
    """
    first = {
        key: each
        for key, each in found.items()
        if each[0].variant == FIRST and each[0].strength is Strength.ASK and key not in settled
    }
    rest = {key: each for key, each in found.items() if key not in first}
    for of_lead in (False, True):
        some = [each for each in first.values() if of_lead is not set(each[0].of).isdisjoint(walled)]
        if some:
            hit = _joined([each for each, _fields in some])
            rest[hit.key] = (hit, list(dict.fromkeys(field for _hit, fields in some for field in fields)))
    return rest


def _joined(hits: Sequence[Hit]) -> Hit:
    if len(hits) == 1:
        return hits[0]
    names = {each.plain: each.words for each in hits}
    of = tuple(sorted({pk for each in hits for pk in each.of}))
    return Hit(
        hits[0].start, hits[0].end, ", ".join(names.values()), Kind.PUPIL, Strength.ASK, FIRST,
        " ".join(sorted(names)), of,
    )  # fmt: skip
