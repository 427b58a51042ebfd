"""A watch for each example's first school, and a public post that it has found and that waits to be read."""

from datetime import timedelta

from schoolgate.cli.demo.stage import Stage
from schoolgate.core.clock import local_day
from schoolgate.inbox.actions import adopt_process
from schoolgate.listening.finding import add_by_hand, check_sets_up
from schoolgate.listening.watching import Wanted, start_watch
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of
from schoolgate.people.rules import can, check_capacity

PROCESS = (
    "We reply once, within a working day, and give a link to our own page. Complaints go to the office. "
    "We don’t argue, and we never discuss a child."
)
POST = "The parking outside {school} was chaos again this morning. Is anyone doing anything about it?"


def a_watch_finds_a_post(stage: Stage) -> None:
    """Start a watch for the school's name, and add what was found on a forum. Where the policy wants a
    process for replies, adopt one first."""
    federation = stage.schools[0].federation
    if book_of(federation).at("item.answer", "response_process"):
        on = local_day(stage.clock)
        owner = next(one for one in stage.people.values() if can(check_capacity, one, "own_policy", on=on))
        adopt_process(by=owner, at=stage.later(2), words=PROCESS)
    school, by = stage.schools[0], _listener(stage)
    watch = start_watch(
        by=by, at=stage.later(3), wanted=Wanted(
            name=f"Posts about {school.name}", phrases=[school.name], school=school,
            purpose="To answer what people ask or criticise in public.",
            until=local_day(stage.clock) + timedelta(days=180),
        ),
    )  # fmt: skip
    add_by_hand(
        by=by, at=stage.later(5), watch=watch, text=POST.format(school=school.name), public=True,
        address="https://forum.example/parking", place="The valley forum", author="A resident",
    )  # fmt: skip


def _listener(stage: Stage) -> Person:
    """Return who replies, if they may set up watches there; else the first who may."""
    on = local_day(stage.clock)
    some = [stage.who("answerer"), *stage.people.values()]
    return next(one for one in some if can(check_sets_up, one, stage.schools[0], on=on))
