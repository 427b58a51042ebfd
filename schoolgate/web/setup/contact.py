"""What a school publishes of itself, entered by its office: it isn't taken for a person's own."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core import setting_up
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.people import rules
from schoolgate.publishing.actions import agree_own_detail, keep_own_details, remove_own_detail
from schoolgate.publishing.hit_models import OwnDetail
from schoolgate.publishing.own_details import own_details
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import form_page
from schoolgate.web.frame.found_words import KINDS
from schoolgate.web.setup.forms import OwnDetailsForm


@page(place="people", check=rules.check_may_administer, methods=("POST",))
def contact(request: HttpRequest, visit: Visit, school_pk: int) -> HttpResponseBase:
    """Add some of a school's own details, agree to one that a colleague proposed, or remove one."""
    about = setting_up.school(school_pk)
    for name, act in (("agree", agree_own_detail), ("remove", remove_own_detail)):
        if name in request.POST:
            kept = own_details([about])
            detail = next((each for each in kept if str(each.pk) == request.POST[name]), None)
            if detail is None:
                raise NotFound
            act(by=visit.person, at=visit.at, detail=detail)
            return done(request, _("Saved."), "set-up-school", about.pk)
    form = OwnDetailsForm(request.POST)
    if form.save(lambda typed: keep_own_details(by=visit.person, at=visit.at, school=about, **typed)):
        return done(request, _("Saved. No one will be asked about it again."), "set-up-school", about.pk)
    return form_page(request, "setting_up/contact.html", form, {"about": about, "rows": own_rows(about)})


def own_rows(about: School) -> list[tuple[OwnDetail, object]]:
    """Return a school's own details, each with what it is in words."""
    return [(each, KINDS[each.kind]) for each in own_details([about])]


urlpatterns = [path("set-up/schools/<int:school_pk>/contact", contact, name="set-up-contact")]
