"""Other people in a private post, references for them, and what belongs to others."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import Control, NoSettings, Said, forbids, met, unknown
from schoolgate.rulebook.controls.personal import HOLDER
from schoolgate.rulebook.situations.personal_post import Information, Label, Mentioned, PersonalPost


class Reference(Control):
    """Does the post recommend somebody, or warn of them? Settings: `covers` - what kinds of reference;
    `sites` - on what kinds of network."""

    key = "personal.reference"
    listens_to = ("personal.post",)
    points = ("own_reference",)

    class Settings(NoSettings):
        covers: tuple[Literal["positive", "negative"], ...]
        sites: tuple[Literal["social", "professional"], ...]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        if facts.reference is None:
            yield unknown("own_reference", HOLDER)
        elif facts.reference not in settings.covers:
            return
        elif facts.site is None:
            yield unknown("own_site", HOLDER)
        elif facts.site in settings.sites:
            yield forbids("private.reference")


class PersonalDetails(Control):
    """Were people asked before details about them go on a personal page?

    Settings: `subject` - whom the rule protects; `account`, `content`, `unless` - as the clause words it.
    Whether asking is enough, and whether a pupil's or a parent's word counts, may be left open: the case
    turns on it unless everybody who could be meant was asked and agreed."""

    key = "personal.details"
    listens_to = ("personal.post",)
    points = ("others_details",)

    class Settings(NoSettings):
        subject: Literal["staff", "student"]
        account: Literal["personal"]
        content: Literal["personal details"]
        unless: Literal["their permission sought first"]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        if facts.people is None:
            yield unknown("own_people", HOLDER)
            return
        for position, one in enumerate(facts.people):
            yield from self._one(one, settings.subject, f"people[{position}]")

    @staticmethod
    def _one(one: Mentioned, subject: str, where: str) -> Iterator[Said]:
        meant = {"themselves"} if subject == "staff" else {"themselves", "parents"}
        if one.details is False or one.relation not in (None, "staff" if subject == "staff" else "pupil"):
            return
        if one.relation is None or one.details is None:
            yield unknown("own_person" if one.relation is None else "own_others_details", HOLDER, where)
        elif one.asked is None:
            yield unknown("own_asked", HOLDER, where)
        elif meant.isdisjoint(one.asked):
            yield forbids(f"private.ask_{subject}_first", where, turns=False)
        elif meant <= {*one.asked} and one.agreed is None:
            yield unknown("own_agreed", HOLDER, where)
        elif meant <= {*one.asked} and meant <= {*(one.agreed or ())}:
            yield met("private.was_asked", where)
        else:
            yield forbids("private.asking_may_not_do", where, turns=True)


class NotDiscussed(Control):
    """Does the post talk about people of whom the policy wants no talk on social networks?

    Settings: `act`; `about` - whom; `kind_words_exempt` - whether kind words may be said. Where details may
    be shared after asking, the words clash: the case turns on that where somebody was asked."""

    key = "personal.not_discussed"
    listens_to = ("personal.post",)
    points = ("others_discussed",)

    class Settings(NoSettings):
        act: Literal["discuss"]
        about: tuple[Literal["colleagues", "students", "parents of students"], ...]
        kind_words_exempt: bool

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        if facts.people is None:
            yield unknown("own_people", HOLDER)
            return
        meant = {_PEOPLE[one] for one in settings.about}
        for position, one in enumerate(facts.people):
            where = f"people[{position}]"
            if one.discussed is False or one.relation not in (None, *meant):
                continue
            if one.relation is None or one.discussed is None:
                yield unknown("own_person" if one.relation is None else "own_discussed", HOLDER, where)
            elif not (settings.kind_words_exempt and one.kindly):
                yield forbids("private.not_discussed", where, turns=bool(one.details and one.asked))


_PEOPLE = {"colleagues": "staff", "students": "pupil", "parents of students": "parent"}


class KnownFromWork(Control):
    """Does the post give personal facts about people that are known from the job?

    Settings: `information` - about whom."""

    key = "personal.known_from_work"
    listens_to = ("personal.post",)
    points = ("others_details",)

    class Settings(NoSettings):
        information: Literal[
            "pupils' personal information",
            "family members' personal information",
            "colleagues' personal information",
        ]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        if facts.people is None:
            yield unknown("own_people", HOLDER)
            return
        for position, one in enumerate(facts.people):
            where = f"people[{position}]"
            meant = self._meant(one, settings.information)
            asked = (meant, one.details, one.known_from_work)
            if False in asked:
                continue
            if None in asked:
                names = ("own_person", "own_others_details", "own_known_from_work")
                missing = next(name for answer, name in zip(asked, names, strict=True) if answer is None)
                yield unknown(missing, HOLDER, where)
            else:
                yield forbids("private.known_from_work", where)

    @staticmethod
    def _meant(one: Mentioned, information: str) -> bool | None:
        if information == "family members' personal information":
            return True if one.relation == "parent" else one.family_of_pupil
        if one.relation is None:
            return None
        return one.relation == ("pupil" if information == "pupils' personal information" else "staff")


class UsesInformation(Control):
    """Does the post give away or make use of what is confidential, proprietary or known from the job?

    Settings: `labels` - what it is; `act` - giving away or using (None: either); `owner` - whose (None:
    anybody's)."""

    key = "personal.information"
    listens_to = ("personal.post",)
    points = ("own_information",)
    plumbing = frozenset({"act"})

    class Settings(NoSettings):
        labels: tuple[Label, ...]
        act: Literal["disclose", "use"] | None
        owner: Literal["federation", "company", "other person"] | None

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        if facts.information is None:
            yield unknown("own_information", HOLDER)
            return
        for position, one in enumerate(facts.information):
            yield from self._one(one, settings, f"information[{position}]")

    @staticmethod
    def _one(one: Information, settings: Settings, where: str) -> Iterator[Said]:
        if settings.act is not None and one.act not in (None, settings.act):
            return
        if settings.owner is not None and one.owner not in (None, settings.owner):
            return
        if one.labels is not None and set(settings.labels).isdisjoint(one.labels):
            return
        missing = one.labels is None or (settings.act and not one.act) or (settings.owner and not one.owner)
        if missing:
            yield unknown("own_information_kind", HOLDER, where)
        else:
            yield forbids(_of_information(settings), where)


def _of_information(settings: UsesInformation.Settings) -> str:
    """The sentence for what is given away or used."""
    if settings.owner in ("company", "other person"):
        return "private.information_of_others"
    if settings.labels == ("work information",):
        return "private.information_work"
    return "private.information_use" if settings.act == "use" else "private.information_disclose"
