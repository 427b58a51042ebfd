"""News for the school's posts: sent in by anyone with a role there, used or declined by those who post."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.media.models import Picture
from schoolgate.people.queries import capacities
from schoolgate.publishing import news as sent_in
from schoolgate.publishing.models import MOST_PICTURES, MadeBy, News, NewsKind, NewsState
from schoolgate.publishing.news import LIMITS, decline_news, send_news, use_news, withdraw_news
from schoolgate.publishing.sending import note_held
from schoolgate.publishing.sights import SEES_POSTS
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm, at, radios
from schoolgate.web.frame.paging import page_by_key
from schoolgate.web.frame.uploads import takes_up_to
from schoolgate.web.posts.pictures import (
    ADD,
    MOST_SENT_AT_ONCE,
    TakenPictures,
    pictures_of_form,
    take_pictures,
)

WAITING = 3
"""Pieces of news on a page, so that it stays short on a phone."""
NEWEST = 5
AGREED: dict[str, tuple[bool | None, bool | None]] = {
    "written": (True, True),
    "spoken": (True, False),
    "no": (False, None),
    "": (None, None),
}
"""The answer about the owner -> whether they agreed, and whether in writing."""
TAGS = {NewsState.NEW: "wait", NewsState.USED: "good", NewsState.DECLINED: "", NewsState.WITHDRAWN: ""}


class SendForm(SchoolForm):
    """What happened, its pictures, and who made them."""

    policy_help = {"text": (at("news.pass_on", "news_wanted"),)}

    text = forms.CharField(
        label=_("What happened?"),
        help_text=_("A few words are enough. It isn’t posted before others have read and approved it."),
        max_length=LIMITS["text"][0],
        widget=forms.Textarea,
        error_messages={"required": _("Say what happened.")},
    )
    pictures = forms.FileField(label=_("Pictures"), required=False, allow_empty_file=True)
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=NewsKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of news it is.")},
    )
    made_by = forms.ChoiceField(
        label=_("Who made the words and pictures?"),
        choices=MadeBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who made the words and pictures.")},
    )
    by_line = forms.CharField(
        label=_("Name to show with it"),
        help_text=_("Only an adult’s name, and only if they want that."),
        max_length=LIMITS["by_line"][0],
        required=False,
    )
    owner = forms.CharField(
        label=_("If someone else made it: who?"),
        help_text=_("Don’t name a pupil. “A parent” is enough."),
        max_length=LIMITS["owner"][0],
        required=False,
    )
    agreed = radios(
        _("Have they agreed that the school may post it?"),
        (("written", _("Yes, in writing")), ("spoken", _("Yes, but not in writing")), ("no", _("No"))),
    )

    def __init__(self, *args: Any, schools: Sequence[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {str(each.pk): each for each in schools}
        if len(schools) > 1:
            school = forms.ChoiceField(
                label=_("Which school is it about?"),
                choices=[
                    ("", _("Choose")),
                    *((key, each.name) for key, each in self.schools.items()),
                ],
                error_messages={"required": _("Choose the school.")},
            )
            self.fields = {"school": school, **self.fields}

    @property
    def about(self) -> School | None:
        """The school that was chosen, or the only one there is; None where none was chosen."""
        if "school" not in self.fields:
            return next(iter(self.schools.values()))
        return self.schools.get(self.cleaned_data.get("school", ""))

    @property
    def more_open(self) -> bool:
        """Whether the fold with the names is open: something in it was filled in or is wrong."""
        return any(self[name].errors or self[name].value() for name in ("by_line", "owner", "agreed"))


class DeclineForm(SchoolForm):
    """Why news isn't used this time."""

    reason = forms.CharField(
        label=_("Why not this time?"),
        help_text=_("The person who sent it in reads this. Don’t name pupils."),
        max_length=LIMITS["reason"][0],
        widget=forms.Textarea,
        error_messages={"required": _("Say why, for the person who sent it in.")},
    )


def take_for_school(request: HttpRequest) -> TakenPictures:
    """Check and store what was uploaded, once it is said for which school; what arrived in pieces waits for
    that."""
    return TakenPictures() if _no_school(request) else take_pictures(request)


