"""The versions of the policy: prepared, adopted by the body that the policy names, in force from a date,
reviewed with what the policy wants a review to look into, replaced.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core import files
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.people.rules import can
from schoolgate.policy import adopting, queries, readings, reviewing, rules
from schoolgate.policy.adopting import Change, changes, losing_rules
from schoolgate.policy.books import text_of
from schoolgate.policy.documents import TAKES_ONE
from schoolgate.policy.importing.document import FrontPage
from schoolgate.policy.imports import adopters, document_says
from schoolgate.policy.models import PolicyVersion, ReviewOutcome, VersionState
from schoolgate.policy.rehearsed import COMING
from schoolgate.policy.reviewing import LOOKED, last_day_of, looked_asked
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, at, form_page
from schoolgate.web.frame.paging import small_in
from schoolgate.web.frame.uploads import kept_upload, scan_of, text_sent
from schoolgate.web.policy import document, rulings
from schoolgate.web.policy.reading import tried_in_words
from schoolgate.web.policy.rehearsal import beside


class ReviewForm(SchoolForm):
    """The outcome of the review."""

    policy_help = {name: (at("policy.review", point),) for name, point in LOOKED.items()}

    on = DayField(label=_("Date of review"))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=ReviewOutcome.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Summary"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )
    next_due = DayField(
        label=_("Next review"),
        help_text=_("Leave blank to follow the policy’s own review schedule"),
        required=False,
    )
    law = forms.CharField(
        label=_("Does the policy meet the law? What did you check?"),
        widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False,
    )  # fmt: skip
    compared_with = forms.CharField(
        label=_("What did you compare it with?"), help_text=_("One on each line"),
        widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False,
    )  # fmt: skip
    new_tools = forms.CharField(
        label=_("New networks and tools since the last review"),
        help_text=_("One on each line, with what the review says about it after a colon. Blank if none."),
        widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False,
    )  # fmt: skip
    set_by = forms.MultipleChoiceField(
        label=_("Extra review: who asked for it?"),
        help_text=_("Leave blank for a scheduled review"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(label=_("Reason for the extra review"), max_length=400, required=False)

    def __init__(self, *args: Any, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            label=_("Reviewed by"), choices=[(role.name, role.name) for role in book.roles]
        )
        named = book.roles_at("policy.review", "review_by_need")
        cast("forms.MultipleChoiceField", self.fields["set_by"]).choices = [(one, one) for one in named]
        asked = looked_asked(book)
        for name in set(LOOKED) - set(asked):
            del self.fields[name]
        self.order_fields(["on", "role", "outcome", "words", *asked, "next_due"])

    def looked(self) -> dict[str, Any]:
        """Return what the review looked into, by the names of LOOKED."""
        said = self.cleaned_data
        lines = {
            name: [line.strip() for line in said.get(name, "").splitlines() if line.strip()]
            for name in ("compared_with", "new_tools")
        }
        tools = [line.partition(":") for line in lines["new_tools"]]
        return {
            "law": said.get("law", "").strip(),
            "compared_with": lines["compared_with"],
            "new_tools": {name.strip(): words.strip() for name, _colon, words in tools},
            "set_by": said.get("set_by", []),
            "reason": said.get("reason", "").strip(),
        }


STEPS = {
    "approved": _("Approved by"),
    "agreed": _("Agreed by"),
    "authorised": _("Authorised by"),
    "adopted": _("Adopted by"),
}
"""The words that policies have for how they were adopted."""
ASKED_STEP = "step."
"""How the needs begin through which a rule asks for a step, and the role it asks."""
LAST_STEP = "adopted"
"""The step that every policy asks about; the others only where a policy names them."""
ASKED_AT = {
    "issued": "issued_on",
    "last_reviewed": "last_review_stated",
    "authors": "authors_named",
    "names": "title_names",
    "direction": "direction_matched",
}
"""A field of the form -> the point at which a policy asks for it; a policy that does not is not shown it."""


class StartForm(SchoolForm):
    """The text of a new version, and what it changes."""

    text = forms.FileField(
        label=_("Text file"),
        help_text=_(
            "Download the text in force, have it changed and "
            "upload it here. If it contains an error, we name the line and save "
            "nothing."
        ),
    )
    material_changes = forms.CharField(
        label=_("What has changed"),
        help_text=_("Write it so that everyone the policy applies to can understand it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10_000,
    )


class AdoptionForm(SchoolForm):
    """The minutes' record of the adoption. More is asked only where the policy in force requires it in a
    version's record."""

    adopted_on = DayField(label=_("Date of adoption"), help_text=_("As recorded in the minutes"))
    in_force_on = DayField(label=_("In force from"), help_text=_("Leave blank to start now"), required=False)
    adopted_other = forms.CharField(
        label=_("Adopted by another body"),
        help_text=_("If it isn’t in the list. The name of a body or role, not of a person."),
        max_length=100,
        required=False,
    )
    review_on = DayField(label=_("Review due"), required=False)
    minute_reference = forms.CharField(label=_("Minute reference"), max_length=200, required=False)
    scan = forms.FileField(label=_("Signed copy"), help_text=_("PDF or picture (optional)"), required=False)
    issued = DayField(label=_("Date of issue in the policy record"), required=False)
    last_reviewed = DayField(label=_("Date of last review in the policy record"), required=False)
    authors = forms.IntegerField(
        label=_("Number of authors in the policy record"), min_value=1, max_value=50, required=False
    )
    names = forms.CharField(
        label=_("Federation names used in the title and text"),
        help_text=_("One per line, exactly as printed"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
    )
    direction = forms.TypedChoiceField(
        label=_("Did the governors agree that it follows the direction they set?"),
        choices=[("", _("Not asked")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, book: Book, version: PolicyVersion, on: date, **kwargs: Any) -> None:
        said = document_says(version, before=book.pack)
        super().__init__(*args, initial=_as_the_document_says(version, said, on=on), **kwargs)
        named = {
            asked.what.removeprefix(ASKED_STEP): asked.of
            for bound in book.bound("policy.adopt")
            for step in getattr(bound.settings, "steps", ())
            for asked in step.asked
            if asked.what.startswith(ASKED_STEP)
        }
        names = dict.fromkeys([*named.values(), *adopters(version, book.pack, said)])
        roles = [("", _("No one")), *((name, name) for name in names)]
        for name in ("adopted_on", "review_on") if said else ():
            if self.initial.get(name):
                self.fields[name].help_text = _("Taken from your document. Check it.")
        for step, label in STEPS.items():
            if step in named or step == LAST_STEP:
                who = (
                    format_lazy(_("Named in this policy: {role}."), role=named[step]) if step in named else ""
                )
                self.fields[step] = forms.ChoiceField(
                    label=label, help_text=who, choices=roles, required=False
                )
        asked = {bound.point for bound in book.bound("policy.adopt")}
        for name, point in ASKED_AT.items():
            if point not in asked:
                del self.fields[name]
        self.order_fields(
            ["adopted_on", *STEPS, "adopted_other", "review_on", "in_force_on", "minute_reference", "scan"]
        )

    def stated(self) -> dict[str, Any]:
        """Return the record of the version, by the names of `facts.STATED`."""
        said = self.cleaned_data
        on = said["adopted_on"].isoformat()
        who = {step: said[step] for step in STEPS if said.get(step)}
        if other := " ".join(said["adopted_other"].split()):
            who[LAST_STEP] = other
        steps = [
            {"step": step, "roles": [name], "on": on, "signed": bool(said["scan"]) or None}
            for step, name in who.items()
        ]
        stated: dict[str, Any] = {"steps": steps or None, "direction_confirmed": said.get("direction")}
        for name in ("issued", "last_reviewed"):
            stated[name] = said[name].isoformat() if said.get(name) else None
        if said.get("authors"):  # how many, not who: the policy itself has the names
            stated["authors"] = [f"author {number + 1}" for number in range(said["authors"])]
        if said.get("names"):
            stated["names"] = [line.strip() for line in said["names"].splitlines() if line.strip()]
        return stated


def _as_the_document_says(version: PolicyVersion, said: FrontPage | None, *, on: date) -> dict[str, Any]:
    """Return what the form begins with, for a person to confirm."""
    if said is None:
        return {}
    whole = len(said.adopted) == len("2026-11-12")  # a month alone names no day to confirm
    adopted = last_day_of(said.adopted) if whole else None
    due = adopting.review_of(version, adopted_on=adopted or on)
    return {"adopted_on": adopted, "review_on": due, LAST_STEP: said.by}


@page(place="policy")
def versions(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List every version, newest first, and the reviews of the one in force; with `as=practice` what is noted
    of how it works."""
    if request.GET.get("as") == "practice":
        return rulings.page_of(request, visit)
    return _list(request, visit)


def _list(request: HttpRequest, visit: Visit, **sent: SchoolForm) -> HttpResponseBase:
    """The list with its two forms for the owner; `sent`: one that was refused, by its name."""
    policy = queries.policy_or_none(visit.on)
    found = queries.versions()
    owns = can(rules.check_may_own, visit.person, on=visit.on)
    forms_shown: dict[str, SchoolForm] = {}
    if owns and not any(each.state == VersionState.DRAFT for each in found):
        forms_shown["start_form"] = StartForm()
    if owns and policy:
        forms_shown["review_form"] = ReviewForm(book=policy.book)
    context = {
        "versions": found,
        "policy": policy,
        "reviews": queries.reviews_of(policy.version) if policy else [],
        "notes_practice": policy and can(rules.check_may_note_practice, visit.person, on=visit.on),
        "sent": next(iter(sent.values()), None),
        **forms_shown,
        **sent,
    }
    return render(request, "policy/versions.html", context, status=422 if sent else 200)


@page(place="policy", check=rules.check_may_own)
def review(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Put a review of the policy in force on record."""
    if request.method != "POST":
        return redirect("versions")
    policy = queries.in_force(visit.on)
    form = ReviewForm(request.POST, book=policy.book)

    def save(typed: dict[str, Any]) -> Any:
        asked = {name: value for name, value in typed.items() if name not in LOOKED}
        return reviewing.record_review(by=visit.person, at=visit.at, looked=form.looked(), **asked)

    if form.save(save):
        return done(request, _("Review recorded."), "version", pk=policy.version.pk)
    return _list(request, visit, review_form=form)


@page(place="policy")
def version(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One version: what it changes clause by clause, how it was adopted, and what comes next; or the document
    that was adopted."""
    found = queries.version(pk)
    if request.GET.get("as") == "document":
        return document.shown(request, visit, found)
    before = queries.version_before(found)
    return render(request, "policy/version.html", _context(visit, found, before))


def _context(visit: Visit, found: PolicyVersion, before: PolicyVersion | None) -> dict[str, Any]:
    owns = can(rules.check_may_own, visit.person, on=visit.on)
    return {
        **(_trial(found) if owns else {}),
        **(beside(visit, "version") if owns and found.state in COMING else {}),
        "version": found,
        "before": before,
        "changes": _by_section(changes(before, found)) if before else [],
        "steps": [
            (STEPS[step["step"]], ", ".join(step["roles"]))
            for step in (found.stated or {}).get("steps") or ()
        ],
        "may_own": owns,
        "takes_document": found.state in TAKES_ONE,
        "reviews": queries.reviews_of(found),
    }


def _by_section(found: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """Return the changes below their sections, in reading order."""
    sections: dict[str, list[Change]] = {}
    for one in found:
        sections.setdefault(one.section, []).append(one)
    return [*sections.items()]


def _trial(found: PolicyVersion) -> dict[str, Any]:
    """How far the trial of a version that is not in force yet is, and what it has found."""
    coming = found.state in COMING and queries.version_before(found)
    draft = queries.draft_of(found) if coming else None
    return {"coming": coming, "version": found, "draft": draft, "tried": tried_in_words(draft)}


@page(place="policy", check=rules.check_may_own)
def trial(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Try a version on past decisions before it is adopted, or stop; for the page that waits, its part that
    changes."""
    found = queries.version(pk)
    if request.method != "POST" and request.headers.get("HX-Request"):
        return render(request, "policy/_coming.html", _trial(found))
    if request.method == "POST":
        draft, edition = queries.draft_of(found), small_in(request.POST.get("edition", ""))
        if request.POST.get("act") == "try":
            readings.try_version(by=visit.person, at=visit.at, version=found)
        elif request.POST.get("act") == "stop" and draft is not None and edition is not None:
            readings.stop_trying(by=visit.person, at=visit.at, draft=draft, edition=edition)
        else:
            raise NotFound
    return redirect("version", pk=pk)


@page(place="policy", check=rules.check_may_own)
def start(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Begin the next version from a file."""
    if request.method != "POST":
        return redirect("versions")
    form = StartForm(request.POST, request.FILES)
    made = form.save(
        lambda typed: adopting.start_version(
            by=visit.person,
            at=visit.at,
            text=text_sent(typed["text"]),
            material_changes=typed["material_changes"],
        )
    )
    if made:
        told = _("The new version is being prepared. It has no effect yet.")
        return done(request, told, "version", pk=made.value.pk)
    return _list(request, visit, start_form=form)


@page(place="policy", check=rules.check_may_own, prepare=kept_upload)
def adoption(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Put on record that a prepared version was adopted."""
    found = queries.version(pk)
    if found.state != VersionState.DRAFT:
        raise NotNow(_("This version has changed in the meantime."), _("Open it again to see its status."))
    form = AdoptionForm(
        request.POST or None, request.FILES or None, book=queries.book_in_scope(), version=found, on=visit.on
    )

    def adopt(typed: dict[str, Any]) -> PolicyVersion:
        return adopting.adopt_version(
            by=visit.person,
            at=visit.at,
            version=found,
            adopted_on=typed["adopted_on"],
            in_force_on=typed["in_force_on"],
            minute_reference=typed["minute_reference"],
            scan=scan_of(visit.prepared),
            stated=form.stated(),
            review_on=typed["review_on"],
        )

    adopted = form.save(adopt)
    if adopted:
        return done(request, _told(adopted.value), "version", pk=adopted.value.pk)
    context = {"version": found, "losing": losing_rules(found), **beside(visit, "version")}
    return form_page(request, "policy/adoption.html", form, context)


def _told(row: PolicyVersion) -> Any:
    if row.state == VersionState.IN_FORCE:
        return _(
            "The new version is in force. Sign our interpretation of it. People are asked to read it if "
            "the policy says so."
        )
    return _("Adoption recorded. The version comes into force on its start date.")


@page(place="policy", capacity="own_policy", methods=("POST",))
def withdraw(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Put a version aside that is not in force yet."""
    adopting.withdraw_version(by=visit.person, at=visit.at, version=queries.version(pk))
    return done(request, _("Version withdrawn."), "versions")


@page
def text(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The text of a version as one file, to be read by a program or changed for the next."""
    found = queries.version(pk)
    answer = HttpResponse(text_of(found), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.pack_key}-{found.number}.yaml"'
    return answer


@page
def scan(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The signed copy."""
    found = queries.version(pk)
    if not found.scan:
        raise NotFound
    return FileResponse(
        files.opened(found.scan), content_type=found.scan_type, as_attachment=True,
        filename=f"{found.pack_key}-{found.number}.{found.scan_type.rpartition('/')[2]}",
    )  # fmt: skip


urlpatterns = [
    path("policy/versions", versions, name="versions"),
    path("policy/review", review, name="policy-review"),
    path("policy/versions/new", start, name="version-start"),
    path("policy/versions/<int:pk>", version, name="version"),
    path("policy/versions/<int:pk>/adoption", adoption, name="version-adoption"),
    path("policy/versions/<int:pk>/trial", trial, name="version-trial"),
    path("policy/versions/<int:pk>/aside", withdraw, name="version-aside"),
    path("policy/versions/<int:pk>/text", text, name="version-text"),
    path("policy/versions/<int:pk>/scan", scan, name="version-scan"),
]
