"""Whoever leads on safeguarding goes by two people's word: a page that would take them out asks first."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from schoolgate.people.letting_go import leads_anywhere, let_go
from schoolgate.people.models import Person
from schoolgate.policy.actions.leads import ask_to_let_go
from schoolgate.web.frame.doors import Visit, done


def asks_first(visit: Visit, person: Person) -> bool:
    """Return whether a second person has yet to agree before this person goes: a page says so beforehand."""
    return leads_anywhere(person, on=visit.on) and let_go(person, at=visit.at) is None


def asked_first(request: HttpRequest, visit: Visit, person: Person) -> HttpResponseBase | None:
    """Ask a second person whether a lead may go, and return the page that says so; None where nothing has to
    be asked, or it was agreed."""
    if not asks_first(visit, person):
        return None
    change = ask_to_let_go(by=visit.person, at=visit.at, person=person)
    said = _(
        "This person leads on safeguarding. Nothing changes until a second person agrees. Then do it again."
    )
    return done(request, said, "set-up-lead", change.pk)
