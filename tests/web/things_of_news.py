"""News that was sent in, for the walk through every address."""

from __future__ import annotations

from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.publishing.actions import send_news
from tests.web.things import BEFORE


class OfNews:
    """What the walk needs of news."""

    federation: Federation
    school: School
    amina: Person

    def _news(self) -> int:
        with scope(self.federation.pk):
            return send_news(
                by=self.amina, at=BEFORE, school=self.school, kind="news", text="We won.", made_by="me"
            ).pk
