"""What a person found a comment, a picture or a post of others to be."""

from collections.abc import Iterable
from typing import Literal, get_args

from schoolgate.rulebook.facts import Instant, Name, Part, Tri

Fault = Literal[
    "against_terms",
    "against_house_rules",
    "against_trust_rules",
    "grossly_offensive",
    "endangers_young_person",
    "endangers_adult",
    "rude",
]


class Judged(Part):
    """Somebody judged it so, at an instant. `rule`: the key of the house rule that it is against.
    `of_this_version`: of the text as it stands now (None: not known)."""

    what: Fault
    by: Name
    at: Instant
    rule: Name | None = None
    of_this_version: Tri = None


def found_to_be(judged: Iterable[Judged] | None) -> tuple[Fault, ...] | None:
    """What people found it to be as it is; None where nobody has looked at it as it is."""
    found = standing(judged, get_args(Fault))
    return None if found is None else tuple(one.what for one in found)


def standing(judged: Iterable[Judged] | None, faults: Iterable[str]) -> list[Judged] | None:
    """The judgments on these faults that stand, earliest first; None where nobody has looked at it as it
    is."""
    if judged is None:
        return None
    all_of_them = list(judged)
    of_now = [one for one in all_of_them if one.of_this_version is True]
    if all_of_them and not of_now:
        return None  # it was changed since
    wanted = frozenset(faults)
    return sorted((one for one in of_now if one.what in wanted), key=lambda one: one.at)
