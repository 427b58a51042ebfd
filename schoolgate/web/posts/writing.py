"""Writing a post: choose a school, write, see what is missing while writing, save the draft or send it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.days import day_in
from schoolgate.core.errors import BadInput, NotFound, NotNow, Refused, SchoolgateError, Text
from schoolgate.core.models import School
from schoolgate.policy.queries import in_force
from schoolgate.publishing import approving, drafting, queries, rules
from schoolgate.publishing.author_questions import asked_by, asked_of_author
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import CAN_BE_CHANGED, Post
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.found_words import said_in
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.twice import undo_by
from schoolgate.web.frame.uploads import takes_up_to
from schoolgate.web.posts.co_writing import CHOICES, conflict_of, save_words, settled, version_of
from schoolgate.web.posts.filled_in import (
    ADDED,
    choosing_of,
    hear_objection,
    just_chooses,
    pupils_heard,
    unstored,
)
from schoolgate.web.posts.forms import MOST_PEOPLE, PostForm
from schoolgate.web.posts.library import owners_in
from schoolgate.web.posts.pictures import (
    MOST_SENT_AT_ONCE,
    Chosen,
    only_shows,
    pictures_of_form,
    take_pictures,
    words_waited_for,
)
from schoolgate.web.posts.planning import NO_SLOT, with_next_slot
from schoolgate.web.posts.previews import AGAIN, chosen_in, read_again
from schoolgate.web.posts.texts import to_start_from
from schoolgate.web.posts.written import Desk, Written, context_of

SLOT, SIGN = "slot", "sign"
"""The buttons that fill in the next free good time, and the author's name below the text."""


