"""Pages of the frame itself: the first page, the menu, which federation one acts in, the language and its
button on a page with a form, and the "Undo" button, which undoes one recent action and says what the
status is now.

The style guide: every component on one page, for developers of pages. Demo sites only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.core.models import Federation
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.replying import open_closed_item
from schoolgate.publishing import queries
from schoolgate.publishing.models.states import PostState
from schoolgate.publishing.starting import take_back_approval, take_back_post, take_up_withdrawn_post
from schoolgate.web.frame import errors, sessions
from schoolgate.web.frame.carrying import (
    CARRIED,
    OWN_ID,
    form_sent,
    form_to_carry,
    reopens_at,
    with_button,
    with_words,
)
from schoolgate.web.frame.carrying import SWITCH as PLAIN
from schoolgate.web.frame.charts import bar_chart
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm
from schoolgate.web.frame.layout import AS_THE_DEVICE, PLACES, THEME_COOKIE, THEMES, PageLayout, ShownPlace
from schoolgate.web.frame.paging import Page
from schoolgate.web.frame.parts import sections
from schoolgate.web.frame.shown import (
    ShownClause,
    ShownPoint,
    ShownSentence,
    ShownVerdict,
    due_in_words,
)

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class ExampleForm(SchoolForm):
    """One field of each kind."""

    purpose = forms.CharField(
        label="What is the account for?",
        help_text="One or two sentences. Parents will read this on the register.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    handle = forms.CharField(label="Name of the account", required=False)
    network = forms.ChoiceField(
        label="Network",
        choices=[("noticeboard", "Our own noticeboard"), ("bluesky", "Bluesky")],
        widget=forms.RadioSelect,
    )
    checked = forms.BooleanField(label="The consent list of today was checked", required=False)
    starts_on = DayField(label="From which day?")


def style(request: HttpRequest) -> HttpResponse:
    """Show every component in the language of the page; 404 outside demo sites."""
    flags = set(Federation.objects.values_list("is_example", flat=True)[:200])
    if flags != {True}:
        return errors.not_found(request, LookupError("no style guide here"))
    request.frame = example_frame()  # type: ignore[attr-defined]
    return render(request, "style/guide.html", examples())


def example_frame() -> PageLayout:
    """Return a frame with every place, as a person with all roles sees it."""
    shown = [
        ShownPlace(p.key, "/style", p.label, p.icon, p.key == "posts", {"inbox": 3}.get(p.key, 0))
        for p in PLACES
    ]
    return PageLayout(
        federation_name="Wildground Federation",
        person_name="Amina Khan",
        places=tuple(shown),
        is_example=True,
    )


def examples() -> dict[str, Any]:
    """Return what the guide's template shows."""
    form = ExampleForm({"purpose": "", "starts_on": ""})
    form.is_valid()
    return {
        "form": form,
        "verdicts": [_waiting(), _refused(), _ruling(), _allowed()],
        "dues": [
            due_in_words(instant=NOON + timedelta(hours=2), day=None, at=NOON),
            due_in_words(instant=None, day=date(2026, 11, 27), at=NOON),
            due_in_words(instant=NOON - timedelta(hours=2), day=None, at=NOON),
            due_in_words(instant=None, day=None, at=NOON),
        ],
        "heads": ["Account", "Network", "Looked after by", "Status"],
        "pager": Page([], newer="newer=1", older="older=1"),
        "chart": bar_chart(
            [("Wildground", 12), ("Wootton", 7), ("Llanidloes", 3)],
            title="Comments answered in time this month",
            description="One bar for each school; the table below says the same.",
            label_head="School",
            value_head="Answered in time",
        ),
        "now": NOON,
    }


def _clause(basis: str = "policy") -> ShownClause:
    return ShownClause(
        basis,
        "Wildground Federation's policy, Monitoring",
        "A comment is answered within twenty-four hours, or on the working day after a weekend.",
        "Our restatement of this section.",
    )


def _waiting() -> ShownVerdict:
    points = [
        ShownPoint(
            "consent",
            "Consent for the picture",
            "wait",
            "Waiting",
            needs=["Waiting for: the consent list, checked today, from whoever sends the post."],
            sentences=[
                ShownSentence(
                    "Whoever is in the picture must be on the consent list of the day.", [_clause()]
                )
            ],
        ),
    ]
    in_order = [
        ShownPoint(
            "suitability",
            "Suitability",
            "good",
            "May go ahead",
            [ShownSentence("This is as the policy asks.")],
        ),
    ]
    return ShownVerdict(
        "wait",
        "This is waiting for something",
        "It can go ahead once what is missing is there.",
        points,
        in_order=in_order,
        unsaid=["Language", "Hashtags"],
        made_with="Wildground Federation's policy, version 1, reading 1.",
    )


