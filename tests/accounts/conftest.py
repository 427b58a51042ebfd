"""Five federations, each with its policy in force and the people whom an account needs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from schoolgate.accounts.models import Proposal
from schoolgate.accounts.proposals import shown_digest
from schoolgate.accounts.proposing import save_proposal, start_proposal
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import PolicyVersion
from schoolgate.policy.saying import attest
from schoolgate.policy.training import record_training
from tests.cast import give, someone
from tests.worlds import World, enter_federation, world

OWNER = {
    "wildground": "slt",
    "boroughbridge": "staff-lead-director-of-business-services",
    "learn-to-live": "headteacher",
    "llanidloes": "headteacher",
    "wootton": "principal",
}
Cast = SimpleNamespace


@world()
def in_force(at: datetime, key: str) -> SimpleNamespace:
    """A federation whose policy is in force, with one school and an owner."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        school = School.objects.create(
            name="Llanidloes High School" if key == "llanidloes" else "North", slug="north",
            country="wales" if key == "llanidloes" else "england",
        )  # fmt: skip
        owner = someone("Olwen Price", OWNER[key])
        cast = Cast(key=key, school=school, owner=owner, version=adopt(by=owner, at=at))
    return SimpleNamespace(federation=federation, cast=cast)


@pytest.fixture
def at_federation(begin_in, at) -> Callable[[str], AbstractContextManager[Cast]]:
    """`with at_federation("wootton") as cast:` - `in_force`, in scope."""

    @contextmanager
    def enter(key: str) -> Iterator[Cast]:
        there = begin_in(in_force, at, key)
        with scope(there.federation.pk):
            yield there.cast

    return enter


@world(in_force)
def wootton_at_work(there: SimpleNamespace, at: datetime, _key: str) -> SimpleNamespace:
    """Wootton with an author, the two managers who sign, and two administrators."""
    with scope(there.federation.pk):
        cast = there.cast
        cast.author = someone("Ann Field", "site-author", "staff")
        cast.line_manager = someone("Lou Grant")
        give(cast.line_manager, "line-manager", managed=cast.author)
        cast.senior = someone("Pat Moor", "other-senior-manager")
        cast.team = [someone("Di Rook", "administrator"), someone("Ed Shaw", "administrator")]
    return there


def cast_of(of: World, key: str) -> Any:
    """A fixture: the cast of a world under a policy, in its federation's scope."""

    @pytest.fixture
    def cast(begin_in, at) -> Iterator[SimpleNamespace]:
        there = begin_in(of, at, key)
        with scope(there.federation.pk):
            yield there.cast

    return cast


wootton = cast_of(wootton_at_work, "wootton")


def drafted(by: Person, at: datetime, *, school: School, **fields: object) -> Proposal:
    """A proposal with everything that the program itself needs; `answers` as given."""
    proposal = start_proposal(by=by, at=at, school=school)
    given = {
        "name": "Year 4",
        "network": "noticeboard",
        "kind": "school",
        "pupils_in_audience": False,
        "answers": {},
    }
    return save_proposal(proposal=proposal, by=by, at=at, **{**given, **fields})


def ready(person: Person, version: PolicyVersion, *, trained_by: Person, at: datetime) -> None:
    """The person has read, understood and been trained."""
    attest(kind="policy_read", about=version, by=person, at=at, seen={})
    attest(kind="policy_understood", about=version, by=person, at=at, seen={})
    record_training(person=person, by=trained_by, at=at)


def case(*run_by: Person, **changes: object) -> dict[str, object]:
    """What Wildground and Boroughbridge ask for."""
    return {
        "aim": "To show families what Year 4 does.",
        "intended_audience": "Families of Year 4",
        "promotion": "In the newsletter.",
        "run_by": [person.pk for person in run_by],
        "visibility": "open",
        **changes,
    }


def points_in_the_way(refused) -> set[str]:
    """The points at which a refusal that pytest caught does not go ahead."""
    return {
        point
        for point, outcome in refused.value.kept.points.items()
        if outcome not in ("permitted", "silent")
    }


seen = shown_digest
__all__ = ["Cast", "case", "drafted", "give", "points_in_the_way", "ready", "seen"]
