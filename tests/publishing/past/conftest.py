"""An account on the register, whose lead brings downloads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from schoolgate.accounts.models import Account, TeamMember
from schoolgate.core.home import folder
from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from schoolgate.publishing import past_import
from schoolgate.publishing.models import PastImport, PastPost
from tests.cast import someone
from tests.networks.archives import makers
from tests.publishing.conftest import account_on

MADE_ON = date(2027, 1, 18)


@dataclass
class World:
    """Ben leads the account on X; Amina writes for the school; Dan belongs to another school."""

    federation: Federation
    school: School
    x: Account
    ben: Person
    amina: Person
    dan: Person
    at: datetime
    folder: Path

    def bring(self, content: bytes, *, account: Account | None = None, by: Person | None = None) -> int:
        """Put a download away and read it, as page and job do; its number."""
        path = makers.put(self.folder, content)
        with path.open("rb") as file:
            kept = past_import.keep_download(file, len(content), federation_id=self.federation.pk)
        with scope(self.federation.pk):
            brought = past_import.bring_download(
                by=by or self.ben, at=self.at, account=account or self.x, file=kept.file,
                content=kept.content, size=kept.size,
            )  # fmt: skip
        past_import.read(self.federation.pk, brought.pk, clock=lambda: self.at)
        return brought.pk

    def confirm(self, pk: int, *, made_on: date = MADE_ON, because: str = "") -> None:
        """Confirm it; nothing is taken in yet."""
        with scope(self.federation.pk):
            brought = PastImport.objects.get(pk=pk)
            past_import.take_in(by=self.ben, at=self.at, brought=brought, made_on=made_on, because=because)

    def take(self, content: bytes, **more: object) -> PastImport:
        """All of it."""
        pk = self.bring(content)
        self.confirm(pk, **more)
        past_import.take(self.federation.pk, pk, clock=lambda: self.at)
        return self.read(pk)

    def read(self, pk: int) -> PastImport:
        """Where a download stands."""
        with scope(self.federation.pk):
            return PastImport.objects.select_related("account").get(pk=pk)

    def texts(self) -> list[str]:
        """The posts that are here, oldest first."""
        with scope(self.federation.pk):
            return list(PastPost.objects.order_by("at", "id").values_list("text", flat=True))

    def files(self) -> list[str]:
        """What lies of downloads on the disk."""
        return sorted(path.suffix for path in self.lying())

    def lying(self) -> list[Path]:
        """The files of downloads themselves."""
        return list(folder("passing", str(self.federation.pk)).glob("posts/*"))


@pytest.fixture
def world(home: Path, federation: Federation, at: datetime, tmp_path_factory) -> World:
    """Wildground with its policy in force."""
    with scope(federation.pk):
        sam = someone("Sam Slater", "slt")
        adopt(by=sam, at=at)
        school = School.objects.create(name="Wildground Juniors", slug="juniors")
        south = School.objects.create(name="South", slug="south")
        x = account_on("x", school, at, handle="@oakwood", address="https://x.com/oakwood")
        ben = someone("Ben Carter", "lead-staff-member", school=school)
        TeamMember.objects.create(account=x, person=ben, part="lead", from_day=at.date())
        amina = someone("Amina Khan", "staff", school=school)
        dan = someone("Dan Evans", "lead-staff-member", school=south)
    return World(federation, school, x, ben, amina, dan, at, tmp_path_factory.mktemp("brought"))


def archive(*posts: dict, handle: str = "oakwood") -> bytes:
    """X's archive of this account."""
    return makers.zip_of(
        {"data/account.js": makers.account_js(handle), "data/tweets.js": makers.tweets(*posts)}
    )


@pytest.fixture
def many() -> Callable[..., bytes]:
    """`many(1200)`: an archive with so many posts, one a minute."""

    def make(number: int) -> bytes:
        return archive(
            *(
                makers.tweet(
                    n + 1, f"Post {n} word{n % 7}", f"Mon May 06 {n // 60 % 24:02}:{n % 60:02}:00 +0000 2024"
                )
                for n in range(number)
            )
        )

    return make
