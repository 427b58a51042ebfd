"""What is found in the texts of a post, in its link cards and its pictures, and whether a person has
answered it. A house check under every policy: no setting turns it off."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.doors import Door
from schoolgate.core.errors import Text
from schoolgate.media import captions
from schoolgate.media.models import Picture, PictureWords
from schoolgate.media.words import words_of
from schoolgate.people.models import Person
from schoolgate.people.safeguarding import leads_at
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.looked_for import (
    Agreed,
    alone_in,
    consents_of,
    danger_in,
    is_spoken_of,
    names_here,
    namings,
    note_once,
    note_unagreed,
)
from schoolgate.publishing.models import HitAnswer, HitReply, Post
from schoolgate.publishing.of_pupils import (
    FIRST,
    NO,
    PART,
    SEEN,
    SEEN_IN_CARD,
    NoOne,
    SeenAgain,
    film_in,
    how_named,
    may_let_out,
    no_one_in_each,
    pupils_in,
    withheld_in_each,
)
from schoolgate.publishing.own_details import known_here
from schoolgate.publishing.post_parts import cards_going_out, words_in_card_pictures, wrote
from schoolgate.publishing.said_of_one import found_in_picture, found_of_one
from schoolgate.pupils.consents import left_without_a_no, listed_of
from schoolgate.rulebook.facts_read import words_read
from schoolgate.screening import (
    Advice,
    Hit,
    Kind,
    NameIndex,
    Screened,
    Strength,
    is_ordinary_word,
    names_over,
    names_read,
    screen,
)
from schoolgate.screening.hits import OF_PICTURES, OWN
from schoolgate.triage import Lane, triage

SITUATION = "post.publish"


def may_show_pupils(pictures: Iterable[Picture]) -> bool:
    """Return whether one of these pictures may show pupils: no one has said that it doesn't."""
    return any(each.shows_people is not False and each.shows_pupils is not False for each in pictures)


def names_are_judged_beside(pictures: Iterable[Picture]) -> bool:
    """Return whether one of these pictures may show pupils, and the policy has a rule about names there."""
    return may_show_pupils(pictures) and bool(words_read(book_in_scope(), SITUATION, "people.named"))


def as_one_question(
    found: Mapping[str, tuple[Hit, list[str]]],
    *,
    settled: Collection[str],
    walled: Collection[int],
    agreed: Collection[int],
) -> dict[str, tuple[Hit, list[str]]]:
    """Return what was found with the first names that are asked about as one hit: they are one question.
    `settled`: the keys of those that need none; `walled`: pupils on the do-not-publish list, by
    themselves, because a safeguarding lead answers; `agreed`: who may be named, or left without a no: names
    that none of them bears are by themselves too, so that no answer about another lets them out.

    House rule under every policy: a first name and a picture together say who a child is, which makes both
    personal data (UK GDPR, Article 4(1)).
    """
    first = {
        key: each
        for key, each in found.items()
        if each[0].variant == FIRST and each[0].strength is Strength.ASK and key not in settled
    }
    rest = {key: each for key, each in found.items() if key not in first}
    alike: dict[tuple[bool, bool], list[tuple[Hit, list[str]]]] = {}
    for each in first.values():
        of = set(each[0].of)
        alike.setdefault((of.isdisjoint(walled), of.isdisjoint(agreed)), []).append(each)
    for some in alike.values():
        hit = _joined([each for each, _fields in some])
        rest[hit.key] = (hit, list(dict.fromkeys(field for _hit, fields in some for field in fields)))
    return rest


def _joined(hits: Sequence[Hit]) -> Hit:
    if len(hits) == 1:
        return hits[0]
    names = {each.plain: each.words for each in hits}
    of = tuple(sorted({pk for each in hits for pk in each.of}))
    return Hit(
        hits[0].start, hits[0].end, ", ".join(names.values()), Kind.PUPIL, Strength.ASK, FIRST,
        " ".join(sorted(names)), of,
    )  # fmt: skip