@page(place="posts", capacity="write_post")
def choose_school(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Choose the school; asked only where there is a choice. `day`: on which it is to go out."""
    schools, day = queries.schools_to_write_for(visit.person, on=visit.on), _day_of(request)
    carried = f"?day={day.isoformat()}" if day else ""
    if len(schools) == 1:
        return redirect(reverse("post-new", args=[schools[0].pk]) + carried)
    return render(request, "posts/choose_school.html", {"schools": schools, "carried": carried})


def _day_of(request: HttpRequest) -> date | None:
    """Return the day of the calendar on which the person pressed *Write*, if they did."""
    try:
        return day_in(request.GET.get("day", ""))
    except ValueError:
        return None


@takes_up_to(MOST_SENT_AT_ONCE)
@page(place="posts", capacity="write_post", prepare=take_pictures, prepares=("POST",))
def new(request: HttpRequest, visit: Visit, school_pk: int) -> HttpResponseBase:
    """Start a post."""
    return _write(request, visit, _desk_of_school(visit, school_pk))


@takes_up_to(MOST_SENT_AT_ONCE)
@page(place="posts", capacity="write_post", prepare=take_pictures, prepares=("POST",))
def edit(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Change a post that nothing has been sent of."""
    return _write(request, visit, _desk_of_post(visit, pk))


@page(place="posts", capacity="write_post", methods=("POST",))
def preview_new(request: HttpRequest, visit: Visit, school_pk: int) -> HttpResponseBase:
    """Show what the policy says about a post that was not saved yet. Saves nothing."""
    return _preview(request, visit, _desk_of_school(visit, school_pk))


@page(place="posts", capacity="write_post", methods=("POST",))
def preview_edit(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show what the policy says about a post with its unsaved changes. Saves nothing."""
    return _preview(request, visit, _desk_of_post(visit, pk))


def _desk_of_school(visit: Visit, school_pk: int) -> Desk:
    return _desk(visit, queries.school_to_write_for(visit.person, school_pk, on=visit.on), None)


def _desk_of_post(visit: Visit, pk: int) -> Desk:
    post = queries.post_for(visit.person, pk, on=visit.on)
    rules.check_may_change(visit.person, post, on=visit.on)
    if post.state not in CAN_BE_CHANGED:
        raise NotNow(
            _("This post is live or being sent, so you can’t change it."), _("Take it down instead.")
        )
    return _desk(visit, post.school, post)


def _desk(visit: Visit, school: School, post: Post | None) -> Desk:
    book = in_force(visit.on).book
    languages = list(dict.fromkeys([*school.languages, *visit.federation.languages]))
    columns = asked_by(visit.person, school, book, on=visit.on)
    return Desk(school, post, book, queries.accounts_to_post_on(school), columns, languages)


def _form(
    request: HttpRequest, desk: Desk, chosen: Chosen, *, pressed: bool = True, typed: QueryDict | None = None
) -> PostForm:
    """Return the form as it was sent, or as `typed` where a button has filled something in."""
    rows, sent = None, (typed or request.POST).copy()
    if request.method == "POST":
        rows = min(number_in(sent.get("people", "0")), MOST_PEOPLE)
        if pressed and (added := ADDED.get(sent.get("do", ""))) is not None:
            for column, value in added.items():
                sent[f"person-{rows}-{column}"] = value
            rows += 1
    form = PostForm(
        sent if request.method == "POST" else None,
        accounts=desk.accounts,
        columns=desk.columns,
        languages=desk.languages,
        book=desk.book,
        post=desk.post,
        rows=rows,
        pictures=chosen.pictures,
        choosing=choosing_of(request, desk.school, desk.post, pressed=pressed),
        school=desk.school,
    )
    if desk.post is None and (day := _day_of(request)):
        form.initial["day"] = day
    if form.choosing is not None:
        form.choosing.heard = pupils_heard(form)
    return form


def _write(request: HttpRequest, visit: Visit, desk: Desk) -> HttpResponseBase:
    hear_objection(request, visit, desk.school)
    do = request.POST.get("do", "")
    filled = with_next_slot(request.POST, visit, desk.post) if do == SLOT else None
    if do == SIGN:
        filled = _signed(request.POST, visit.person.name)
    chosen = pictures_of_form(request, visit, school=desk.school, post=desk.post)
    form = _form(request, desk, chosen, typed=filled)
    if request.method != "POST":
        return _page(request, _as_saved(visit, desk, form))
    if do in CHOICES and desk.post is not None:
        filled = settled(request.POST, form, desk.post)
        form = _form(request, desk, chosen, typed=filled)
        if filled.get("version") == str(desk.post.version):
            form.not_judged()
            return _page(request, _as_typed(request, visit, desk, form, pressed=do))
        return _two_versions(request, visit, desk, form)
    if do in (SLOT, SIGN) or do in ADDED or only_shows(do) or just_chooses(request):
        form.not_judged()
        _tell(form, chosen)
        written = _as_typed(request, visit, desk, form, pressed=do)
        if do == SLOT and filled is None:
            form.add_error("day", str(NO_SLOT))
        return _page(request, written, status=422 if chosen.refused else 200)
    status = _check(form, chosen)
    if not form.errors and desk.post and version_of(request, visit, desk.post) != desk.post.version:
        return _two_versions(request, visit, desk, form)
    try:
        saved = form.save(lambda _typed: _save(request, visit, desk, form))
    except drafting.ChangedMeanwhile:
        return _two_versions(request, visit, desk, form)
    if saved is None:
        return _page(request, _as_typed(request, visit, desk, form), status=status)
    post, lapsed = saved.value
    if do == AGAIN:
        return read_again(request, visit, post)
    return _after_saving(request, visit, post, send=do == "send", lapsed=lapsed)


def _signed(sent: QueryDict, name: str) -> QueryDict:
    """Return the form with the author's name below each text that lacks it, and the question answered."""
    filled = sent.copy()
    for field in sent:
        text = sent.get(field, "")
        if (
            (field in ("text", "other_text") or field.startswith("text-"))
            and text.strip()
            and name not in text
        ):
            filled[field] = f"{text.rstrip()}\n\n{name}"
    filled["answer-signed"] = "yes"
    filled.appendlist("asked_again", "signed")
    return filled


def _tell(form: PostForm, chosen: Chosen) -> None:
    chosen.tell(form)


def _two_versions(request: HttpRequest, visit: Visit, desk: Desk, form: PostForm) -> HttpResponseBase:
    """Show what was typed beside what was saved meanwhile. Nothing is saved; no word of either is lost."""
    post = queries.post(cast("Post", desk.post).pk)
    written = replace(
        _as_typed(request, visit, replace(desk, post=post), form), conflict=conflict_of(form, post)
    )
    form.add_error(None, gettext("Not saved yet: there are two versions. Compare them, then save."))
    return _page(request, written, status=409)


def _check(form: PostForm, chosen: Chosen) -> int:
    """Add errors for the pictures or an empty form. Return the status of the page that then shows them."""
    valid = form.is_valid()
    _tell(form, chosen)
    if valid and not chosen.refused and not form.chosen and not form.has_text:
        form.add_error("text", str(_("Write the text, or add a picture.")))
    return 422


def _save(request: HttpRequest, visit: Visit, desk: Desk, form: PostForm) -> tuple[Post, Collection[str]]:
    content = _content(request, desk, form)
    cards = content.pop("cards")
    given = {"by": visit.person, "at": visit.at, **content}
    if desk.post is None:
        post = drafting.draft_post(school=desk.school, **given)
    else:
        version = version_of(request, visit, desk.post)
        post = drafting.edit_post_and_cards(post=desk.post, version=version, cards=cards, **given)
    return post, drafting.lapsed_of(post, content["answers"])


def _after_saving(
    request: HttpRequest, visit: Visit, post: Post, *, send: bool, lapsed: Collection[str]
) -> HttpResponseBase:
    if lapsed:
        told = _("Draft saved. You changed it after answering, so please answer again.")
        return done(request, told, "post-edit", pk=post.pk)
    if not queries.is_ready(post, at=visit.at):
        told = _("Draft saved. Something is still missing before you can send it for approval.")
        return done(request, told, "post-edit", pk=post.pk)
    if not send:
        return done(request, _("Draft saved. Send it for approval when you’re ready."), "post", pk=post.pk)
    try:
        approving.submit_post(by=visit.person, at=visit.at, post=post)
    except (Refused, NotNow, BadInput) as error:
        # Not left to the door: it would undo the saving with the rest.
        told = _("Draft saved, but not sent: {why}")
        return done(request, str(told).format(why=error.message), "post-edit", pk=post.pk)
    told = _("Sent for approval. The approvers will see it on their Today page.")
    return done(request, told, "post", pk=post.pk, undo=undo_by("post-take-back", post.pk))


def _content(request: HttpRequest, desk: Desk, form: PostForm) -> dict[str, Any]:
    """Return what was typed. `asked_again`: the questions that this page asked again for the new content."""
    content = form.content() | {"pictures": form.chosen, "described": form.described()}
    if form.choosing is not None:
        content["people"] += form.choosing.rows(shown=form.pupils_seen, columns=desk.columns)
        content["left_out"] = form.choosing.left_out
    content |= {"hits": said_in(request.POST), "owners": owners_in(request, desk.school)}
    content |= {"cards": chosen_in(request.POST)}
    return content | ({"asked_again": request.POST.getlist("asked_again")} if desk.post else {})


def _page(request: HttpRequest, written: Written, *, status: int = 200) -> HttpResponseBase:
    context = context_of(written)
    if written.desk.post is None and request.method != "POST":
        context["ready_texts"] = to_start_from(written.visit, written.desk.school)
    return unstored(render(request, "posts/write.html", context, status=status))


@page(place="posts", capacity="write_post", methods=("POST",))
def words(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Save the words of a draft while they are typed, and say who else is writing; 204 where there is nothing
    new to say."""
    desk = _desk_of_post(visit, pk)
    form = _form(request, desk, Chosen([], []), pressed=False)
    form.is_valid()
    told = save_words(request, visit, cast("Post", desk.post), form.content())
    return HttpResponse(status=204) if told is None else render(request, "posts_writers/_words.html", told)


def _preview(request: HttpRequest, visit: Visit, desk: Desk) -> HttpResponseBase:
    try:
        chosen = pictures_of_form(request, visit, school=desk.school, post=desk.post)
        words_read = words_waited_for(request, chosen.pictures)
        form = _form(request, desk, chosen, pressed=False)
        written = _as_typed(request, visit, desk, form)
    except NotFound:  # a picture was edited since the page asked: what it shows stays until it asks again
        return HttpResponse(status=204)
    context = context_of(written)
    changed = request.POST.get("shown", "") != context["shown"]
    found = context["screening"].shown != request.POST.get("hits", "")
    context |= {"questions_changed": changed or bool(written.lapsed), "hits_changed": found}
    context["words_read"] = words_read
    return unstored(render(request, "posts/_preview.html", context))


def _as_saved(visit: Visit, desk: Desk, form: PostForm) -> Written:
    """The page as it is opened."""
    post = desk.post
    if post is None:
        return Written(visit, desk, form)
    return Written(
        visit,
        desk,
        form,
        asked=asked_of_author(post, at=visit.at),
        judged=queries.judged(post, at=visit.at),
        problems=rules.problems_of(post, on=visit.on),
        hits=hits_of(post, on=visit.on),
    )


def _as_typed(
    request: HttpRequest, visit: Visit, desk: Desk, form: PostForm, *, pressed: str = ""
) -> Written:
    """Return what the policy says about what was typed, saved or not. Raises NotFound where one of its
    pictures has just gone."""
    form.is_valid()
    content = _content(request, desk, form)
    written = Written(visit, desk, form, pressed=pressed)
    refused: Mapping[str, Text] = {}
    try:
        try:
            tried = _tried(visit, desk, content)
        except BadInput as error:
            if set(error.fields) != {"screening"}:
                raise
            # an answer about words that were found doesn't count: the page shows them all the same
            refused, tried = error.fields, _tried(visit, desk, content | {"hits": {}})
    except NotFound:
        raise
    except BadInput as error:
        return replace(written, problems=error.fields)
    except SchoolgateError as error:
        return replace(written, problems={"text": str(error)})
    return replace(
        written,
        asked=tried.asked,
        judged=tried.judged,
        problems={**tried.problems, **refused},
        lapsed=tried.lapsed,
        hits=tried.hits,
    )


def _tried(visit: Visit, desk: Desk, content: Mapping[str, Any]) -> drafting.Tried:
    return drafting.try_out(by=visit.person, at=visit.at, school=desk.school, post=desk.post, **content)


urlpatterns = [
    path("posts/new", choose_school, name="post-start"),
    path("posts/new/<int:school_pk>", new, name="post-new"),
    path("posts/new/<int:school_pk>/preview", preview_new, name="post-preview"),
    path("posts/<int:pk>/edit", edit, name="post-edit"),
    path("posts/<int:pk>/edit/words", words, name="post-edit-words"),
    path("posts/<int:pk>/edit/preview", preview_edit, name="post-edit-preview"),
]
