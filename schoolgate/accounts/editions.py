"""Compare the content of a proposal's editions, field by field. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from schoolgate.accounts.models import Proposal

OWN = ("name", "school", "network", "kind", "pupils_in_audience", "youngest_pupil")
"""The fields that the program asks of any account."""
WEIGHED = "weighed."
"""The prefix of what was written about each thing that the idea was weighed against."""

APPROVED_FIELDS: Mapping[str, tuple[str, ...]] = {"aims": ("aim",), "content": ("content_description",)}
"""What a signature's declaration approves -> its fields."""

Said = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """One field that differs from before; None where it was, or is, empty."""

    key: str
    before: Any
    after: Any


def said_of(proposal: Proposal) -> dict[str, Any]:
    """Return every non-empty field of a proposal, as JSON by its key."""
    own = {
        "name": proposal.name,
        "school": proposal.school_id,
        "network": proposal.network,
        "kind": proposal.kind,
        "pupils_in_audience": proposal.pupils_in_audience,
        "youngest_pupil": proposal.youngest_pupil,
    }
    weighed = {WEIGHED + key: words for key, words in proposal.considered.items()}
    every = {**own, **proposal.answers, **weighed}
    return {key: value for key, value in every.items() if value not in (None, "", [])}


def differences(before: Said, after: Said) -> list[Difference]:
    """Return what differs, in the order of the later edition; removed fields come last."""
    keys = [*after, *(key for key in before if key not in after)]
    return [
        Difference(key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)
    ]


def still_says(what: str, changed: Iterable[str]) -> bool:
    """Return whether what a declaration approves is not among these changed fields. Raises KeyError for
    another word."""
    return not set(APPROVED_FIELDS[what]) & set(changed)
