"""What was found in the texts and pictures of a post: shown with what it looks like, and answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.core.leaving import CHOOSE, Said
from schoolgate.publishing import hit_answers, queries, rules
from schoolgate.publishing.hits import READ, PostHit, PostHits, hits_of_each
from schoolgate.publishing.models import HitReply, OwnDetail, Post
from schoolgate.publishing.of_pupils import SEEN, noes_in_each
from schoolgate.publishing.own_details import own_details
from schoolgate.screening import Kind, Strength
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.found_words import (
    KINDS,
    LEAD_LET_STAY,
    PREFIX,
    PUPIL,
    Together,
    check_whole,
    namesakes,
    said_in,
    together_of,
)

NO_ONE = _("No one can be recognised")
"""The answer about a picture in which a face was counted, or that may be part of one with people."""
PART_OF_PEOPLE = _("may be part of a picture with people, but “No one recognisable” is chosen")


@dataclass(frozen=True)
class ShownReply:
    """One answer that is offered."""

    value: str
    label: str | Promise
    chosen: bool


@dataclass(frozen=True)
class ShownHit:
    """One hit for a page. `href`: the field it is in."""

    id: str
    words: str
    what: str | Promise
    href: str
    stops: bool
    settled: bool
    replies: Sequence[ShownReply]
    reason: str
    said: str | Promise
    by: str
    is_pupil: bool
    pictures: str
    """The numbers of the pictures in which alone the words were read."""
    in_card: bool = False
    in_card_picture: bool = False
    agrees: str = ""
    """The answer of the author that the visitor is asked to give too."""
    lead_only: bool = False
    namesakes: str | Promise = ""
    needs_reason: bool = False
    is_picture: bool = False
    is_face: bool = False
    is_withheld: bool = False
    is_part: bool = False
    mine: bool = True
    """Whether the visitor may answer."""
    together: bool = False
    """Whether one press confirms it with other names."""
    names: str = ""
    """Of the pupils that a picture may show, or that are in what it may be a part of, for those who may
    answer."""
    missing: str | Promise = ""
    """What the answer that was sent lacks."""

    @property
    def alone(self) -> str:
        """Return that it may stay, where that is the only answer there is and giving its reason gives it."""
        only = [each.value for each in self.replies] == [HitReply.RIGHT]
        return HitReply.RIGHT if only and self.needs_reason else ""

    @property
    def may_be_ours(self) -> bool:
        """Return whether it may be kept as the school's own."""
        return any(each.value == HitReply.OURS for each in self.replies)


@dataclass(frozen=True)
class Screening:
    """What was found in a post. `shown`: names this state of the page's part. `firsts`: first names alone,
    which count beside a picture. `advice`: sentences about the text as a whole. `looked`: names were looked
    for. `checked`: there is a text."""

    hits: Sequence[ShownHit] = ()
    firsts: Sequence[str] = ()
    advice: Sequence[str | Promise] = ()
    shown: str = ""
    looked: bool = False
    checked: bool = False
    together: Together | None = None

    @property
    def of_pictures(self) -> bool:
        """Return whether something is about a picture itself."""
        return any(each.is_picture for each in self.hits)

    @property
    def is_open(self) -> bool:
        """Return whether a hit has no answer yet, or waits for the visitor's."""
        return any(each.mine and ((not each.said and not each.settled) or each.agrees) for each in self.hits)


def open_hits(hits: PostHits) -> Iterator[tuple[str, str]]:
    """Yield what is missing: a sentence and where it is answered."""
    for each in hits.stops:
        words = gettext("“{words}”: {what}. Change it, or say why it may stay")
        if each.lead_only and not each.is_withheld:
            words = gettext(
                "“{words}”: {what}. Take it out, or ask a safeguarding lead: only they can decide"
            )
        elif each.is_withheld:
            words = gettext("{words}: {what}. Take it out, or have someone else say why it may be shown")
        elif each.is_face:
            words = gettext("{words}: say why no one can be recognised, or change who can be seen")
        elif each.pictures:
            words = gettext("“{words}” in picture {number}: {what}. Blur it, or say why it may stay")
        elif each.in_card_picture:
            words = gettext(
                "“{words}” in the link card’s picture: {what}. Leave the picture out, or say why it may stay"
            )
        elif each.in_card:
            words = gettext("“{words}” in the link card: {what}. Leave the card out, or say why it may stay")
        said = words.format(words=_called(each), what=_what(each), number=_numbers(each))
        yield said, f"#{PREFIX}{each.hit.key}"


