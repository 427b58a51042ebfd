"""Items of the inbox, in the words of a school: the text, when a reply is due and why, who owes it, and
why it is where it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.duties.models import Basis, Duty
from schoolgate.inbox.dangers import REASONS, said_of, strongest_first
from schoolgate.inbox.desk import has_abuse
from schoolgate.inbox.models import LANE_NAMES, ORDINARY, Answer, DueWords, Item, ItemState, KeptBack, Unseen
from schoolgate.inbox.reaching import why_unseen
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.handshake import LIVE, Intent
from schoolgate.networks.wording import NEXT, SENTENCES
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import in_force
from schoolgate.rulebook import Book
from schoolgate.screening.hits import Kind
from schoolgate.triage import Lane, masked
from schoolgate.triage.lanes import BEFORE, IN_NAME, URGENT
from schoolgate.triage.lists import NO_PICTURE
from schoolgate.web.frame.held_words import NOTHING_LEAVES, waits_for_stop
from schoolgate.web.frame.shown import ShownDue, ShownPoint, due_in_short, due_in_words
from schoolgate.web.frame.wording import kept_verdict, plain, who

Words = str | Promise

SNIPPET = 110
"""Letters of a text in the list."""
FOLDED_FROM, START = 1200, 800
"""A longer text than this is folded after its beginning, in characters."""
WAITS = frozenset({ItemState.OPEN, ItemState.ANSWERING})
STATE_KINDS: Mapping[str, str] = {
    ItemState.OPEN: "wait",
    ItemState.ANSWERING: "info",
    ItemState.ANSWERED: "good",
    ItemState.CLOSED: "",
}
INTENT_KINDS: Mapping[str, str] = {
    Intent.CONFIRMED: "good",
    Intent.DIFFERENT: "ask",
    Intent.ASKED: "ask",
    Intent.FAILED: "no",
    Intent.CANCELLED: "",
}
REASON_POINTS = ("reply_due", "what_counts")
ALSO_POINTS = ("personal_details", "press")
"""What else the policy says about anything that comes in."""

_SIGNS = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"} | {127: 0x2421}
_SIGNS |= dict.fromkeys(range(128, 160), 0xFFFD)


def readable(text: str) -> str:
    """The text with each control character as its sign: what cannot be seen cannot be judged."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_SIGNS)


def snippet(text: str) -> str:
    """The beginning of a text on one line."""
    return Truncator(" ".join(readable(text).split())).chars(SNIPPET)


@dataclass(frozen=True)
class ShownText:
    """A text as a page shows it: all of it, or its beginning with the rest folded away."""

    start: str
    whole: str = ""
    length: int = 0


def text_shown(text: str) -> ShownText:
    """Return a text that a person wrote, with a short start where it is long."""
    whole = readable(text)
    if len(whole) <= FOLDED_FROM:
        return ShownText(whole, length=len(whole))
    return ShownText(whole[:START].rstrip() + "…", whole, len(whole))


def writer(item: Item) -> str:
    """Return the author's name from the network; empty where it gives none."""
    return readable(item.author_name or item.author_handle)


KIND_FACTS = ("kind", "told_kind")
"""The facts of an item by which a rule tells its type."""

# --- By when -----------------------------------------------------------------------------------------------


def due_shown(
    item: Item, kept: DecisionRecord | None, *, at: datetime, short: bool = False
) -> ShownDue | None:
    """Return when the reply is due, seen from `at`; None once no reply is awaited.

    `kept`: the decision behind it, needed only where the time cannot be given yet. `short`: for a list.
    """
    if item.state not in WAITS:
        return None
    if item.due_words in (DueWords.INSTANT, DueWords.DAY):
        return (due_in_short if short else due_in_words)(instant=item.due_at, day=item.due_day, at=at)
    if item.due_words == DueWords.NONE_PROMISED:
        return ShownDue(gettext("no deadline in the policy"), "none")
    if item.due_words == DueWords.NO_RULE:
        if of_another_type(item, on=local_day(at)):
            return ShownDue(gettext("no deadline for this type"), "none")
        return ShownDue(gettext("this policy sets no reply time"), "none")
    return ShownDue(_not_yet(kept), "none")


