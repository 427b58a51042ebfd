"""Texts that are ready for use: a way of showing the list of posts, with forms that post elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import School
from schoolgate.publishing import emergency, ready
from schoolgate.publishing.emergency import SentAlready, rehearsals, version_to_send
from schoolgate.publishing.models import ReadyState, ReadyText
from schoolgate.publishing.questions import QUESTIONS
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.parts import PagePart, on_today_page
from schoolgate.web.posts.texts_forms import AnswersForm, BlanksForm
from schoolgate.web.posts.texts_shown import (
    answers_form,
    change_form,
    chosen_school,
    here,
    list_page,
    new_form,
    one_page,
    schools_to_use,
    send_form,
    shown,
    text_asked,
)

__all__ = ["shown", "to_start_from", "urlpatterns"]


@page(place="posts")
def texts(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Keep a new text. Opened, it leads to the list."""
    if request.method != "POST":
        return redirect(here())
    schools = ready.schools_to_keep_for(visit.person, on=visit.on)
    if not schools:
        ready.check_may_keep(visit.person, None, on=visit.on)
    kind = request.POST.get("kind")
    emergency, for_replies = kind == "emergency", kind == "reply"
    form = new_form(visit, schools, emergency=emergency, for_replies=for_replies, data=request.POST)
    saved = form.save(
        lambda _typed: ready.keep_text(
            by=visit.person,
            at=visit.at,
            school=form.school,
            emergency=emergency,
            for_replies=for_replies,
            **form.content(),
        )
    )
    if saved is None:
        return list_page(request, visit, form=form, status=422)
    told = _("Saved. Answer the questions, then send it for approval.") if emergency else _("Text saved.")
    return done(request, told, here(saved.value.pk))


