"""The style guide: every component on one page, for whoever writes pages; only among examples."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import Federation
from schoolgate.web import errors
from schoolgate.web.charts import bar_chart
from schoolgate.web.forms import DayField, SchoolForm
from schoolgate.web.frame import Frame, ShownPlace
from schoolgate.web.navigation import PLACES
from schoolgate.web.paging import Page
from schoolgate.web.shown import ShownClause, ShownPoint, ShownSentence, ShownVerdict
from schoolgate.web.times import due_in_words

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class ExampleForm(SchoolForm):
    """One field of each kind."""

    purpose = forms.CharField(
        label=_("What is the account for?"),
        help_text=_("One or two sentences. Parents will read this on the register."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    handle = forms.CharField(label=_("Name of the account"), required=False)
    network = forms.ChoiceField(
        label=_("Network"),
        choices=[("noticeboard", _("Our own noticeboard")), ("bluesky", "Bluesky")],
        widget=forms.RadioSelect,
    )
    checked = forms.BooleanField(label=_("The consent list of today was checked"), required=False)
    starts_on = DayField(label=_("From which day?"), help_text=_("For example, 7 1 2027"))


def style(request: HttpRequest) -> HttpResponse:
    """Every component in the language of the page; 404 where a real federation lives."""
    flags = set(Federation.objects.values_list("is_example", flat=True)[:200])
    if flags != {True}:
        return errors.not_found(request, LookupError("no style guide here"))
    request.frame = example_frame()  # type: ignore[attr-defined]
    return render(request, "style/guide.html", examples())


def example_frame() -> Frame:
    """A frame with every place, as somebody with all roles sees it."""
    shown = [
        ShownPlace(p.key, "/style", p.label, p.icon, p.key == "posts", {"inbox": 3}.get(p.key, 0))
        for p in PLACES
    ]
    return Frame(
        federation_name="Wildground Federation",
        person_name="Amina Khan",
        places=tuple(shown),
        is_example=True,
    )


def examples() -> dict[str, Any]:
    """What the guide's template shows."""
    form = ExampleForm({"purpose": "", "starts_on_0": "31", "starts_on_1": "2", "starts_on_2": "2027"})
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
        "heads": [_("Account"), _("Network"), _("Looked after by"), _("Status")],
        "pager": Page([], newer="newer=1", older="older=1"),
        "chart": bar_chart(
            [("Wildground", 12), ("Wootton", 7), ("Llanidloes", 3)],
            title=_("Comments answered in time this month"),
            description=_("One bar for each school; the table below says the same."),
            label_head=_("School"),
            value_head=_("Answered in time"),
        ),
        "now": NOON,
    }


def _clause(basis: str = "policy") -> ShownClause:
    return ShownClause(
        basis,
        _("Wildground Federation's policy, Monitoring"),
        _("A comment is answered within twenty-four hours, or on the working day after a weekend."),
        _("Our restatement of this section."),
    )


def _waiting() -> ShownVerdict:
    points = [
        ShownPoint(
            "consent",
            _("Consent for the picture"),
            "wait",
            _("Waiting"),
            needs=[_("Waiting for: the consent list, checked today, from whoever sends the post.")],
            sentences=[
                ShownSentence(
                    _("Whoever is in the picture must be on the consent list of the day."), [_clause()]
                )
            ],
        ),
        ShownPoint(
            "suitability",
            _("Suitability"),
            "good",
            _("May go ahead"),
            [ShownSentence(_("This is as the policy asks."))],
        ),
    ]
    return ShownVerdict(
        "wait",
        _("This is waiting for something"),
        _("It can go ahead once what is missing is there."),
        points,
        unsaid=_("This policy says nothing about: language, hashtags."),
        made_with=_("Wildground Federation's policy, version 1, reading 1."),
    )


def _refused() -> ShownVerdict:
    clause = ShownClause(
        "law", _("The law: minimum ages"), _("Nobody under thirteen may hold an account on this network."), ""
    )
    sentence = ShownSentence(_("Not before 19 July 2027."), [clause])
    return ShownVerdict(
        "no", _("This may not go ahead"), "", [ShownPoint("age", _("Age"), "no", _("May not"), [sentence])]
    )


def _ruling() -> ShownVerdict:
    point = ShownPoint(
        "runners",
        _("How many people run it"),
        "ask",
        _("Needs a ruling"),
        [ShownSentence(_("Two sentences of the policy disagree here."), [_clause()])],
        needs=[_("Needs a ruling from: SLT.")],
    )
    return ShownVerdict(
        "ask", _("This needs a ruling"), _("The policy's words leave it to somebody to decide."), [point]
    )


def _allowed() -> ShownVerdict:
    house = ShownClause("house", _("Schoolgate's own rule"), _("The author of a post never approves it."), "")
    chosen = ShownClause(
        "chosen",
        _("Your federation's own choice"),
        _("The account is looked at every school day."),
        _("Chosen because the policy says “regularly” and gives no number."),
    )
    sentences = [ShownSentence(_("Somebody else has approved it."), [house, chosen])]
    return ShownVerdict(
        "good",
        _("This may go ahead"),
        "",
        [ShownPoint("approval", _("Approval"), "good", _("May go ahead"), sentences)],
        duties=[_("The account lead looks at the comments by 14:05 on Saturday 21 November 2026.")],
    )
