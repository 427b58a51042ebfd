"""What looks through words that leave by any door but a post's (`core.leaving`): the same screening, names
and consents as for posts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from django.db.models import Model
from django.utils.translation import gettext as _

from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import (
    ANOTHER_WANTED,
    BY_STRANGERS,
    FIRSTS_UNASKED,
    NAMES_ALONE,
    OWN_ADDRESSES,
    TO_ONE,
    WRITERS,
    Held,
    Leaving,
    Said,
    wrong_reason,
)
from schoolgate.core.models import School
from schoolgate.core.subjects import subject_of
from schoolgate.networks.capabilities import OURS
from schoolgate.patterns import lazy_pattern
from schoolgate.people.accusations import may_accuse
from schoolgate.people.models import Person
from schoolgate.people.named import Names, is_our_name, says_it_is_us
from schoolgate.people.reading_words import reasons_of_danger
from schoolgate.people.safeguarding import leads_at
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.hits import replies_to
from schoolgate.publishing.looked_for import (
    Agreed,
    Found,
    agreed_to_name,
    alone_in,
    consents_of,
    danger_over,
    is_spoken_of,
    names_here,
    note_once,
    note_unagreed,
)
from schoolgate.publishing.models import HitReply, WordAnswer
from schoolgate.publishing.of_pupils import FIRST
from schoolgate.publishing.own_details import keep, known_here
from schoolgate.publishing.said_of_one import found_of_one, found_with
from schoolgate.pupils.consents import left_without_a_no, listed_of, not_named_since
from schoolgate.pupils.models import Pupil
from schoolgate.screening import (
    Hit,
    Kind,
    NameIndex,
    Strength,
    is_ordinary_word,
    names_over,
    of_one_child,
    screen,
)
from schoolgate.screening.asked_of_one import find_asked_of_one
from schoolgate.screening.finding_names import find_names
from schoolgate.screening.folding import fold, simple
from schoolgate.screening.hits import KNOWN
from schoolgate.screening.people_words import CHILD, SOMEONES_CHILD, WELSH_CHILD, WELSH_SOMEONES_CHILD, either
from schoolgate.screening.whose_child import find_whose_child
from schoolgate.screening.writers_name import find_in_writers_name


def last_said(pupil: Pupil, door: Door) -> dict[str, str]:
    """Return the last answer that a person gave about this pupil's name, by what it was about.

    That another is meant is one person's word: once this pupil may not be named any more, what they said
    before is read as if this one were, until it's said again.
    """
    rows = WordAnswer.objects.filter(door=door, pupils__contains=[pupil.pk]).order_by("pk")
    since = not_named_since([pupil.pk]) if rows else {}
    return {row.about: HitReply.RIGHT if is_over(row, since) else row.reply for row in rows}


def is_over(row: WordAnswer, since: Mapping[int, datetime]) -> bool:
    """Return whether a person said that another is meant before one of these pupils could no longer be named.
    `since`: as of `not_named_since`."""
    ended = (since[pk] for pk in row.pupils if pk in since)
    return row.reply == HitReply.NOT_PUPIL and any(row.at < one for one in ended)


# First names by which a stranger calls their own child: *My daughter Mali was so happy*. Where the school
# shows it, everyone reads whose child has that name.

_MINE = (
    rf"(?:my|our) (?:\w{{1,12}} ){{0,2}}?{either(CHILD, SOMEONES_CHILD)}"
    rf"|(?:fy|ein) {either(WELSH_CHILD, WELSH_SOMEONES_CHILD)}"
)
_BEFORE = lazy_pattern(rf"\b(?:(?:{_MINE}),? |(?:my|our|fy|ein) (?:\w{{1,8}} )?)(?:called )?$", re.IGNORECASE)
_AFTER = lazy_pattern(rf"^,? (?:(?:is|was|yw|ydi|ydy|oedd) )?(?:{_MINE})\b|^ (?:ni|fi|acw)\b", re.IGNORECASE)
FAR = 40


def called_own(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield those of these names that the writer says is their child's."""
    for hit in hits:
        before, after = text[max(0, hit.start - FAR) : hit.start], text[hit.end : hit.end + FAR]
        if _BEFORE.search(before) or _AFTER.search(after):
            yield hit


