"""Getting started: one line for each part on Today, and a page with all the parts that the person has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import begins
from schoolgate.core.errors import NotFound
from schoolgate.people.actions import note_walk_step, set_walk_aside, take_walk_up
from schoolgate.people.getting_started import Begun, begun
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.today.steps import WALKS, Step, Walk
from schoolgate.web.today.steps_done import answer, questions


@dataclass(frozen=True)
class ShownStep:
    """A step with whether it was done."""

    step: Step
    done: bool


@dataclass(frozen=True)
class ShownWalk:
    """A list with its steps, as far as this installation has their pages."""

    walk: Walk
    steps: Sequence[ShownStep]
    aside: bool

    @property
    def done(self) -> int:
        """Return how many steps were done."""
        return sum(step.done for step in self.steps)

    @property
    def over(self) -> bool:
        """Return whether every step was done."""
        return self.done == len(self.steps)

    @property
    def following(self) -> ShownStep | None:
        """The first step that is still to do."""
        return next((step for step in self.steps if not step.done), None)


def walk_of_today(walks: Sequence[ShownWalk], so_far: Begun, *, on: date) -> ShownWalk | None:
    """Return the first list that is neither done nor hidden, for Today, or None.

    A person who hid one today is shown no other before tomorrow.
    """
    if any(at >= begins(on) for at in so_far.hidden.values()):
        return None
    return next((walk for walk in walks if not (walk.aside or walk.over)), None)


def walks_of(visit: Visit, **also: Any) -> tuple[list[ShownWalk], Begun, dict[str, Any]]:
    """Return the lists of this person's parts with their progress, and the results of the other questions
    asked with them. One query."""
    possible = [walk for walk in WALKS if walk.fits(visit, True)]
    asked = questions(dict.fromkeys(step.done for walk in possible for step in walk.steps), visit)
    so_far, found = begun(visit.person, **asked, **also)

    def shown(step: Step) -> ShownStep:
        known = answer(found, step.done)
        return ShownStep(step, step.key in so_far.opened if known is None else known)

    walks = [
        ShownWalk(walk, [shown(step) for step in walk.steps if step.href], walk.key in so_far.hidden)
        for walk in possible
        if walk.fits(visit, so_far.safeguards)
    ]
    return walks, so_far, found


@page(place="menu")
def walks(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """All first walks of this person's parts."""
    return render(request, "today/walks.html", {"walks": walks_of(visit)[0], "visit": visit})


@page(methods=("POST",))
def step(request: HttpRequest, visit: Visit, walk: str, step: str) -> HttpResponseBase:
    """Note that the page of a step is opened, and go there."""
    before = _walk_for(visit, walk)
    found = next((each.step for each in before.steps if each.step.key == step), None)
    if found is None:
        raise NotFound
    note_walk_step(by=visit.person, at=visit.at, walk=walk, step=step)
    if not before.over and _walk_for(visit, walk).over:
        messages.success(
            request,
            _("You’ve finished these steps. You can find them again in the menu, under Getting started."),
        )
    return redirect(found.href)


@page(methods=("POST",))
def aside(request: HttpRequest, visit: Visit, walk: str) -> HttpResponseBase:
    """Hide it from Today."""
    set_walk_aside(by=visit.person, at=visit.at, walk=_walk_for(visit, walk).walk.key)
    return done(request, _("Hidden. You can find it again in the menu, under Getting started."), "today")


@page(methods=("POST",))
def again(request: HttpRequest, visit: Visit, walk: str) -> HttpResponseBase:
    """Show it again on the page of today."""
    take_walk_up(by=visit.person, at=visit.at, walk=_walk_for(visit, walk).walk.key)
    return done(request, _("Shown on your Today page again."), "today")


def _walk_for(visit: Visit, key: str) -> ShownWalk:
    found = next((each for each in walks_of(visit)[0] if each.walk.key == key), None)
    if found is None:
        raise NotFound
    return found


urlpatterns = [
    path("first-walks", walks, name="first-walks"),
    path("first-walks/<slug:walk>/aside", aside, name="first-walk-aside"),
    path("first-walks/<slug:walk>/again", again, name="first-walk-again"),
    path("first-walks/<slug:walk>/<slug:step>", step, name="first-walk-step"),
]
