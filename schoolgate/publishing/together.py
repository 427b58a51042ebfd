"""What is true of all pictures of a post together, for facts that have one word on its picture. Pure.

A rule asks whether the post's picture shows pupils, or whether the consent list was checked for it. Of
several pictures the answer is the one that protects best: what one shows, the post shows; what one lacks,
the post lacks; what is not known of one is not known, unless another settles it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from schoolgate.rulebook.facts import LONDON
from schoolgate.rulebook.situations.post_parts import ConsentListCheck


@dataclass(frozen=True)
class Known:
    """What is known of a picture, or of all together. `checked`: that everyone shown may be, by the consent
    list and for one network."""

    alt_text: str | None
    shows_people: bool | None
    shows_pupils: bool | None
    checked: ConsentListCheck | None


def together(pictures: Sequence[Known]) -> Known:
    """Return what is known of these pictures taken together; of a single one, exactly what is known of it.
    Raises ValueError without pictures."""
    if not pictures:
        raise ValueError("nothing is known of no picture")
    if len(pictures) == 1:
        return pictures[0]
    return Known(
        alt_text=_all_described(pictures),
        shows_people=_any(each.shows_people for each in pictures),
        shows_pupils=_any(
            False if each.shows_people is False and each.shows_pupils is None else each.shows_pupils
            for each in pictures
        ),
        checked=_weakest_check(pictures),
    )


def _all_described(pictures: Sequence[Known]) -> str | None:
    """The descriptions, one below the other; None where one is missing."""
    said = [each.alt_text for each in pictures]
    return "\n".join(text for text in said if text) if all(said) else None


def _any(answers: Iterable[bool | None]) -> bool | None:
    """Yes if one is yes, else not known if one is not known, else no."""
    found = set(answers)
    if True in found:
        return True
    return None if None in found else False


def _weakest_check(pictures: Sequence[Known]) -> ConsentListCheck | None:
    """The check that proves least, of the pictures not known to show no one; None where one of them has none,
    or where they are for different networks."""
    needed = [each.checked for each in pictures if each.shows_people is not False]
    found = [each for each in needed if each is not None]
    if not found or len(found) < len(needed) or len({each.channel for each in found}) > 1:
        return None
    return min(found, key=_proves)


def _proves(check: ConsentListCheck) -> tuple[bool, bool, date]:
    """More is better: of this version, with a list not dated after the check, of a newer list."""
    made = check.at.astimezone(LONDON).date()
    return check.of_this_version is True, check.list_dated <= made, check.list_dated
