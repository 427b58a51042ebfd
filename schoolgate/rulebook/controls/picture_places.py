"""Where a picture may go, and what happens to one that should not have been taken."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    forbids,
    met,
    obliges,
    requires,
    unknown,
)
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.image_share import ImageShare, SharedPerson
from schoolgate.rulebook.situations.image_taken import ImageTaken
from schoolgate.rulebook.working_time import in_utc

SHARER = "picture_owner"
WORDS_FOR = {"official_account": "owned social media accounts"}
"""How the policies call a place in the list of those where a picture of pupils may go."""


class PupilPictures(Control):
    """May a picture of pupils be put up, or passed on, in this place?

    Settings: `act` - which of the two; `allowed_targets` - where it may; `exceptions` - None. The school's
    own website and learning platform are no social media accounts: there the case turns on the tension."""

    key = "image.pupil_pictures"
    listens_to = ("image.share",)
    points = ("pupil_pictures",)

    class Settings(NoSettings):
        act: Literal["upload", "share"]
        allowed_targets: tuple[str, ...]
        exceptions: None

    def judge(self, facts: ImageShare, settings: Settings) -> Iterable[Said]:
        if facts.act not in (None, settings.act) or facts.shows_pupils is False:
            return
        if facts.act is None:
            yield unknown("image_act", SHARER)
        elif facts.shows_pupils is None:
            yield unknown("shows_pupils", SHARER)
        elif facts.place is None:
            yield unknown("image_place", SHARER)
        elif any(WORDS_FOR.get(facts.place, facts.place) in one for one in settings.allowed_targets):
            yield met("image.official_account")
        else:
            own_site = facts.place in ("website", "learning_platform")
            yield forbids(f"image.pupils_{settings.act}", turns=own_site)


class SchoolShown(Control):
    """May a picture in which the school can be told go on private social media? Settings: `media`, of what
    kinds."""

    key = "image.school_shown"
    listens_to = ("image.share",)
    points = ("school_shown",)

    class Settings(NoSettings):
        media: tuple[Literal["photographs", "videos", "images"], ...]

    def judge(self, facts: ImageShare, settings: Settings) -> Iterable[Said]:
        if facts.place not in (None, "private_account") or facts.shows_school is False:
            return
        if facts.medium is not None and f"{facts.medium}s" not in settings.media:
            return
        if facts.place is None:
            yield unknown("image_place", SHARER)
        elif facts.shows_school is None:
            yield unknown("image_shows_school", SHARER)
        else:
            yield forbids("image.school_shown")


class _OwnPage(Control):
    """What the rules on pictures on a personal page share: they judge each person by themselves.

    Settings: `account`; `subject`, of whom the words speak.
    """

    listens_to = ("image.share",)

    class Settings(NoSettings):
        account: Literal["personal"]
        subject: Literal["staff", "student"]

    def people(self, facts: ImageShare, settings: Settings) -> Iterator[tuple[str, SharedPerson] | Said]:
        """Those of whom the words speak, with where they stand; whoever posts is not meant."""
        if facts.place not in (None, "private_account"):
            return
        if facts.people is None:
            yield unknown("people", SHARER)
            return
        meant = "pupil" if settings.subject == "student" else "staff"
        own = facts.by.key if facts.by is not None else None
        for position, person in enumerate(facts.people):
            about = f"people[{position}]"
            if person.key is not None and person.key == own:
                continue
            if person.relation is None:
                yield unknown("relation", SHARER, about)
            elif person.relation == meant:
                yield about, person


class AskedBeforehand(_OwnPage):
    """Was whoever is shown on a personal page asked before the picture goes there?

    Settings: `permission_by`, who is asked. Whether they have to have said yes, and whether a pupil's parents
    may be asked instead, turns on the tension. School photographs are left to a sentence of their own."""

    key = "image.asked_beforehand"
    points = ("own_page_asked",)

    class Settings(_OwnPage.Settings):
        permission_by: Literal["person shown"]

    def judge(self, facts: ImageShare, settings: Settings) -> Iterable[Said]:
        if facts.school_photograph is True:
            return
        for one in self.people(facts, settings):
            if isinstance(one, Said):
                yield one
            else:
                yield from self._person(*one, facts)

    def _person(self, about: str, person: SharedPerson, facts: ImageShare) -> Iterator[Said]:
        if person.shown is False:
            return
        missing = {
            "shown": person.shown,
            "image_place": facts.place,
            "image_school_photograph": facts.school_photograph,
            "image_asked": person.asked,
            "day": facts.day,
        }
        for what, known in missing.items():
            if known is None:
                yield unknown(what, SHARER, about)
                return
        in_time = [one for one in person.asked or () if facts.day is not None and one.on <= facts.day]
        themselves = [one for one in in_time if one.whom == "self"]
        if any(one.answer for one in themselves):
            yield met("image.asked", about)
        elif in_time:
            yield requires(
                "image.asked_without_yes", Need("image_yes", "person_shown"), about=about, turns=True
            )
        else:
            late = "image.asked_too_late" if person.asked else "image.not_asked"
            yield requires(late, Need("image_asked", "person_shown"), about=about, turns=False)


class SchoolPhotograph(_OwnPage):
    """Does a school photograph on a personal page show nobody of these?

    Settings: `photo`; `content` - the picture itself; `permission_overrides` - False: no permission lifts it.
    Where one was given all the same, the case turns on the binding's tension."""

    key = "image.school_photograph"
    points = ("own_page_school_photo",)

    class Settings(_OwnPage.Settings):
        photo: Literal["school photograph"]
        content: Literal["photograph", "personal details"]
        permission_overrides: Literal[False]

    def judge(self, facts: ImageShare, settings: Settings) -> Iterable[Said]:
        if facts.school_photograph is False:
            return
        for one in self.people(facts, settings):
            if isinstance(one, Said):
                yield one
                continue
            about, person = one
            there = person.shown if settings.content == "photograph" else person.details
            if there is False:
                continue
            if there is None:
                yield unknown("shown" if settings.content == "photograph" else "image_details", SHARER, about)
            elif facts.place is None or facts.school_photograph is None:
                yield unknown(
                    "image_place" if facts.place is None else "image_school_photograph", SHARER, about
                )
            else:
                agreed = any(asked.answer for asked in person.asked or ())
                wording = "shown" if settings.content == "photograph" else "details"
                yield forbids(f"image.school_photo_{wording}_{settings.subject}", about, turns=agreed)