def found_before_shown(text: str) -> Iterator[Hit]:
    """Yield what is so found in a comment. Words of danger wait for a safeguarding lead, who reads the rest
    with them."""
    if not reasons_of_danger(text):
        yield from asked_in(text)


def asked_in(text: str) -> Iterator[Hit]:
    """Yield what is so found by the words alone: the moderator says why it may be shown."""
    folded = fold(text)
    seen = (*find_asked_of_one(folded.text), *find_whose_child(folded.text))
    asked = [folded.span(each.start, each.end) for each in seen]
    for start, end in asked or ([(0, len(text))] if may_accuse(text) else []):
        words = text[start:end]
        yield Hit(start, end, words, Kind.TOLD, Strength.ASK, "", simple(words))


def marked_as_abuse(words: str) -> Hit:
    """Return words that were marked as abuse when they came in: the moderator says why they may be shown."""
    return Hit(0, len(words), words, Kind.ABUSE, Strength.ASK, "", simple(words))


def in_writers_name(name: str) -> Iterator[Hit]:
    """Yield a name under which a stranger wrote that tells more than who it is, whole."""
    folded = fold(name)
    for each in find_in_writers_name(folded.text):
        start, end = folded.span(each.start, each.end)
        yield Hit(start, end, name[start:end], each.kind, each.strength, "", simple(name[start:end]))


def under_our_name(texts: Mapping[str, str], *, on: date) -> Iterator[tuple[Hit, list[str]]]:
    """Yield by what a comment would be taken for ours, with its field: the moderator says who wrote it."""
    names = Names(book_in_scope(), on=on)
    for field, text in texts.items():
        is_ours = field in WRITERS and (is_our_name(text, names) or _is_either(text, names, on=on))
        ours = [(0, len(text))] if is_ours else []
        for start, end in ours if field in WRITERS else says_it_is_us(text, names):
            words = text[start:end]
            yield Hit(start, end, words, Kind.OUR_NAME, Strength.ASK, "", simple(words)), [field]


def _is_either(name: str, names: Names, *, on: date) -> bool:
    """Return whether a name may be a pupil's or a colleague's alike: *Tom E*."""
    pupils = (
        hit for hit in find_names(fold(name), names_here(on=on)) if hit.strength is not Strength.MENTION
    )
    return any(pupils) and names.may_be_called(name)


LONGEST_REASON = 500
NONE: Mapping[str, str] = MappingProxyType({})
ASKED_FOR = timedelta(days=14)
"""How long words that were held count as someone's, for a lead who sends the same."""


@dataclass(frozen=True)
class Read:
    """One thing found in words. `before`: the earlier answer about it, where it counts."""

    hit: Hit
    asked: Held
    before: WordAnswer | None


def look_through(
    leaving: Leaving,
    *,
    by: Person | None,
    at: datetime,
    said: Mapping[str, Said],
    but_of: Collection[int] = (),
    beside: Mapping[str, str] = NONE,
) -> list[Held]:
    """Return what is found in these words and isn't answered, and write down the answers where everything is.

    An answer given before about the same words and the same thing counts, while it may still be given.
    Raises BadInput (a reason is too long).
    """
    held, new = [], []
    for one in _read(leaving, by=by, at=at, said=said, but_of=but_of, beside=beside):
        wrong = _wrong_reason(one.asked)
        if one.asked.may_answer and one.asked.said.reply in one.asked.replies and wrong is None:
            new.append(one)
        elif one.before is None:
            held.append(replace(one.asked, contradicts=wrong is ANOTHER_WANTED))
    if held or by is None:
        return held
    for one in new:
        _write(
            leaving.door, one.hit, one.asked.said, about=leaving.about, by=by, at=at, school=leaving.school
        )
    return []


def show_through(leaving: Leaving, *, by: Person, at: datetime) -> list[Held]:
    """Return everything that is found in these words, what isn't answered first, each answer that counts with
    who gave it and why. `by`: who reads it; a lead's reason is for safeguarding leads alone."""
    shown = [_with_answer(one) for one in _read(leaving, by=by, at=at, said={})]
    return sorted(shown, key=lambda one: bool(one.by))


