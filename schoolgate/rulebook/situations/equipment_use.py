"""Somebody uses a computer, a telephone, a network or work mail: may they, for this, at this moment?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class EquipmentUse(Act):
    """`device`, `network`: whose they are. `system`: another system of the school that is used for it.

    `purpose`: private matters or the school's. `social_media`: whether it is social media that is used.
    `at_work`: on the school's premises or during the working day; `working_time`: no break, no free time;
    `with_pupils`: pupils are there. `measure_disputed`: the question is how much is too much."""

    device: Annotated[
        Literal["own", "school"] | None,
        Ask(
            "own_device",
            "private_person",
            gettext_noop("whose device it is"),
            gettext_noop("Whose computer or phone is it?"),
        ),
    ] = None
    network: Annotated[
        Literal["own", "school"] | None,
        Ask(
            "own_network",
            "private_person",
            gettext_noop("whose connection it is"),
            gettext_noop("Whose network is it?"),
        ),
    ] = None
    system: Annotated[
        Literal["none", "work_mail", "publishing", "other"] | None,
        Ask("own_system", "private_person", gettext_noop("which system is used")),
    ] = None
    purpose: Annotated[
        Literal["private", "school"] | None,
        Ask("own_purpose", "private_person", gettext_noop("whether it is private or for the school")),
    ] = None
    social_media: Annotated[
        Tri,
        Ask(
            "own_social_media",
            "private_person",
            gettext_noop("whether it is social media"),
            gettext_noop("Is it social media?"),
        ),
    ] = None
    at_work: Annotated[
        Tri,
        Ask(
            "own_at_work",
            "private_person",
            gettext_noop("whether it is at work"),
            gettext_noop("Is it at school, or during the working day?"),
        ),
    ] = None
    working_time: Annotated[
        Tri,
        Ask(
            "own_working_time",
            "private_person",
            gettext_noop("whether it is working time"),
            gettext_noop("Is it in working time, not in a break?"),
        ),
    ] = None
    with_pupils: Annotated[
        Tri,
        Ask(
            "own_with_pupils",
            "private_person",
            gettext_noop("whether pupils are there"),
            gettext_noop("Are pupils there?"),
        ),
    ] = None
    measure_disputed: Annotated[
        Tri,
        Ask(
            "own_measure_disputed",
            "private_person",
            gettext_noop("whether the question is how much is too much"),
            gettext_noop("Is the question how much is too much?"),
        ),
    ] = None


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