def _refused() -> ShownVerdict:
    clause = ShownClause(
        "law", "The law: minimum ages", "Nobody under thirteen may hold an account on this network.", ""
    )
    sentence = ShownSentence("Not before 19 July 2027.", [clause])
    return ShownVerdict(
        "no", "This may not go ahead", "", [ShownPoint("age", "Age", "no", "May not", [sentence])]
    )


def _ruling() -> ShownVerdict:
    point = ShownPoint(
        "runners",
        "How many people run it",
        "ask",
        "Needs a ruling",
        [ShownSentence("Two sentences of the policy disagree here.", [_clause()])],
        needs=["Needs a ruling from: SLT."],
    )
    return ShownVerdict(
        "ask", "This needs a ruling", "The policy's words leave it to somebody to decide.", [point]
    )


def _allowed() -> ShownVerdict:
    house = ShownClause("house", "Schoolgate's own rule", "The author of a post never approves it.", "")
    chosen = ShownClause(
        "chosen",
        "Your federation's own choice",
        "The account is looked at every school day.",
        "Chosen because the policy says “regularly” and gives no number.",
    )
    sentences = [ShownSentence("Somebody else has approved it.", [house, chosen])]
    return ShownVerdict(
        "good",
        "This may go ahead",
        "",
        [ShownPoint("approval", "Approval", "good", "May go ahead", sentences)],
        duties=["The account lead looks at the comments by 14:05 on Saturday 21 November 2026."],
    )


YEAR = 365 * 24 * 3600


