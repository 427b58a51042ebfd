"""Who may be shown: the pupils of a school or a class, on one network."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.core.searching import words_of
from schoolgate.people.rules import can
from schoolgate.policy.choices import choose_own_yes, choose_withdrawn_within, own_yes_from, withdrawn_within
from schoolgate.policy.rules import check_may_own
from schoolgate.pupils import queries, rules
from schoolgate.pupils.models import Pupil
from schoolgate.pupils.states import Use
from schoolgate.web.accounts.register_wording import network_name
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.parts import PlaceLink, beside_people
from schoolgate.web.pupils.consent_links import of_class
from schoolgate.web.pupils.forms import HoursForm, OwnYesForm

SIZE = 25
LONGEST = 200
SHOWN = (Use.PICTURE, Use.FILM, Use.NAME)
"""Uses that the list shows; a pupil's page shows all."""


@page(place="people", check=rules.check_may_see)
def pupils(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List who may be shown on a network, by class. Names that are searched for come by POST, so that they
    reach no address and no log."""
    sent = request.POST if request.POST.get("do") == "age" else None
    age = OwnYesForm(sent)
    if age.save(lambda typed: choose_own_yes(by=visit.person, at=visit.at, age=typed["age"])):
        return done(request, _("Age saved as your federation’s own choice."), "pupils")
    hours = HoursForm(request.POST if request.POST.get("do") == "hours" else None)
    if hours.save(lambda typed: choose_withdrawn_within(by=visit.person, at=visit.at, **typed)):
        return done(request, _("Time saved as your federation’s own choice."), "pupils")
    schools = rules.schools_seen(visit.person, on=visit.on)
    channels = queries.channels_here()
    channel, form = request.GET.get("on", channels[0]), request.GET.get("class", "")
    forms = queries.forms_at(schools)
    if channel not in channels or (form and form not in forms):
        raise NotFound
    keeps = can(rules.check_may_keep, visit.person, on=visit.on)
    of_links = of_class(request, visit, schools, form) if keeps else {}
    if not isinstance(of_links, dict):
        return of_links
    words = words_of(request.POST.get("words", "")[:LONGEST])
    found, more = queries.pupils_page(
        schools, form=form, words=words, after=_after(request, visit), limit=SIZE
    )
    from_age = own_yes_from(on=visit.on)
    may = queries.standings(found, uses=SHOWN, channel=channel, on=visit.on, own_yes_from=from_age)
    here: dict[str, str] = {"on": channel, **({"class": form} if form else {})}
    context = {
        "rows": [
            {"pupil": each, "may": [use.label for use in SHOWN if may[each.pk][use].may]} for each in found
        ],
        "channels": [(key, network_name(key)) for key in channels],
        "channel": channel,
        "network": network_name(channel),
        "forms": forms,
        "form": form,
        "several": len(schools) > 1,
        "typed": request.POST.get("words", "")[:LONGEST],
        "here": urlencode(here),
        "following": urlencode({**here, "after": str(found[-1].pk)}) if more else "",
        "keeps": keeps,
        **of_links,
        "may_choose": can(check_may_own, visit.person, on=visit.on),
        "age": from_age,
        "age_form": age,
        "within": withdrawn_within(on=visit.on),
        "hours_form": hours,
    }
    response = render(
        request, "pupils/pupils.html", context, status=422 if _wrong(age, hours, of_links) else 200
    )
    response["Cache-Control"] = "no-store"
    return response


def _wrong(age: OwnYesForm, hours: HoursForm, of_links: dict[str, Any]) -> bool:
    return bool(age.errors or hours.errors or ("words_form" in of_links and of_links["words_form"].errors))


def _after(request: HttpRequest, visit: Visit) -> Pupil | None:
    """The key of the list from the last pupil's number: an address carries no name."""
    if "after" not in request.GET:
        return None
    return queries.pupil_for(visit.person, number_in(request.GET["after"]), on=visit.on)


@beside_people
def lead(visit: Visit) -> PlaceLink | None:
    """Return a link for people who may see pupils."""
    link: Any = PlaceLink("pupils", _("Pupils and consents"))
    return link if can(rules.check_may_see, visit.person, on=visit.on) else None
