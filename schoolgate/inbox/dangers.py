"""What sorts of danger an item can show, what its page says to do, and the words for why it waits where
it does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.patterns import lazy_pattern
from schoolgate.triage import Lane
from schoolgate.triage.at_hand import AT_HAND
from schoolgate.triage.lanes import BESIDE, URGENT

_REPORT = _("Report it below. Don’t reply to it.")
_REPORTED = _("A comment on our account may show that someone is in danger.")


@dataclass(frozen=True, eq=False)
class Danger:
    """One sort of danger. `title`: the heading of the page; `now`: what is done before anything else with a
    comment; `first`: what comes before that too, whichever way the words came in, a concern as well; `talk`:
    who may be answered and spoken to, once it's locked; `officer`: the heading above who to ring first,
    where someone who works or helps here may have harmed a child or it's asked whether they did; `of_staff`:
    the words say that they may have; `reported`: what the concern says that is made of it, and `said` what of
    `incidents.report_facts` it ticks."""

    title: Promise
    now: Promise
    talk: Promise
    officer: Promise | None = None
    of_staff: bool = False
    reported: Promise = _REPORTED
    said: str = "child_told"
    first: Promise | None = None


_IN_DANGER = _("Someone may be in danger")
THREAT = Danger(
    _("Someone may be about to hurt others"),
    _("Don’t reply to it."),
    _("Don’t reply to the person who wrote it. Do as the police say."),
    first=_(
        "Call 999 and read the words out. Tell the headteacher and everyone on site. This is Schoolgate’s "
        "own advice."
    ),
)
HIDING = Danger(
    _("A family may be hiding from someone"),
    _("Hide it if it says where the family is. Report it below. Don’t reply to it."),
    _(
        "Don’t answer it, and don’t say whether the child is at your school. Ask the family what else must "
        "come down, in a way that’s safe for them."
    ),
)
OF_STAFF = Danger(
    _("An allegation against an adult here"),
    _("Report it below. Don’t reply to it, and say nothing to the adult it’s about."),
    _(
        "Don’t answer under the post or in a private message. Ask nothing: the local authority "
        "says who talks to the child, to the adult and to the person who wrote it. If the child comes to "
        "you, listen."
    ),
    officer=_("It may be about someone who works or helps here"),
    of_staff=True,
    reported=_("A comment on our account may be an allegation against an adult here."),
    said="child_treated",
)
OF_SOMEONE = Danger(
    _("Someone may have harmed a child"),
    _("Report it below. Don’t reply to it, not even to ask who it’s about."),
    _(
        "Don’t answer under the post or in a private message. It doesn’t say who did it: the safeguarding "
        "lead finds out, before anyone talks to the family or a colleague. If the child comes to you, listen."
    ),
    officer=_("Is it about someone who works or helps here? If it may be:"),
    reported=_("A comment on our account says that someone may have harmed a child."),
    said="child_treated",
)
DISCLOSURE = Danger(
    _("A child’s disclosure"),
    _REPORT,
    _(
        "Don’t answer the child under the post or in a private message. Talk to them at school, with a "
        "second adult. Say: “You did the right thing. I can’t keep it a secret, but I’ll tell only people "
        "who help. This is what happens next.”"
    ),
    reported=_("A comment on our account may be a child’s disclosure."),
)
POSED = Danger(
    _("Written under a colleague’s name or the school’s"),
    _("Hide it until someone has checked who wrote it: a parent may have the same name. Don’t reply to it."),
    _(
        "Don’t answer it. Find out at school who wrote it, and whether a child got in touch with them. If it "
        "was a colleague, the safeguarding lead decides who talks to them."
    ),
    reported=_("A comment on our account may be by someone who poses as the school or a colleague."),
    said="child_written_to",
)
ASKED_FOR = Danger(
    _IN_DANGER,
    _REPORT,
    _(
        "Don’t say where a child is or goes, or whether they are at your school. Even a “no” gives "
        "something away."
    ),
)
OTHER = Danger(
    _IN_DANGER,
    _REPORT,
    _("Don’t answer under the post or in a private message. Talk at school, with a second adult."),
)
UNCLEAR = replace(OTHER, officer=OF_SOMEONE.officer)
"""A sign of danger in which someone who works here may be meant; no words say what they did."""
TOLD_OF_SOMEONE = replace(DISCLOSURE, officer=OF_SOMEONE.officer)
"""A child tells what someone did to them, and not who."""
IN_ORDER = (
    THREAT,
    HIDING,
    OF_STAFF,
    TOLD_OF_SOMEONE,
    OF_SOMEONE,
    DISCLOSURE,
    POSED,
    ASKED_FOR,
    UNCLEAR,
    OTHER,
)
"""Where several are found the first counts, alone. What else is in it is told by the concern that is made of
it, with the people it may be about."""

SORTS: Mapping[tuple[str, str], Danger] = {
    (Lane.THREAT, "beat"): THREAT,
    (Lane.THREAT, "bomb"): THREAT,
    (Lane.THREAT, "fire"): THREAT,
    (Lane.THREAT, "kill"): THREAT,
    (Lane.THREAT, "own"): THREAT,
    (Lane.THREAT, "place"): THREAT,
    (Lane.THREAT, "warning"): THREAT,
    (Lane.THREAT, "weapon"): THREAT,
    (Lane.DANGER, "weapon"): THREAT,
    (Lane.DANGER, "hiding"): HIDING,
    (Lane.DANGER, "accuses"): OF_SOMEONE,
    (Lane.DANGER, "colleague"): OF_STAFF,
    (Lane.DANGER, "staff"): OF_STAFF,
    (Lane.DANGER, "abuse"): DISCLOSURE,
    (Lane.DANGER, "grooming"): DISCLOSURE,
    (Lane.DANGER, "home"): DISCLOSURE,
    (Lane.DANGER, "honour"): DISCLOSURE,
    (Lane.DANGER, "neglect"): DISCLOSURE,
    (Lane.DANGER, "of_oneself"): DISCLOSURE,
    (Lane.DANGER, "peers"): DISCLOSURE,
    (Lane.DANGER, "secret"): DISCLOSURE,
    (Lane.DANGER, "self_harm"): DISCLOSURE,
    (Lane.DANGER, "our_name"): POSED,
    (Lane.DANGER, "poses"): POSED,
    (Lane.DANGER, "asks_after_child"): ASKED_FOR,
    (Lane.DANGER, "at_hand"): OTHER,
    (Lane.DANGER, "names_walled"): ASKED_FOR,
    (Lane.DANGER, "stalked"): ASKED_FOR,
    (Lane.DANGER, "asks_help"): OTHER,
    (Lane.DANGER, "bullying"): OTHER,
    (Lane.DANGER, "eating"): OTHER,
    (Lane.DANGER, "exploited"): OTHER,
    (Lane.DANGER, "extremism"): OTHER,
    (Lane.DANGER, "images"): OTHER,
    (Lane.DANGER, "missing"): OTHER,
    (Lane.DANGER, "own"): OTHER,
    (Lane.DANGER, "running"): OTHER,
    (Lane.DANGER, "learned"): OTHER,
    (Lane.DANGER, "unread_language"): OTHER,
}
"""The sort of each kind of reason that triage gives for danger or threat; a test compares."""
_SAY_LITTLE = frozenset({"secret", "of_oneself", "asks_help", "learned", "at_hand"})
"""Kinds that say less of what happens than others of their sort, which are named instead."""
_OF_WHO_LOOKS = frozenset({"beat", "place", "warning"})
"""Threats that a family in hiding tells of: that someone hurt them, or knows where they are."""


def danger_of(why: Sequence[Sequence[Any]]) -> Danger | None:
    """Return the sort of danger that an item shows, by what is found in it (its column `why`); None where
    nothing is."""
    found = {
        UNCLEAR if place[0] == BESIDE else SORTS[lane, kind]
        for lane, kind, *place in why
        if (lane, kind) in SORTS and _is_meant(kind, lane, place, why)
    }
    if {"accuses", "of_oneself"} <= {kind for _lane, kind, *_place in why}:
        found.add(TOLD_OF_SOMEONE)
    return next((one for one in IN_ORDER if one in found), None)


def strongest_first(why: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """Return what is found in an item (its column `why`): first the strongest danger that words of it show,
    which names the reason. A weaker one in the same words says nothing more: a blade in a locker is no
    bullying."""
    kept: list[Sequence[Any]] = []
    for one in sorted(
        why, key=lambda one: (one[2] == BESIDE, one[3] <= one[2], _strength(*one[:2]), one[1] in _SAY_LITTLE)
    ):
        lane, kind, start, end = one
        strength = _strength(lane, kind)
        stronger = (other for other in kept if _strength(*other[:2]) < strength < len(IN_ORDER))
        if not any(0 <= start < end and other[2] < end and start < other[3] for other in stronger):
            kept.append(one)
    return kept


def _strength(lane: str, kind: str) -> int:
    sort = SORTS.get((lane, kind))
    return IN_ORDER.index(sort) if sort in IN_ORDER else len(IN_ORDER)


def _is_meant(kind: str, lane: str, place: Sequence[int], why: Sequence[Sequence[Any]]) -> bool:
    """Return whether a threat is one: not where its words tell of harm to oneself, or a family in hiding
    tells of the one it hides from."""
    if lane != Lane.THREAT:
        return True
    if kind in _OF_WHO_LOOKS and any(other == "hiding" for _lane, other, *_place in why):
        return False
    start, end = place
    return not any(
        other == "self_harm" and first <= start and end <= last for _lane, other, first, last in why
    )


def danger_in(why: Sequence[Sequence[Any]], *, locked: bool) -> Danger:
    """Return the sort of danger that an item's page and its concern speak of. `locked`: only leads find it;
    where nothing is found, a person said then that a child tells of harm."""
    return danger_of(why) or (DISCLOSURE if locked else OTHER)


class Presses(IntEnum):
    """Which of several dangers is read first, in every list of them. Schoolgate's own order."""

    NOW = 0  # it happens as it is written, or is threatened for today
    CHILD_TELLS = 1
    SOON = 2  # a threat that says when, and the time is near
    HARM = 3
    OTHER = 4