@page
def home(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The first page after signing in: the first place that is open to this person, else the menu."""
    places = request.frame.places  # type: ignore[attr-defined]
    return redirect(places[0].href if places else "menu")


@page(place="menu")
def menu(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show every place, who is signed in, and their other federations."""
    memberships = sessions.memberships(request, visit.person.user, on=visit.on)
    context = {
        "visit": visit,
        "memberships": memberships if len(memberships) > 1 else [],
        "sections": sections(visit),
        "themes": [(AS_THE_DEVICE, _("Same as this device")), *THEMES.items()],
        "theme_now": request.COOKIES.get(THEME_COOKIE, AS_THE_DEVICE),
    }
    return render(request, "frame/menu.html", context)


@page(methods=("POST",))
def act_in(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Choose the federation to act in, by the seat's id. Another user's membership answers 404."""
    memberships = {
        str(membership.pk): membership
        for membership in sessions.memberships(request, visit.person.user, on=visit.on)
    }
    membership = memberships.get(request.POST.get("membership", ""))
    if membership is None:
        raise NotFound
    request.session[sessions.MEMBERSHIP_KEY] = membership.pk
    return redirect("home")


@errors.takes("POST")
def language(request: HttpRequest) -> HttpResponse:
    """Remember on this device the language to read in, and go back to the page one came from."""
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(_way_back(request))
    if chosen in dict(settings.LANGUAGES):
        with translation.override(chosen):
            response["Content-Language"] = chosen
        remember_language(response, chosen)
    return response


def remember_language(response: HttpResponseBase, chosen: str) -> None:
    """Remember on this device the language to read in."""
    _remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)


@errors.takes("POST")
def theme(request: HttpRequest) -> HttpResponse:
    """Remember on this device whether pages are light or dark there, or follow the device."""
    chosen = request.POST.get("theme", "")
    response = HttpResponseRedirect(_way_back(request))
    if chosen in THEMES:
        _remember(response, THEME_COOKIE, chosen)
    elif chosen == AS_THE_DEVICE:
        response.delete_cookie(THEME_COOKIE)
    return response


def _way_back(request: HttpRequest) -> str:
    back = request.POST.get("next", "/")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/"


def _remember(response: HttpResponseBase, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, secure=settings.LANGUAGE_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


@page(place="inbox", methods=("POST",))
def item_open(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Open again what was closed."""
    open_closed_item(by=visit.person, at=visit.at, item=item_for(visit.person, pk, on=visit.on))
    return done(request, _("Undone. It’s open again, with the same deadline."), "item", pk)


@page(place="posts", methods=("POST",))
def post_back(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Withdraw a post that was sent for approval."""
    take_back_post(by=visit.person, at=visit.at, post=queries.post_for(visit.person, pk, on=visit.on))
    return done(
        request, _("Undone. It’s a draft again, and no one will be asked to approve it."), "post", pk=pk
    )


@page(place="posts", methods=("POST",))
def approval_back(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Withdraw an approval, until the post is handed to the sender."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    if take_back_approval(by=visit.person, at=visit.at, post=found).state == PostState.DRAFT:
        return done(request, _("Undone. It’s a draft again and won’t be posted."), "post", pk=pk)
    return done(request, _("Undone. It needs approval again and won’t be posted."), "post", pk=pk)


@page(place="posts", methods=("POST",))
def withdrawn_up(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take up again what was withdrawn."""
    take_up_withdrawn_post(by=visit.person, at=visit.at, post=queries.post_for(visit.person, pk, on=visit.on))
    return done(
        request, _("Undone. It’s a draft again. Send it for approval when it’s ready."), "post", pk=pk
    )


# The language button of a page with a form: it sends what was typed along, and the same page comes back in
# the other language with the words still in it. Without scripts, and nothing is stored anywhere.

API = "/api/"
SWITCH = "read-in"
"""The name of such a button: a form with it is not sent, it is shown again."""


class LanguageSwitch:
    """Has the language button of each page take along the form that people type into, and turns what it sends
    into a look at that page, with its words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on, and remember the language that was chosen."""
        before = CARRIED.set(None)
        try:
            response = self.get_response(request)
            if CARRIED.get() is not None:
                remember_language(response, translation.get_language())
            return _carrying(request, response, CARRIED.get())
        finally:
            CARRIED.reset(before)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        """After the form's token was checked, where it has one: no other site puts words here."""
        if request.path_info.startswith(API):
            return None
        chosen = (request.GET if request.method == "GET" else request.POST).get(SWITCH, "")
        if chosen not in dict(settings.LANGUAGES):
            return None
        if request.method == "GET":
            return _looked_up(request, chosen)
        from_here = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        CARRIED.set(request.POST if from_here else QueryDict())
        request.method = request.META["REQUEST_METHOD"] = "GET"
        request.POST = QueryDict()
        request._files = MultiValueDict()  # type: ignore[attr-defined]  # noqa: SLF001 - Django has no setter
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen
        return None


def _looked_up(request: HttpRequest, chosen: str) -> HttpResponseBase:
    """Return the look-up in that language: the words of such a form stand in its address anyway."""
    asked = request.GET.copy()
    del asked[SWITCH]
    response = HttpResponseRedirect(request.path + (f"?{asked.urlencode()}" if asked else ""))
    remember_language(response, chosen)
    return response


def _carrying(request: HttpRequest, response: HttpResponseBase, given: QueryDict | None) -> HttpResponseBase:
    """Return the page whose language button takes its form along, and with the words that came."""
    if not isinstance(response, HttpResponse) or PLAIN.encode() not in response.content:
        return response
    page = response.content.decode()
    sent = given or form_sent(request)
    form, there = form_to_carry(page, sent), reopens_at(request)
    gets = form is not None and form.attribute("method") != "post"
    if form is None or not (gets or there):
        return response
    if given:
        page = with_words(page, form, given)
        form = form_to_carry(page, sent) or form
    context = {
        "words_in": form.attribute("id") or OWN_ID,
        "gets": gets,
        "words_at": there,
    }
    button = render_to_string("frame/language.html", context)
    response.content = with_button(page, form, button).encode()
    return response


urlpatterns = [
    path("", home, name="home"),
    path("menu", menu, name="menu"),
    path("menu/federation", act_in, name="act-in"),
    path("language", language, name="language"),
    path("theme", theme, name="theme"),
    path("style", style, name="style"),
    path("inbox/<int:pk>/open-again", item_open, name="item-open-again"),
    path("posts/<int:pk>/take-back", post_back, name="post-take-back"),
    path("posts/<int:pk>/approval/take-back", approval_back, name="post-approval-take-back"),
    path("posts/<int:pk>/take-up", withdrawn_up, name="post-take-up"),
]
