"""The order of reading: where an item waits and why, with the phrases that a federation added and what a
conversation shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django.db.models import Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import TeamMember
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import WANTED, is_reason
from schoolgate.core.moves import done_before
from schoolgate.core.reading_once import Written as WrittenOnce
from schoolgate.core.rows import found_or_made
from schoolgate.inbox.models import ORDINARY, Item, ItemState, ItemVersion, OwnPhrase
from schoolgate.networks.registry import capabilities
from schoolgate.patterns import lazy_pattern
from schoolgate.people.models import Person
from schoolgate.people.named import Heard, Names, Poses, poses, staff_names
from schoolgate.people.queries import capacities, holders_of_capacity
from schoolgate.people.reading_words import tells_of_oneself
from schoolgate.people.rules import check_capacity
from schoolgate.people.safeguarding import leads_at
from schoolgate.people.said_of import Said, said_of, threatens
from schoolgate.people.seats import Accused, accused_in, speaks_of_keepers, was_done_to_writer
from schoolgate.people.staff_words import may_mean_one_of_us
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.looked_for import names_here
from schoolgate.screening import NameIndex
from schoolgate.triage import (
    MINUTES,
    ORDER,
    URGENT,
    Lane,
    Lists,
    PileOn,
    Ranked,
    Written,
    before_each,
    lists_with,
    may_not_be_named,
    packaged,
    pile_on,
    rank_of,
    triage,
    turns_sour,
)
from schoolgate.triage import tells_now as tells
from schoolgate.triage.at_hand import AT_HAND
from schoolgate.triage.lanes import BESIDE
from schoolgate.triage.lists import HIDING, LISTED, NO_PICTURE, OWN, TONGUES, Edits
from schoolgate.triage.phrases import plain_phrases

_LOOKS_AFTER = lazy_pattern(
    r"(?:look(?:s|ed|ing)? after|r[ua]n(?:s|ning)?|manag\w{0,4}|\bmoderat\w{0,4}|in charge of|behind)"
    r" (?:of )?(?:this|the|your|our) (?:\w+ )?(?:page|account|site|profile|channel|group|feed)"
    r"|\b(?:page admin|admin of)"
    r"|(?:gofalu am|rhedeg|redeg|rheoli|reoli) (?:\w+[’']?r? )?(?:d?udalen|tudalen|gyfrif|cyfrif|safle)"
    r"|[dt]udalen (?:\w+ )?sy[’']?n (?:gofalu|rheoli)",
    re.IGNORECASE,
)
_MODERATES = lazy_pattern(
    r"\bmod(?:e?rat[oe]rs?|s\b)|\bmoderat\w{0,4} (?:this|these|the|your|our)"
    r"|\b(?:ng?h?|[cg]h?)ymedrol(?:wyr|wr|ydd|wraig)"
    r"|reads? (?:(?:all|these|the|our|your|my) )*(?:comments|messages)|sy[’']?n (?:darllen|cymeradwyo)"
    r" (?:y |ein )?(?:sylwadau|negeseuon|rhain)",
    re.IGNORECASE,
)
"""The same of those who moderate comments, whether or not they are in its team."""
"""How a text speaks of who looks after the account below which it stands."""
FIRST = ORDER[:ORDINARY]
"""Lanes that come before everything that goes by its deadline alone."""
WISH = "wish:"
"""How the author begins of what came by the form for taking down."""
MOST_REASONS = 20
MOST_BEFORE = 500
Key = frozenset[tuple[str, str, str, bool]]


@dataclass(frozen=True)
class Known:
    """What is known when items are ranked."""

    lists: Lists
    pupils: NameIndex
    staff: NameIndex
    people: Names


def known_at(*, on: date) -> Known:
    """Return the lists as the federation has edited them, and the names of its pupils and staff. Three
    queries."""
    return Known(own_lists(), names_here(on=on), staff_names(on=on), Names(book_in_scope(), on=on))


def own_lists() -> Lists:
    """Return the lists of words as the federation has edited them."""
    return _lists(frozenset(_edited().values({})))


@cache
def _edited() -> WrittenOnce:
    return WrittenOnce(
        OwnPhrase.objects.filter(ended_at=None).values_list("lane", "language", "words", "off")
    )


@lru_cache(maxsize=8)
def _lists(edits: Key) -> Lists:
    if not edits:
        return packaged()
    added: dict[Any, set[str]] = {}
    removed: dict[Any, set[str]] = {}
    for lane, language, words, off in edits:
        (removed if off else added).setdefault((Lane(lane), language), set()).add(words)
    return lists_with(added=_edits(added), removed=_edits(removed))


def _edits(found: Mapping[Any, set[str]]) -> Edits:
    return found


def rank(item: Item, text: str, known: Known, before: Sequence[str] = ()) -> Ranked:
    """Rank an item by the text of its newest version, with the name of who wrote it, and set its columns.
    Nothing is saved. `before`: what the same person wrote here within minutes before."""
    ranked = triage(
        text,
        names=known.pupils,
        staff=known.staff,
        lists=known.lists,
        press=bool(item.from_press),
        writer=written_by(item),
        before=before,
        to_us_alone=capabilities(item.account.network).ours,
    )
    item.lane = ranked.lane
    item.rank = ranked.rank
    item.goes_first = FIRST.index(ranked.lane) if ranked.lane in FIRST else ORDINARY
    item.why = [[each.lane, each.kind, each.start, each.end] for each in ranked.why[:MOST_REASONS]]
    item.language = ranked.language
    note_said(item, what_it_says(item, text, ranked, known, before))
    note_accuses(item, text, before)
    _note_of_oneself(item, text)
    _note_of_walled(item, text, ranked, known)
    note_poses(item, text, known)
    _note_of_wish(item)
    return ranked


def read_of(text: str, known: Known, *, press: bool) -> Ranked:
    """Return how a text is ranked among what is known."""
    return triage(text, names=known.pupils, staff=known.staff, lists=known.lists, press=press)


def what_it_says(item: Item, text: str, ranked: Ranked, known: Known, before: Sequence[str] = ()) -> Heard:
    """Return what an item says about the people here that it names or describes, or its author's name does.
    Where it alone names no one, those are meant that the same author named just before."""
    lanes = {each.lane for each in ranked.why}
    by = written_by(item)
    heard = known.people.said_of(text, lanes=lanes, by=by)
    if before and not heard.people:
        heard = known.people.said_of("\n".join([*before, text]), lanes=lanes, by=by)
    keepers = _keepers(item, text)
    if not keepers:
        return replace(heard, only_beside=_is_only_beside(item, text, heard, known, lanes))
    said = said_of(text, lanes=lanes, is_name=known.people.is_part, names_one=_describes_keepers)
    return Heard(max(said, heard.said), heard.people | keepers)


def _is_only_beside(item: Item, text: str, heard: Heard, known: Known, lanes: set[Lane]) -> bool:
    """Return whether nothing but a sign of danger that wakes no one makes something done of what is said."""
    if heard.said != Said.DONE or not lanes & URGENT or tells_now(item.why):
        return False
    return known.people.said_of(text, lanes=lanes - URGENT, by=written_by(item)).said != Said.DONE


def note_said(item: Item, heard: Heard) -> bool:
    """Keep an item from the people it names, unless it's plainly kind or ordinary, and set its columns.
    Something that was done comes first, as danger. Nothing is saved. Returns whether anything changed."""
    new = heard.kept_from - set(item.meant)
    item.meant = sorted({*item.meant, *heard.kept_from})
    reason = _WHY.get(heard.said)
    if not heard.kept_from or reason is None or _has(item, reason):
        return bool(new)
    item.why = [*item.why, _beside(reason) if heard.only_beside else reason]
    if heard.said == Said.DONE:
        _put_first(item)
    return True


def note_accuses(item: Item, text: str, before: Sequence[str] = ()) -> bool:
    """Note that an item may accuse an adult of harming a child, also together with what the
    same person wrote just before, or because it shows danger and speaks of someone who works here: *sir*
    may be the one who reads it. Where it doesn't say who did it, no colleague is presumed. Who says that they
    come with a weapon is known to those on duty, too. Nothing is saved. Returns whether that is new."""
    if _has(item, _COLLEAGUE) or threatens(text):
        return False
    by = written_by(item)
    texts = [text, *((" ".join([*before, text]), *before) if before else ())]
    found = {
        accused_in(one, by if one is text else (), danger=one is text and tells_now(item.why))
        for one in texts
    }
    noted = _as_it_is if found & {Accused.HERE, Accused.SOMEONE} else _beside
    if item.lane in URGENT and not tells_now(item.why) and may_mean_one_of_us(text, turns_to=False):
        found.add(Accused.SOMEONE)  # a lead reads it first, and it may be about the one who would find it
    if Accused.HERE in found or (Accused.SOMEONE in found and _describes_keepers(text)):
        item.why = [*item.why, noted(_COLLEAGUE)]
    elif Accused.SOMEONE in found and not _has(item, _ACCUSES):
        item.why = [*item.why, noted(_ACCUSES), *([_OF_ONESELF] if was_done_to_writer(text) else [])]
    else:
        return False
    _put_first(item)
    return True


def note_of_staff(item: Item) -> None:
    """Note that a person said that an item may be about someone who works or helps here."""
    if _COLLEAGUE not in item.why:
        item.why = [*(one for one in item.why if one != _beside(_COLLEAGUE)), _COLLEAGUE]
        item.save(update_fields=["why"])


def _note_of_oneself(item: Item, text: str) -> None:
    """Note that an item may tell of what happens to the one who wrote it: a lead reads it first."""
    if item.lane not in URGENT and tells_of_oneself(text):
        item.why = [*item.why, _OF_ONESELF]
        _put_first(item)


def _note_of_walled(item: Item, text: str, ranked: Ranked, known: Known) -> None:
    """Note that an item names a child who must not be published, whole, in a question or with a place: only
    a lead lets that name out, so a lead reads it first."""
    if item.lane in URGENT:
        return
    named, told = may_not_be_named(text, known.pupils)
    if told or (named and Lane.QUESTION in (ranked.lane, *ranked.also)):
        there = [[Lane.DANGER, "at_hand", 0, 0]] if AT_HAND.search(text) else []
        item.why = [*item.why, [Lane.DANGER, "names_walled", 0, 0], *there]
        _put_first(item)


def note_poses(item: Item, text: str, known: Known) -> bool:
    """Note that an item would be taken for a colleague's or for the school's own, and isn't plainly kind: a
    lead reads it first. What only we read is taken for no one's. Nothing is saved. Returns whether that is
    new."""
    reason = None if item.private else _POSES.get(poses(text, written_by(item), known.people))
    if reason is None or reason in item.why:
        return False
    item.why = [*item.why, reason]
    _put_first(item)
    return True


def written_by(item: Item) -> list[str]:
    """Return the names under which an item was written."""
    return [name for name in (item.author_name, item.author_handle) if name]


def _note_of_wish(item: Item) -> None:
    """Note that an item came by the form on which one asks for a picture to come down, whatever it says."""
    if not item.author_id_there.startswith(WISH) or says_no_to_a_picture(item):
        return
    item.why = [*item.why, [Lane.PERSONAL_DATA, NO_PICTURE, 0, 0]]
    if ORDER.index(Lane.PERSONAL_DATA) < ORDER.index(Lane(item.lane)):
        item.lane, item.rank = Lane.PERSONAL_DATA, rank_of(Lane.PERSONAL_DATA, 1)
        if item.lane in FIRST:
            item.goes_first = FIRST.index(Lane.PERSONAL_DATA)


def for_leads_alone(item: Item) -> bool:
    """Return whether the leads alone find an item before one of them has read it. It may accuse an adult, or
    reads like danger to the model alone, so that no one knows yet what it tells, or about which person. Not
    where it also has something for moderators to act on."""
    lanes = {lane for lane, *_rest in item.why}
    kinds = {kind for lane, kind, *_rest in item.why if lane in URGENT}
    if any(lane == Lane.DANGER and kind in _ACCUSE for lane, kind, *_rest in item.why):
        return True
    return "learned" in kinds and kinds <= {"learned", "at_hand"} and not lanes & _FOR_MODERATORS


def says_no_to_a_picture(item: Item) -> bool:
    """Return whether an item says no to a picture, or comes from a family that hides: what shows the child is
    to come down the same day. Who asks after a child hides none, though they speak of a court."""
    lanes, kinds = {lane for lane, *_rest in item.why}, {kind for _lane, kind, *_rest in item.why}
    seeks = Lane.QUESTION in lanes and "asks_after_child" in kinds
    return NO_PICTURE in kinds or (HIDING in kinds and not seeks)


def _put_first(item: Item) -> None:
    if item.lane not in URGENT:
        item.lane, item.rank = Lane.DANGER, rank_of(Lane.DANGER, 1)
        item.goes_first = FIRST.index(Lane.DANGER) if item.state == ItemState.OPEN else item.goes_first


_ACCUSE = ("accuses", "colleague")
_FOR_MODERATORS = frozenset({Lane.ABUSE, Lane.NAMES_PUPIL, Lane.PERSONAL_DATA})
_ACCUSES: list[Any] = [Lane.DANGER, "accuses", 0, 0]
_OF_ONESELF: list[Any] = [Lane.DANGER, "of_oneself", 0, 0]
_COLLEAGUE: list[Any] = [Lane.DANGER, "colleague", 0, 0]
_POSES: dict[Poses, list[Any]] = {
    Poses.READ: [Lane.DANGER, "our_name", 0, 0],
    Poses.NOW: [Lane.DANGER, "poses", 0, 0],
}
_WHY: dict[Said, list[Any]] = {
    Said.DONE: _COLLEAGUE,
    Said.UNTOLD: [Lane.OTHER, "colleague", 0, 0],
}
"""What is noted as a reason: of a colleague something done, or something that can't be told."""


