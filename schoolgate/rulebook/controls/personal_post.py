"""What stands in a private post: judged by a person, of the post as it stands, where it takes judgement."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    forbids,
    met,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.controls.personal import HOLDER, either
from schoolgate.rulebook.facts import Attested
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.personal_post import PersonalPost, Standing

Question = Literal[
    "harms_reputation",
    "ties_to_unlawful",
    "endangers_children",
    "own_details_risky",
    "disrespectful",
    "unprofessional",
    "touchy_school_matter",
    "ill_fits_professional_face",
    "against_disciplinary_rules",
    "tells_confidence",
]


class Found(Control):
    """Did somebody who looked at the post as it stands find in it what the rule bars?

    Settings: `question` - what was asked; `only_if` - of which posts it is asked (None: of all)."""

    key = "personal.found"
    listens_to = ("personal.post",)
    points = (
        "own_good_name", "own_unlawful", "own_child_safety", "own_safety", "own_respect", "own_professional",
        "own_touchy", "own_professional_face", "own_disciplinary", "own_confidences",
    )  # fmt: skip
    plumbing = frozenset({"question", "only_if"})

    class Settings(NoSettings):
        question: Question
        only_if: (
            Literal["children_in_it", "gives_own_details", "towards_people_here", "refers_or_affects"] | None
        )

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        given: Attested | None = getattr(facts, settings.question)
        answer = standing_answer(given)
        applies = self._applies(facts, settings.only_if)
        if applies is False:
            return
        if applies is None:
            if answer is not False:
                yield unknown(f"own_{settings.only_if}", HOLDER)
        elif answer is None:
            yield requires(f"private.ask_{settings.question}", Need(f"own_{settings.question}", HOLDER))
        elif answer:
            yield forbids(f"private.{settings.question}")
        else:
            yield met()

    @staticmethod
    def _applies(facts: PersonalPost, only_if: str | None) -> bool | None:
        if only_if == "refers_or_affects":
            return either(facts.refers, facts.affects)
        found: bool | None = getattr(facts, only_if) if only_if else True
        return found


class OwnStanding(Control):
    """Does an unsuitable post hurt somebody's standing? Settings: `reputation_of` - whose."""

    key = "personal.standing"
    listens_to = ("personal.post",)
    points = ("own_standing",)

    class Settings(NoSettings):
        reputation_of: tuple[Standing, ...]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        unsuitable = standing_answer(facts.unsuitable)
        whose = "school" if "federation" in settings.reputation_of else "self"
        if facts.could_hurt is None:
            if unsuitable is not False:
                yield unknown("own_could_hurt", HOLDER)
        elif set(settings.reputation_of).isdisjoint(facts.could_hurt):
            return
        elif unsuitable is None:
            yield requires(f"private.ask_standing_{whose}", Need("own_unsuitable", HOLDER))
        elif unsuitable:
            yield forbids(f"private.standing_{whose}")
        else:
            yield met()


class Confidences(Control):
    """Does somebody who has left tell what was entrusted to them at work? Settings: survives_employment."""

    key = "personal.confidences"
    listens_to = ("personal.post",)
    points = ("own_confidences",)

    class Settings(NoSettings):
        survives_employment: Literal[True]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        tells = standing_answer(facts.tells_confidence)
        if facts.has_left is False:
            return
        if facts.has_left is None:
            if tells is not False:
                yield unknown("own_has_left", "office")
        elif tells is None:
            yield requires("private.ask_confidence", Need("own_confidence", HOLDER))
        elif tells:
            yield forbids("private.confidence")
        else:
            yield met()


class SpeaksForSelf(Control):
    """Does the post, or the page it stands on, say that the writer speaks for themselves?

    Settings: `places` - where that is asked for."""

    key = "personal.speaks_for_self"
    listens_to = ("personal.post",)
    points = ("own_views",)

    class Settings(NoSettings):
        places: Literal["any personal online writing", "private posts"]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        if facts.marked_as_own is None:
            yield unknown("own_marked_as_own", HOLDER)
        elif facts.marked_as_own:
            yield met("private.speaks_for_self")
        else:
            yield requires("private.say_it_is_yours", Need("own_marked_as_own", HOLDER))