TEXT = "text"
"""Beginning of the fields of a post's own text."""
CAPTIONS = "captions-"
"""How the field of a film's captions begins, before its picture's id."""
READ = "words-"
"""How the field of words that were read in a picture begins, before the picture's id."""
CARD = "card-"
"""How the field of a link card's words begins, before the card's id."""
CARD_PICTURE = SEEN_IN_CARD
"""How the field of words that were read in the picture of a link card begins, before the card's id."""


@dataclass(frozen=True)
class PostHit:
    """A hit in the texts of a post, in the words read in its pictures or in a picture itself. `fields`:
    where, as the form of a post names them (`words-<picture id>`: in a picture); `pictures`: the numbers of
    those pictures, where the words are in pictures alone, or of the one that it is about. `settled`: the post
    counts the pupil as named, by the author's word or by the name in its words, and they may be. `may_name`:
    this answer is possible, not so beside a picture of pupils where the policy judges names there: the pupil
    is then chosen from the list. `lead_only`: one of those who bear the name is on the do-not-publish list;
    `outranked`: who answered may not, or may no longer. `names`: of the pupils that a picture may show.
    `left`: all who bear the name have left or may be named. `consents`: of all who bear it, where each may be
    named. `unagreed`: none of them may be named or has left without a no, `one_unagreed`: one of them; no
    answer on record is a no."""

    hit: Hit
    fields: tuple[str, ...]
    answer: HitAnswer | None
    settled: bool = False
    may_name: bool = False
    pictures: tuple[int, ...] = ()
    lead_only: bool = False
    outranked: bool = False
    names: tuple[str, ...] = ()
    left: bool = False
    consents: tuple[Agreed, ...] = ()
    beside_picture: bool = False
    unagreed: bool = False
    one_unagreed: bool = False

    @property
    def with_others(self) -> bool:
        """Return whether it can be confirmed in one press with other names: who bears it may be named, each
        by a consent that holds, and no one has answered."""
        return bool(self.consents) and self.may_name and not self.lead_only and not self.done

    @property
    def done(self) -> bool:
        """Return whether nothing is left to answer. That they may be named counts only while they may, that
        they left and agreed only without a no, and of one who mustn't be published a safeguarding lead's
        answer alone."""
        said = self.answer is not None and (not self.says_may or self.may_name) and not self.outranked
        return (said and (self.left or not self._says_left) and not self._against_a_no) or self.settled

    @property
    def _says_left(self) -> bool:
        reply = self.answer.reply if self.answer is not None else ""
        return reply == HitReply.RIGHT and self.stopped and self._is_a_word(reply)

    @property
    def _against_a_no(self) -> bool:
        return self.unagreed and self.answer is not None and self.answer.reply not in self.replies

    @property
    def waits_for_another(self) -> bool:
        """Return whether the author alone has said so far that this is no pupil of ours, or one who has left
        and agreed, or the school's own detail, or why no one is recognisable in a picture."""
        answer = self.answer
        return answer is not None and self.counts_by_two(answer.reply) and answer.also_by_id is None

    def counts_by_two(self, reply: str) -> bool:
        """Return whether this answer counts only once someone beside the author gives it."""
        return (self._is_a_word(reply) or self.is_face or reply == HitReply.OURS) and not self.lead_only

    @property
    def is_picture(self) -> bool:
        """Return whether it is a picture itself and no words."""
        return self.hit.kind in OF_PICTURES

    @property
    def is_withheld(self) -> bool:
        """Return whether it is a picture that may be withheld, about which its writers answer nothing."""
        return self.hit.kind is Kind.PICTURE

    @property
    def is_face(self) -> bool:
        """Return whether a picture is said to show no one recognisable, and a face was counted in it or it
        may be part of one with people."""
        return self.hit.kind is Kind.FACE

    @property
    def is_part(self) -> bool:
        """Return whether it may be a picture with people again, or part of one, of which the same is said."""
        return self.is_face and self.hit.variant == PART

    @property
    def stopped(self) -> bool:
        """Return whether it is of those that stop a post until they are answered."""
        return self.hit.strength is Strength.STOP

    @property
    def says_may(self) -> bool:
        """Return whether a person answered that they may be named."""
        return self.answer is not None and self.answer.reply == HitReply.MAY_NAME

    @property
    def in_card(self) -> bool:
        """Return whether the words are in the card of a link alone."""
        return all(name.startswith(CARD) for name in self.fields)

    @property
    def in_card_picture(self) -> bool:
        """Return whether the words were read in the picture of a link's card alone."""
        return all(name.startswith(CARD_PICTURE) for name in self.fields)

    @property
    def first_alone(self) -> bool:
        """Return whether it is a first name alone that is asked about."""
        return self.hit.variant == FIRST and self.hit.strength is Strength.ASK

    def needs_reason(self, reply: str) -> bool:
        """Return whether this answer counts with a reason alone."""
        by_word = self.first_alone or self._is_a_word(reply) or self._is_by_a_tick(reply)
        return self.hit.needs_reason(lead_only=self.lead_only, by_word=by_word)

    def _is_by_a_tick(self, reply: str) -> bool:
        """Return whether it lets out someone’s number, or the name of a pupil who hasn’t agreed."""
        if self.hit.kind is Kind.PHONE:
            return reply == HitReply.RIGHT
        return (
            self.hit.kind is Kind.PUPIL and reply == HitReply.NOT_PUPIL and not (self.may_name or self.left)
        )

    def _is_a_word(self, reply: str) -> bool:
        """Return whether an answer about a pupil's name rests on a person's word alone."""
        told = reply == HitReply.NOT_PUPIL or (reply == HitReply.RIGHT and self.hit.kind is Kind.PUPIL)
        return told and (self.stopped or self.one_unagreed)

    @property
    def stops(self) -> bool:
        """Return whether the post can't go on before a person answers."""
        return self.stopped and not self.done

    @property
    def replies(self) -> tuple[HitReply, ...]:
        """Return the answers there are to this hit."""
        return replies_to(self.hit, may_name=self.may_name, left=self.left, unagreed=self.unagreed)