def found_in_short(posts: Sequence[Post], *, on: date) -> dict[int, str]:
    """Return for each of these posts, by its id, whether someone has said no about a pupil in it since, what
    its approver still answers and which reasons they read: how many and the strongest, in a few words. As
    many queries for many as for one."""
    each_with = zip(posts, hits_of_each(posts, on=on), noes_in_each(posts, on=on), strict=True)
    return {
        post.pk: _in_short(rules.left_to_answer(post, found), found, noes=bool(noes))
        for post, found, noes in each_with
    }


def _in_short(left: Sequence[PostHit], found: PostHits, *, noes: bool) -> str:
    read = [each for each in found.hits if each.done and each not in left and _has_reason(each)]
    said = (
        (gettext("To answer: {number} ({what})"), left),
        (gettext("Answers to read: {number} ({what})"), read),
    )
    no = [gettext("Can’t be approved: a pupil in it may not be shown or named")] if noes else []
    return " · ".join(
        no
        + [
            words.format(number=len(some), what=_what(min(some, key=_weakness)))
            for words, some in said
            if some
        ]
    )


def _has_reason(each: PostHit) -> bool:
    return each.answer is not None and bool(each.answer.words or each.lead_only)


def _weakness(each: PostHit) -> tuple[bool, bool, int]:
    """Return what is lowest for what may harm most: what a safeguarding lead answers, danger, what stops."""
    return not each.lead_only, each.hit.kind is not Kind.DANGER, list(Strength).index(each.hit.strength)


def screening_shown(
    hits: PostHits,
    data: Any = None,
    *,
    own_text: Callable[[str], bool] = lambda _field: True,
    beside_author: bool = False,
    may_answer: Callable[[PostHit], bool] = lambda hit: not hit.is_withheld,
    leads: bool,
) -> Screening:
    """Return what a page shows. `data`: what was sent, which comes before what is saved. `own_text`: whether
    a text is written for one account alone. `beside_author`: the visitor wrote nothing of it. `may_answer`:
    whether the visitor may say something of a hit; who writes a post says nothing of a picture. `leads`: the
    visitor leads on safeguarding here; to no one else a lead's reason is shown, nor an answer to it asked."""
    typed = said_in(data) if data else {}
    asked = [each for each in hits.hits if each.hit.strength is not Strength.MENTION]
    able = [each for each in asked if each.with_others and may_answer(each)]
    together = together_of(
        [(each.hit.key, _called(each), each.consents) for each in able], typed, needs_reason=False
    )
    shown = [
        _shown(
            each,
            typed.get(each.hit.key),
            own_text,
            beside_author=beside_author,
            mine=may_answer(each) and (leads or not (each.lead_only and each.done)),
            leads=leads,
            together=together is not None and each in able,
        )
        for each in asked
    ]
    firsts = [each.hit.words for each in hits.hits if each.hit.strength is Strength.MENTION]
    advice = _advice(hits)
    return Screening(
        hits=shown,
        firsts=list(dict.fromkeys(firsts)),
        advice=advice,
        shown=",".join(
            [
                *(f"{each.id}{each.settled:d}{each.together:d}{each.stops:d}" for each in shown),
                *firsts,
                str(len(advice)),
            ]
        ),
        looked=hits.number > 0,
        checked=bool(hits.advice or hits.hits),
        together=together,
    )


def _shown(
    each: PostHit,
    typed: Said | None,
    own_text: Callable[[str], bool],
    *,
    beside_author: bool,
    mine: bool,
    leads: bool,
    together: bool,
) -> ShownHit:
    answer = each.answer
    saved = Said(answer.reply, answer.words) if answer is not None and each.done else Said("")
    now = typed if typed is not None and typed.reply else Said(saved.reply, typed.words) if typed else saved
    field = each.fields[0]
    own = field == "text" or field.startswith(("alt-", READ, SEEN)) or own_text(field)
    return ShownHit(
        id=f"{PREFIX}{each.hit.key}",
        words=_called(each),
        what=_what(each),
        href="#link-card" if each.in_card else _href(field, own=own),
        stops=each.stops,
        settled=each.settled,
        replies=[ShownReply(one.value, _label(each, one), one.value == now.reply) for one in each.replies],
        reason=(typed.words if typed else "") if each.lead_only and not leads else now.words,
        said=_said(each),
        by=answer.by.name if answer is not None and each.done else "",
        is_pupil=each.hit.kind is Kind.PUPIL,
        pictures=_numbers(each),
        in_card=each.in_card,
        in_card_picture=each.in_card_picture,
        agrees=each.answer.reply if beside_author and each.waits_for_another and each.answer else "",
        lead_only=each.lead_only,
        namesakes="" if each.is_picture else namesakes(len(each.hit.of)),
        needs_reason=any(each.needs_reason(reply) for reply in each.replies),
        is_picture=each.is_picture,
        is_face=each.is_face,
        is_withheld=each.is_withheld,
        is_part=each.is_part,
        mine=mine,
        together=together,
        names=", ".join(each.names) if mine else "",
        missing=CHOOSE if typed is not None and typed.is_half_given else "",
    )


