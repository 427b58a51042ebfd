"""One breach: its clock, what the law still asks, what is known, its steps, a form for each thing that is
done, and the report to the ICO on paper.

What only the school knows (its registration number, the training of those involved) is left for it to
write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from schoolgate.breaches import cases
from schoolgate.breaches.cases import (
    DATA,
    LONGEST,
    LONGEST_REFERENCE,
    LONGEST_WORDS,
    MOST_PEOPLE,
    OF_KEY,
    PARTS,
    STATUS,
    WHOSE,
    Part,
    answer,
)
from schoolgate.breaches.models import Breach, BreachState, NotTold, Risk, StepKind
from schoolgate.breaches.queries import (
    Shown,
    breach_for,
    check_deals_with_any,
    details_in,
    last_of,
    people_to_bring_in,
    steps_of,
)
from schoolgate.core.clock import LONDON
from schoolgate.core.days import stored_instant
from schoolgate.core.documents import pdf_of
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.models import School
from schoolgate.core.subjects import number_of
from schoolgate.incidents.queries import report_for
from schoolgate.people.models import Person
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can
from schoolgate.publishing.queries import post_for
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, TimeField
from schoolgate.web.frame.shown import instant_in_words
from schoolgate.web.frame.wording import verdict

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Clock:
    """How a breach stands with the 72 hours. `kind`: as of a note or tag; `left`: the hours, left or over."""

    kind: str
    title: str
    short: str
    left: str = ""


def clock(breach: Breach, *, at: datetime) -> Clock:
    """Return how a breach stands with the law's hours, at an instant."""
    told = breach.authority_told_at
    if told is not None:
        took = gettext("{hours} after becoming aware").format(hours=hours_in_words(told - breach.aware_at))
        kind = "good" if told <= breach.due_at else "wait"
        return Clock(
            kind,
            gettext("The ICO was told on {when}").format(when=instant_in_words(told)),
            gettext("ICO told"),
            took,
        )
    if breach.risk == Risk.NONE:
        return Clock(
            "info",
            gettext("A risk to people is unlikely, so the ICO need not be told"),
            gettext("Need not be told"),
        )
    due, left = instant_in_words(breach.due_at), breach.due_at - at
    if left < timedelta(0):
        over = gettext("{hours} overdue").format(hours=hours_in_words(-left))
        return Clock("no", gettext("The ICO had to be told by {when}").format(when=due), over, over)
    words = gettext("{hours} left").format(hours=hours_in_words(left))
    return Clock("wait", gettext("Tell the ICO by {when}").format(when=due), words, words)


def hours_in_words(span: timedelta) -> str:
    """Return elapsed time in hours and minutes, the minutes begun left out."""
    hours, minutes = span // HOUR, span % HOUR // MINUTE
    said = ngettext("{number} hour", "{number} hours", hours).format(number=hours)
    if not minutes:
        return said
    return f"{said} {ngettext('{number} minute', '{number} minutes', minutes).format(number=minutes)}"


