"""Every rule on pictures at once, for one that is to go on an official account."""

from collections.abc import Iterable, Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    forbids,
    permits,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.facts import Attested
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.image_share import SHARER, ImageShare, SharedPerson


class EveryPictureRule(Control):
    """Is every rule on pictures met: permission sought, nobody in it who wants to be left out or is on the
    list of children not to be published, judged fit, pupils properly dressed, nobody made to look foolish?

    Then it may be used, and nobody has to approve it besides. Settings: whether all of it is needed.
    A permission that was sought and has not been given turns on the binding's tension."""

    key = "image.every_rule"
    listens_to = ("image.share",)
    points = ("picture_rules",)

    class Settings(NoSettings):
        all_image_checks_required: Literal[True]

    def judge(self, facts: ImageShare, settings: Settings) -> Iterable[Said]:
        if facts.place not in (None, "official_account"):
            return
        if facts.place is None or facts.people is None:
            yield unknown("image_place" if facts.place is None else "people", SHARER)
            return
        said = [*self._people(facts), *self._judged(facts)]
        yield from said
        if not said:
            yield permits("image.every_rule_met")

    @staticmethod
    def _people(facts: ImageShare) -> Iterator[Said]:
        for position, person in enumerate(facts.people or ()):
            about = f"people[{position}]"
            if person.shown is False:
                continue
            if person.shown is None or person.relation is None:
                yield unknown("shown" if person.shown is None else "relation", SHARER, about)
                continue
            if person.relation == "pupil" and person.do_not_publish:
                yield forbids("picture.on_the_list", about, turns=False)
            elif person.relation == "pupil" and person.do_not_publish is None:
                yield unknown("do_not_publish", "office", about)
            if person.opted_out:
                yield forbids("picture.opted_out", about, turns=False)
            elif person.opted_out is None:
                yield unknown("opted_out", "office", about)
            yield from EveryPictureRule._permission(person, about)

    @staticmethod
    def _permission(person: SharedPerson, about: str) -> Iterator[Said]:
        if person.consents is None:
            yield unknown("consent", "office", about)
        elif not person.consents and person.asked is None:
            yield unknown("image_asked", SHARER, about)
        elif not person.consents:
            message = "image.permission_sought" if person.asked else "picture.no_permission"
            need = Need("permission", "person_shown")
            yield requires(message, need, about=about, turns=bool(person.asked))

    @staticmethod
    def _judged(facts: ImageShare) -> Iterator[Said]:
        shows_pupils = any(person.relation == "pupil" and person.shown for person in facts.people or ())
        questions: list[tuple[str, Attested | None, bool]] = [("fit", facts.fit, True)]
        if shows_pupils:
            questions += [("dressed", facts.dressed, True), ("ridicules", facts.ridicules, False)]
        for what, given, good in questions:
            answer = standing_answer(given)
            if answer is None:
                yield requires("picture.not_judged", Need(what, SHARER), turns=False, what=what)
            elif answer is not good:
                yield forbids("picture.judged_unfit", turns=False, what=what)