def of_another_type(item: Item, *, on: date) -> bool:
    """Whether the policy has a time to reply for another type than this item has: then it may only lack its
    type."""
    book = in_force(on).book
    kinds = {kind for name in KIND_FACTS for kind in book.stated("item.received", "reply_due", name)}
    return bool({*map(str, kinds)} - {item.kind})


def _not_yet(kept: DecisionRecord | None) -> str:
    found = [need for finding in _findings(kept, "reply_due") for need in finding["needs"]]
    missing = dict.fromkeys(plain(need["what"]) for need in found if need["what"] != "ruling")
    if missing:
        return gettext("not known yet (missing: {what})").format(what=", ".join(missing))
    asked = [who(need["from"]) for need in found]
    if asked:
        return gettext("not known yet: needs a ruling from {whom}").format(whom=asked[0])
    return gettext("not known yet")


def _findings(kept: DecisionRecord | None, point: str) -> list[Mapping[str, Any]]:
    if kept is None:
        return []
    return [
        finding
        for finding in kept.body["findings"]
        if finding["point"] == point and finding["overridden_by"] is None
    ]


def unsaid_decisions(items: Iterable[Item]) -> dict[int, DecisionRecord]:
    """Return the decisions of items whose deadline can't be given yet, by id: one query for a whole list."""
    ids = [item.decision for item in items if item.due_words == DueWords.NOT_KNOWN and item.decision]
    return DecisionRecord.objects.only("body").in_bulk(ids)


@dataclass(frozen=True)
class ShownReason:
    """Why it is due then: the points of the saved decision, in words with their clauses."""

    points: Sequence[ShownPoint]
    also: Sequence[ShownPoint]
    made_with: str
    counts: bool


def reason_shown(kept: DecisionRecord, *, at: datetime) -> ShownReason:
    """Return the saved decision on an item, as far as it is about replying to it."""
    verdict = kept_verdict(kept, at=at)
    found = {point.key: point for point in (*verdict.points, *verdict.waiting, *verdict.in_order)}
    quoted: set[str] = set()
    return ShownReason(
        points=[_each_clause_once(found[key], quoted) for key in REASON_POINTS if key in found],
        also=[_each_clause_once(found[key], quoted) for key in ALSO_POINTS if key in found],
        made_with=verdict.made_with,
        counts=kept.points.get("what_counts") == "permitted",
    )


def _each_clause_once(point: ShownPoint, quoted: set[str]) -> ShownPoint:
    """Return the point without the clauses that the page already shows; add its own to `quoted`."""
    sentences = []
    for sentence in point.sentences:
        fresh = [clause for clause in sentence.clauses if clause.id not in quoted]
        quoted.update(clause.id for clause in fresh)
        sentences.append(replace(sentence, clauses=fresh))
    return replace(point, sentences=sentences)


# --- Who ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownDuty:
    """Who has to answer, and who is next: names, or roles in the policy's own words."""

    whom: str
    then: str = ""
    then_whose: Words = ""
    moved_on: bool = False
    late: bool = False


def duty_shown(duty: Duty, book: Book) -> ShownDuty:
    """A standing duty in words."""
    roles = book.role_names
    then = duty.then_person.name if duty.then_person else roles.get(duty.then_role_key, duty.then_role_key)
    whose = {
        Basis.HOUSE: _("This is Schoolgate’s own rule, because your policy doesn’t say who is next."),
        Basis.POLICY: _("Your policy says so."),
    }
    return ShownDuty(
        whom=duty.person.name if duty.person else roles.get(duty.role_key, duty.role_key),
        then=then,
        then_whose=whose.get(Basis(duty.then_basis), "") if duty.then_basis else "",
        moved_on=duty.moved_on_at is not None,
        late=duty.overdue_at is not None,
    )


# --- Where it can be read, and the answer's way -------------------------------------------------------------