def _as_it_is(reason: list[Any]) -> list[Any]:
    return reason


def _beside(reason: list[Any]) -> list[Any]:
    """Return a reason that no words give: it only stands beside a sign of danger."""
    return [*reason[:2], BESIDE, BESIDE]


def _has(item: Item, reason: list[Any]) -> bool:
    return any(one[:2] == reason[:2] for one in item.why)


def _kinds(why: Iterable[list[Any]]) -> Iterator[tuple[str, str]]:
    return ((lane, kind) for lane, kind, _start, _end in why)


def leads_read(item: Item) -> bool:
    """Return whether what an item says about a colleague can't be told, or is something done: the
    safeguarding leads are asked."""
    return bool(item.meant) and any(kind == "colleague" for _lane, kind, *_rest in item.why)


def before_each_item(rows: Sequence[Item], texts: Sequence[str]) -> list[list[str]]:
    """Return for each new item what its author wrote on the same account within ten minutes before, also in
    items that are here already. One query."""
    written = [Written(_author(row), row.received_at, text) for row, text in zip(rows, texts, strict=True)]
    known = {author for row in rows if (author := _author(row)) is not None}
    if not known:
        return [[] for _row in rows]
    times = [row.received_at for row in rows]
    there, names = ({author[place] for author in known} for place in (0, 1))
    theirs = Q(author_id_there__in=there - {""}) | Q(author_id_there="", author_name__in=names - {""})
    earlier = Item.every.filter(
        theirs, account=rows[0].account, received_at__gte=min(times) - MINUTES, received_at__lte=max(times)
    )
    versions = ItemVersion.objects.filter(item__in=earlier, number=1).select_related("item")
    here = [
        Written(_author(each.item), each.item.received_at, each.text)
        for each in versions.order_by("-pk")[:MOST_BEFORE]
    ]
    return before_each([*here, *written])[len(here) :]


