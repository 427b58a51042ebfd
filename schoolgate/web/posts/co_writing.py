"""Several people at one draft: what is saved while they type, who else is writing, and two versions side
by side where both changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotFound
from schoolgate.people.models import Person
from schoolgate.people.queries import holders_of_capacity
from schoolgate.publishing import drafting, queries
from schoolgate.publishing.models import Post, PostState, PostWriter
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.paging import number_in
from schoolgate.web.posts.forms import PostForm, one_line_end

HERE_FOR = timedelta(minutes=1)
MINE, BOTH = "mine", "both"
CHOICES = (MINE, BOTH)
"""The buttons beside two versions; with the others' version the page is opened again."""
MOST_WORDS = 1500
"""Longer texts are compared by sentence: by word that takes seconds."""
_WORDS = re.compile(r"\s+|[^\s]+")
_SENTENCES = re.compile(r"[^.!?\n]*[.!?\n]+\s*|[^.!?\n]+$")


@dataclass(frozen=True)
class Part:
    """A run of a text, and whether the other version has it otherwise."""

    text: str
    differs: bool


@dataclass(frozen=True)
class Pair:
    """A text in two versions."""

    label: str | Promise
    theirs: Sequence[Part]
    mine: Sequence[Part]


@dataclass(frozen=True)
class Conflict:
    """A newer revision than the page was about: who saved it and when, and each text that is otherwise.
    `besides`: whether more than texts may differ."""

    saved: PostWriter | None
    version: int
    pairs: Sequence[Pair]


def page_of(request: HttpRequest) -> str:
    """Return which drawing of the page this was sent from: its token differs from every other's."""
    token = request.POST.get("csrfmiddlewaretoken", "")
    return salted_hmac("schoolgate.web.posts.co_writing", token).hexdigest()[:32] if token else ""


def version_of(request: HttpRequest, visit: Visit, post: Post) -> int:
    """Return the revision that this page is about. What the page itself saved while its person typed counts
    as seen, though the page may not have heard of it yet."""
    typed = number_in(request.POST.get("version", "0") or "0")
    own = next((each for each in post.writers.all() if each.person_id == visit.person.pk), None)
    sent_from = page_of(request)
    if own is not None and sent_from and (own.page, own.before) == (sent_from, typed):
        return own.after
    return typed


def conflict_of(form: PostForm, post: Post) -> Conflict:
    """Return both versions, word by word, of a post that was changed meanwhile. `post`: as it is now."""
    saved = [each for each in post.writers.all() if each.wrote_at is not None]
    last = max(saved, key=lambda each: (each.after, each.wrote_at), default=None)
    return Conflict(
        last,
        post.version,
        [Pair(label, *beside_each_other(theirs, mine)) for label, theirs, mine in _texts(form, post)],
    )


def _texts(form: PostForm, post: Post) -> list[tuple[str | Promise, str, str]]:
    """Return each text that both versions have otherwise: its label, theirs, mine."""
    initial = form.theirs(post)
    found: list[tuple[str | Promise, str, str]] = []
    for name, field in form.fields.items():
        if name not in ("text", "other_text") and not re.fullmatch(r"text-\d+", name):
            continue
        theirs, mine = str(initial.get(name) or ""), one_line_end(form[name].value() or "")
        if theirs.strip() != mine.strip():
            found.append((field.label or "", theirs, mine))
    return found


def beside_each_other(theirs: str, mine: str) -> tuple[list[Part], list[Part]]:
    """Return both texts in parts, with those marked that the other hasn't got."""
    first, second = _pieces(theirs, mine)
    left, right = [], []
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        left.append(Part("".join(first[a:b]), kind != "equal"))
        right.append(Part("".join(second[c:d]), kind != "equal"))
    return [each for each in left if each.text], [each for each in right if each.text]


def _pieces(theirs: str, mine: str) -> tuple[list[str], list[str]]:
    by_word = _WORDS.findall(theirs), _WORDS.findall(mine)
    if max(map(len, by_word)) <= MOST_WORDS:
        return by_word
    return _SENTENCES.findall(theirs), _SENTENCES.findall(mine)


def both(theirs: str, mine: str) -> str:
    """Return one text with every sentence of both: what they share once, and where they differ theirs before
    mine."""
    first, second = _SENTENCES.findall(theirs), _SENTENCES.findall(mine)
    same = SequenceMatcher(
        None, [one.strip() for one in first], [one.strip() for one in second], autojunk=False
    )
    whole: list[str] = []
    for kind, a, b, c, d in same.get_opcodes():
        if kind == "equal":
            sentences = [max(pair, key=len) for pair in zip(first[a:b], second[c:d], strict=True)]
        else:
            sentences = [*first[a:b], *second[c:d]]
        for sentence in sentences:
            if whole and not whole[-1][-1:].isspace():
                whole.append(" ")
            whole.append(sentence)
    return "".join(whole).rstrip()


