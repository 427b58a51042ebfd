"""Somebody's own page: disclaimer, logo, settings, address, and what its holder thinks of it."""

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
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.controls.personal import HOLDER
from schoolgate.rulebook.facts import Attested
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.personal_profile import PersonalProfile


class OwnDisclaimer(Control):
    """Does a page that has to do with the school say that the school is not speaking?

    Settings: `trigger` - what makes the disclaimer due; `subjects` - to what the link or the effect has to be
    (None: either); `disclaimer_required`; `fixed_text` - None: any fitting words. Where other words exempt a
    page that does not touch a school (`exempt_without`), the case turns on that."""

    key = "personal.disclaimer"
    listens_to = ("personal.profile",)
    points = ("own_disclaimer",)
    plumbing = frozenset({"exempt_without"})

    class Settings(NoSettings):
        trigger: Literal["associates", "impacts", "names school", "names federation", "discloses affiliation"]
        subjects: tuple[Literal["federation", "school", "individual school"], ...] | None
        fixed_text: None
        exempt_without: Literal["school"] | None

    def judge(self, facts: PersonalProfile, settings: Settings) -> Iterator[Said]:
        touched = {"associates": facts.links_to, "impacts": facts.affects}.get(settings.trigger, facts.names)
        there = standing_answer(facts.disclaimer)
        if touched is None:
            if there is not True:
                yield unknown(f"own_{_WANTED.get(settings.trigger, 'names')}", HOLDER)
            return
        wanted = {one.removeprefix("individual ") for one in settings.subjects or ("federation", "school")}
        if wanted.isdisjoint(touched):
            return
        if there:
            yield met("private.disclaimer_there")
        else:
            exempt = settings.exempt_without
            turns = exempt is not None and all(
                exempt not in (one or ()) for one in (facts.links_to, facts.names, facts.affects)
            )
            yield requires("private.disclaimer_missing", Need("own_disclaimer", HOLDER), turns=turns)


_WANTED = {"associates": "links_to", "impacts": "affects"}


class StandardDisclaimer(Control):
    """Does somebody's own blog carry the policy's sentence? Settings: `disclaimer` - the sentence;
    `example_place` - where it belongs."""

    key = "personal.standard_disclaimer"
    listens_to = ("personal.profile",)
    points = ("own_disclaimer_text",)

    class Settings(NoSettings):
        disclaimer: str
        example_place: Literal["own blog"]

    def judge(self, facts: PersonalProfile, settings: Settings) -> Iterator[Said]:
        if facts.kind is None:
            yield unknown("own_page_kind", HOLDER)
        elif facts.kind != "blog":
            return
        elif facts.disclaimer_text is not None and _same(facts.disclaimer_text, settings.disclaimer):
            yield met("private.standard_disclaimer_there")
        else:
            need = Need("own_disclaimer_text", HOLDER)
            yield requires("private.standard_disclaimer", need, text=settings.disclaimer)


class ReadySentence(Control):
    """Which words may a disclaimer have? Settings: `disclaimer` - the policy's ready sentence;
    `exact_wording_required`."""

    key = "personal.ready_sentence"
    listens_to = ("personal.profile",)
    points = ("own_disclaimer_text",)

    class Settings(NoSettings):
        disclaimer: str
        exact_wording_required: bool

    def judge(self, facts: PersonalProfile, settings: Settings) -> Iterator[Said]:
        if facts.names == ():
            return
        text = facts.disclaimer_text
        if settings.exact_wording_required and (text is None or not _same(text, settings.disclaimer)):
            need = Need("own_disclaimer_text", HOLDER)
            yield requires("private.standard_disclaimer", need, text=settings.disclaimer)
        else:
            yield permits("private.ready_sentence", text=settings.disclaimer)


class DisclaimerPlace(Control):
    """Can the disclaimer be seen easily? Settings: placement."""

    key = "personal.disclaimer_place"
    listens_to = ("personal.profile",)
    points = ("own_disclaimer_place",)

    class Settings(NoSettings):
        placement: Literal["prominent"]

    def judge(self, facts: PersonalProfile, settings: Settings) -> Iterator[Said]:
        if facts.disclaimer_text == "":
            return
        if standing_answer(facts.disclaimer_easily_seen):
            yield met("private.disclaimer_seen")
        else:
            yield requires("private.disclaimer_in_plain_view", Need("own_disclaimer_seen", HOLDER))


