"""One of each thing of pupils and consents, for the walk through every address."""

from __future__ import annotations

from collections.abc import Callable

from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from schoolgate.people.list_importer import keep_list, upload
from schoolgate.people.models import Person
from schoolgate.pupils.importing import PUPILS
from schoolgate.pupils.models import Pupil
from schoolgate.pupils.wonde import connect_source
from tests.web.things import BEFORE


class OfPupils:
    """What the walk needs of pupils."""

    federation: Federation
    school: School
    sam: Person

    def things_of_pupils(self) -> dict[str, Callable[[], int]]:
        """Its things, by what addresses call them."""
        return {
            "list of pupils": self._list_of_pupils,
            "source of pupils": self._source_of_pupils,
            "pupil": self._pupil,
        }

    def _list_of_pupils(self) -> int:
        kept = keep_list(b"UPN,Forename\nA1,Ava\n", federation_id=self.federation.pk)
        with scope(self.federation.pk):
            return upload(kind=PUPILS, by=self.sam, at=BEFORE, kept=kept).pk

    def _source_of_pupils(self) -> int:
        named = {"their_school": "-", "their_name": "Example School", "key": "abc"}  # asks no one
        with scope(self.federation.pk):
            return connect_source(by=self.sam, at=BEFORE, school=self.school, **named).pk

    def _pupil(self) -> int:
        with scope(self.federation.pk):
            named = {"first_name": "Ava", "last_name": "Example"}
            return Pupil.objects.create(school=self.school, key="A1", **named).pk