def written_just_before(item: Item) -> list[Item]:
    """Return the open items that the same person wrote on the account within ten minutes before, and that
    everyone finds."""
    author = _author(item)
    if author is None:
        return []
    theirs = (
        {"author_id_there": author[0]} if author[0] else {"author_id_there": "", "author_name": author[1]}
    )
    since = (item.received_at - MINUTES, item.received_at)
    rows = Item.every.filter(
        account=item.account, received_at__range=since, state=ItemState.OPEN, locked_at=None,
        destroyed_at=None, **theirs,
    )  # fmt: skip
    found = rows.exclude(pk=item.pk).select_related("account__federation", "account__school", "school")
    return [one for one in found.order_by("pk") if not for_leads_alone(one)]


def _author(item: Item) -> tuple[str, str] | None:
    """Return who wrote it, by the network's id or else by name; None where neither is known."""
    if item.author_id_there:
        return item.author_id_there, ""
    return ("", item.author_name) if item.author_name else None


def _keepers(item: Item, text: str) -> frozenset[int]:
    """Return the ids of the people who look after the account, where the words speak of who does."""
    if not _describes_keepers(text):
        return frozenset()
    day = local_day(item.received_at)
    team = TeamMember.objects.filter(Q(to_day=None) | Q(to_day__gte=day), account=item.account)
    found = set(team.values_list("person_id", flat=True))
    if not found or _MODERATES.search(text):
        moderate = holders_of_capacity(
            "moderate", federation=item.account.federation, on=day, school=item.school, account=item.account
        )
        found |= {one.pk for one in moderate}
    return frozenset(found)


