"""Which kinds a concern most likely is, so that these are offered first. It decides nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from schoolgate.triage import Lane, triage

BY_LANE: Mapping[Lane, tuple[str, ...]] = {
    Lane.DANGER: ("worry", "abuse"),
    Lane.THREAT: ("offensive", "harassing"),
    Lane.ABUSE: ("offensive", "abuse"),
    Lane.NAMES_PUPIL: ("data_protection_breach",),
    Lane.PERSONAL_DATA: ("data_protection_breach",),
}
USUAL = ("worry", "offensive", "abuse")
"""What comes next where nothing more is known."""


def likely_first(kinds: Sequence[str], *, ticked: Collection[str], words: str) -> list[str]:
    """Return all of `kinds`, the likely ones first: what was ticked, then what the words of the concern
    show."""
    ranked = triage(words)
    read = [kind for lane in (ranked.lane, *ranked.also) for kind in BY_LANE.get(lane, ())]
    return [kind for kind in dict.fromkeys([*ticked, *read, *USUAL, *kinds]) if kind in kinds]
