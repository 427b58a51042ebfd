"""The two decorators for views: `@page` for signed-in people, `@public_page` for everyone.

A decorated view is called as `view(request, visit, ...)` and runs inside `scope(federation, person)`, one
transaction. It returns a redirect after a POST that did something (`done`), or a page. A SchoolgateError that
it raises becomes a page that says what is wrong and what to do next. Evidence saved by then stays saved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import wraps
from typing import Any, TypeVar, cast, overload

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise

from schoolgate.core import heartbeats
from schoolgate.core.clock import local_day, now
from schoolgate.core.errors import NotFound, SchoolgateError
from schoolgate.core.leaving import answering
from schoolgate.core.models import Federation
from schoolgate.core.moves import lost_races_told
from schoolgate.core.reading_once import ask_together, remember_reads
from schoolgate.core.stops import note_none
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Membership, Person, RoleAssignment
from schoolgate.people.outside import WAS_TOLD, told_in_passing
from schoolgate.people.queries import book_of, capacities_of_roles, held_asked, held_by, remember_assignments
from schoolgate.people.rules import can, check_capacity
from schoolgate.people.safeguarding import lead_of, remember_safeguards
from schoolgate.policy.queries import adopted_asked
from schoolgate.reports import running
from schoolgate.reports.frame import visitor_and_flags, visitor_asked
from schoolgate.web.frame import errors, sessions, twice
from schoolgate.web.frame.carrying import CARRIED, READS
from schoolgate.web.frame.errors import ANYBODY
from schoolgate.web.frame.found_words import said_in
from schoolgate.web.frame.help import help_for
from schoolgate.web.frame.layout import LEADS, PageLayout, danger_shown, places_for, stopped_in_words
from schoolgate.web.frame.twice import Undo

View = Callable[..., HttpResponseBase]
A = TypeVar("A")
METHODS = ("GET", "HEAD", "POST")
Check = Callable[..., None]
"""A permission rule, called as `check(person, on=day)`; raises NotAllowed."""
SIGNED_IN = "signed in"
"""The attribute `open_to` of a view: who may open it, `ANYBODY`, or the capacity that it requires."""


@dataclass(frozen=True)
class Visit:
    """Who is on the page, in which federation, and when.

    `at` is the one instant of this request: pass it to every action. `capacities` are those held anywhere in
    the federation on that day: enough to show a button, never enough to act (the action also checks the
    place). `held` are the assignments they come from. `prepared` is what `prepare` of the decorator returned.
    """

    federation: Federation
    at: datetime
    membership: Membership | None = None
    who: Person | None = None
    capacities: frozenset[str] = frozenset()
    held: tuple[RoleAssignment, ...] = ()
    restoring: bool = False
    """The installation was restored from a backup and is not released yet."""
    prepared: Any = None

    @property
    def on(self) -> date:
        """The day of this visit in London."""
        return local_day(self.at)

    @property
    def person(self) -> Person:
        """The person signed in; only behind `@page`."""
        if self.who is None:
            raise TypeError("nobody is signed in behind a public page")
        return self.who


@overload
def page(view: View) -> View: ...
@overload
def page(
    *,
    place: str = ...,
    capacity: str = ...,
    check: Check | None = ...,
    prepare: Callable[[HttpRequest], Any] | None = ...,
    prepares: tuple[str, ...] | None = ...,
    methods: tuple[str, ...] = ...,
) -> Callable[[View], View]: ...
def page(
    view: View | None = None,
    *,
    place: str = "",
    capacity: str = "",
    check: Check | None = None,
    prepare: Callable[[HttpRequest], Any] | None = None,
    prepares: tuple[str, ...] | None = None,
    methods: tuple[str, ...] = METHODS,
) -> View | Callable[[View], View]:
    """Make a view a page for signed-in people.

    Args:
        place: key of the place of `navigation.PLACES` that the page belongs to.
        capacity: refuse (403) people who hold this capacity nowhere in the federation.
        check: refuse (403) people refused by this rule. `opens` checks both, so no link leads to a refusal.
        prepare: called with the request after the person is known and before the scope opens, for
            file work, which has no place in a transaction; what it returns is `visit.prepared`.
        prepares: HTTP methods for which it is called (None: all); with others the door is passed once.
        methods: HTTP methods answered; others get 405.

    Visitors who aren't signed in go to the sign-in page. People without a federation see who can add them to
    one.
    """

    def door(inner: View) -> View:
        @errors.takes(*methods)
        @wraps(inner)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path() if request.method in READS else "/")
            at = now()
            membership = sessions.current_membership(request, request.user, on=local_day(at))
            if membership is None:
                return errors.no_membership(request)

            def answer() -> HttpResponseBase:
                visit = Visit(federation=membership.federation, at=at, membership=membership)
                if prepare is not None and (prepares is None or request.method in prepares):
                    with scope(membership.federation_id, membership.person_id):
                        _enter(request, visit, place, capacity, check)
                    visit = replace(visit, prepared=prepare(request))
                with scope(membership.federation_id, membership.person_id):
                    inside = _enter(request, visit, place, capacity, check)
                    return _finished(inner(request, inside, *args, **kwargs))

            try:
                with lost_races_told(), answering(said_in(request.POST)):
                    return twice.once(request, membership.person_id, answer)
            except SchoolgateError as error:
                return errors.show(request, error)
            except Http404:
                return errors.show(request, NotFound())

        run.open_to = capacity or SIGNED_IN  # type: ignore[attr-defined]
        run.check = check  # type: ignore[attr-defined]
        return run

    return door(view) if view is not None else door


@overload
def public_page(view: View) -> View: ...
@overload
def public_page(*, methods: tuple[str, ...] = ...) -> Callable[[View], View]: ...
def public_page(
    view: View | None = None, *, methods: tuple[str, ...] = METHODS
) -> View | Callable[[View], View]:
    """Make a view a public page, under an address that begins with a federation's slug.

    The URL pattern names the slug `federation`; the view gets `visit` in its place, without a person. An
    unknown slug answers 404.
    """

    def door(inner: View) -> View:
        @errors.takes(*methods)
        @wraps(inner)
        def run(request: HttpRequest, *args: Any, federation: str, **kwargs: Any) -> HttpResponseBase:
            found = Federation.objects.filter(slug=federation).first()
            if found is None:
                return errors.show(request, NotFound())
            visit = Visit(federation=found, at=now(), restoring=getattr(request, "restoring", False))
            request.visit = visit  # type: ignore[attr-defined]
            request.frame = PageLayout(  # type: ignore[attr-defined]
                home=request.path, federation_name=found.name, slug=found.slug, is_example=found.is_example
            )

            def answer() -> HttpResponseBase:
                with scope(found.pk):
                    response = _finished(inner(request, visit, *args, **kwargs))
                # what is taken down is gone from what keeps copies between us and the reader, too
                response.headers.setdefault("Cache-Control", "no-cache")
                return response

            try:
                with lost_races_told():
                    return twice.once(request, None, answer)
            except SchoolgateError as error:
                return errors.show(request, error)
            except Http404:
                return errors.show(request, NotFound())

        run.open_to = ANYBODY  # type: ignore[attr-defined]
        return run

    return door(view) if view is not None else door


def done(
    request: HttpRequest,
    message: str | Promise,
    to: str,
    *args: Any,
    undo: Undo | None = None,
    warns: bool = False,
    **kwargs: Any,
) -> HttpResponseRedirect:
    """Redirect after a POST that did something, with a message for the next page, which also says where a
    safeguarding lead was told of what was written.

    `to` is a path or the name of a page. `undo`: the button beside the message that undoes the action.
    `warns`: it was saved, and something has to be done about it now.
    """
    said = f"{message} {WAS_TOLD}" if told_in_passing() else str(message)
    told = (said, undo.as_tag() if undo else "", messages.WARNING if warns else messages.SUCCESS)
    messages.add_message(request, told[2], told[0], extra_tags=told[1])
    answer = cast("HttpResponseRedirect", redirect(to, *args, **kwargs))
    answer.told = told  # type: ignore[attr-defined]
    return answer


def act_in(given: Mapping[str, str], acts: Mapping[str, A]) -> A:
    """Return which of these acts the button of a form asks for, by its `do`. Raises NotFound for any
    other."""
    found = acts.get(given.get("do", ""))
    if found is None:
        raise NotFound
    return found


def opens(visit: Visit, to: str, *args: Any) -> bool:
    """Return whether the visitor may open the page of this name. Check before showing a link to it.

    What a page requires beyond that, for one account or one post, is a separate rule.
    """
    return lets_in(visit, resolve(reverse(to, args=args)).func)


def lets_in(visit: Visit, view: Callable[..., Any]) -> bool:
    """Return whether the door of a view lets the visitor in."""
    wanted, check = getattr(view, "open_to", SIGNED_IN), getattr(view, "check", None)
    if visit.who is None or wanted == ANYBODY:
        return bool(wanted == ANYBODY)
    if wanted != SIGNED_IN and wanted not in visit.capacities:
        return False
    return check is None or can(check, visit.who, on=visit.on)


def _enter(request: HttpRequest, visit: Visit, place: str, capacity: str, check: Check | None) -> Visit:
    """Inside the scope: find the person, check the capacity, speak their language, lay out the frame."""
    membership = cast("Membership", visit.membership)
    remember_reads()
    ask_together(
        visitor_asked(membership.person_id, at=visit.at),
        held_asked(membership.person_id, on=visit.on),
        adopted_asked(),
        heartbeats.asked(),
    )
    who, there = visitor_and_flags(membership.person_id, at=visit.at)
    remember_safeguards(who)
    held = held_by(who, on=visit.on)
    if request.method in READS:
        remember_assignments(who, held, on=visit.on)
    may = capacities_of_roles([each.role_key for each in held], book_of(visit.federation))
    if request.method in READS and not there.stopped:
        note_none(visit.at)
    inside = replace(visit, who=who, held=tuple(held), capacities=may, restoring=there.restoring)
    _speak(request, sessions.language_of(request, who))
    request.visit = inside  # type: ignore[attr-defined]
    danger = danger_shown(who, held, on=visit.on) if there.danger else None
    request.frame = PageLayout(  # type: ignore[attr-defined]
        federation_name=visit.federation.name,
        slug=visit.federation.slug,
        person_name=who.name,
        who=salted_hmac("schoolgate.drafts", str(who.pk)).hexdigest()[:16],
        places=places_for(may | {LEADS} if lead_of(who, held) else may, current=place, danger=danger),
        danger=danger,
        help=help_for(request),
        in_menu=place == "menu",
        stopped=stopped_in_words(visit.at) if there.stopped else "",
        is_example=visit.federation.is_example,
        may_stop="stop_everything" in inside.capacities,
        stands_still="administer" in inside.capacities
        and running.for_the_frame(
            visit.at,
            is_example=visit.federation.is_example,
            told=there.standing_still,
            restoring=there.restoring,
        ),
    )
    if capacity:
        check_capacity(who, capacity, on=visit.on, anywhere=True)
    if check is not None:
        check(who, on=visit.on)
    return inside


def _speak(request: HttpRequest, language: str) -> None:
    """Use the person's own language, unless another was chosen on this device, or with the button now."""
    from django.conf import settings

    if CARRIED.get() is not None:
        return
    if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) in dict(settings.LANGUAGES):
        return
    if language in dict(settings.LANGUAGES):
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()


def _finished(response: HttpResponseBase) -> HttpResponseBase:
    """Render a late template while the scope is still open: outside it no row can be read."""
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        return cast("HttpResponse", response.render())
    return response