def _with_answer(one: Read) -> Held:
    if one.before is None:
        return one.asked
    hidden = one.asked.lead_only and not (one.asked.may_answer or one.asked.another_only)
    words = "" if hidden else one.before.words
    return replace(one.asked, said=Said(one.before.reply, words), by=one.before.by.name)


def _read(
    leaving: Leaving,
    *,
    by: Person | None,
    at: datetime,
    said: Mapping[str, Said],
    but_of: Collection[int] = (),
    beside: Mapping[str, str] = NONE,
) -> list[Read]:
    """Return each thing found in these words, with the earlier answer about it that counts."""
    door, texts, about, school = leaving.door, leaving.texts, leaving.about, leaving.school
    found = {
        key: (hit, fields)
        for key, (hit, fields) in _found(door, texts, to=leaving.to, at=at).items()
        if not _is_of(hit, but_of)
    }
    for field, words in leaving.abusive:
        note_once(found, marked_as_abuse(words), field)
    on = local_day(at)
    _add_names(found, beside, but_of=but_of, on=on)
    alone = _alone(door, texts, but_of=but_of, writer=leaving.writer, on=on)
    if not found and not alone:
        return []
    of = {pk for hit, _fields in (*found.values(), *alone.values()) for pk in hit.of}
    agreed = {} if door in TO_ONE else agreed_to_name(of, [leaving.network or OURS], on=on)
    may = of if door in TO_ONE else set(agreed)
    left = left_without_a_no(of - may, on=on) | may
    note_unagreed(found, alone, left=left)
    walled = listed_of(of)
    to_lead = bool(walled) or any(hit.for_a_lead for hit, _fields in found.values())
    leads = to_lead and by is not None and leads_at(by, school.pk if school else None, on=on)
    before = _before(about, found)
    since = not_named_since(of) if before else {}
    others = _let_out_by(by, door, texts, about, found, at=at) if leads and by is not None else set[str]()
    read = []
    for key, (hit, fields) in found.items():
        asked = _asked(
            hit,
            fields,
            door=door,
            may=may,
            left=left,
            walled=walled,
            consents=consents_of(hit.of, agreed),
            leads=leads,
            of_others=door is Door.COMMENT or hit.kind is not Kind.DANGER or key in others,
            said=said.get(key, Said("")),
        )
        stands = _stands(before.get(key), asked, since=since, school=school, at=at)
        read.append(Read(hit, asked, before[key] if stands else None))
    return read


def _add_names(
    found: dict[str, tuple[Hit, list[str]]], beside: Mapping[str, str], *, but_of: Collection[int], on: date
) -> None:
    """Add the names of pupils in what others wrote, but for those who may be named in public."""
    index = names_here(on=on) if beside else None
    seen = [
        (hit, name)
        for name, text in beside.items()
        for hit in (find_names(fold(text), index) if index is not None else ())
        if hit.strength is not Strength.MENTION and not _is_of(hit, but_of)
    ]
    public = agreed_to_name({pk for hit, _name in seen for pk in hit.of}, [OURS], on=on) if seen else {}
    for hit, name in seen:
        if not set(hit.of) <= set(public):
            note_once(found, hit, name)


def _is_of(hit: Hit, but_of: Collection[int]) -> bool:
    """Return whether a name is that of the pupil that the words are about; a first name alone also where
    others have it."""
    of = set(hit.of)
    return bool(of) and (not of.isdisjoint(but_of) if hit.variant == FIRST else of <= set(but_of))


def _alone(door: Door, texts: Mapping[str, str], *, but_of: Collection[int], writer: str, on: date) -> Found:
    """Return the first names alone in these words, with their fields, but for that by which a reply greets
    its reader."""
    if door in (FIRSTS_UNASKED | TO_ONE) - BY_STRANGERS:
        return {}
    if door in BY_STRANGERS:
        index = names_here(on=on)
        read = ((name, text, called_own(text, find_names(fold(text), index))) for name, text in texts.items())
        return alone_in(read)
    index, greeted = names_here(on=on), simple(writer.partition(" ")[0])
    found = alone_in((name, text, find_names(fold(text), index)) for name, text in texts.items())
    return {
        key: (hit, fields)
        for key, (hit, fields) in found.items()
        if hit.plain != greeted and not _is_of(hit, but_of)
    }


