"""The style guide: every component on one page, for developers of pages. Demo sites only."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from schoolgate.core.models import Federation
from schoolgate.web.frame import errors
from schoolgate.web.frame.charts import bar_chart
from schoolgate.web.frame.forms import DayField, SchoolForm
from schoolgate.web.frame.layout import PLACES, PageLayout, ShownPlace
from schoolgate.web.frame.paging import Page
from schoolgate.web.frame.shown import ShownClause, ShownPoint, ShownSentence, ShownVerdict
from schoolgate.web.frame.times import due_in_words

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