class DetailsBeside(SchoolPhotograph):
    """Does nothing personal about these people stand beside a school photograph on a personal page?"""

    key = "image.details_beside"
    points = ("photo_details",)


class AccidentalDeleted(Control):
    """Is a picture that was taken by accident and could be misread or misused deleted at once?

    Settings: `delete`, `deadline_hours` - by when after it was seen for what it is; `applies_to` - of which
    pictures: a compromising one, or any that could be misread; `who` deletes it."""

    key = "image.accidental_deleted"
    listens_to = ("image.taken",)
    points = ("accidental_deleted",)
    plumbing = frozenset({"who"})

    class Settings(NoSettings):
        delete: Literal["immediately"]
        applies_to: Literal["compromising picture", "picture that could be misconstrued or misused"]
        deadline_hours: int
        who: str

    def judge(self, facts: ImageTaken, settings: Settings) -> Iterable[Said]:
        meant = _accidental(facts, settings.applies_to == "compromising picture")
        if isinstance(meant, Said):
            yield meant
        elif meant and facts.copies_left is None:
            yield unknown("image_copies_left", "picture_taker")
        elif meant and not facts.copies_left:
            yield met("image.deleted")
        elif meant and facts.act is not None:
            yield forbids(f"image.accidental_{facts.act}")
        elif meant and facts.found_at is None:
            yield unknown("image_found_at", "picture_taker")
        elif meant and facts.found_at is not None:
            due = Due(instant=in_utc(facts.found_at) + timedelta(hours=settings.deadline_hours))
            yield obliges(settings.who, "image_deletion", due, "image.delete_at_once")


class AccidentalTold(Control):
    """Has whoever took such a picture told the role that has to know?

    Settings: `recipient_role`; `deadline`, the policy's word for how soon, None where it has none;
    `deadline_hours`, None: it names no hours. `compromising_only`: of which pictures; `who` tells."""

    key = "image.accidental_told"
    listens_to = ("image.taken",)
    points = ("accidental_told",)
    plumbing = frozenset({"who", "compromising_only"})

    class Settings(NoSettings):
        recipient_role: str
        deadline: Literal["timely"] | None
        deadline_hours: None
        compromising_only: bool
        who: str

    def judge(self, facts: ImageTaken, settings: Settings) -> Iterable[Said]:
        meant = _accidental(facts, settings.compromising_only)
        if isinstance(meant, Said):
            yield meant
        elif meant and facts.told is None:
            yield unknown("image_told", "picture_taker")
        elif meant and settings.recipient_role in (facts.told or ()):
            yield met("image.told", role=settings.recipient_role)
        elif meant:
            message = "image.tell_timely" if settings.deadline else "image.tell"
            due = Due.none_promised()
            yield obliges(settings.who, "image_telling", due, message, role=settings.recipient_role)


def _accidental(facts: ImageTaken, compromising_only: bool) -> bool | Said:
    """Whether the rules speak of this picture, or which fact is missing."""
    if facts.by_accident is False or facts.could_be_misread is False:
        return False
    if compromising_only and facts.compromising is False:
        return False
    if facts.by_accident is None:
        return unknown("image_by_accident", "picture_taker")
    if facts.could_be_misread is None:
        return unknown("image_could_be_misread", "picture_taker")
    if compromising_only and facts.compromising is None:
        return unknown("image_compromising", "picture_taker")
    return True