@dataclass(frozen=True)
class PostHits:
    """Everything found in a post: each thing once. `advice`: by field of its texts. `offends`: words of it
    that may offend, as the lists that rank comments know them: a hint, never a judgement."""

    hits: tuple[PostHit, ...] = ()
    advice: tuple[tuple[str, Advice], ...] = ()
    number: int = 0
    """Names of pupils that were looked for."""
    offends: tuple[str, ...] = ()

    @property
    def stops(self) -> list[PostHit]:
        """Return what stops the post."""
        return [each for each in self.hits if each.stops]

    @property
    def to_approve(self) -> list[PostHit]:
        """Return what must be answered before the post is approved: a hint by its author or an approver, and
        that a name is no pupil's by someone beside the author too."""
        asked = (each for each in self.hits if each.hit.strength is not Strength.MENTION)
        return [each for each in asked if not each.done or each.waits_for_another]

    @property
    def hints(self) -> list[PostHit]:
        """Return what stops nothing yet, and its author or an approver still has to answer."""
        return [each for each in self.to_approve if not (each.done or each.stopped or each.lead_only)]

    @property
    def holds(self) -> list[PostHit]:
        """Return what keeps a post that was approved from being sent: what stops it, and what a person
        answered in a way that counts no more, because consent ended or the name came to the do-not-publish
        list."""
        asked = (each for each in self.hits if each.hit.strength is not Strength.MENTION)
        return [each for each in asked if not each.done and (each.stopped or each.lead_only or each.answer)]

    @property
    def for_leads(self) -> bool:
        """Return whether something in it waits for a safeguarding lead's word, such as the name of a child on
        the do-not-publish list."""
        return any(each.lead_only and not each.done for each in self.hits)

    @property
    def maybe_names(self) -> list[PostHit]:
        """Return what may be a pupil's name, and no one answered."""
        return [each for each in self.to_approve if each.hit.kind is Kind.PUPIL and not each.done]

    @property
    def named(self) -> list[PostHit]:
        """Return the names of listed pupils of which a person said that they may be there."""
        return [each for each in self.hits if each.says_may and each.done]

    @property
    def names_pupil(self) -> bool:
        """Return whether the texts name a listed pupil, unless a person said otherwise. False: not known."""
        return any(
            each.hit.kind is Kind.PUPIL
            and each.hit.strength is Strength.STOP
            and (each.answer is None or each.answer.reply != HitReply.NOT_PUPIL)
            for each in self.hits
        )