class FirstPerson(Control):
    """Is the post written as "I"? Settings: `posts` - of which posts that is asked."""

    key = "personal.first_person"
    listens_to = ("personal.post",)
    points = ("own_voice",)

    class Settings(NoSettings):
        posts: Literal["private posts"]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        if facts.voice is None:
            yield unknown("own_voice", HOLDER)
        elif facts.voice == "we":
            yield requires("private.write_as_i", Need("own_voice", HOLDER))
        else:
            yield met()


class TouchyDespiteDisclaimer(Control):
    """Does the writer of a touchy comment rely on a disclaimer?"""

    key = "personal.touchy_despite_disclaimer"
    listens_to = ("personal.post",)
    points = ("own_touchy",)

    def judge(self, facts: PersonalPost, settings: NoSettings) -> Iterator[Said]:
        if facts.marked_as_own is not False and standing_answer(facts.touchy_school_matter) is True:
            yield advises("private.disclaimer_is_no_shield")


class ContradictsPolicy(Control):
    """Does the post contradict school policy? Where it says that the view is the writer's own, other words of
    the policy may let it stand. Settings: relation."""

    key = "personal.contradicts_policy"
    listens_to = ("personal.post",)
    points = ("own_contradiction",)

    class Settings(NoSettings):
        relation: Literal["contradict"]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        contradicts = standing_answer(facts.contradicts_policy)
        if contradicts is None:
            yield requires("private.ask_contradicts", Need("own_contradicts", HOLDER), turns=False)
        elif not contradicts:
            yield met()
        elif facts.marked_as_own is None:
            yield unknown("own_marked_as_own", HOLDER)
        else:
            yield forbids("private.contradicts", turns=facts.marked_as_own)


class SchoolMatters(Control):
    """Does the post tell others of school matters? Settings: topic."""

    key = "personal.school_matters"
    listens_to = ("personal.post",)
    points = ("own_school_matters",)

    class Settings(NoSettings):
        topic: Literal["school issues"]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        if facts.about_school is None:
            yield unknown("own_about_school", HOLDER)
        elif facts.about_school:
            yield forbids("private.school_matters")


class Criticism(Control):
    """Is criticism courteous? Where it is of something inside the school, other words may bar it however
    courteous: the case turns on that. Settings: advice."""

    key = "personal.criticism"
    listens_to = ("personal.post",)
    points = ("own_criticism",)

    class Settings(NoSettings):
        advice: Literal["criticise politely"]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        discourteous = standing_answer(facts.discourteous)
        if facts.criticises is False:
            return
        if facts.criticises is None:
            yield unknown("own_criticises", HOLDER)
        elif discourteous:
            yield forbids("private.discourteous", turns=False)
        elif discourteous is None:
            yield requires("private.ask_courteous", Need("own_courteous", HOLDER), turns=False)
        elif facts.internal is None:
            yield unknown("own_internal", HOLDER)
        elif facts.internal:
            yield forbids("private.internal_criticism", turns=True)
        else:
            yield met()


class BeforePosting(Control):
    """What somebody about to post is asked to think of. Settings: `consider` - what."""

    key = "personal.before_posting"
    listens_to = ("personal.post",)
    points = ("own_spread", "own_readers", "own_permanence", "own_open_to_all")

    class Settings(NoSettings):
        consider: Literal["scale", "audience", "permanency", "nothing is private"]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        yield advises(f"private.consider_{settings.consider.replace(' ', '_')}")


class ReadersInMind(Control):
    """Who may read it, and for how long? Settings: `audiences` - whom the policy names."""

    key = "personal.readers_in_mind"
    listens_to = ("personal.post",)
    points = ("own_readers",)

    class Settings(NoSettings):
        audiences: tuple[Literal["the masses", "the trust", "future employers", "social acquaintances"], ...]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        yield advises("private.readers_in_mind")
