"""Somebody uses a computer, a telephone, a network or work mail: may they, for this, at this moment?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class EquipmentUse(Facts):
    """`device`, `network`: whose they are. `system`: another system of the school that is used for it.

    `purpose`: private matters or the school's. `social_media`: whether it is social media that is used.
    `at_work`: on the school's premises or during the working day; `working_time`: no break, no free time;
    `with_pupils`: pupils are there. `measure_disputed`: the question is how much is too much."""

    by: Person | None = None
    device: Literal["own", "school"] | None = None
    network: Literal["own", "school"] | None = None
    system: Literal["none", "work_mail", "publishing", "other"] | None = None
    purpose: Literal["private", "school"] | None = None
    social_media: Tri = None
    at_work: Tri = None
    working_time: Tri = None
    with_pupils: Tri = None
    measure_disputed: Tri = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


EQUIPMENT_USE = Situation(
    key="equipment.use",
    title=gettext_noop("Private use of equipment, networks and working time"),
    facts=EquipmentUse,
    points=points(
        """
        private_use_at_work school_computers school_networks school_systems private_work_mail
        device_with_pupils working_time_lost
        """
    ),
)