def in_words(details: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the parts of a description that there are, each with its label."""
    found = []
    for part in PARTS:
        value = details.get(part.key)
        if value:
            ticked = ", ".join(str((part.among or {}).get(key, key)) for key in value)
            found.append((str(part.label), ticked if part.kind == "ticks" else str(value)))
    return found


def steps_shown(steps: list[Shown]) -> list[dict[str, Any]]:
    """Return the steps for the history, oldest first."""
    return [_step(shown) for shown in steps]


def _step(shown: Shown) -> dict[str, Any]:
    step, words = shown.step, shown.words
    what = str(StepKind(step.kind).label)
    if step.kind == StepKind.RISK:
        what = f"{what}: {Risk(step.code).label}"
    elif step.kind == StepKind.NOT_TOLD:
        what = f"{what}: {NotTold(step.code).label}"
    elif step.kind == StepKind.BROUGHT_IN and step.person:
        what = f"{what}: {step.person.name}"
    elif words.get("told"):
        what = f"{what}: {_instant(words['told'])}"
    elif step.kind == StepKind.AWARE and "before" in words:
        what = f"{what}: {_instant(words['before'])} → {_instant(words['after'])}"
    return {
        "what": what,
        "when": f"{instant_in_words(step.at)}, {step.by.name}",
        "words": words.get("words", ""),
        "reference": words.get("reference", ""),
        "details": in_words(words["details"])
        if step.kind == StepKind.DESCRIBED and "details" in words
        else [],
        "cannot_open": words.get("cannot_open", False),
    }


def _instant(words: str) -> str:
    return instant_in_words(stored_instant(words))


def written(
    label: Any, *, hint: Any = "", rows: int = 3, required: bool = True, most: int = LONGEST_WORDS
) -> Any:
    """Return a field for a text of several lines."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class TimedForm(SchoolForm):
    """A form with times: each name of `moments` is a date and a time in the UK, and gives an instant in UTC,
    or None where both are left empty."""

    moments: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> dict[str, Any]:
        """Put each date and time together; a half of one, and an hour that the clocks skip, is an error."""
        typed = super().clean() or {}
        for name in self.moments:
            day, clock = typed.get(f"{name}_day"), typed.get(f"{name}_time")
            typed[name] = None
            if day and clock:
                local = datetime.combine(day, clock, LONDON)
                typed[name] = local.astimezone(UTC)
                if typed[name].astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
                    self.add_error(
                        f"{name}_time", str(_("The clocks go forward then, so this time doesn’t exist."))
                    )
            elif day and f"{name}_time" not in self.errors:
                self.add_error(f"{name}_time", str(_("Enter the time like this: 15:30")))
            elif clock and f"{name}_day" not in self.errors:
                self.add_error(f"{name}_day", str(_("Enter a date")))
        return typed

    def refuse(self, error: BadInput) -> None:
        """Add what is wrong with a time to its date."""
        named = {f"{name}_day" if name in self.moments else name: said for name, said in error.fields.items()}
        super().refuse(BadInput(named) if named else error)


class RecordForm(TimedForm):
    """What happened, and when it became known: enough to start the clock."""

    moments = ("aware", "happened")

    what = written(OF_KEY["what"].label, hint=OF_KEY["what"].hint, most=LONGEST)
    aware_day = DayField(
        label=_("When did you become aware of it?"),
        help_text=_("The 72 hours start then, not when it happened."),
    )
    aware_time = TimeField(label=_("Time"))
    happened_day = DayField(label=_("When did it happen?"), help_text=_("If you know."), required=False)
    happened_time = TimeField(label=_("Time it happened"), required=False)
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("School"), required=False, empty_label=_("The whole federation")
    )

    def __init__(self, *args: Any, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if schools is None:  # where it comes from says which school
            del self.fields["school"]
        else:
            field: Any = self.fields["school"]
            field.queryset = schools


def field_of(part: Part) -> forms.Field:
    """Return the field for one part of the description."""
    label: Any = part.label
    hint: Any = part.hint
    if part.kind == "ticks":
        return forms.MultipleChoiceField(
            label=label, help_text=hint, required=False, choices=list((part.among or {}).items()),
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
    if part.kind == "number":
        return forms.IntegerField(
            label=label, help_text=hint, required=False, min_value=0, max_value=MOST_PEOPLE,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )  # fmt: skip
    field: forms.Field = written(label, hint=hint, required=part.key == "what", most=LONGEST)
    return field


class DetailsForm(SchoolForm):
    """The description, in the order of the ICO's form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update({part.key: field_of(part) for part in PARTS})


class RiskForm(SchoolForm):
    """How great the risk is, and why."""

    risk = forms.ChoiceField(
        label=_("Risk to the people affected"), choices=Risk.choices, widget=forms.RadioSelect
    )
    why = written(_("Why?"), hint=_("What could happen to them, how bad it would be, how likely it is."))


class AuthorityForm(TimedForm):
    """When the ICO was told, its reference, and why it was late if it was."""

    moments = ("told",)

    told_day = DayField(label=_("When was the ICO told?"))
    told_time = TimeField(label=_("Time"))
    reference = forms.CharField(label=_("ICO reference"), max_length=LONGEST_REFERENCE, required=False)
    delay = written(
        _("Reasons for the delay"), hint=_("Needed if more than 72 hours had passed."), rows=2, required=False
    )


class PeopleForm(TimedForm):
    """When and how people were told, or why they are not told one by one."""

    moments = ("told",)

    told_day = DayField(label=_("When were they told?"), required=False)
    told_time = TimeField(label=_("Time"), required=False)
    not_told = forms.ChoiceField(
        label=_("Or why you aren’t telling them individually"),
        choices=[("", "–"), *NotTold.choices],
        required=False,
    )
    how = written(
        _("How were they told, or why aren’t they?"),
        hint=_("They need to know what happened, what it may lead to, what you’ve done and who to contact."),
    )


class AwareForm(TimedForm):
    """A correction of when it became known."""

    moments = ("aware",)

    aware_day = DayField(label=_("When did you become aware of it?"))
    aware_time = TimeField(label=_("Time"))
    why = written(_("Why are you changing the time?"), rows=2)


class BringInForm(SchoolForm):
    """A person to deal with it too."""

    person = forms.ChoiceField(label=_("Who else needs to deal with it?"))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.choices = [("", _("Choose a person")), *people]


class NoteForm(SchoolForm):
    """A note."""

    words = written(_("Note"))


class ReopenForm(SchoolForm):
    """Why a closed record is opened again."""

    words = written(_("Why are you reopening it?"), rows=2)


Row = dict[str, Any]


def sheet_of(
    breach: Breach, steps: list[Shown], by: Person, federation: str, language: str
) -> dict[str, Any]:
    """Return the form as the template of the PDF takes it, in the active language."""
    details = details_in(steps)
    school = breach.school.name if breach.school else federation
    sections = (
        (gettext("About your report"), _about_report(breach)),
        (gettext("About the breach"), _about_breach(breach, details)),
        (gettext("Potential consequences"), _consequences(breach, details, last_of(steps, StepKind.RISK))),
        (gettext("Taking action"), _action(breach, details, steps)),
        (gettext("About you"), _about_you(school, federation, by)),
    )
    return {
        "language": language,
        "federation": federation,
        "printed": False,
        "title": gettext("Report a personal data breach to the ICO"),
        "source": gettext("UK GDPR Article 33(3)"),
        "note": "",
        "heads": [gettext("Question"), gettext("Answer")],
        "sections": [{"title": title, "printed": False, "rows": rows} for title, rows in sections],
        "steps": [],
        "stands": gettext(
            "Add before you send it: your registration number with the ICO, your data protection officer’s "
            "contact details, and what data protection training the people involved had in the last two "
            "years. Leave out names and other personal data from the breach. Reference here: {reference}."
        ).format(reference=breach.reference),
        "words": {
            "approval": gettext("Still to be added"),
            "part": "", "name": "", "signature": "", "date": "", "marked": gettext("(ticked)"),
        },
    }  # fmt: skip


def _row(label: str, words: str = "", marks: Iterable[tuple[str, bool]] = ()) -> Row:
    return {"label": label, "words": words, "section": "", "marks": [list(mark) for mark in marks]}


def _ticks(label: str, among: Mapping[str, Any], ticked: Any) -> Row:
    chosen = set(ticked or ())
    return _row(label, marks=[(str(words), key in chosen) for key, words in among.items()])


def _text(details: Mapping[str, Any], key: str) -> Row:
    return _row(str(OF_KEY[key].label), str(details.get(key, "")))


def _when(at: datetime | None) -> str:
    return instant_in_words(at) if at is not None else gettext("Not yet known")


def _about_report(breach: Breach) -> list[Row]:
    again = breach.authority_told_at is not None
    rows = [
        _row(
            gettext("Report type"),
            marks=[(gettext("Initial report"), not again), (gettext("Follow-up report"), again)],
        )
    ]
    if again:
        rows.append(_row(gettext("ICO case reference"), breach.authority_reference))
    return rows


def _about_breach(breach: Breach, details: Mapping[str, Any]) -> list[Row]:
    return [
        _text(details, "what"),
        _text(details, "found"),
        _row(gettext("When did you discover the breach?"), _when(breach.aware_at)),
        _row(gettext("When did the breach happen?"), _when(breach.happened_at)),
        _text(details, "before"),
        _ticks(str(OF_KEY["data"].label), DATA, details.get("data")),
        _text(details, "records"),
        _text(details, "people"),
        _ticks(str(OF_KEY["whose"].label), WHOSE, details.get("whose")),
        _text(details, "children"),
    ]


def _consequences(breach: Breach, details: Mapping[str, Any], risk: Shown | None) -> list[Row]:
    marks = [(str(one.label), breach.risk == one.value) for one in Risk]
    return [
        _text(details, "consequences"),
        _row(gettext("Risk to people"), marks=marks),
        _row(gettext("Why?"), risk.words.get("words", "") if risk else ""),
    ]


def _action(breach: Breach, details: Mapping[str, Any], steps: list[Shown]) -> list[Row]:
    told = breach.people_told_at is not None
    people = last_of(steps, StepKind.PEOPLE, StepKind.NOT_TOLD)
    how = people.words.get("words", "") if people else ""
    if told:
        how = f"{_when(breach.people_told_at)}. {how}"
    elif breach.not_told:
        how = f"{NotTold(breach.not_told).label}. {how}"
    rows = [
        _text(details, "measures"),
        _text(details, "prevention"),
        _row(
            gettext("Have you told the people affected?"),
            marks=[(gettext("Yes"), told), (gettext("No"), not told)],
        ),
        _row(gettext("How were they told, or why not?"), how),
        _text(details, "others"),
    ]
    delay = next(
        (one.words["words"] for one in reversed(steps)
         if one.step.kind == StepKind.AUTHORITY and one.words.get("words")), "",
    )  # fmt: skip
    if breach.authority_told_at is not None:
        took = hours_in_words(breach.authority_told_at - breach.aware_at)
        rows.append(_row(gettext("Time from becoming aware to telling the ICO"), took))
    rows.append(_row(gettext("Reasons for the delay, if it is later than 72 hours"), delay))
    return rows


def _about_you(school: str, federation: str, by: Person) -> list[Row]:
    return [
        _row(gettext("Organisation"), ", ".join(dict.fromkeys((school, federation)))),
        _row(gettext("Sector"), gettext("Education and childcare")),
        _row(gettext("Person making this report"), by.name),
        _row(gettext("Email"), by.email or ""),
    ]


LANGUAGES = ("en", "cy")
Typed = Mapping[str, Any]
Makes = Callable[[QueryDict | None, Breach, dict[str, Any], Visit], SchoolForm]
Does = Callable[[Breach, Visit, Typed], Breach]


@dataclass(frozen=True)
class Act:
    """One thing that can be done: its fold and button, its form, the action, what is said afterwards."""

    fold: Any
    button: Any
    form: Makes
    does: Does
    told: Any
    when: BreachState = BreachState.OPEN


def _form(
    kind: type[SchoolForm], key: str, initial: Callable[[Breach], dict[str, Any]] | None = None
) -> Makes:
    def make(sent: QueryDict | None, breach: Breach, _details: dict[str, Any], _visit: Visit) -> SchoolForm:
        return kind(sent, auto_id=f"id_{key}_%s", initial=initial(breach) if initial else {})

    return make


def _details_form(
    sent: QueryDict | None, _breach: Breach, details: dict[str, Any], _visit: Visit
) -> SchoolForm:
    return DetailsForm(sent, auto_id="id_describe_%s", initial=details)


def _bring_in_form(
    sent: QueryDict | None, breach: Breach, _details: dict[str, Any], visit: Visit
) -> SchoolForm:
    people = [(str(one.pk), one.name) for one in people_to_bring_in(breach, on=visit.on)]
    return BringInForm(sent, auto_id="id_bring_in_%s", people=people)


def _moment(name: str, at: datetime | None) -> dict[str, Any]:
    if at is None:
        return {}
    local = at.astimezone(LONDON)
    return {f"{name}_day": local.date(), f"{name}_time": local.time()}


def _told(breach: Breach) -> dict[str, Any]:
    return _moment("told", breach.authority_told_at) | {"reference": breach.authority_reference}


def _people(breach: Breach) -> dict[str, Any]:
    return _moment("told", breach.people_told_at) | {"not_told": breach.not_told}


ACTS: dict[str, Act] = {
    "describe": Act(
        _("Describe the breach"), _("Save description"), _details_form,
        lambda one, visit, typed: cases.describe(breach=one, by=visit.person, at=visit.at, details=typed),
        _("Description saved."),
    ),
    "risk": Act(
        _("Assess the risk"), _("Save risk"), _form(RiskForm, "risk", lambda one: {"risk": one.risk}),
        lambda one, visit, typed: cases.judge_risk(breach=one, by=visit.person, at=visit.at, **typed),
        _("Risk saved."),
    ),
    "authority": Act(
        _("Record that the ICO was told"),
        _("Save report to the ICO"),
        _form(AuthorityForm, "authority", _told),
        lambda one, visit, typed: cases.tell_authority(
            breach=one, by=visit.person, at=visit.at, told_at=typed["told"], reference=typed["reference"],
            delay=typed["delay"],
        ),
        _("Saved. The ICO has been told."),
    ),
    "people": Act(
        _("Record that the people were told"), _("Save who was told"), _form(PeopleForm, "people", _people),
        lambda one, visit, typed: cases.tell_people(
            breach=one, by=visit.person, at=visit.at, told_at=typed["told"], not_told=typed["not_told"],
            how=typed["how"],
        ),
        _("Saved."),
    ),
    "aware": Act(
        _("Correct the time you became aware"), _("Change time"),
        _form(AwareForm, "aware", lambda one: _moment("aware", one.aware_at)),
        lambda one, visit, typed: cases.change_aware(
            breach=one, by=visit.person, at=visit.at, aware_at=typed["aware"], why=typed["why"]
        ),
        _("Time changed. The 72 hours now run from it."),
    ),
    "bring-in": Act(
        _("Add a person"), _("Add person"), _bring_in_form,
        lambda one, visit, typed: cases.bring_in(
            breach=one, by=visit.person, at=visit.at, person=person_by_id(int(typed["person"]))
        ),
        _("Person added. They’ve been told."),
    ),
    "note": Act(
        _("Add a note"), _("Save note"), _form(NoteForm, "note"),
        lambda one, visit, typed: cases.note(breach=one, by=visit.person, at=visit.at, **typed),
        _("Note saved."),
    ),
    "reopen": Act(
        _("Reopen the record"), _("Reopen record"), _form(ReopenForm, "reopen"),
        lambda one, visit, typed: cases.reopen(breach=one, by=visit.person, at=visit.at, **typed),
        _("Record reopened."), BreachState.CLOSED,
    ),
}  # fmt: skip


@page(place="reports", check=check_deals_with_any)
def breach(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show one breach, and do what one of its forms says. My reading is recorded."""
    found = breach_for(visit.person, pk, on=visit.on)
    key = request.POST.get("do", "") if request.method == "POST" else ""
    if key == "close":
        cases.close_breach(breach=found, by=visit.person, at=visit.at)
        return done(request, _("Record closed. It stays in the log."), "breach", pk)
    if key:
        act = ACTS.get(key)
        if act is None:
            raise NotFound
        form = act.form(request.POST, found, {}, visit)
        if form.save(lambda typed: act.does(found, visit, typed)):
            return done(request, act.told, "breach", pk)
        return _show(request, visit, found, {key: form})
    return _show(request, visit, found, {})


def _show(
    request: HttpRequest, visit: Visit, found: Breach, given: Mapping[str, SchoolForm]
) -> HttpResponseBase:
    cases.read_breach(breach=found, by=visit.person, at=visit.at)
    steps = steps_of(found)
    details = details_in(steps)
    law = verdict(answer(found, STATUS, at=visit.at), at=visit.at)
    risk = last_of(steps, StepKind.RISK)
    wrong = next((form for form in given.values() if form.errors), None)
    context = {
        "breach": found, "clock": clock(found, at=visit.at), "open": found.state == BreachState.OPEN,
        "points": [*law.points, *law.waiting], "met": law.in_order,
        "what": details.get("what", ""), "details": in_words(details)[1:], "risk": risk,
        "acts": [
            {"key": key, "act": act, "form": given.get(key) or act.form(None, found, details, visit)}
            for key, act in ACTS.items()
            if act.when == found.state and found.destroyed_at is None
        ],
        "steps": steps_shown(steps), "form": wrong, "languages": [("en", "English"), ("cy", "Cymraeg")],
        **_sources(found, visit),
    }  # fmt: skip
    response = render(request, "breaches/breach.html", context, status=422 if wrong else 200)
    response["Cache-Control"] = "no-store"
    return response


def _sources(found: Breach, visit: Visit) -> dict[str, Any]:
    """Return the concern and the post it comes from, where this person may open them."""
    shown: dict[str, Any] = {}
    if found.report_id and can(report_for, visit.person, found.report_id, on=visit.on):
        shown["report"] = found.report
    if found.thing.startswith("publishing.post:"):
        number = number_of(found.thing)
        if can(post_for, visit.person, number, on=visit.on):
            shown["post"] = number
    return shown


@page(place="reports", check=check_deals_with_any, methods=("GET", "HEAD"))
def sheet(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Return the report to the ICO as a filled-in PDF, in English or Welsh. My reading is recorded."""
    found = breach_for(visit.person, pk, on=visit.on)
    cases.read_breach(breach=found, by=visit.person, at=visit.at)
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else translation.get_language() or "en"
    with translation.override(language):
        filled = sheet_of(found, steps_of(found), visit.person, visit.federation.name, language)
        made = pdf_of("form", filled, at=visit.at)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.reference}-{language}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


urlpatterns = [
    path("breaches/<int:pk>", breach, name="breach"),
    path("breaches/<int:pk>/ico.pdf", sheet, name="breach-sheet"),
]