@page(place="posts", methods=("POST",))
def change(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Write the next version of a text."""
    text = text_asked(visit, pk)
    ready.check_may_keep(visit.person, text.school, on=visit.on)
    form = change_form(visit, text, request.POST)
    number = number_in(request.POST.get("version", ""))
    saved = form.save(
        lambda _typed: ready.change_text(
            by=visit.person, at=visit.at, text=text, version=number, **form.content()
        )
    )
    if saved is None:
        return one_page(request, visit, text, form=form, status=422)
    told = _("Saved. This version needs approval.") if text.emergency else _("Text saved.")
    return done(request, told, here(pk))


@page(place="posts", methods=("POST",))
def retire(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Retire a text, or ask for that; `do=keep` keeps one that someone asked to retire."""
    text = text_asked(visit, pk)
    if request.POST.get("do") == "keep":
        ready.keep_in_use(by=visit.person, at=visit.at, text=text)
        return done(request, _("Kept. It can be sent as before."), here(pk))
    if ready.retire_text(by=visit.person, at=visit.at, text=text).retired_at is None:
        return done(request, _("Request sent. Until someone agrees, this text can be sent."), here(pk))
    return done(request, _("Retired. It can no longer be used."), here())


@page(place="posts", methods=("POST",))
def ask(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Send an emergency text for approval, with the answers to what the policy asks."""
    text = text_asked(visit, pk)
    asked = [name for name in request.POST.get("shown", "").split(",") if name in QUESTIONS]
    form = answers_form(ready.newest(text), dict.fromkeys(asked), visit, request.POST)
    try:
        emergency.ask_for_text(by=visit.person, at=visit.at, text=text, answers=form.answers())
    except BadInput as error:
        return one_page(
            request,
            visit,
            ready.read_text(pk),
            problems=error.fields,
            answers=_same(form, text, visit),
            status=422,
        )
    return done(request, _("Sent for approval. The approvers see it on their Today page."), here(pk))


def _same(form: AnswersForm, text: ReadyText, visit: Visit) -> AnswersForm:
    """Return the form as it was sent, with every question that is asked by now."""
    asked: dict[str, Any] = {}
    for each in rehearsals(ready.newest(ready.read_text(text.pk)), at=visit.at):
        asked |= each.asked
    return answers_form(ready.newest(text), asked, visit, form.data)


@page(place="posts", methods=("POST",))
def decide(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Approve an emergency text as it was shown, or give it back with a reason."""
    text = text_asked(visit, pk)
    if request.POST.get("do") == "back":
        reason = request.POST.get("reason", "")
        try:
            emergency.return_text(by=visit.person, at=visit.at, text=text, reason=reason)
        except BadInput as error:
            return one_page(request, visit, text, reason=reason, problems=error.fields, status=422)
        return done(request, _("Changes requested."), here(pk))
    version = emergency.approve_text(
        by=visit.person, at=visit.at, text=text, seen=request.POST.get("seen", "")
    )
    if version.state == ReadyState.APPROVED:
        return done(request, _("Approved. The people named can send it."), here(pk))
    return done(request, _("Approved. Another role must agree too."), here(pk))


@page(place="posts", methods=("POST",))
def send(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Send an emergency text at once. Where the same went out a moment ago, it asks first."""
    text = text_asked(visit, pk)
    version = version_to_send(text, visit.person, at=visit.at)
    schools = ready.schools_to_send_for(version, visit.person, on=visit.on)
    school = chosen_school(schools, request.POST.get("school", ""))
    if school is None:
        return redirect(here(pk))
    form = send_form(visit, version, school, request.POST)
    if not form.is_valid():
        return one_page(request, visit, text, blanks=form, status=422)
    again = request.POST.get("again", "")
    try:
        post = emergency.send_emergency(
            by=visit.person,
            at=visit.at,
            text=text,
            school=school,
            accounts=form.chosen(),
            values=form.values(),
            again_after=number_in(again) if again else None,
        )
    except BadInput as error:
        form.refuse(error)
        return one_page(request, visit, text, blanks=form, status=422)
    except SentAlready as asked:
        return one_page(request, visit, text, blanks=form, before=asked.post, status=409)
    except (NotNow, NotAllowed) as error:
        return one_page(request, visit, text, blanks=form, refused=error, status=409)
    if post.state == "submitted":
        told = _(
            "Not sent yet: the policy asks for approval of this post too. The approvers see it on Today."
        )
        return done(request, told, "post", pk=post.pk)
    return done(request, _("Sent. The approver and the leadership have been told."), "post", pk=post.pk)


@page(place="posts", methods=("POST",))
def use(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Start a draft from a text."""
    text = text_asked(visit, pk)
    schools = schools_to_use(visit, text)
    form = BlanksForm(request.POST, blanks=ready.blanks_of(ready.newest(text)), schools=schools)
    school = form.school
    if school is None:
        raise NotFound
    saved = form.save(
        lambda _typed: ready.start_from_text(
            by=visit.person, at=visit.at, text=text, school=school, values=form.values()
        )
    )
    if saved is None:
        return one_page(request, visit, text, blanks=form, status=422)
    told = _("Draft started. Choose where to post it, then check it.")
    return done(request, told, "post-edit", pk=saved.value.pk)


@on_today_page
def to_send(visit: Visit) -> PagePart | None:
    """Return the line on Today that leads to the emergency texts which the visitor may send."""
    found = ready.named_to_send(visit.person, on=visit.on) if "write_post" in visit.capacities else []
    if not found:
        return None
    href = here(found[0]) if len(found) == 1 else here()
    return PagePart("posts_texts/_today.html", {"href": href}, first=True)


def to_start_from(visit: Visit, school: School) -> list[dict[str, str]]:
    """Return the reusable texts from which a post of this school can be started, for the page of writing."""
    return [
        {"title": ready.newest(each).title, "href": here(each.pk, school=school.pk)}
        for each in ready.texts_for(visit.person, on=visit.on)
        if not each.emergency and not each.for_replies and each.school_id in (None, school.pk)
    ]


urlpatterns = [
    path("posts/texts", texts, name="posts-texts"),
    path("posts/texts/<int:pk>/change", change, name="posts-text-change"),
    path("posts/texts/<int:pk>/retire", retire, name="posts-text-retire"),
    path("posts/texts/<int:pk>/ask", ask, name="posts-text-ask"),
    path("posts/texts/<int:pk>/decide", decide, name="posts-text-decide"),
    path("posts/texts/<int:pk>/send", send, name="posts-text-send"),
    path("posts/texts/<int:pk>/use", use, name="posts-text-use"),
]