NOTHING = PostHits()


def replies_to(
    hit: Hit, *, may_name: bool, left: bool = False, unagreed: bool = False
) -> tuple[HitReply, ...]:
    """Return the answers there are to words that were found. `may_name`: all pupils who bear the name may be
    named where the words go; `left`: or have left, and someone may know that they agreed; `unagreed`: none of
    them agreed, which no word of an author outweighs."""
    if hit.kind is Kind.PUPIL:
        alone = (HitReply.RIGHT,) if (hit.variant == FIRST and not unagreed) or left else ()
        return (HitReply.NOT_PUPIL, *((HitReply.MAY_NAME,) if may_name else alone))
    if hit.kind in (Kind.DANGER, Kind.FACE, Kind.OUR_NAME):
        return (HitReply.RIGHT,)
    own = (HitReply.OURS,) if hit.kind in OWN else ()
    return (*own, HitReply.RIGHT, HitReply.NOT_IT)


def hits_of(post: Post, *, on: date) -> PostHits:
    """Return what is found in a post's texts and pictures. The same post object with the same words and
    pictures is screened once."""
    return hits_of_each([post], on=on)[0]


def hits_of_each(posts: Sequence[Post], *, on: date) -> list[PostHits]:
    """Return the same for each of these posts. As many queries for many as for one, but for a picture that
    may be withheld and a lead's answer."""
    words = words_of([each for post in posts for each in post.pictures])
    told = [_Told(post, _texts(post), _words_read(post, words), on) for post in posts]
    new = [each for each in told if each.key not in each.known]
    if new:
        withheld = withheld_in_each([each.post for each in new], on=on)
        no_one = no_one_in_each([each.post for each in new])
        for each, seen, unsure, found in zip(new, withheld, no_one, _find(new, on=on), strict=True):
            hits = (*_withheld(each.post, seen, on=on), *_no_one(each.post, unsure), *found.hits)
            each.known[each.key] = replace(found, hits=hits)
    return [each.known[each.key] for each in told]


@dataclass(frozen=True)
class _Told:
    """What a post says: its texts, and the words read in its pictures, each with its field."""

    post: Post
    texts: list[tuple[str, str]]
    read: list[tuple[str, str]]
    on: date

    @property
    def known(self) -> dict[Any, PostHits]:
        """Return what was found in this post object before."""
        found: dict[Any, PostHits] = self.post.__dict__.setdefault("_hits", {})
        return found

    @property
    def key(self) -> Any:
        """Return all that it depends on but the database."""
        pictures = tuple((each.pk, each.shows_people) for each in self.post.pictures)
        return (tuple(self.texts), tuple(self.read), pictures, self.on)


