"""Somebody uses a computer, a telephone, a network or work mail: may they, for this, at this moment?"""

from typing import Literal

from schoolgate.rulebook.facts import Act, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


@moment(
    "equipment.use",
    _("Private use of equipment, networks and working time"),
    """private_use_at_work school_computers school_networks school_systems private_work_mail
    device_with_pupils working_time_lost""",
)
class EquipmentUse(Act, asked_of="private_person", prefix="own_"):
    """`device`, `network`: whose they are. `system`: another system of the school that is used for it.

    `purpose`: private matters or the school's. `social_media`: whether it is social media that is used.
    `at_work`: on the school's premises or during the working day; `working_time`: no break, no free time;
    `with_pupils`: pupils are there. `measure_disputed`: the question is how much is too much."""

    device: Literal["own", "school"] | None = fact(
        _("whose device it is"), _("Whose computer or phone is it?")
    )
    network: Literal["own", "school"] | None = fact(_("whose connection it is"), _("Whose network is it?"))
    system: Literal["none", "work_mail", "publishing", "other"] | None = fact(_("which system is used"))
    purpose: Literal["private", "school"] | None = fact(_("whether it is private or for the school"))
    social_media: Tri = fact(_("whether it is social media"), _("Is it social media?"))
    at_work: Tri = fact(_("whether it is at work"), _("Is it at school, or during the working day?"))
    working_time: Tri = fact(_("whether it is working time"), _("Is it in working time, not in a break?"))
    with_pupils: Tri = fact(_("whether pupils are there"), _("Are pupils there?"))
    measure_disputed: Tri = fact(
        _("whether the question is how much is too much"), _("Is the question how much is too much?")
    )
