"""A federation under a policy of its own, St Anne's, with its headteacher and somebody of the office."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.actions import adopt
from schoolgate.rulebook.packs import own_policies_in
from tests.cast import someone

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


@pytest.fixture
def st_annes(make_federation: Any, sign_in: Any, tmp_path: Path) -> Iterator[SimpleNamespace]:
    """The federation; `ben` looks after its policy, `olive` does not."""
    own_policies_in(SIXTH)
    federation = make_federation("st-annes", "st-annes", languages=["en", "cy"])
    with scope(federation.pk):
        School.objects.create(name="St Anne's Infant School", slug="infants")
        ben, olive = someone("Ben Carter", "headteacher"), someone("Olive Office", "school-office")
        adopt(by=ben, at=NOW - timedelta(hours=2))
    yield SimpleNamespace(
        federation=federation, ben=sign_in(ben), olive=sign_in(olive), head=ben, office=olive
    )
    own_policies_in(tmp_path / "nowhere")
