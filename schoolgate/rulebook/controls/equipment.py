"""Private use of the school's equipment, networks, mail and working time, and what may follow from it."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    forbids,
    met,
    permits,
    refers,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.controls.personal import HOLDER, NOBODY_NAMED, ruled
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.equipment_overuse import EquipmentOveruse
from schoolgate.rulebook.situations.equipment_use import EquipmentUse
from schoolgate.rulebook.situations.login_choose import LoginChoose


class ReasonableUse(Control):
    """May private social media be used at work, within reason?

    Settings: `allowed`; `limit_minutes` - None: the policy gives no measure. How much is too much is then
    open, and put to whoever rules (`tension`)."""

    key = "equipment.reasonable_use"
    listens_to = ("equipment.use",)
    points = ("private_use_at_work",)
    plumbing = frozenset({"tension"})

    class Settings(NoSettings):
        allowed: Literal["reasonable and appropriate access"]
        limit_minutes: None
        tension: str

    def judge(self, facts: EquipmentUse, settings: Settings) -> Iterator[Said]:
        asked = (facts.purpose == "private" if facts.purpose else None, facts.social_media, facts.at_work)
        if False in asked:
            return
        if None in asked:
            yield unknown(_first_missing(asked, ("own_purpose", "own_social_media", "own_at_work")), HOLDER)
        elif facts.measure_disputed is None:
            yield unknown("own_measure_disputed", HOLDER)
        elif not facts.measure_disputed:
            yield permits("private.sensible_use")
        else:
            ruling = ruled(facts, settings.tension)
            if ruling is None:
                yield refers("private.no_measure", NOBODY_NAMED)
            else:
                yield permits("private.sensible_use") if ruling.allows else forbids("private.too_much")


class Overuse(Control):
    """May private use at work have disciplinary consequences?

    Settings: `conditions_all` - what has to be there, with grounds on record; `place` - where the use has to
    be (None: anywhere). How much is excessive may be left open: the case turns on it where that is disputed.
    """

    key = "equipment.overuse"
    listens_to = ("equipment.overuse",)
    points = ("overuse_discipline",)

    class Settings(NoSettings):
        conditions_all: tuple[
            Literal["excessive use suspected", "excessive personal use suspected", "interferes with duties"],
            ...,
        ]
        consequence: Literal["disciplinary action"]
        place: Literal["in school", "in Federation"] | None

    def judge(self, facts: EquipmentOveruse, settings: Settings) -> Iterator[Said]:
        there = [
            (
                one,
                standing_answer(facts.hinders_duties if one == "interferes with duties" else facts.excessive),
            )
            for one in settings.conditions_all
        ]
        missing = [one for one, answer in there if answer is None]
        if any(answer is False for _, answer in there):
            yield forbids("private.no_discipline", turns=False)
        elif settings.place is not None and facts.place == "elsewhere":
            yield forbids("private.no_discipline_elsewhere", turns=False)
        elif missing:
            need = "own_hinders_duties" if missing[0] == "interferes with duties" else "own_excessive"
            yield requires(
                "private.discipline_needs_grounds", Need(need, "weighing_person"), turns=False, what=need
            )
        elif settings.place is not None and facts.place is None:
            yield unknown("own_place", "weighing_person")
        elif facts.measure_disputed is None:
            yield unknown("own_measure_disputed", "weighing_person")
        elif facts.measure_disputed:
            yield forbids("private.no_measure", turns=True)
        else:
            yield permits("private.discipline_may_follow")


class NotForPrivate(Control):
    """Are the school's computers, networks or systems used for private social media?

    Settings: `covers` - which of them."""

    key = "equipment.not_for_private"
    listens_to = ("equipment.use",)
    points = ("school_computers", "school_networks", "school_systems")

    class Settings(NoSettings):
        covers: Literal["computers and equipment", "networks", "other IT sources and communication systems"]

    def judge(self, facts: EquipmentUse, settings: Settings) -> Iterator[Said]:
        private = facts.purpose == "private" if facts.purpose else None
        system = facts.system != "none" if facts.system else None
        what, used = {
            "computers and equipment": ("device", facts.device == "school" if facts.device else None),
            "networks": ("network", facts.network == "school" if facts.network else None),
        }.get(settings.covers, ("system", system))
        asked = (private, facts.social_media, used)
        if False in asked:
            return
        if None in asked:
            yield unknown(_first_missing(asked, ("own_purpose", "own_social_media", f"own_{what}")), HOLDER)
        else:
            yield forbids(f"private.not_on_{what}")


class WorkMail(Control):
    """Is work mail used for private mail? Settings: channel."""

    key = "equipment.work_mail"
    listens_to = ("equipment.use",)
    points = ("private_work_mail",)

    class Settings(NoSettings):
        channel: Literal["work email"]

    def judge(self, facts: EquipmentUse, settings: Settings) -> Iterator[Said]:
        mail = facts.system == "work_mail" if facts.system else None
        asked = (facts.purpose == "private" if facts.purpose else None, mail)
        if False in asked:
            return
        if None in asked:
            yield unknown(_first_missing(asked, ("own_purpose", "own_system")), HOLDER)
        else:
            yield forbids("private.not_by_work_mail")


class WithPupils(Control):
    """Is a device used while with pupils in working time?

    Settings: `device` - whose; `purpose` - for what (None: the words leave open whether only private matters
    are meant, and the case turns on it where the school's business is done); `when`."""

    key = "equipment.with_pupils"
    listens_to = ("equipment.use",)
    points = ("device_with_pupils",)

    class Settings(NoSettings):
        device: Literal["personal", "school equipment"]
        purpose: Literal["personal matters"] | None
        when: Literal["pupil-facing working time"]

    def judge(self, facts: EquipmentUse, settings: Settings) -> Iterator[Said]:
        whose = "own" if settings.device == "personal" else "school"
        private = facts.purpose == "private" if facts.purpose else None
        asked = (
            facts.device == whose if facts.device else None,
            facts.with_pupils,
            facts.working_time,
            True if settings.purpose is None and private is False else private,
        )
        if False in asked:
            return
        if None in asked:
            names = ("own_device", "own_with_pupils", "own_working_time", "own_purpose")
            yield unknown(_first_missing(asked, names), HOLDER)
        else:
            which = "own_device" if whose == "own" else "school_device"
            yield forbids(f"private.{which}_with_pupils", turns=private is False)


class WorkingTimeLost(Control):
    """Does private social media take working time?

    On the school's means other rules say no, and this is their aim; on one's own device and connection no
    words decide, and the case turns on that."""

    key = "equipment.working_time_lost"
    listens_to = ("equipment.use",)
    points = ("working_time_lost",)

    def judge(self, facts: EquipmentUse, settings: NoSettings) -> Iterator[Said]:
        private = facts.purpose == "private" if facts.purpose else None
        asked = (private, facts.social_media, facts.working_time)
        if False in asked:
            return
        if None in asked:
            names = ("own_purpose", "own_social_media", "own_working_time")
            yield unknown(_first_missing(asked, names), HOLDER)
        elif "school" in (facts.device, facts.network):
            yield advises("private.no_time_lost")
        elif facts.device is None or facts.network is None:
            yield unknown("own_device" if facts.device is None else "own_network", HOLDER)
        else:
            yield forbids("private.own_means_in_working_time", turns=True)


class LoginDomain(Control):
    """Does the owner's login of an official account keep work and private life apart?

    Settings: allowed_login_domain."""

    key = "equipment.login_domain"
    listens_to = ("login.choose",)
    points = ("work_and_private_apart",)

    class Settings(NoSettings):
        allowed_login_domain: Literal["trust domain only"]

    def judge(self, facts: LoginChoose, settings: Settings) -> Iterator[Said]:
        if facts.account_is_official is False:
            return
        if facts.account_is_official is None or facts.address is None:
            what = "own_account_official" if facts.account_is_official is None else "own_login_address"
            yield unknown(what, "applicant")
        elif facts.address == "other_domain":
            yield forbids("private.login_of_work")
        else:
            yield met("private.login_apart")


def _first_missing(asked: tuple[bool | None, ...], names: tuple[str, ...]) -> str:
    return next(name for answer, name in zip(asked, names, strict=True) if answer is None)