_CHILD_TELLS = (TOLD_OF_SOMEONE, DISCLOSURE)
_HARM = (THREAT, HIDING, OF_STAFF, OF_SOMEONE, UNCLEAR)
_TODAY = lazy_pattern(
    r"\b(?:now|today|lunch ?(?:time)?|break ?time|after school|home ?time|this (?:morning|afternoon|evening)"
    r"|heddiw|r[wŵ]an|nawr|amser (?:cinio|chwarae|egwyl|mynd adref?)|ar [ôo]l (?:yr )?ysgol"
    r"|y (?:bore|prynhawn|pnawn) (?:yma|’ma|'ma))\b",
    re.IGNORECASE,
)
"""How a threat says that its time is today."""
_SOON = lazy_pattern(
    r"\b(?:to-?morrow|tmrw?|tmw|(?:mon|tues|wednes|thurs|fri)day"
    r"|[yf]ory|[dt]d?ydd (?:llun|mawrth|mercher|iau|gwener))\b",
    re.IGNORECASE,
)
"""How a threat says that its time is near: within days."""


def presses(why: Sequence[Sequence[Any]], text: str, *, locked: bool) -> Presses:
    """Return how a comment presses among others of danger: by what its words show. What can still be stopped
    comes before what has been done. That a colleague is named changes who may be told, and never puts what a
    child tells behind a threat for another day."""
    sort = danger_in([one for one in why if one[2] < one[3]] or why, locked=locked)
    if AT_HAND.search(text) or (sort is THREAT and _TODAY.search(text)):
        return Presses.NOW
    if sort in _CHILD_TELLS:
        return Presses.CHILD_TELLS
    if sort is THREAT and _SOON.search(text):
        return Presses.SOON
    return Presses.HARM if sort in _HARM else Presses.OTHER


REASONS: Mapping[tuple[str, str], Promise] = {
    (Lane.DANGER, "abuse"): _("harm at home or by an adult"),
    (Lane.DANGER, "accuses"): _("what an adult may have done to a child"),
    (Lane.DANGER, "asks_after_child"): _("someone asks where a child is, or how to reach one"),
    (Lane.DANGER, "at_hand"): _("it says that it happens now, or that someone is there"),
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


_BESIDE = _("it may be about a colleague")


def said_of(lane: str, kind: str, start: int) -> Promise | None:
    """Return a reason in words, by where it stands; None where it has none here."""
    return _BESIDE if start == BESIDE else REASONS.get((lane, kind))


def dangers_in(why: Sequence[Sequence[Any]]) -> list[Promise]:
    """Return which dangers are found in an item (its column `why`), each once, without its words, the
    strongest first."""
    found = (said_of(lane, kind, start) for lane, kind, start, _end in strongest_first(why) if lane in URGENT)
    return list(dict.fromkeys(words for words in found if words))
