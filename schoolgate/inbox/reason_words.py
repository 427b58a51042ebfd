"""What is found in an item for which it waits where it does, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.triage import Lane
from schoolgate.triage.lanes import URGENT

REASONS: Mapping[tuple[str, str], Promise] = {
    (Lane.DANGER, "abuse"): _("harm at home or by an adult"),
    (Lane.DANGER, "accuses"): _("what an adult may have done to a child"),
    (Lane.DANGER, "asks_after_child"): _("someone asks where a child is, or how to reach one"),
    (Lane.DANGER, "bullying"): _("bullying"),
    (Lane.DANGER, "colleague"): _("what a colleague may have done"),
    (Lane.DANGER, "grooming"): _("an adult contacting a child"),
    (Lane.DANGER, "images"): _("intimate images"),
    (Lane.DANGER, "names_walled"): _("a child on the do-not-publish list"),
    (Lane.DANGER, "neglect"): _("neglect"),
    (Lane.DANGER, "running"): _("running away"),
    (Lane.DANGER, "self_harm"): _("self-harm or suicide"),
    (Lane.DANGER, "asks_help"): _("someone asks for help"),
    (Lane.DANGER, "eating"): _("not eating, or making oneself sick"),
    (Lane.DANGER, "exploited"): _("child criminal exploitation or forced work"),
    (Lane.DANGER, "extremism"): _("extremism"),
    (Lane.DANGER, "hiding"): _("a family that may be hiding from someone"),
    (Lane.DANGER, "home"): _("fear or violence at home"),
    (Lane.DANGER, "honour"): _("forced marriage or FGM"),
    (Lane.DANGER, "missing"): _("a child who may be missing"),
    (Lane.DANGER, "of_oneself"): _("what may be happening to the person who wrote it"),
    (Lane.DANGER, "peers"): _("sexual harm by other pupils"),
    (Lane.DANGER, "secret"): _("a secret that scares a child"),
    (Lane.DANGER, "staff"): _("how an adult treats a child"),
    (Lane.DANGER, "stalked"): _("someone who follows, watches or waits for a child"),
    (Lane.DANGER, "unread_language"): _("a language that isn’t read here"),
    (Lane.DANGER, "weapon"): _("a weapon"),
    (Lane.THREAT, "beat"): _("a threat to hurt someone"),
    (Lane.THREAT, "bomb"): _("a threat with a bomb"),
    (Lane.THREAT, "fire"): _("a threat of fire"),
    (Lane.THREAT, "kill"): _("a threat to kill"),
    (Lane.THREAT, "place"): _("a threat to come to a place"),
    (Lane.THREAT, "warning"): _("a warning"),
    (Lane.THREAT, "weapon"): _("a weapon"),
    (Lane.ABUSE, "insult"): _("an insult"),
    (Lane.ABUSE, "model"): _("it reads like abuse"),
    (Lane.ABUSE, "staff"): _("a colleague’s name"),
    (Lane.ABUSE, "word"): _("an abusive word"),
    (Lane.COMPLAINT, "complaint"): _("it complains"),
    (Lane.QUESTION, "question"): _("it asks something"),
    (Lane.JOURNALIST, "journalist"): _("it reads like a journalist"),
    (Lane.JOURNALIST, "known"): _("its author is a journalist"),
    (Lane.PRAISE, "praise"): _("it praises"),
    (Lane.SPAM, "spam"): _("it advertises"),
    (Lane.NAMES_PUPIL, "pupil"): _("a pupil’s name"),
}


def dangers_in(why: Sequence[Sequence[Any]]) -> list[Promise]:
    """Return which dangers are found in an item (its column `why`), each once, without its words."""
    found = (REASONS.get((lane, kind)) for lane, kind, *_place in why if lane in URGENT)
    return list(dict.fromkeys(words for words in found if words))


_OF_STAFF = frozenset({"accuses", "colleague", "staff"})
_TELLS_OF_HARM = _OF_STAFF | {
    "abuse", "grooming", "home", "honour", "neglect", "of_oneself", "peers", "secret", "self_harm",
}  # fmt: skip


def danger_title(why: Sequence[Sequence[Any]]) -> Promise:
    """Return what an item that may show danger is, as the heading of its page, by what is found in it."""
    kinds = _of_danger(why)
    if is_threat(why):
        return _("Someone may be about to hurt others")
    if "hiding" in kinds:
        return _("A family may be hiding from someone")
    return _("A child’s disclosure") if kinds & _TELLS_OF_HARM else _("Someone may be in danger")


def is_of_staff(why: Sequence[Sequence[Any]]) -> bool:
    """Return whether an item may say that someone who works or helps here harmed a child, by what is found in
    it."""
    return not _OF_STAFF.isdisjoint(_of_danger(why))


def _of_danger(why: Sequence[Sequence[Any]]) -> set[str]:
    return {kind for lane, kind, *_place in why if lane == Lane.DANGER}


def is_threat(why: Sequence[Sequence[Any]]) -> bool:
    """Return whether an item threatens others with violence, by what is found in it (its column `why`)."""
    return any(lane == Lane.THREAT or (lane, kind) == (Lane.DANGER, "weapon") for lane, kind, *_place in why)