def _describes_keepers(text: str) -> bool:
    return bool(_LOOKS_AFTER.search(text) or _MODERATES.search(text)) or speaks_of_keepers(text)


def rank_again(item: Item, text: str, known: Known) -> None:
    """Rank an item by its new text. What may be danger stays that until a person has said that no one is in
    danger: who wrote it may have been made to change it."""
    was = (item.lane, item.rank, item.goes_first)
    unread = item.lane in URGENT and item.goes_first < ORDINARY
    rank(item, text, known)
    if unread and item.lane not in URGENT:
        item.lane, item.rank, item.goes_first = was


COLUMNS = ("lane", "rank", "goes_first", "why", "language", "meant")
"""What `rank` sets."""


def tells_now(why: Iterable[list[Any]]) -> bool:
    """Return whether an item's reasons are enough to tell people at any hour."""
    return tells(_kinds(why))


MOST_AROUND = 200
"""The latest comments on a post that are looked at."""
LATEST = 12
LETTERS = 500


@dataclass(frozen=True)
class Around:
    """What the comments on one post show together."""

    pile_on: PileOn | None = None
    sour: bool = False


def around(post_id: int | None) -> Around:
    """Return what the latest comments on a post show together; nothing for what is on no post. Two
    queries."""
    if post_id is None:
        return Around()
    rows = list(
        Item.objects.filter(post=post_id, private=False)
        .order_by("-id")
        .values_list("pk", "received_at", "author_id_there", "author_handle", "versions_seen")[:MOST_AROUND]
    )
    # An author that the network doesn't name is counted as one person: never more people than there are.
    pile = pile_on([row[1] for row in rows], [row[2] or row[3] for row in rows])
    times = {pk: (at, number) for pk, at, _id, _handle, number in rows[:LATEST]}
    versions = ItemVersion.objects.filter(item__in=times).annotate(start=Left("text", LETTERS))
    texts = [
        (start, times[pk][0])
        for pk, number, start in versions.values_list("item_id", "number", "start")
        if number == times[pk][1]
    ]
    return Around(pile, turns_sour(texts))


