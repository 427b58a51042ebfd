"""The sheet of emergency contacts for the person on duty, for when the program is down: to print or as a
PDF."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.core.documents import pdf_of
from schoolgate.core.errors import NotAllowed
from schoolgate.incidents.allegations import numbers
from schoolgate.people.queries import book_of
from schoolgate.reports.cover import DutySheet, OnSheet, duty_sheet, needs_sheet
from schoolgate.web.accounts.register_wording import network_name
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.parts import PlaceLink, beside_accounts
from schoolgate.web.frame.shown import day_in_words
from schoolgate.web.frame.wording import says_on

LANGUAGES = {"en": "English", "cy": "Cymraeg"}
RULES = {
    "item.received": ("reply_due", "what_counts", "removal_due", "report_due", "personal_details", "press"),
    "incident.report": (),
    "account.watch": ("looked_at", "days_looked_at", "looked_at_in_holidays"),
}
"""What the person on duty must know about replying, removing and reporting: situation -> its points."""


@page(place="accounts")
def sheet(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The sheet on a page to print."""
    language = _language(request)
    with translation.override(language):
        others = [(key, name) for key, name in LANGUAGES.items() if key != language]
        shown = {**_shown(visit), "others": others, "language": language}
        return render(request, "duty_sheet/sheet.html", shown)


@page(place="accounts")
def sheet_as_pdf(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Return the same sheet as a PDF."""
    language = _language(request)
    with translation.override(language):
        made = pdf_of("duty_sheet", _as_text(_shown(visit), language), at=visit.at)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="duty-sheet-{visit.on.isoformat()}-{language}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else translation.get_language() or "en"


def _shown(visit: Visit) -> dict[str, Any]:
    """Return the data of the sheet. Raises NotAllowed for people who may not print it."""
    book = book_of(visit.federation)
    needs = needs_sheet(visit.person, book, at=visit.at)
    if needs is None:
        raise NotAllowed(
            _("The emergency contacts include colleagues’ phone numbers."),
            _(
                "You can open these numbers from the day before you’re on duty. Until then, ask a "
                "safeguarding lead."
            ),
        )
    found = duty_sheet(book, needs.accounts, schools=needs.schools, on=visit.on)
    return {
        "visit": visit,
        "sheet": found,
        "day": visit.on,
        "accounts": [
            {
                "name": each.account.name,
                "network": network_name(each.account.network),
                "address": each.account.address or each.account.handle,
                "school": each.account.school.name if each.account.school else "",
                "people": [_person(one) for one in each.people],
            }
            for each in found.accounts
        ],
        "roles": [
            {"name": each.name, "people": [_person(one) for one in each.people], "more": each.more}
            for each in found.roles
        ],
        "safeguarders": _safeguarders(found),
        "danger": numbers("danger", found.countries),
        "help": [one for one in numbers("help", found.countries) if one.telephone],
        "rules": says_on(book, RULES),
        "down": DOWN,
        "may_give": "administer" in visit.capacities,
    }


def _safeguarders(found: DutySheet) -> list[dict[str, Any]]:
    return [
        {
            **_person(one),
            "part": guard.get_place_display(),
            "school": guard.school.name if guard.school else "",
        }
        for guard, one in found.safeguarders
    ]


def _person(one: OnSheet) -> dict[str, Any]:
    return {
        "name": one.person.name,
        "part": one.part,
        "telephone": one.telephone,
        "away": ", ".join(_span(*each) for each in one.away),
    }


def _span(first: date, last: date) -> str:
    begins, ends = date_format(first, "D j M"), date_format(last, "D j M")
    return begins if first == last else f"{begins} – {ends}"


def _as_text(shown: dict[str, Any], language: str) -> dict[str, Any]:
    """The sheet as the template of the PDF takes it: texts and lists of texts."""
    found: DutySheet = shown["sheet"]
    return {
        "language": language,
        "title": _("Emergency contacts"),
        "federation": shown["visit"].federation.name,
        "dates": [
            f"{_('Printed')}: {day_in_words(shown['day'])}",
            f"{_('Valid until')}: {day_in_words(found.until)}",
        ],
        "private": _(
            "This sheet has colleagues’ phone numbers. Store it where only they can "
            "see it, and shred the old one."
        ),
        "heads": {
            "numbers": [_("Contact"), _("Phone number"), _("When")],
            "accounts": [_("Account"), _("People")],
            "roles": [_("Role"), _("People")],
        },
        "sections": [
            {
                "title": _("Emergencies and help"),
                "rows": [[one.name, str(one.in_words)] for one in (*shown["danger"], *shown["help"])],
                "numbers": [one.telephone for one in (*shown["danger"], *shown["help"])],
            },
        ],
        "people_title": _("Safeguarding"),
        "safeguarders": [_line(one) for one in shown["safeguarders"]],
        "accounts_title": _("Accounts"),
        "accounts": [
            {
                "name": each["name"],
                "where": _joined(str(each["network"]), each["school"], each["address"]),
                "people": [_line(one) for one in each["people"]] or [_("No one")],
            }
            for each in shown["accounts"]
        ],
        "left_out": _left_out(found),
        "roles_title": _("By role"),
        "roles": [
            {"name": each["name"], "people": [_line(one) for one in each["people"]] or [_many(each["more"])]}
            for each in shown["roles"]
        ],
        "rules_title": _("Rules in brief"),
        "rules": [{"heading": str(one.heading), "words": one.words} for one in shown["rules"]],
        "silent": ""
        if shown["rules"]
        else _("This policy says nothing about replying, removing or reporting."),
        "down_title": _("If Schoolgate is down"),
        "down": [*(str(each) for each in DOWN), _("This last part is Schoolgate’s own advice.")],
    }


DOWN = (
    gettext_lazy("Don’t publish anything new. Scheduled posts wait until Schoolgate is back."),
    gettext_lazy("Check each account in the network’s own app, as often as the rules above say."),
    gettext_lazy("Hide or reply to anything that can’t wait. Write down what you did, when, and who did it."),
    gettext_lazy("When Schoolgate is back, add by hand what arrived and your replies."),
)
"""Schoolgate's own advice, shown as that."""


def _many(number: int) -> str:
    return _("%(number)s people (see People by role)") % {"number": number}


def _left_out(found: DutySheet) -> str:
    return _("Accounts not on this sheet: %(number)s") % {"number": found.left_out} if found.left_out else ""


def _line(one: dict[str, Any]) -> str:
    """Return a person in one line: name, part, number, days away."""
    return _joined(
        one["name"],
        str(one["part"]),
        one.get("school", ""),
        one["telephone"] or _("no number added"),
        _("away: %(days)s") % {"days": one["away"]} if one["away"] else "",
    )


def _joined(*words: str) -> str:
    return " · ".join(word for word in words if word)


@beside_accounts
def lead(visit: Visit) -> PlaceLink | None:
    """Return a link below the list of accounts, for people who may print the sheet."""
    may = needs_sheet(visit.person, book_of(visit.federation), at=visit.at) is not None
    return PlaceLink("duty-sheet", gettext_lazy("Print emergency contacts")) if may else None


urlpatterns = [
    path("accounts/duty-sheet", sheet, name="duty-sheet"),
    path("accounts/duty-sheet.pdf", sheet_as_pdf, name="duty-sheet-pdf"),
]
