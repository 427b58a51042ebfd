"""What is found in an item for which it waits where it does, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.inbox.dangers import strongest_first
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
    (Lane.DANGER, "our_name"): _("a colleague’s name, or the school’s, as its author"),
    (Lane.DANGER, "poses"): _("someone asks or announces something as if they were the school"),
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
    (Lane.DANGER, "learned"): _("it reads like a sign of danger"),
    (Lane.DANGER, "unread_language"): _("a language that isn’t read here"),
    (Lane.DANGER, "weapon"): _("a weapon"),
    (Lane.THREAT, "beat"): _("a threat to hurt someone"),
    (Lane.THREAT, "bomb"): _("a bomb threat"),
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
    """Return which dangers are found in an item (its column `why`), each once, without its words, the
    strongest first."""
    found = (REASONS.get((lane, kind)) for lane, kind, *_place in strongest_first(why) if lane in URGENT)
    return list(dict.fromkeys(words for words in found if words))