def in_force() -> list[OwnPhrase]:
    """Return them by list, language and words, each with who did it. One query."""
    rows = OwnPhrase.objects.filter(ended_at=None).select_related("by")
    return list(rows.order_by("lane", "language", "words"))


LONGEST_PHRASE, LONGEST_REASON, MOST_PHRASES = 80, 200, 500
FOR_LEADS = URGENT
"""Lanes whose lists only a safeguarding lead changes. House rule."""


def check_edits(person: Person, lane: str, *, on: date) -> None:
    """Raise NotAllowed unless this person may change the list of a lane: people who moderate everywhere or
    oversee, and for danger and threats only a safeguarding lead."""
    if leads_at(person, None, on=on):
        return
    if lane in FOR_LEADS:
        raise NotAllowed(
            _("Only the safeguarding lead can change the words for danger and threats."),
            _("Ask the safeguarding lead."),
        )
    if not capacities(person, on=on) & {"moderate", "oversee"}:
        check_capacity(person, "oversee", on=on)


@action
def add_phrase(
    *, by: Person, at: datetime, lane: str, language: str, words: str, off: bool = False, because: str = ""
) -> OwnPhrase:
    """Add a phrase to the list of a lane, or switch off the packaged phrases that contain these words.

    It counts for what comes in from now on. Raises NotAllowed; BadInput (`lane`, `language`, `words`,
    `because`); NotNow where there are too many.
    """
    wrong = {}
    if lane not in LISTED:
        wrong["lane"] = _("Choose a list.")
    if language not in TONGUES:
        wrong["language"] = _("Choose English or Welsh.")
    tidy = " ".join(words.lower().split())
    if not 0 < len(tidy) <= LONGEST_PHRASE:
        wrong["words"] = _("Write a word or phrase of up to 80 characters.")
    reason = because.strip()
    if len(reason) > LONGEST_REASON or "\x00" in reason:
        wrong["because"] = _("Say why, in up to 200 characters.")
    elif off and not is_reason(reason):
        wrong["because"] = WANTED
    if wrong:
        raise BadInput(wrong)
    check_edits(by, lane, on=local_day(at))
    if OwnPhrase.objects.filter(ended_at=None).count() >= MOST_PHRASES:
        raise NotNow(_("There are 500 phrases already."), _("Remove some that you no longer need."))
    try:
        plain_phrases(OWN, [tidy])
    except ValueError:
        raise BadInput({"words": _("Write plain words, without symbols.")}) from None
    said = {"off": off, "because": reason, "by": by, "at": at}
    same = {"lane": lane, "language": language, "words": tidy, "ended_at": None}
    row, new = found_or_made(OwnPhrase.objects, defaults=said, **same)
    if not new:
        raise BadInput({"words": _("It’s already in this list. Write another.")})
    record("ownphrase.added", subject=row, at=at, actor=by, lane=lane, off=int(off))
    return row


@action
def end_phrase(*, by: Person, at: datetime, phrase: OwnPhrase) -> OwnPhrase:
    """Take a phrase out, or switch ours on again. Raises NotAllowed; NotNow where that is done already."""
    check_edits(by, phrase.lane, on=local_day(at))
    if not OwnPhrase.objects.filter(pk=phrase.pk, ended_at=None).update(ended_at=at, ended_by=by):
        raise done_before(
            phrase,
            _("It has already been removed."),
            _("Open the list again."),
            ended_at__isnull=False,
        )
    record("ownphrase.ended", subject=phrase, at=at, actor=by, lane=phrase.lane)
    return phrase
