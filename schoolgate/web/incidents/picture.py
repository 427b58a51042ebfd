"""What the taker of a picture that was taken by mistake is asked, on the page of their own report."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON
from schoolgate.incidents import picture
from schoolgate.incidents.models import ENDED, Report
from schoolgate.incidents.picture import SITUATION, answers_of, asks, is_silent, picture_facts, roles_to_tell
from schoolgate.incidents.queries import report_for
from schoolgate.policy.asking import verdict as asked
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import YES_NO, DayField, SchoolForm, at, radios
from schoolgate.web.frame.wording import verdict
from schoolgate.web.incidents.fact_fields import question

NONE = "none"
NOON = time(12)
"""Stands for the time of a day that is past."""
COPIES = {
    "device": _("On a phone, camera, tablet or computer"),
    "library": _("In the school’s picture library"),
    "elsewhere": _("Somewhere else: a cloud backup, a chat, an email"),
    NONE: _("Nowhere. Every copy is deleted."),
}
IF_UNSURE = _("If you’re not sure, choose yes.")


class AboutPictureForm(SchoolForm):
    """The questions about a picture that the policy reads. The picture itself is never asked for."""

    policy_help = {
        "copies_left": (at(SITUATION, "accidental_deleted"),),
        "told": (at(SITUATION, "accidental_told"),),
    }

    found_at = DayField(
        label=_("When did you notice?"), help_text=_("Leave empty if it was today."), required=False
    )
    compromising = radios("", YES_NO)
    could_be_misread = radios("", YES_NO)
    copies_left = forms.MultipleChoiceField(
        label=_("Where does the picture still exist?"), choices=list(COPIES.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    told = forms.MultipleChoiceField(
        label=_("Who have you told about it?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, report: Report, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        fields: dict[str, Any] = self.fields
        fields["told"].choices = [*((role, role) for role in roles_to_tell(report)), (NONE, _("No one yet"))]
        for name in ("compromising", "could_be_misread"):
            fields[name].label, fields[name].help_text = question(SITUATION, name), IF_UNSURE
            fields[name].required = True
        for name in set(self.fields) - set(asks(report, at=now)):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Refuse "nowhere" or "no one" beside another answer, and a day to come."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("copies_left", "told"):
            if NONE in typed.get(name, ()) and len(typed[name]) > 1:
                self.add_error(name, _("Choose only the answers that go together"))
        if typed.get("found_at") and typed["found_at"] > self.now.astimezone(LONDON).date():
            self.add_error("found_at", _("This must not be in the future"))
        return typed

    def answers(self) -> dict[str, Any]:
        """Return what was answered, by fact."""
        typed = self.cleaned_data
        found: dict[str, Any] = {
            name: typed[name] == "yes" for name in ("compromising", "could_be_misread") if typed.get(name)
        }
        for name in ("copies_left", "told"):
            if name in typed:
                found[name] = [one for one in typed[name] if one != NONE]
        if day := typed.get("found_at"):
            found["found_at"] = min(datetime.combine(day, NOON, LONDON), self.now).isoformat()
        return found


def about_picture(
    report: Report | None, visit: Visit, form: AboutPictureForm | None = None
) -> dict[str, Any]:
    """Return what the card about the picture shows to its taker; nothing for another report."""
    if report is not None and is_silent(report, at=visit.at):
        said = answers_of(report) is not None
        return {"picture_silent": True, "picture_gone": said, "picture_over": report.state in ENDED}
    if report is None or not asks(report, at=visit.at):
        return {}
    if answers_of(report) is None:
        return {"about_picture": form or AboutPictureForm(report=report, now=visit.at)}
    decision = asked(SITUATION, picture_facts(report, at=visit.at), on=visit.on)
    wanted = {one.what for one in decision.duties}
    return {
        "picture_verdict": verdict(decision, at=visit.at),
        "delete_picture": "image_deletion" in wanted,
        "tell_about_picture": ", ".join(roles_to_tell(report)) if "image_telling" in wanted else "",
    }


def save(request: HttpRequest, visit: Visit, report: Report) -> HttpResponseBase | AboutPictureForm | None:
    """Do what the card about the picture was sent for: a response, the form where it was wrong, or None where
    something else was sent."""
    what = request.POST.get("picture", "")
    if what == "deleted":
        picture.picture_deleted(report=report, by=visit.person, at=visit.at)
        return done(request, _("Saved: every copy is deleted."), "wrong-mine", report.pk)
    if what == "told":
        picture.picture_told(report=report, reporter=visit.person, at=visit.at)
        return done(request, _("Saved: you told them."), "wrong-mine", report.pk)
    if what == "answers":
        form = AboutPictureForm(request.POST, report=report, now=visit.at)
        if form.save(
            lambda _typed: picture.answer_picture(
                report=report, reporter=visit.person, at=visit.at, answers=form.answers()
            )
        ):
            return done(request, _("Saved. See below what the policy asks of you."), "wrong-mine", report.pk)
        return form
    return None


@page(place="reports", methods=("POST",))
def gone(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record, as the person who deals with the report, that no copy of the picture is left."""
    report = report_for(visit.person, pk, on=visit.on)
    picture.picture_deleted(report=report, by=visit.person, at=visit.at)
    return done(request, _("Saved: every copy is deleted."), "wrong-report", pk)


urlpatterns = [path("wrong/reports/<int:pk>/picture-deleted", gone, name="wrong-picture-deleted")]
