"""Reviewing an account: its figures, a result for each of its aims, the date of the next review."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.accounts import care, closing
from schoolgate.accounts.closing import (
    Result,
    contributed,
    evaluate_on,
    evaluated_facts,
    evaluations,
    months_until,
    names_of,
    plan_of,
)
from schoolgate.accounts.duty_kinds import EVALUATE
from schoolgate.accounts.models import Account, AccountState, AimState
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.duties.queries import standing
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import in_force
from schoolgate.web.accounts.health.said import said_of
from schoolgate.web.frame.charts import BarChart, bar_chart
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import DayField, SchoolForm

YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


class EvaluationForm(SchoolForm):
    """A result for each aim, whether it still serves them, and when it is reviewed next."""

    policy_help = {
        "state_*": (at("account.evaluated", "aims_met"),),
        "words": (at("account.evaluated", "to_the_point", "pupils_pride", "contributing"),),
        "next_on": (at("account.propose", "evaluation"),),
    }

    def __init__(self, *args: Any, aims: tuple[str, ...], asks_serves: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.aims = aims
        for number, aim in enumerate(aims):
            self.fields[f"state_{number}"] = forms.ChoiceField(
                label=aim, choices=AimState.choices, widget=forms.RadioSelect
            )
            self.fields[f"words_{number}"] = forms.CharField(
                label=_("Evidence"), required=False, max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
        if asks_serves:
            self.fields["serves"] = forms.ChoiceField(
                label=_("Does the account still serve its aims?"), choices=YES_NO, widget=forms.RadioSelect
            )
        self.fields["words"] = forms.CharField(
            label=_("Your conclusions"), required=False, max_length=4000,
            widget=forms.Textarea(attrs={"rows": 4}),
        )  # fmt: skip
        self.fields["next_on"] = DayField(
            label=_("Next review date"),
            help_text=_("Leave blank to set no date."),
            required=False,
        )

    def results(self) -> list[Result]:
        """One for each aim, as the action takes them."""
        typed = self.cleaned_data
        return [
            Result(aim, typed[f"state_{number}"], typed[f"words_{number}"])
            for number, aim in enumerate(self.aims)
        ]

    def serves(self) -> bool | None:
        """The answer whether it still serves its aims; None where it was not asked."""
        return {"yes": True, "no": False}.get(self.cleaned_data.get("serves", ""))


def review_form(request: HttpRequest, visit: Visit, found: Account) -> EvaluationForm | None:
    """Return the form for a review; None for people who record none, and where the policy asks for none.
    Raises NotFound, where it asks for none, for one that was sent."""
    book = in_force(visit.on).book
    sent = request.method == "POST"
    if not book.bound("account.evaluated"):
        if sent:
            raise NotFound
        return None
    may = found.state == AccountState.OPEN and can(care.check_may_evaluate, visit.person, found, on=visit.on)
    if not (sent or may):
        return None
    asks_serves = bool(book.at("account.evaluated", "to_the_point"))
    return EvaluationForm(request.POST or None, aims=plan_of(found).aims, asks_serves=asks_serves)


def save_review(form: EvaluationForm, visit: Visit, found: Account) -> Any:
    """Record a review. Raises what the action raises."""
    typed = form.cleaned_data
    return closing.evaluate(
        account=found, by=visit.person, at=visit.at, results=form.results(), serves_aims=form.serves(),
        words=typed["words"], next_on=typed["next_on"],
    )  # fmt: skip


def reviews_shown(visit: Visit, found: Account) -> dict[str, Any]:
    """Return an account's aims, figures and results; nothing where the policy asks for no reviews."""
    policy = in_force(visit.on)
    if not policy.book.bound("account.evaluated"):
        return {}
    posts, roles = contributed(found, policy.book, on=visit.on)
    names = names_of([*posts, *roles])
    day = evaluate_on(found)
    asked = evaluated_facts(found, policy, at=visit.at, evaluate_on=day, posts=posts, roles=roles)
    return {
        "reviews": True,
        "plan": plan_of(found),
        "evaluate_on": day,
        "due": bool(standing(EVALUATE, [found])),
        "charts": _charts(found, visit.on),
        "people": [(names.get(person, "–"), number) for person, number in posts.items()],
        "before": evaluations(found),
        "reviewed": said_of(verdict("account.evaluated", asked, on=visit.on), policy.book),
    }


def _charts(account: Account, on: date) -> list[BarChart]:
    """Posts, comments and answers by month, a year at most; nothing is drawn of what there is none of."""
    opened = local_day(account.opened_at or account.made_at).replace(day=1)
    months = [month for month in months_until(on) if month >= opened]
    counted = closing.by_month(account, months[0])
    titles = {
        "posts": _("Posts by month"),
        "comments": _("Comments by month"),
        "answers": _("Replies by month"),
        "reactions": _("Reactions by month, to the posts that came out then"),
    }
    return [
        bar_chart(
            [(f"{MONTHS[month.month]} {month.year}", counted[key].get(month, 0)) for month in months],
            title=title,
            description=_("One bar for each month, up to a year. The last bar is this month so far."),
            label_head=_("Month"),
            value_head=_("Number"),
        )
        for key, title in titles.items()
        if any(counted.get(key, {}).values())
    ]
