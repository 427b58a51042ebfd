"""A federation under a policy of its own, St Anne's, with its headteacher and somebody of the office."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.rulebook.packs import own_policies_in
from tests.cast import someone
from tests.worlds import World, enter_federation, world

SIXTH = Path(__file__).parents[1] / "own_policies"
NOW = datetime.now(UTC)
CLAUSE = "st-annes-posts-5"
"""A clause that is only text: nothing is posted before 7am or after 7pm."""
COUNTED = "st-annes-posts-6"
"""A clause that names a number: a notice is taken off within a week, 7 days."""
RULED = "st-annes-pictures-6"
"""A clause with a rule of its own: no private device with pupils."""
BY_CODE = "st-annes-posts-3"
"""A clause that is kept by a kind of rule written as code."""


@world()
def infant_school(at: datetime) -> SimpleNamespace:
    """The federation, whose policy is in force; Ben looks after it, Olive does not."""
    federation = enter_federation("st-annes", "st-annes", languages=["en", "cy"])
    with scope(federation.pk):
        School.objects.create(name="St Anne's Infant School", slug="infants")
        ben, olive = someone("Ben Carter", "headteacher"), someone("Olive Office", "school-office")
        adopt(by=ben, at=at - timedelta(hours=2))
    return SimpleNamespace(federation=federation, head=ben, office=olive)


@pytest.fixture
def st_annes_as(in_world: Any, sign_in: Any, tmp_path: Path) -> Iterator[Callable[[World], SimpleNamespace]]:
    """`st_annes_as(world)`: the federation as it is there, with browsers."""
    own_policies_in(SIXTH)

    def enter(of: World) -> SimpleNamespace:
        found = in_world(of, NOW)
        found.ben, found.olive = sign_in(found.head), sign_in(found.office)
        return found

    yield enter
    own_policies_in(tmp_path / "nowhere")


@pytest.fixture
def st_annes(st_annes_as: Callable[[World], SimpleNamespace]) -> SimpleNamespace:
    """The federation; `ben` looks after its policy, `olive` does not."""
    return st_annes_as(infant_school)