@takes_up_to(MOST_SENT_AT_ONCE)
@page(place="posts", check=sent_in.check_sends, prepare=take_for_school)
def news(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Send in news; below it what waits at schools that the visitor posts for, and what they sent in."""
    if request.GET.get("show") == "sent":
        shown = page_by_key(sent_in.news_sent_by(visit.person), request.GET)
        context = {"page": shown, "sent": _sent(visit, shown.rows)}
        return render(request, "posts/news_sent.html", context)
    schools = sent_in.schools_to_send_for(visit.person, on=visit.on)
    form = SendForm(request.POST if request.method == "POST" else None, schools=schools)
    if request.method != "POST":
        return _page(request, visit, form)
    form.is_valid()
    if request.POST.get("do") == ADD:
        return _added(request, visit, form)
    pictures = _pictures(request, visit, form)
    school = form.about
    if school is not None:
        saved = form.save(
            lambda typed: send_news(
                by=visit.person, at=visit.at, school=school, pictures=pictures, **_content(typed)
            )
        )
        if saved:
            return done(request, _("Sent in. You’ll see here what happens to it."), "news")
    return _page(request, visit, form, pictures=pictures)


def _added(request: HttpRequest, visit: Visit, form: SendForm) -> HttpResponseBase:
    """Answer with the row of pictures, once those chosen have arrived; nothing else is judged yet."""
    form.errors.clear()
    pictures = _pictures(request, visit, form)
    if request.headers.get("HX-Request"):
        return render(request, "posts/_news_pictures.html", {"form": form, **_row(request, form, pictures)})
    return _page(request, visit, form, pictures=pictures)


def _no_school(request: HttpRequest) -> bool:
    """Whether the page asked for the school and none was chosen."""
    return request.POST.get("school", "none asked") == ""


def _row(request: HttpRequest, form: SendForm, pictures: Sequence[Picture]) -> dict[str, Any]:
    """Return what the row of pictures shows. `arrived`: keys of pictures that wait for the school."""
    arrived = list(dict.fromkeys(request.POST.getlist("uploaded")))[:MOST_PICTURES]
    return {
        "kept": list(enumerate(pictures, start=1)),
        "arrived": arrived if form.is_bound and _no_school(request) else [],
        "room": len(pictures) < MOST_PICTURES,
    }


def _content(typed: dict[str, Any]) -> dict[str, Any]:
    agreed, in_writing = AGREED[typed["agreed"]]
    said = {name: typed[name] for name in ("text", "kind", "made_by", "by_line", "owner")}
    return {**said, "owner_agreed": agreed, "agreed_in_writing": in_writing}


def _pictures(request: HttpRequest, visit: Visit, form: SendForm) -> list[Picture]:
    """Return the pictures of the form, stored so that they stay where something else has to be changed. What
    is wrong with them is added to the form."""
    if form.about is None:
        if request.FILES:
            form.add_error("pictures", gettext("Choose the school, then choose the pictures again."))
        return []
    try:
        chosen = pictures_of_form(request, visit, school=form.about, post=None, sent_in=True)
    except NotFound:
        # They were stored for the school that was chosen before.
        form.add_error("pictures", gettext("Choose the pictures again."))
        return []
    for problem in chosen.problems:
        form.add_error("pictures", problem)
    return chosen.pictures


def _page(
    request: HttpRequest, visit: Visit, form: SendForm, *, pictures: Sequence[Picture] = (),
    declined: tuple[int, DeclineForm] | None = None,
) -> HttpResponseBase:  # fmt: skip
    schools = sent_in.schools_decided_for(visit.person, on=visit.on)
    waiting = page_by_key(sent_in.news_waiting(schools, visit.person), request.GET, size=WAITING)
    uses = sent_in.uses_at(visit.person, schools, on=visit.on)
    newest = list(sent_in.news_sent_by(visit.person).order_by("-at", "-pk")[: NEWEST + 1])
    pk, refused = declined or (0, None)
    wrong = bool(form.errors or refused)
    context = {
        "form": form,
        **_row(request, form, pictures),
        "open": bool(form.errors) or not waiting.rows,
        "decides": bool(schools),
        "several": len(schools) > 1,
        "page": waiting,
        "waiting": [
            {
                "news": each,
                "uses": each.school_id in uses,
                "form": refused if each.pk == pk and refused else DeclineForm(auto_id=f"news-{each.pk}-%s"),
            }
            for each in waiting.rows
        ],
        "refused": refused,
        "sent": _sent(visit, newest[:NEWEST]),
        "more": len(newest) > NEWEST,
    }
    return render(request, "posts/news.html", context, status=422 if wrong else 200)


def _sent(visit: Visit, rows: Sequence[News]) -> list[dict[str, Any]]:
    schools = {each.school for each in rows}
    note_held([each.post for each in rows if each.post], at=visit.at)
    sees = {each.pk for each in schools if capacities(visit.person, on=visit.on, school=each) & SEES_POSTS}
    return [
        {"news": each, "tag": TAGS[NewsState(each.state)], "sees": each.school_id in sees} for each in rows
    ]


@page(place="posts", methods=("POST",))
def use(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Start a post with what was sent in."""
    found = sent_in.news_for(visit.person, pk, on=visit.on)
    post = use_news(by=visit.person, at=visit.at, news=found)
    told = _("Draft started. Read everything, describe the pictures and choose where to post it.")
    return done(request, told, "post-edit", pk=post.pk)


@page(place="posts", methods=("POST",))
def decline(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Don't use what was sent in, for a reason."""
    found = sent_in.news_for(visit.person, pk, on=visit.on)
    sent_in.check_may_decline(visit.person, found, on=visit.on)
    form = DeclineForm(request.POST, auto_id=f"news-{pk}-%s")
    if form.save(lambda typed: decline_news(by=visit.person, at=visit.at, news=found, **typed)):
        return done(request, _("Not used. The person who sent it in sees your reason."), "news")
    schools = sent_in.schools_to_send_for(visit.person, on=visit.on)
    return _page(request, visit, SendForm(None, schools=schools), declined=(pk, form))


@page(place="posts", methods=("POST",))
def withdraw(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take back what the visitor sent in."""
    found = sent_in.news_for(visit.person, pk, on=visit.on)
    withdraw_news(by=visit.person, at=visit.at, news=found)
    return done(request, _("Withdrawn. Others no longer see it."), "news")


urlpatterns = [
    path("news", news, name="news"),
    path("news/<int:pk>/use", use, name="news-use"),
    path("news/<int:pk>/decline", decline, name="news-decline"),
    path("news/<int:pk>/withdraw", withdraw, name="news-withdraw"),
]
