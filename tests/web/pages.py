"""Pages that do one thing each, behind the two doors, for the tests of the doors."""

import psycopg
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import include, path
from procrastinate.exceptions import ConnectorException

from schoolgate.core.actions import action
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.tenancy import current_scope
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, require
from schoolgate.web.frame.doors import done, opens, page, public_page
from schoolgate.web.frame.errors import limited


@page
def who(request, visit):
    """Who is asking, in which scope."""
    scope = current_scope()
    return HttpResponse(f"{visit.person.name} {scope.federation_id} {scope.person_id} {visit.on}")


@page(place="posts")
def late(request, visit):
    """A template that asks the database only when it is drawn."""
    return TemplateResponse(
        request, "errors/page.html", {"layout": "base.html", "title": Person.objects.get().name}
    )


ERRORS = {
    "not-allowed": NotAllowed("You may not do this.", next_step="Ask Amina."),
    "not-found": NotFound(),
    "not-now": NotNow("Someone else was quicker."),
    "bad-input": BadInput({"name": "Give a name."}),
    "http404": Http404("a row that is not there"),
}


@page
def failing(request, visit, kind):
    """Leaves a row behind and raises."""
    Person.objects.update(language="cy")
    raise ERRORS[kind]


@page
def broken(request, visit):
    """A mistake in the program."""
    raise RuntimeError("Cara's secret")


AWAY = {
    "cut-off": OperationalError("server closed the connection unexpectedly"),
    "closed": InterfaceError("the connection is closed"),
    "deferring": ConnectorException("a job could not be put down"),
    "mistake": ProgrammingError("a column that is not there"),
}
AWAY["deferring"].__cause__ = psycopg.OperationalError("the database system is shutting down")


@page(methods=("GET", "POST"))
def away(request, visit, kind):
    """The database goes away in the middle."""
    raise AWAY[kind]


@page(capacity="decide_account")
def deciders(request, visit):
    """Only for who decides."""
    return HttpResponse("decide")


def check_is_staff(person, *, on):
    """Raise NotAllowed for anybody but staff."""
    if person.relation != "staff":
        raise NotAllowed("Only staff may do this.")


@page(check=check_is_staff)
def staffroom(request, visit):
    """Only for staff."""
    return HttpResponse("staff")


@page(check=check_is_staff, prepare=lambda request: request.POST["name"].upper(), methods=("POST",))
def prepared_for_staff(request, visit):
    """Work done once the rule was asked."""
    return HttpResponse(visit.prepared)


@page
def opening(request, visit):
    """Which of these pages open for whoever asks."""
    return HttpResponse(" ".join(name for name in ("who", "deciders", "staffroom") if opens(visit, name)))


@page(prepare=lambda request: request.POST["name"].upper(), methods=("POST",))
def prepared(request, visit):
    """Work done before the scope opens."""
    return HttpResponse(visit.prepared)


@page(methods=("POST",))
def act(request, visit):
    """Does something, and says so on the next page."""
    return done(request, "Mark as done.", "menu")


@public_page
def board(request, visit):
    """For anybody."""
    return HttpResponse(
        f"{visit.federation.slug} {current_scope().federation_id} {current_scope().person_id}"
    )


@limited("note", rate="2/m")
@public_page(methods=("POST",))
def note(request, visit):
    """A public form."""
    return HttpResponse("taken")


@action
def publish(*, by, at):
    """Asks the policy about a post of which nothing is known, and is refused."""
    require(record_decision("post.publish", {}, at=at, by=by, subject="publishing.post:1"))


@page
def refused(request, visit):
    """An act that the policy does not let happen."""
    publish(by=visit.person, at=visit.at)


urlpatterns = [
    path("refused", refused),
    path("who", who, name="who"),
    path("late", late),
    path("failing/<str:kind>", failing),
    path("broken", broken),
    path("away/<str:kind>", away),
    path("deciders", deciders, name="deciders"),
    path("staffroom", staffroom, name="staffroom"),
    path("prepared-for-staff", prepared_for_staff),
    path("opening", opening),
    path("prepared", prepared),
    path("act", act),
    path("", include("schoolgate.config.urls")),
    path("<slug:federation>/", board),
    path("<slug:federation>/note", note),
]
handler404 = "schoolgate.web.frame.errors.not_found"
handler500 = "schoolgate.web.frame.errors.server_error"