def _texts(post: Post) -> list[tuple[str, str]]:
    """Return each text of the post with its field: what each account gets, each picture's description,
    a film's captions, and the words of the link cards that go out."""
    found = [(f"text-{each.account_id}", each.text) for each in post.targets.all()]
    if not found and post.text:
        found = [("text", post.text)]
    found += [(f"alt-{each.pk}", each.alt) for each in post.pictures if each.alt]
    found += [(f"{CARD}{each.pk}", f"{each.title}\n{each.description}") for each in cards_going_out(post)]
    film = film_in(post)
    return found + (
        [(f"{CAPTIONS}{film.cover_id}", captions.words_of(film.captions))] if film and film.captions else []
    )


def _words_read(post: Post, words: Mapping[int, PictureWords]) -> list[tuple[str, str]]:
    """Return the words that were read in each picture, a link card's too, with its field: as they lie in
    lines, and as one line, because a badge has a name on two. `words`: of its pictures, by their ids."""
    rows = ((each.pk, words[each.pk]) for each in post.pictures if each.pk in words)
    found = [(f"{READ}{pk}", row.lines) for pk, row in rows if row.lines]
    found += [(f"{CARD_PICTURE}{card.pk}", lines) for card, lines in words_in_card_pictures(post)]
    return [(name, sign.join(lines)) for name, lines in found for sign in ("\n", " ")]


