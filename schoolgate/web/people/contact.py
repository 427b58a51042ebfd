"""A person's contact details: where their mail goes, and the number on the emergency contacts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import together
from schoolgate.notices.actions import give_address, note_bounce
from schoolgate.notices.kinds import Reason
from schoolgate.notices.mails import bad_address
from schoolgate.people import actions, rules
from schoolgate.people.contact_details import check_may_change_contact, check_may_give_address
from schoolgate.people.models import Person
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.queries import telephone_of
from schoolgate.web.frame.doors import Visit, done, opens, page
from schoolgate.web.frame.forms import SchoolForm, form_page


class ContactForm(SchoolForm):
    """A person's address and their number."""

    address = forms.EmailField(
        label=_("Email address"),
        help_text=_("If they haven’t signed in yet, they’ll sign in with this address too."),
    )
    number = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        required=False,
        help_text=_("Only on the printed emergency contacts. Clear it to remove it."),
    )


@page()
def contact(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show and change a person's contact details: anyone their own number, an administrator those of others,
    and only leads those of a safeguarding lead."""
    about = person_by_id(pk)
    check_may_change_contact(visit.person, about, on=visit.on)
    others = about.pk != visit.person.pk
    number = telephone_of(about)
    form = ContactForm(request.POST or None, initial={"address": about.email, "number": number})
    if not others:
        form.fields["address"].help_text = ""
    if not rules.can(check_may_give_address, visit.person, about, on=visit.on):
        del form.fields["address"]
    if about.left_on is not None and about.left_on <= visit.on:
        del form.fields["number"]
    if saved := form.save(lambda typed: _save(visit, about, typed, number=number)):
        to = "person" if opens(visit, "person", pk) else "person-contact"
        return done(request, saved.value, to, pk)
    bad = bad_address(about)
    context = {
        "title": _("Contact details"),
        "caption": about.name,
        "lead": "",
        "back": reverse("person", args=[pk]) if opens(visit, "person", pk) else reverse("me"),
        "button": _("Save contact details"),
        "about": about,
        "others": others,
        "bad": bad,
        "why": Reason(bad.because).label if bad else "",
    }
    return form_page(request, "people/contact.html", form, context)


def _save(visit: Visit, about: Person, typed: dict[str, Any], *, number: str) -> Promise:
    """Save what changed, and return what to say. An address that was entered again works again."""
    by, at = visit.person, visit.at
    new_number = typed.get("number", number).strip()
    corrected = False
    with together(at=at, by=by):
        if new_number and new_number != number:
            actions.keep_telephone(by=by, at=at, person=about, number=new_number)
        elif number and not new_number:
            actions.forget_telephone(by=by, at=at, person=about)
        if "address" in typed and (typed["address"] != about.email or new_number == number):
            corrected = give_address(by=by, at=at, person=about, address=typed["address"])
    if corrected:
        return _("Contact details saved. They sign in with this address too, so send them a new invitation.")
    return _("Contact details saved.")


@page(methods=("POST",))
def bounced(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that a mail to a person came back."""
    note_bounce(by=visit.person, at=visit.at, person=person_by_id(pk))
    return done(
        request,
        _("Saved. Nothing will be sent there until there is another address."),
        "person-contact",
        pk,
    )


urlpatterns = [
    path("people/<int:pk>/contact", contact, name="person-contact"),
    path("people/<int:pk>/contact/bounced", bounced, name="person-bounced"),
]