class OwnPageLogo(Control):
    """Do the school's logo or look stand on somebody's own page? Settings: `marks`; `place` - on what kind of
    page (None: on any)."""

    key = "personal.logo"
    listens_to = ("personal.profile",)
    points = ("own_page_logo",)

    class Settings(NoSettings):
        marks: tuple[Literal["logo", "branding", "school logos"], ...]
        place: Literal["personal web page", "personal social networking page"] | None

    def judge(self, facts: PersonalProfile, settings: Settings) -> Iterator[Said]:
        marks = {"logo" if one == "school logos" else one for one in settings.marks}
        if facts.shows is None:
            yield unknown("own_shows", HOLDER)
        elif marks.isdisjoint(facts.shows):
            return
        elif settings.place is not None and facts.kind is None:
            yield unknown("own_page_kind", HOLDER)
        elif settings.place is None or facts.kind in _PLACES[settings.place]:
            yield forbids("private.logo_off")


_PLACES = {
    "personal web page": ("web_page", "blog"),
    "personal social networking page": ("social_page",),
}


class PrivacySettings(Control):
    """Are the privacy settings as strict as they can be? Settings: `setting`; `accounts` - of which."""

    key = "personal.privacy_settings"
    listens_to = ("personal.profile",)
    points = ("own_privacy_settings",)

    class Settings(NoSettings):
        setting: Literal["highest"] | None
        accounts: Literal["all personal"] | None

    def judge(self, facts: PersonalProfile, settings: Settings) -> Iterator[Said]:
        if facts.privacy is None:
            yield unknown("own_privacy", HOLDER)
        elif facts.privacy == "strictest":
            yield met("private.privacy_strict")
        else:
            yield requires("private.tighten_privacy", Need("own_privacy", HOLDER))


class ContactAddress(Control):
    """Does somebody's own page give an e-mail address of the school? Settings: not_allowed_domain."""

    key = "personal.contact_address"
    listens_to = ("personal.profile",)
    points = ("own_contact_address",)

    class Settings(NoSettings):
        not_allowed_domain: Literal["trust domain"]

    def judge(self, facts: PersonalProfile, settings: Settings) -> Iterator[Said]:
        if facts.contact_address is None:
            yield unknown("own_contact_address", HOLDER)
        elif facts.contact_address == "school":
            yield forbids("private.work_address")
        else:
            yield met("private.address_is_private")


class ProfileFits(Control):
    """Does the holder of a page, having looked through it as it is, find that it fits?

    Settings: `question` - what it is to fit; `covers` - the profile, or also what stands around it;
    `standard` - the standard that the policy names, or None."""

    key = "personal.profile_fits"
    listens_to = ("personal.profile",)
    points = ("own_self_image", "own_related_content", "own_conduct_expected", "own_work_image")
    plumbing = frozenset({"question"})
    attested = True  # only its holder can say it

    class Settings(NoSettings):
        question: Literal["own_picture", "conduct_expected", "professional_face"]
        covers: tuple[Literal["profile", "related content"], ...]
        standard: str | None

    def judge(self, facts: PersonalProfile, settings: Settings) -> Iterator[Said]:
        field = f"fits_{settings.question}"
        given: list[Attested | None] = [
            getattr(facts, field if one == "profile" else f"related_{field}") for one in settings.covers
        ]
        found = [standing_answer(one) for one in given]
        what = "related_" + field if settings.covers == ("related content",) else field
        if False in found:
            yield forbids(f"private.not_{what}")
        elif None in found:
            yield requires(f"private.ask_{what}", Need(f"own_{what}", HOLDER))
        else:
            yield met(f"private.{what}")


class OwnDetails(Control):
    """Does somebody give away details about themselves on their page? Settings: advice."""

    key = "personal.own_details"
    listens_to = ("personal.profile",)
    points = ("own_page_details",)

    class Settings(NoSettings):
        advice: Literal["keep personal information private"]

    def judge(self, facts: PersonalProfile, settings: Settings) -> Iterator[Said]:
        if facts.gives_own_details is None:
            yield unknown("own_gives_own_details", HOLDER)
        elif facts.gives_own_details:
            yield forbids("private.own_details")
        else:
            yield met("private.own_details_kept")


class PageAdvice(Control):
    """What the holder of a page is told who checks it. Settings: `advice` - what; it is left out where the
    page has nothing of the kind."""

    key = "personal.page_advice"
    listens_to = ("personal.profile",)
    points = ("own_stranger_view", "own_traces", "own_picture_control", "own_tagging", "own_pictures_seen")

    class Settings(NoSettings):
        advice: Literal[
            "test privacy",
            "digital footprint",
            "control own images",
            "control tagging",
            "view of children and parents",
        ]

    def judge(self, facts: PersonalProfile, settings: Settings) -> Iterator[Said]:
        of_what = {
            "control own images": facts.pictures_by_others,
            "control tagging": facts.tagged,
            "view of children and parents": facts.has_pictures,
        }
        if of_what.get(settings.advice) is not False:
            yield advises(f"private.{settings.advice.replace(' ', '_')}")


def _same(one: str, other: str) -> bool:
    """Whether two sentences are the same but for blanks, quotation marks and the final full stop."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    text = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    return " ".join(text.split()).strip("\"' .")
