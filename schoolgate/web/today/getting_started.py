"""Getting started, for each part: one line on the page of today, and a page with all of one's own."""

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
from schoolgate.core.errors import NotFound
from schoolgate.people.actions import note_walk_step, set_walk_aside, take_walk_up
from schoolgate.people.getting_started import Begun, begun
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.today.steps import WALKS, Step, Walk, walk_by_key
from schoolgate.web.today.steps_done import answers


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
    """What is shown of this on the page of today: the first list that is neither done nor hidden, or None.

    Who hid one today is shown no other before tomorrow. Two queries.
    """
    so_far = begun(visit.person)
    if any(at >= begins(visit.on) for at in so_far.hidden.values()):
        return None
    return next((walk for walk in _walks(visit, so_far) if not (walk.aside or walk.over)), None)


@page(place="menu")
def walks(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """All first walks of this person's parts."""
    return render(request, "today/walks.html", {"walks": _walks(visit, begun(visit.person)), "visit": visit})


@page(methods=("POST",))
def step(request: HttpRequest, visit: Visit, walk: str, step: str) -> HttpResponseBase:
    """Note that the page of a step is opened, and go there."""
    found = next((each for each in _walk_for(visit, walk).steps if each.key == step and each.href), None)
    if found is None:
        raise NotFound
    mine = _walk_for(visit, walk)
    [before] = _walks(visit, begun(visit.person), [mine])
    note_walk_step(by=visit.person, at=visit.at, walk=walk, step=step)
    [after] = _walks(visit, begun(visit.person), [mine])
    if after.over and not before.over:
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
    if found is None or not found.fits(visit, begun(visit.person).safeguards):
        raise NotFound
    return found


def _walks(visit: Visit, so_far: Begun, walks: Sequence[Walk] = WALKS) -> list[ShownWalk]:
    """Of these the lists of this person's parts. One query."""
    mine = [walk for walk in walks if walk.fits(visit, so_far.safeguards)]
    done = answers((step.done for walk in mine for step in walk.steps), visit)

    def shown(step: Step) -> ShownStep:
        known = done[step.done]
        return ShownStep(step, step.key in so_far.opened if known is None else known)

    return [
        ShownWalk(walk, [shown(step) for step in walk.steps if step.href], walk.key in so_far.hidden)
        for walk in mine
    ]


urlpatterns = [
    path("first-walks", walks, name="first-walks"),
    path("first-walks/<slug:walk>/aside", aside, name="first-walk-aside"),
    path("first-walks/<slug:walk>/again", again, name="first-walk-again"),
    path("first-walks/<slug:walk>/<slug:step>", step, name="first-walk-step"),
]
