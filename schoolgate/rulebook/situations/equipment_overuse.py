"""Somebody weighs whether private use at work may have disciplinary consequences."""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Facts, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class EquipmentOveruse(Facts):
    """`by` weighs it. `excessive`: somebody suspects, with grounds on record, that the private use is
    excessive; `hinders_duties`: that it gets in the way of the job. `place`: where. `measure_disputed`: the
    question is how much is too much."""

    by: Person | None = None
    excessive: Attested | None = None
    hinders_duties: Attested | None = None
    place: Literal["in_school", "elsewhere"] | None = None
    measure_disputed: Tri = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


EQUIPMENT_OVERUSE = Situation(
    key="equipment.overuse",
    title=gettext_noop("Consequences of private use at work"),
    facts=EquipmentOveruse,
    points=points("overuse_discipline"),
)