def settled(sent: QueryDict, form: PostForm, post: Post) -> QueryDict:
    """Return what was typed after the choice between two versions: on the revision that was shown beside it,
    and with the words of both where that was chosen."""
    typed = sent.copy()
    shown = number_in(sent.get("beside", "0") or "0")
    if shown != post.version:
        return typed
    typed["version"] = str(post.version)
    if sent.get("do") == BOTH:
        initial = form.theirs(post)
        for name in [each for each in form.fields if re.fullmatch(r"(other_)?text(-\d+)?", each)]:
            theirs, mine = str(initial.get(name) or ""), one_line_end(sent.get(name, ""))
            typed[name] = both(theirs, mine) if theirs.strip() and mine.strip() else theirs or mine
    return typed


def save_words(
    request: HttpRequest, visit: Visit, post: Post, content: dict[str, Any]
) -> dict[str, Any] | None:
    """Save what was typed, where it is new, and return what the page says then; None where it says that
    already."""
    version, why, saved = version_of(request, visit, post), "", False
    words = {name: content[name] for name in ("text", "language", "other_text", "targets")}
    if version != post.version:
        why = gettext("Someone else saved this post. Press Save draft to compare both versions.")
    elif post.state == PostState.DRAFT and _is_new(post, words):
        try:
            drafting.save_words(
                by=visit.person, at=visit.at, post=post, version=version, page=page_of(request), **words
            )
            saved = True
        except BadInput as error:
            why = " ".join(str(each) for each in error.fields.values())
        except drafting.ChangedMeanwhile:
            why = gettext("Someone else saved this post. Press Save draft to compare both versions.")
    if not saved:
        drafting.be_seen(by=visit.person, at=visit.at, post=post)
    now = queries.post(post.pk)
    others = others_here(visit, now)
    said = "|".join([why, *(each.name for each in others)])
    told = salted_hmac("schoolgate.web.posts.co_writing", said).hexdigest()[:16]
    if not saved and told == request.POST.get("told", ""):
        return None
    shown = {"others": others, "why": why, "told": told}
    return shown | ({"saved_at": visit.at, "new_version": now.version} if saved else {})


def _is_new(post: Post, words: dict[str, Any]) -> bool:
    there = {(each.account_id, each.text, each.language, each.as_thread) for each in post.targets.all()}
    typed = {(each.account.pk, each.text, each.language, each.as_thread) for each in words["targets"]}
    texts = (words["text"], words["other_text"]) != (post.text, post.other_text)
    return texts or typed != there


def others_here(visit: Visit, post: Post | None) -> list[Person]:
    """Return who else had the page of writing open in the last minute."""
    if post is None:
        return []
    return [
        each.person
        for each in post.writers.all()
        if each.person_id != visit.person.pk
        and each.seen_at is not None
        and timedelta() <= visit.at - each.seen_at <= HERE_FOR
    ]


def beside(visit: Visit, post: Post | None, form: PostForm) -> dict[str, Any]:
    """Return what the page of writing shows of the others: who is here, who may write too, who can be
    added."""
    if post is None:
        return {"others": [], "version": "", "writers": [], "colleagues": [], "saves_itself": False}
    writers = [each for each in post.writers.all() if each.added_by_id and each.ended_at is None]
    own = post.author_id == visit.person.pk
    return {
        "others": others_here(visit, post),
        "version": form.data.get("version", post.version) if form.is_bound else post.version,
        "writers": writers,
        "own_post": own,
        "colleagues": _colleagues(visit, post, writers) if own else [],
        "saves_itself": post.state == PostState.DRAFT,
    }


def _colleagues(visit: Visit, post: Post, writers: Sequence[PostWriter]) -> list[Person]:
    there = {post.author_id, *(each.person_id for each in writers)}
    found = holders_of_capacity("write_post", federation=visit.federation, on=visit.on, school=post.school)
    return [each for each in found if each.pk not in there and each.left_on is None]


@page(place="posts", capacity="write_post", methods=("POST",))
def add(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Let a colleague write this post too."""
    post = queries.post_for(visit.person, pk, on=visit.on)
    chosen = number_in(request.POST.get("writer", "0") or "0")
    person = next((each for each in _colleagues(visit, post, ()) if each.pk == chosen), visit.person)
    drafting.add_writer(by=visit.person, at=visit.at, post=post, person=person)
    return done(request, _("They can now help write this post."), "post-edit", pk=pk)


@page(place="posts", capacity="write_post", methods=("POST",))
def end(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Let a colleague write this post no longer."""
    post = queries.post_for(visit.person, pk, on=visit.on)
    chosen = number_in(request.POST.get("writer", "0") or "0")
    person = next((each.person for each in post.writers.all() if each.person_id == chosen), None)
    if person is None:
        raise NotFound
    drafting.end_writer(by=visit.person, at=visit.at, post=post, person=person)
    return done(request, _("They can’t write this post any more."), "post-edit", pk=pk)


urlpatterns = [
    path("posts/<int:pk>/writers/add", add, name="post-writer-add"),
    path("posts/<int:pk>/writers/end", end, name="post-writer-end"),
]