def _read_together(texts: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Yield what people read together: the text of each account with everything beside it."""
    beside = [each for each in texts if not each[0].startswith(TEXT)]
    own = [each for each in texts if each[0].startswith(TEXT)]
    yield from ([each, *beside] for each in own)
    if not own:
        yield beside


@dataclass(frozen=True)
class _Looked:
    """What is found in the words of a post, before it is known who may be named. `alone`: the first names
    alone."""

    told: _Told
    found: dict[str, tuple[Hit, list[str]]]
    alone: dict[str, tuple[Hit, list[str]]]
    advice: tuple[tuple[str, Advice], ...]

    @property
    def of(self) -> set[int]:
        """Return the pupils whose names are found in it."""
        return {pk for hit, _fields in (*self.found.values(), *self.alone.values()) for pk in hit.of}

    @property
    def networks(self) -> set[str]:
        """Return where it goes."""
        return {target.account.network for target in self.told.post.targets.all()}


def _find(told: Sequence[_Told], *, on: date) -> list[PostHits]:
    if not any(each.texts or each.read for each in told):
        return [NOTHING for _each in told]
    index, allowed = names_here(on=on), known_here(on=on)
    read = any(each.read for each in told)
    in_pictures = names_here(on=on, in_pictures=True) if read else index
    looked = [_look(each, index, in_pictures, allowed) for each in told]
    known = namings([(each.of, each.networks) for each in looked], on=on)
    of = [(each.of, set(agreed)) for each, agreed in zip(looked, known, strict=True)]
    walled = listed_of(set[int]().union(*(every for every, _may in of)))
    gone = left_without_a_no(set[int]().union(*(every - may for every, may in of)), on=on)
    return [
        _found_in(each, one, walled=walled, gone=gone, number=index.number, on=on)
        if each.told.texts or each.told.read
        else NOTHING
        for each, one in zip(looked, known, strict=True)
    ]


def _look(told: _Told, index: NameIndex, in_pictures: NameIndex, allowed: frozenset[str]) -> _Looked:
    """Return what is found in the words of a post. `in_pictures`: the names as a program reads them there."""
    texts, read_in, pictures = told.texts, told.read, told.post.pictures
    found: dict[str, tuple[Hit, list[str]]] = {}
    advice = []
    read = {text: screen(text, index, allowed=allowed) for _field, text in texts}
    read |= {text: screen(text, in_pictures, allowed=allowed) for _field, text in read_in if text not in read}
    firsts_are_asked = may_show_pupils(pictures)
    every = (*texts, *read_in)
    lines = (*texts, *read_in[::2])  # each picture's words as they lie in lines
    alone = {} if firsts_are_asked else alone_in((name, text, read[text].hits) for name, text in every)
    for name, text in read_in:
        for hit in names_read(text, read[text].hits, in_pictures):
            note_once(found, hit, name)
    for name, text in every:
        if not name.startswith((READ, CARD)):
            advice.append((name, read[text].advice))
        for hit in read[text].hits:
            if hit.strength is not Strength.MENTION:
                note_once(found, hit, name)
            elif pictures:
                asked = firsts_are_asked and hit.variant == FIRST and not is_ordinary_word(text, hit)
                note_once(found, replace(hit, strength=Strength.ASK) if asked else hit, name)
    dangers = ((name, hit) for name, text in every for hit in danger_in(Door.POST, text, own=allowed))
    for name, hit in (*dangers, *_of_one(lines, read)):
        note_once(found, hit, name)
    for together in _read_together(lines):
        for hit, places in names_over([text for _field, text in together], in_pictures):
            for place in places:
                note_once(found, hit, together[place][0])
    return _Looked(told, found, alone, tuple(advice))


def _of_one(texts: Iterable[tuple[str, str]], read: Mapping[str, Screened]) -> Iterator[tuple[str, Hit]]:
    """Yield where the fields of a post tell of one child. A linked page tells of one person in every line."""
    for name, text in texts:
        hits = read[text].hits
        found: Iterable[Hit] = ()
        if name.startswith((READ, CARD_PICTURE)):
            found = found_in_picture(text, hits)
        elif not name.startswith(CARD):
            found = found_of_one(Door.POST, text, hits, in_lines=name.startswith(CAPTIONS))
        yield from ((name, hit) for hit in found)


def _found_in(
    looked: _Looked,
    agreed: Mapping[int, Agreed],
    *,
    walled: Collection[int],
    gone: Collection[int],
    number: int,
    on: date,
) -> PostHits:
    """Return what was found in a post with what is answered and who may answer. `walled`: the pupils who must
    not be published; `gone`: who have left without a no."""
    post, texts, found, alone = looked.told.post, looked.told.texts, looked.found, looked.alone
    judged = names_are_judged_beside(post.pictures)
    firsts_are_asked = may_show_pupils(post.pictures)
    answers = {each.hit: each for each in post.hit_answers.all()} if found or alone else {}
    may = set(agreed)
    to_choose = bool(may) and judged
    left = looked.of.intersection(gone) | may
    note_unagreed(found, alone, left=left)
    words = "\n".join(text for _field, text in texts)
    named = {row.pupil_id for row in pupils_in(post) if how_named(row, words) not in ("", NO)}
    settled = {key for key, (hit, _in) in found.items() if _is_settled(hit, named=named, may=may)}
    found = as_one_question(found, settled=settled, walled=walled, agreed=left)
    hits = [
        PostHit(
            hit,
            tuple(fields),
            answers.get(key),
            settled=key in settled,
            may_name=bool(hit.of) and set(hit.of) <= may and not to_choose,
            pictures=_only_in(post, fields),
            lead_only=_is_for_a_lead(hit, walled),
            outranked=_is_for_a_lead(hit, walled) and not _is_of_a_lead(answers.get(key), hit, post, on=on),
            left=bool(hit.of) and set(hit.of) <= left and not set(hit.of) <= may,
            consents=consents_of(hit.of, agreed) if not to_choose else (),
            beside_picture=firsts_are_asked,
            unagreed=bool(hit.of) and left.isdisjoint(hit.of),
            one_unagreed=not left.issuperset(hit.of),
        )
        for key, (hit, fields) in found.items()
    ]
    offends = _offending(text for _field, text in texts)
    return PostHits(tuple(hits), looked.advice, number, offends)


def _is_settled(hit: Hit, *, named: Collection[int | None], may: Collection[int]) -> bool:
    """Return whether the post counts a pupil with this name as named, and they may be: each who bears it,
    because the one without consent decides. A first name alone is that of the pupil who was chosen."""
    chosen = set(hit.of).intersection(named)
    return bool(chosen) and (chosen if hit.variant == FIRST else set(hit.of)) <= set(may)


def _withheld(post: Post, found: Sequence[SeenAgain], *, on: date) -> list[PostHit]:
    answers = {each.hit: each for each in post.hit_answers.all()} if found else {}
    return [
        PostHit(
            each.hit,
            (each.field,),
            said := answers.get(each.hit.key),
            pictures=tuple(n for n, one in enumerate(post.pictures, 1) if each.field == f"{SEEN}{one.pk}"),
            lead_only=each.lead_only,
            outranked=said is not None and not may_let_out(said.by, post, lead_only=each.lead_only, on=on),
            names=each.names,
        )
        for each in found
    ]


def _no_one(post: Post, found: Sequence[NoOne]) -> list[PostHit]:
    answers = {each.hit: each for each in post.hit_answers.all()} if found else {}
    return [
        PostHit(
            each.hit,
            (f"{SEEN}{each.picture.pk}",),
            answers.get(each.hit.key),
            pictures=(each.number,),
            names=each.names,
        )
        for each in found
    ]


def _is_for_a_lead(hit: Hit, walled: Collection[int]) -> bool:
    return hit.for_a_lead or not set(hit.of).isdisjoint(walled)


def _is_of_a_lead(answer: HitAnswer | None, hit: Hit, post: Post, *, on: date) -> bool:
    return answer is not None and lets_out_as_lead(answer.by, hit, post, on=on)


def lets_out_as_lead(person: Person, hit: Hit, post: Post, *, on: date) -> bool:
    """Return whether this person's word counts where a safeguarding lead's alone does: about words of danger
    a lead's who neither wrote the post nor is spoken of in it."""
    if not leads_at(person, post.school_id, on=on):
        return False
    if hit.kind is not Kind.DANGER:
        return True
    texts = [text for _field, text in (*_texts(post), *_words_read(post, words_of(post.pictures)))]
    return not (wrote(person, post) or is_spoken_of(person, texts, on=on))


def _offending(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the words in these texts that are on a list of abuse, each once; what a model takes a whole text
    for is no word of it."""
    found = (why for text in dict.fromkeys(texts) for why in triage(text).why)
    return tuple(dict.fromkeys(one.words for one in found if one.lane is Lane.ABUSE and one.kind != "model"))


def _only_in(post: Post, fields: Collection[str]) -> tuple[int, ...]:
    """Return the numbers of the pictures with the words, where no text has them."""
    if not all(name.startswith(READ) for name in fields):
        return ()
    return tuple(n for n, each in enumerate(post.pictures, start=1) if f"{READ}{each.pk}" in fields)


def why_words_wait(left: Sequence[PostHit]) -> Text:
    """Return what to do about words that `rules.words_to_answer` gave."""
    if all(each.done and each.is_face for each in left):
        return _("The author has said why no one can be recognised. First look and say whether you agree.")
    if all(each.done for each in left):
        return _("The author has said why words in the text may stay. First say whether you agree.")
    return _("First answer what was found in the text and pictures.")


def why_stopped(stops: Sequence[PostHit]) -> Text:
    """Return what to do about what stops a post, the weightiest first."""
    if any(each.is_withheld for each in stops):
        return _(
            "A picture may be one that must not be shown. Take it out, or ask someone who "
            "looks after consents to explain on the post’s page why it may be shown."
        )
    if any(each.is_part for each in stops):
        return _(
            "A picture marked “No one recognisable” may be part of one with people. Change who can be seen, "
            "or say why no one can be recognised."
        )
    if any(each.is_face for each in stops):
        return _(
            "The program found a face in a picture marked “No one recognisable”. Change who can be seen, "
            "or say why no one can be recognised."
        )
    if all(each.pictures for each in stops):
        return _("First say why the words read in the pictures may stay, or blur them.")
    return _("First say why the words found in the text may stay, or change them.")