def sight_in_words(item: Item) -> tuple[Words, str] | None:
    """Return who can read it as words and kind of the tag, where that is not simply everyone."""
    if item.kept_back == KeptBack.REMOVED:
        return KeptBack.REMOVED.label, "no"
    if item.kept_back:
        return KeptBack.HIDDEN.label, "no"
    if item.private:
        return _("Private message: only we can read it"), "info"
    if not item.released:
        return _("Awaiting moderation"), "wait"
    return None


@dataclass(frozen=True)
class ShownAnswer:
    """The status of a reply: the tag, what happened, what comes next, and who can do something."""

    answer: Answer
    status: Words
    kind: str
    truth: Words
    next: Words
    looks: bool
    failed: bool
    waits: bool
    can_be_taken_back: bool
    differences: str
    network: str
    said: str
    """The network's own words, where something went wrong."""


DIFFERENCES: Mapping[str, Words] = {
    "text": _("the text"),
    "links": _("the links"),
    "languages": _("the language"),
    "pictures": _("the picture"),
}


def answer_shown(answer: Answer, *, held_at: datetime | None = None) -> ShownAnswer:
    """Return the status of a reply in plain words. `held_at`: the instant, where posting is stopped for its
    school then."""
    network = all_capabilities()[answer.item.account.network].name
    unseen = why_unseen(answer) if answer.state == Intent.CONFIRMED else None
    truth, following = _stands(answer, unseen)
    if held_at and answer.state == Intent.WRITTEN:
        truth, following = NOTHING_LEAVES, waits_for_stop(answer, at=held_at, by_hand=answer.by_hand)
    names = [str(DIFFERENCES.get(each, each)) for each in answer.differences]
    return ShownAnswer(
        answer=answer,
        status=_("Not visible") if unseen else answer.get_state_display(),
        kind="no" if unseen else INTENT_KINDS.get(answer.state, "wait"),
        truth=truth,
        next=following,
        looks=answer.state in (Intent.ASKED, Intent.DIFFERENT),
        failed=answer.state == Intent.FAILED,
        waits=answer.by_hand and answer.state == Intent.WRITTEN,
        can_be_taken_back=answer.state == Intent.WRITTEN,
        differences=", ".join(names),
        network=network,
        said="" if answer.state == Intent.CONFIRMED else answer.said,
    )


def _stands(answer: Answer, unseen: Unseen | None) -> tuple[Words, Words]:
    """Return what happened and what comes next: two sentences, either may be empty."""
    if answer.by_hand and answer.state == Intent.WRITTEN:
        return _("Ready to post by hand on the network."), ""
    trouble = SENTENCES.get(answer.because, "")
    if unseen is not None:
        waits = answer.item.state in WAITS and answer.stops_the_clock
        return unseen.label, _("The task to reply stays open until people can read both.") if waits else ""
    match answer.state:
        case Intent.WRITTEN:
            return trouble or _("It will be sent shortly."), ""
        case Intent.SENT:
            return _("Sent to the network. Checking that it’s live."), ""
        case Intent.UNKNOWN:
            return trouble or _("The network’s response was lost."), NEXT["looked_up"]
        case Intent.ASKED:
            return (
                _("We can’t tell whether it arrived."),
                _("Check on the network, then say here whether it’s live."),
            )
        case Intent.DIFFERENT:
            return (
                _("It’s live, but it doesn’t match what was written."),
                _("Check on the network, then say here whether it can stay."),
            )
        case Intent.CONFIRMED:
            return _CONFIRMED.get(answer.because, _("It’s live, exactly as written.")), ""
        case Intent.FAILED:
            return trouble or _FAILED.get(answer.because, ""), NEXT.get(answer.what_next, "")
        case _:
            return _("Cancelled before anything was sent."), ""


_CONFIRMED: Mapping[str, Words] = {
    "by_hand": _("Confirmed by the person who posted it by hand."),
    "seen_by_person": _("Confirmed by someone who saw it on the network."),
}
_FAILED: Mapping[str, Words] = {
    "absent": _("It was sent several times but never arrived."),
    "not_there": _("Someone checked: it isn’t there."),
}