def _found(
    door: Door, texts: Mapping[str, str], *, to: str = "", at: datetime
) -> dict[str, tuple[Hit, list[str]]]:
    """Return each thing found once, with the names of the fields that have it."""
    typed = {name: text for name, text in texts.items() if text.strip()}
    found: dict[str, tuple[Hit, list[str]]] = {}
    for hit, where in _seen(door, typed, to=to, on=local_day(at)) if typed else ():
        for name in where:
            note_once(found, hit, name)
    return found


def _seen(door: Door, typed: Mapping[str, str], *, to: str, on: date) -> Iterator[tuple[Hit, Sequence[str]]]:
    """Yield what is found in each field, over several of them, and together with what they answer."""
    index, allowed = names_here(on=on), known_here(on=on)
    dangers = list(danger_over(door, typed, own=allowed))
    drawn = [hit.words for hit, _fields in dangers]
    for name, text in typed.items():
        found = [
            hit
            for hit in _hits(door, text, index, allowed=allowed)
            if hit.kind is not Kind.TOLD or not any(words in hit.words for words in drawn)  # a lead's alone
        ]
        if door is Door.POST and not any(hit.tells_of_a_child for hit in found):
            # an emergency text is about everyone: that it speaks of one child at all is asked about
            found += filter(None, [of_one_child(text)])
        wrote = door in BY_STRANGERS and name in WRITERS
        if wrote and not any(_is_asked_about(door, hit) for hit in found):
            found += in_writers_name(text)
        for hit in found:
            if _is_asked_about(door, hit):
                yield hit, [name]
            elif door in TO_ONE and hit.variant == FIRST and not is_ordinary_word(text, hit):
                # who reads a letter about one child knows the others by their first names
                yield replace(hit, strength=Strength.ASK), [name]
    yield from dangers
    if door is Door.COMMENT:
        yield from under_our_name(typed, on=on)
    fields = list(typed)
    for hit, places in names_over(list(typed.values()), index):
        yield hit, [fields[place] for place in places]
    for name, text in typed.items() if to else ():
        for hit in found_with(text, to, index):
            words = _("{words} (in your answers)").format(words=hit.words)
            yield replace(hit, words=words), [name]


def _is_asked_about(door: Door, hit: Hit) -> bool:
    if door in NAMES_ALONE and hit.kind is not Kind.PUPIL:
        return False
    return hit.strength is not Strength.MENTION and not (door in OWN_ADDRESSES and hit.kind in KNOWN)


def _hits(door: Door, text: str, index: NameIndex, *, allowed: frozenset[str]) -> Iterator[Hit]:
    """Yield what is found in a text. What strangers wrote is read for names without its capitals too, as the
    inbox reads it: what it marks as a pupil's name is asked about before it's shown."""
    hits = screen(text, index, allowed=allowed).hits
    yield from hits
    if door is Door.COMMENT:
        yield from found_before_shown(text)
    yield from found_of_one(door, text, hits)
    small = text.lower()
    if door is Door.COMMENT and small != text and len(small) == len(text):
        without = screen(small, index, allowed=allowed).hits
        yield from (hit for hit in without if hit.kind is Kind.PUPIL and hit.variant != FIRST)


def _asked(
    hit: Hit,
    fields: Sequence[str],
    *,
    door: Door,
    may: set[int],
    left: set[int],
    walled: set[int],
    consents: tuple[Agreed, ...],
    leads: bool,
    of_others: bool,
    said: Said,
) -> Held:
    of = set(hit.of)
    replies = replies_to(
        hit,
        may_name=bool(of) and of <= may,
        left=bool(of) and of <= left,
        unagreed=bool(of) and left.isdisjoint(of),
    )
    lead_only = hit.for_a_lead or bool(walled & of)
    return Held(
        key=hit.key,
        words=hit.words,
        kind=str(hit.kind),
        strength=str(hit.strength),
        fields=tuple(fields),
        replies=tuple(map(str, replies)),
        number=len(hit.of),
        lead_only=lead_only,
        another_only=leads and not of_others,
        may_answer=(leads and of_others) or not lead_only,
        said=said,
        consents=consents if not lead_only else (),
        needs_reason=hit.needs_reason(lead_only=lead_only, by_word=_by_word(door, hit)),
    )


