"""What to do with a comment: the two or three steps that are most likely for this one, and the rarer ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from schoolgate.inbox.models import Item
from schoolgate.inbox.states import ItemState
from schoolgate.triage import Lane

MOST = 3
"""Steps that the page offers before *More*."""


class Step(StrEnum):
    """A step, by the template that shows it."""

    ANSWER = "answer"
    SIGHT = "sight"
    CLOSE = "close"
    ONWARDS = "pass_on"

    @property
    def template(self) -> str:
        """Return the template with its form."""
        return f"inbox/_step_{self}.html"


USUAL = (Step.ANSWER, Step.CLOSE, Step.ONWARDS)
UNKNOWN = (Step.ANSWER, Step.SIGHT, Step.ONWARDS)
IMPROPER = (Step.SIGHT, Step.ANSWER, Step.ONWARDS)
HARMFUL = (Step.ONWARDS, Step.SIGHT, Step.ANSWER)
BY_LANE: Mapping[str, tuple[Step, ...]] = {
    Lane.DANGER: HARMFUL,
    Lane.THREAT: HARMFUL,
    Lane.ABUSE: IMPROPER,
    Lane.NAMES_PUPIL: IMPROPER,
    Lane.PERSONAL_DATA: IMPROPER,
    Lane.SPAM: (Step.SIGHT, Step.CLOSE, Step.ONWARDS),
    Lane.QUESTION: USUAL,
    Lane.COMPLAINT: USUAL,
    Lane.JOURNALIST: (Step.ONWARDS, Step.ANSWER, Step.CLOSE),
    Lane.PRAISE: USUAL,
}
"""What is likely while a comment is open. What no list knows may be anything."""
SELDOM_SHOWN = frozenset(
    lane for lane, steps in BY_LANE.items() if steps is HARMFUL or steps[0] is Step.SIGHT
)
"""Of these, a comment that waits is shown in the end, if at all: the button stands below the other steps."""


def steps_shown(found: Item, shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return the likely steps and the others, from what the page knows; and whether *More* stays open,
    because a form in it has to be mended. A step whose form was sent or begun comes first."""
    possible = set(_possible(found, shown))
    begun = [step for step in _begun(shown) if step in possible]
    likely = list(dict.fromkeys([*begun, *(step for step in _likely(found, shown) if step in possible)]))
    likely = likely[:MOST]
    seldom = _is_seldom_shown(found, shown)
    return {
        "possible": possible,
        "has_bar": bool(possible) and not shown["danger"] and found.locked_at is None,
        "likely": likely,
        "show_last": seldom,
        "send_button": "secondary" if shown["shows_first"] and not seldom else "",
        "rarer": [step for step in Step if step in possible and step not in likely],
        "opens_write": Step.ANSWER in begun
        or (likely[:1] == [Step.ANSWER] and shown["answers_first"] and not _stopped(shown)),
        "more_open": any(
            form is not None and form.errors
            for form in (shown.get("judge_form"), shown.get("author_form"), shown.get("appeal_form"))
        ),
    }


def _is_seldom_shown(found: Item, shown: Mapping[str, Any]) -> bool:
    """Return whether the safer act stands first: something speaks against letting people read it, such as
    that a safeguarding lead had to read it, or that it says no to a picture."""
    judged = shown.get("judgement")
    return bool(
        found.kept_back
        or (judged and judged.reason)
        or found.lane in SELDOM_SHOWN
        or found.waits_for_lead_since
        or found.lead_read_at
        or shown["no_picture"]
    )


def _possible(found: Item, shown: Mapping[str, Any]) -> Iterator[Step]:
    if (found.locked_at is None or found.locked_until_read) and not shown["may_settle"]:
        yield Step.ONWARDS
    if shown["may_assign"] or shown["may_sort"]:
        yield Step.ONWARDS
    if shown["may_answer"]:
        yield Step.ANSWER
    if shown["keep_back"]:
        yield Step.SIGHT
    if shown["may_close"]:
        yield Step.CLOSE


def _begun(shown: Mapping[str, Any]) -> Iterator[Step]:
    if shown["begun"] or getattr(shown["form"], "is_bound", False):
        yield Step.ANSWER
    if shown["keep_form"].errors:
        yield Step.SIGHT
    if shown["close_form"].errors:
        yield Step.CLOSE


def _likely(found: Item, shown: Mapping[str, Any]) -> tuple[Step, ...]:
    if found.state != ItemState.OPEN:
        return (Step.ONWARDS,)
    if shown["may_settle"]:
        return (Step.SIGHT, Step.ONWARDS)
    if _stopped(shown):
        return (Step.ONWARDS, Step.SIGHT)
    if found.kept_back:
        return (Step.CLOSE, Step.ANSWER, Step.ONWARDS)
    if _is_seldom_shown(found, shown) and BY_LANE.get(found.lane, UNKNOWN) in (USUAL, UNKNOWN):
        return IMPROPER
    if shown["waits_to_be_read"] and shown["may_let_through"]:
        return UNKNOWN if BY_LANE.get(found.lane) == USUAL else BY_LANE.get(found.lane, UNKNOWN)
    return BY_LANE.get(found.lane, UNKNOWN)


def _stopped(shown: Mapping[str, Any]) -> bool:
    return bool(shown["press"] and shown["press"]["stops"])
