"""Who and what every federation of these tests has: a school, three people, a noticeboard, a picture."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from PIL import Image

from schoolgate.accounts.models import TeamMember
from schoolgate.core.clock import local_day
from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from schoolgate.media.pictures import add_picture, store, take_in
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.publishing.conftest import account_on

NOW = datetime.now(UTC)
BEFORE = NOW - timedelta(hours=2)


def png(more: int = 0) -> bytes:
    """A small picture, another one for each number of pixels that it is wider."""
    out = io.BytesIO()
    Image.new("RGB", (8 + more, 8), "green").save(out, "PNG")
    return out.getvalue()


class Cast:
    """Sam decides, Amina writes, Ben leads; the policy is Wildground's."""

    def __init__(self, federation: Federation) -> None:
        self.federation = federation
        with scope(federation.pk):
            self.school = School.objects.create(name="Their school", slug=f"{federation.slug}-school")
            self.sam = someone("Sam Slater", "slt")
            adopt(by=self.sam, at=BEFORE)
            self.amina = someone("Amina Khan", "staff")
            self.ben = someone("Ben Carter", "lead-staff-member")
            self.board = account_on("noticeboard", self.school, BEFORE)
            for part, person in (("lead", self.ben), ("runner", self.sam)):
                TeamMember.objects.create(
                    account=self.board, person=person, part=part, from_day=local_day(BEFORE)
                )

    @cached_property
    def picture(self) -> Any:
        proven = take_in(png(self.federation.pk % 100))
        digest = store(proven, federation_id=self.federation.pk)
        with scope(self.federation.pk):
            return add_picture(
                by=self.amina, at=BEFORE, school=self.school, proven=proven, digest=digest,
                alt="A green gate", shows_people=False, shows_pupils=False,
            )  # fmt: skip