def _said(each: PostHit) -> str | Promise:
    """Return the answer that counts, in words; of a lead's no more than that they gave it."""
    if each.answer is None or not each.done:
        return ""
    if each.lead_only:
        return LEAD_LET_STAY
    return _label(each, HitReply(each.answer.reply))


def _label(each: PostHit, reply: HitReply) -> str | Promise:
    return NO_ONE if each.is_face else reply.label


def _href(field: str, *, own: bool) -> str:
    if not own:
        return "#id_text"
    if field.startswith(SEEN):
        return "#pictures"
    return f"#{field}" if field.startswith(READ) else f"#id_{field}"


def _what(each: PostHit) -> str | Promise:
    if each.first_alone and each.lead_only:
        return _("may be the first name of a child who must not be published")
    if each.first_alone and not each.beside_picture:
        return PUPIL[Strength.MENTION]
    if each.first_alone:
        return _(
            "a pupil’s first name beside a picture: together they identify the pupil, so every policy asks"
        )
    if each.is_part:
        return PART_OF_PEOPLE
    return PUPIL[each.hit.strength] if each.hit.kind is Kind.PUPIL else KINDS[each.hit.kind]


def _called(each: PostHit) -> str:
    if not each.is_picture:
        return _short(each.hit.words)
    if not each.pictures:
        return gettext("The link card’s picture")
    return gettext("Picture {number}").format(number=_numbers(each))


def _numbers(each: PostHit) -> str:
    return ", ".join(map(str, each.pictures))


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= 80 else plain[:79] + "…"


def _advice(hits: PostHits) -> list[str | Promise]:
    said: list[str | Promise] = []
    every = [advice for _field, advice in hits.advice]
    if any(each.language in ("cy", "mixed") for each in every):
        said.append(_("It’s in Welsh, or partly so: ask an approver who reads Welsh."))
    if any(each.shouts for each in every):
        said.append(_("It reads like shouting: many capitals or exclamation marks."))
    if any(each.hard for each in every):
        said.append(_("It’s hard to read: long sentences or long words."))
    if hits.offends:
        words = "; ".join(f"“{_short(each)}”" for each in hits.offends)
        said.append(format_lazy(_("These words may offend: {words}. Rewrite them if they do."), words=words))
    return said


@page(methods=("POST",))
def answer(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say why words found in a post may stay."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    said = said_in(request.POST)
    check_whole(said)
    hit_answers.answer_hits(by=visit.person, at=visit.at, post=found, said=said)
    return done(request, _("Answer saved."), "post", pk=pk)


@page(methods=("POST",))
def agree(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Agree that a detail that a colleague proposed is the school's own."""
    hit_answers.agree_own_detail(by=visit.person, at=visit.at, detail=_detail(visit, pk))
    return done(request, _("Saved. No one will be asked about it again."), "posts")


@page(methods=("POST",))
def remove(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Stop allowing a detail of the school in posts."""
    hit_answers.remove_own_detail(by=visit.person, at=visit.at, detail=_detail(visit, pk))
    return done(request, _("Removed. People will be asked about it again."), "posts")


def _detail(visit: Visit, pk: int) -> OwnDetail:
    schools = queries.schools_to_write_for(visit.person, on=visit.on)
    found = next((each for each in own_details(schools) if each.pk == pk), None)
    if found is None:
        raise NotFound
    return found


urlpatterns = [
    path("posts/<int:pk>/words", answer, name="post-words"),
    path("posts/own-details/<int:pk>/agree", agree, name="post-own-detail-agree"),
    path("posts/own-details/<int:pk>/remove", remove, name="post-own-detail-remove"),
]