def _by_word(door: Door, hit: Hit) -> bool:
    """Return whether words go out by a person's word alone: a comment's are someone else's, and of a first
    name no one but a person can tell who is meant."""
    alone = hit.variant == FIRST and door not in TO_ONE
    return hit.strength is Strength.STOP or door is Door.COMMENT or alone


def _wrong_reason(asked: Held) -> Text | None:
    """Return what is wrong with the reason of an answer. Where it needs none, only one that says the contrary
    is wrong."""
    words, reply = reason_in(asked.said), asked.said.reply
    another = (
        reply == HitReply.NOT_PUPIL and not asked.lead_only
    )  # a lead lets this very child's name out by it
    wrong = wrong_reason(words, of_another=another)
    needed = asked.needs_reason and reply != HitReply.OURS
    return wrong if needed or wrong is ANOTHER_WANTED else None


def _before(about: Model, found: Iterable[str]) -> dict[str, WordAnswer]:
    """Return the last answers about these words in this thing."""
    rows = WordAnswer.objects.filter(about=subject_of(about), hit__in=list(found)).order_by("pk")
    return {row.hit: row for row in rows.select_related("by")}


def _let_out_by(
    by: Person, door: Door, texts: Mapping[str, str], about: Model, found: Iterable[str], *, at: datetime
) -> set[str]:
    """Return which of these words of danger this lead may let out: those that someone else wrote first, where
    they don't speak of the lead."""
    rows = WordAnswer.objects.filter(
        about=subject_of(about), door=door, kind=Kind.DANGER, hit__in=list(found), at__gte=at - ASKED_FOR
    )
    others = set(rows.exclude(by=by).values_list("hit", flat=True))
    return set() if others and is_spoken_of(by, texts.values(), on=local_day(at)) else others


def note_whose(door: Door, held: Iterable[Held], *, about: Model, by: Person | None, at: datetime) -> None:
    """Note whose words of danger are held, so that a safeguarding lead who didn't write them may let them
    out: they send the same words."""
    own = [one for one in held if one.kind == Kind.DANGER] if door is not Door.COMMENT else []
    for one in own if by is not None else ():
        row = {"about": subject_of(about), "door": door, "hit": one.key, "by": by, "reply": ""}
        if not WordAnswer.objects.filter(**row, at__gte=at - ASKED_FOR).exists():
            WordAnswer.objects.create(**row, kind=one.kind, at=at)


def _stands(
    before: WordAnswer | None,
    asked: Held,
    *,
    since: Mapping[int, datetime],
    school: School | None,
    at: datetime,
) -> bool:
    """Return whether an earlier answer may still be given, by the person who gave it. `since`: when pupils
    could no longer be named."""
    if before is None or before.reply not in asked.replies or is_over(before, since):
        return False
    return not asked.lead_only or leads_at(before.by, school.pk if school else None, on=local_day(at))


def reason_in(said: Said) -> str:
    """Return the reason as it is kept. Raises BadInput where it's too long or can't be shown."""
    words = said.words.strip()
    if len(words) > LONGEST_REASON or "\x00" in words:
        raise BadInput({"screening": _("Give your reason in up to 500 characters.")})
    return words


def _write(
    door: Door, hit: Hit, said: Said, *, about: Model, by: Person, at: datetime, school: School | None
) -> None:
    subject = subject_of(about)
    WordAnswer.objects.create(
        about=subject, door=door, hit=hit.key, kind=hit.kind, reply=said.reply, words=said.words.strip(),
        pupils=list(hit.of), by=by, at=at,
    )  # fmt: skip
    record("words.answered", subject=subject, at=at, actor=by, door=str(door), kind=str(hit.kind),
           reply=said.reply)  # fmt: skip
    if said.reply == HitReply.OURS and school is not None:
        keep(hit, by=by, at=at, school=school)