@dataclass(frozen=True)
class ShownRemoval:
    """The status of taking a reply down: the note's kind, what happened, whether a person has to do it."""

    kind: str
    truth: Words
    by_hand: bool = False


def removal_shown(answer: Answer) -> ShownRemoval | None:
    """Return the status of a reply that must go because consent ended; None where it needn't."""
    removals = list(answer.removals.order_by("-pk"))
    if answer.gone_at is not None and removals:
        return ShownRemoval("info", _("The reply has been deleted."))
    if any(each.by_hand and each.state in LIVE for each in removals):
        return ShownRemoval(
            "no", _("Delete the reply on the network itself, then confirm here."), by_hand=True
        )
    if any(each.state in LIVE for each in removals):
        return ShownRemoval("wait", _("Schoolgate is deleting the reply."))
    return None


NAMES: Mapping[str, Words] = dict(LANE_NAMES)
TAGS: Mapping[str, str] = {
    Lane.DANGER: "no",
    Lane.THREAT: "no",
    Lane.ABUSE: "wait",
    Lane.NAMES_PUPIL: "wait",
    Lane.PERSONAL_DATA: "wait",
    Lane.JOURNALIST: "info",
    Lane.COMPLAINT: "info",
}
"""Lanes that the list names, with the kind of the tag."""
DETAILS: Mapping[str, Words] = {
    Kind.PHONE: _("a phone number"),
    Kind.POSTCODE: _("a postcode"),
    Kind.EMAIL: _("an email address"),
    Kind.ADDRESS: _("an address"),
    Kind.HEALTH: _("details about health"),
    Kind.BORN: _("a date of birth"),
    Kind.HANDLE: _("an account name"),
    NO_PICTURE: _("it refuses consent to a picture"),
}
ELSEWHERE: Mapping[int, Words] = {
    IN_NAME: _("in the name its author uses"),
    BEFORE: _("together with what they wrote just before"),
}
OWN = _("your own word list")


@dataclass(frozen=True)
class PlaceReason:
    """One reason: its words, and those of the comment that gave it (empty for abuse: they may be masked).
    `elsewhere`: where it stands, if not in the comment."""

    words: Words
    quoted: str
    elsewhere: Words = ""


@dataclass(frozen=True)
class ShownPlace:
    """The lane of an item, the kind of its tag, and why. `first`: it comes before the order by deadline."""

    name: Words
    tag: str
    first: bool
    why: tuple[PlaceReason, ...]


def place_shown(item: Item, text: str) -> ShownPlace | None:
    """Return where an item waits and why, by its newest text or the beginning of it; None for what goes by
    its deadline alone and is no complaint."""
    if item.lane not in TAGS:
        return None
    why = []
    for lane, kind, start, end in strongest_first(item.why):
        if lane == item.lane or {lane, item.lane} <= URGENT:
            hidden = lane == Lane.ABUSE or end > len(text) or start < 0
            quoted = "" if hidden else readable(text[start:end])
            why.append(PlaceReason(reason_words(lane, kind, start), quoted, ELSEWHERE.get(start, "")))
    return ShownPlace(NAMES[item.lane], TAGS[item.lane], item.goes_first < ORDINARY, tuple(why))


def reason_words(lane: str, kind: str, start: int) -> Words:
    """Return one reason in words, by where it stands."""
    if kind == "own":
        return OWN
    if lane == Lane.PERSONAL_DATA:
        return DETAILS.get(kind, _("personal details"))
    return said_of(lane, kind, start) or REASONS[lane, kind]


def for_reader(item: Item, text: str, *, shows_words: bool) -> str:
    """Return a text as this reader wants it: abusive words masked, unless they asked to see them."""
    return text if shows_words or not has_abuse(item) else masked(text)


def care_words(shows: bool) -> dict[str, Any]:
    """Return the button that changes how abusive words are shown."""
    label = _("Mask abusive words") if shows else _("Always show abusive words")
    return {"label": label, "value": "mask" if shows else "show"}
