"""Which answers of *May I ...?* a person can save for themselves, and what the saved ones say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from schoolgate.conduct.models import KeptAnswer
from schoolgate.core import vault
from schoolgate.core.subjects import subject_of
from schoolgate.policy.advising import Advised, advise, entry_for
from schoolgate.rulebook import Decision

CHECK = "check-own-profile"
"""The question with which people check their own profile."""
CONTACT = "contact.accept"
KEEPS = frozenset(
    {
        CONTACT,
        "encyclopaedia.edit",
        "equipment.use",
        "guidance.ask",
        "image.share",
        "message.send",
        "personal.account",
        "personal.connect",
        "personal.post",
        "personal.profile",
        "promotion.ask",
        "systems.use",
    }
)
"""The situations that are a person's own conduct, or advice for it."""
FORGOTTEN = frozenset({"other.date_of_birth"})
"""Answers that decide and are not saved."""
PICTURE, POST = "image.share", "posting.withdraw"
"""The situations by which a person is told to remove a picture of pupils, or a post, from their own page."""
TALK, SENTENCE = "contact_talk", "own_disclaimer_text"


def answers_of(answer: KeptAnswer) -> dict[str, list[str]]:
    """Return what the person answered, in the form used in an address."""
    found: dict[str, list[str]] = json.loads(vault.reveal(answer.answers_ref))
    return found


def fitting_of(answer: KeptAnswer) -> tuple[str, ...]:
    """Return the clauses that fit the words in which it was asked."""
    return tuple(answer.decision.body.get("first", ()))


def advised_now(answer: KeptAnswer, *, at: datetime) -> Advised:
    """Return what the policy says to a saved answer now, with the permissions and rulings given since."""
    return advise(
        entry_for(answer.entry),
        answers_of(answer),
        by=answer.person,
        at=at,
        about=subject_of(answer),
        fitting=fitting_of(answer),
    )


def talk_wanted(body: Mapping[str, Any]) -> str:
    """Return the role with which the policy wants a saved decision talked over; "" where it wants none."""
    needs = [need for finding in body["findings"] for need in finding["needs"]]
    return next((str(need["from"]) for need in needs if need["what"] == TALK), "")


def fixed_sentence(decision: Decision) -> str:
    """Return the sentence that the policy gives for a disclaimer; "" where it gives none."""
    texts = (str(one.args["text"]) for one in decision.at(SENTENCE) if one.args and "text" in one.args)
    return next(texts, "")
