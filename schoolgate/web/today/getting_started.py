"""A guided first walk for each part: a card on the page of today, and a page with all of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import begins
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.people.actions import note_walk_step, set_walk_aside, take_walk_up
from schoolgate.people.models import FirstWalk, WalkStep
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.today.steps import WALKS, Step, Walk, walk_by_key


@dataclass(frozen=True)
class ShownStep:
    """A step with whether it was done."""

    step: Step
    done: bool


@dataclass(frozen=True)
class ShownWalk:
    """A walk with its steps, as far as this installation has their pages."""

    walk: Walk
    steps: Sequence[ShownStep]
    aside: bool

    @property
    def done(self) -> int:
        """How many steps were done."""
        return sum(step.done for step in self.steps)

    @property
    def over(self) -> bool:
        """Whether every step was done."""
        return self.done == len(self.steps)

    @property
    def following(self) -> ShownStep | None:
        """The first step that is still to do."""
        return next((step for step in self.steps if not step.done), None)


def walk_of_today(visit: Visit) -> ShownWalk | None:
    """The first walk of this person that is neither gone to its end nor set aside; None: no card.

    Who set one aside today is shown no other before tomorrow.
    """
    rows = FirstWalk.objects.filter(person=visit.person, set_aside_at__gte=begins(visit.on))
    if rows.exists():
        return None
    return next((walk for walk in _walks(visit, all_of_them=False) if not (walk.aside or walk.over)), None)


@page(place="menu")
def walks(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """All first walks of this person's parts."""
    return render(request, "today/walks.html", {"walks": _walks(visit), "visit": visit})


@page(methods=("POST",))
def step(request: HttpRequest, visit: Visit, walk: str, step: str) -> HttpResponseBase:
    """Note that the page of a step is opened, and go there."""
    found = next((each for each in _walk_for(visit, walk).steps if each.key == step and each.href), None)
    if found is None:
        raise NotFound
    before = _one(visit, _walk_for(visit, walk))
    note_walk_step(by=visit.person, at=visit.at, walk=walk, step=step)
    if not before.over and _one(visit, before.walk).over:
        messages.success(
            request,
            _("You’ve finished these steps. You can find them again in the menu, under Getting started."),
        )
    return redirect(found.href)


@page(methods=("POST",))
def aside(request: HttpRequest, visit: Visit, walk: str) -> HttpResponseBase:
    """Show it no longer on the page of today."""
    set_walk_aside(by=visit.person, at=visit.at, walk=_walk_for(visit, walk).key)
    return done(request, _("Hidden. You can find it again in the menu, under Getting started."), "today")


@page(methods=("POST",))
def again(request: HttpRequest, visit: Visit, walk: str) -> HttpResponseBase:
    """Show it again on the page of today."""
    take_walk_up(by=visit.person, at=visit.at, walk=_walk_for(visit, walk).key)
    return done(request, _("Shown on your Today page again."), "today")


def _walk_for(visit: Visit, key: str) -> Walk:
    found = walk_by_key(key)
    if found is None or not found.fits(visit):
        raise NotFound
    return found


def _walks(visit: Visit, *, all_of_them: bool = True) -> list[ShownWalk]:
    """This person's walks. `all_of_them` False: those set aside are not looked into, and no more than the
    first that is not at its end."""
    went = _went(visit)
    rows = FirstWalk.objects.filter(person=visit.person).exclude(set_aside_at=None)
    aside_ones = set(rows.values_list("walk", flat=True))
    found: list[ShownWalk] = []
    for walk in WALKS:
        if not walk.fits(visit) or (walk.key in aside_ones and not all_of_them):
            continue
        found.append(_one(visit, walk, went, aside=walk.key in aside_ones))
        if not all_of_them and not found[-1].over:
            break
    return found


def _one(visit: Visit, walk: Walk, went: set[str] | None = None, *, aside: bool = False) -> ShownWalk:
    known = _went(visit) if went is None else went
    steps = [ShownStep(step, _is_done(step, step.key in known, visit)) for step in walk.steps if step.href]
    return ShownWalk(walk, steps, aside)


def _went(visit: Visit) -> set[str]:
    """The steps whose pages this person opened from a card: once is enough for all walks that have them. One
    query."""
    return set(WalkStep.objects.filter(person=visit.person).values_list("step", flat=True))


def _is_done(step: Step, went: bool, visit: Visit) -> bool:
    try:
        known = step.done(visit)
    except NotNow:  # no policy is in force: nothing can show that it was read
        known = None
    return went if known is None else known


urlpatterns = [
    path("first-walks", walks, name="first-walks"),
    path("first-walks/<slug:walk>/aside", aside, name="first-walk-aside"),
    path("first-walks/<slug:walk>/again", again, name="first-walk-again"),
    path("first-walks/<slug:walk>/<slug:step>", step, name="first-walk-step"),
]
