"""News that was sent in, good times and details of a school's own, for the walk through every address."""

from __future__ import annotations

from datetime import time

from schoolgate.accounts.models import Account
from schoolgate.core.models import Federation, School
from schoolgate.core.pieces import Owner, begin
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.publishing.actions import send_news
from schoolgate.publishing.models import OwnDetail, Slot
from tests.web.things import BEFORE


class OfPosts:
    """What the walk needs of posts beyond the posts themselves."""

    federation: Federation
    school: School
    amina: Person
    board: Account

    def _news(self) -> int:
        with scope(self.federation.pk):
            return send_news(
                by=self.amina, at=BEFORE, school=self.school, kind="news", text="We won.", made_by="me"
            ).pk

    def _upload(self) -> str:
        """A picture of which nothing has arrived."""
        return begin(Owner(self.federation.pk, self.amina.pk), purpose="picture", length=10).key

    def _slot(self) -> int:
        """A good time to post on the board."""
        with scope(self.federation.pk):
            return Slot.objects.create(account=self.board, weekday=0, clock=time(9)).pk

    def _own_detail(self) -> int:
        with scope(self.federation.pk):
            return OwnDetail.objects.create(
                school=self.school, kind="phone", words="01632 960001", plain="01632960001", by=self.amina,
                at=BEFORE,
            ).pk  # fmt: skip
