"""Whom the policy binds, and by which of its rules."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    NOBODY_NAMED,
    Control,
    NoSettings,
    Said,
    met,
    not_bound,
    refers,
    unknown,
)
from schoolgate.rulebook.facts import Facts, Person, Ruling
from schoolgate.rulebook.situations.policy_binds import PolicyBinds

NOT_EMPLOYED = frozenset({"consultant", "contractor", "casual", "agency", "volunteer"})


def singular(words: str) -> str:
    """A group as the facts name it: "agency staff", "consultants" and "all staff" lose what is only
    wording."""
    return words.casefold().removeprefix("all ").removesuffix(" staff").removesuffix("s")


def groups_of(person: Person, works_as: tuple[str, ...] | None) -> frozenset[str]:
    """Every group that somebody is in: what they are to the school, and what they work as."""
    groups = {*(works_as or ()), *([person.relation] if person.relation else [])}
    if person.relation == "staff" and groups.isdisjoint(NOT_EMPLOYED):
        groups.add("employee")
    return frozenset(groups)


def is_one_of(person: Person, works_as: tuple[str, ...] | None, categories: tuple[str, ...]) -> bool | None:
    """Whether somebody is in one of these groups of the policy; None where nothing is known of them."""
    groups = groups_of(person, works_as)
    if not groups.isdisjoint(singular(one) for one in categories):
        return True
    return None if person.relation is None else False


def ruling_by_key(facts: Facts, tension: str, ruled_by: str | None) -> Ruling | None:
    """The ruling on this open question that is in force, by the role that rules where one is named."""
    for one in facts.rulings:
        if one.tension == tension and ruled_by in (None, one.role) and _in_force(one, facts):
            return one
    return None


def _in_force(one: Ruling, facts: Facts) -> bool:
    if one.from_day is None and one.to_day is None:
        return True
    day = facts.day
    return day is not None and (one.from_day or day) <= day <= (one.to_day or day)


class BoundGroups(Control):
    """Is this person one of those whom the policy, or these rules of it, bind?

    Settings: `categories` - the groups in the policy's words; `speaks_of` - what it is that binds them: the
    policy, the rules worded for staff, or the principles and the code of conduct. Anybody else is not bound.
    """

    key = "scope.bound_groups"
    listens_to = ("policy.binds",)
    points = ("bound", "staff_rules", "conduct_code")
    plumbing = frozenset({"speaks_of"})

    class Settings(NoSettings):
        categories: tuple[str, ...]
        speaks_of: Literal["policy", "staff_rules", "code"]

    def judge(self, facts: PolicyBinds, settings: Settings) -> Iterator[Said]:
        if facts.person is None:
            yield unknown("relation", "office")
            return
        one_of = is_one_of(facts.person, facts.works_as, settings.categories)
        if one_of is None:
            yield unknown("relation", "office")
        elif one_of:
            yield met(f"scope.bound_by_{settings.speaks_of}")
        else:
            yield not_bound()


class SystemsAccess(Control):
    """Is somebody from outside bound because they can get into the communication systems or equipment?

    Settings: `works_for_it` - the groups that other words of the policy bind anyway.
    """

    key = "scope.systems_access"
    listens_to = ("policy.binds",)
    points = ("bound",)
    plumbing = frozenset({"works_for_it"})

    class Settings(NoSettings):
        works_for_it: tuple[str, ...]

    def judge(self, facts: PolicyBinds, settings: Settings) -> Iterator[Said]:
        person = facts.person
        if person is None or is_one_of(person, facts.works_as, settings.works_for_it):
            return
        if facts.systems_access is None:
            yield unknown("policy.systems_access", "office")
        elif facts.systems_access:
            yield met("scope.bound_by_access")
        else:
            yield not_bound()


class OthersWhoTakePart(Control):
    """Is somebody bound who takes part in the federation's social media and is none of those named?

    The scope names its groups, other rules speak of everybody: what the words leave open is referred until it
    is ruled upon. Settings: `categories` - those whom the scope names; `tension`, `ruled_by` - what is open
    and who rules.
    """

    key = "scope.others_who_take_part"
    listens_to = ("policy.binds",)
    points = ("bound",)
    plumbing = frozenset({"tension", "ruled_by"})

    class Settings(NoSettings):
        categories: tuple[str, ...]
        tension: str
        ruled_by: str | None

    def judge(self, facts: PolicyBinds, settings: Settings) -> Iterator[Said]:
        person = facts.person
        if person is None or is_one_of(person, facts.works_as, settings.categories) is not False:
            return
        if facts.takes_part is None:
            yield unknown("policy.takes_part", "office")
        elif facts.takes_part:
            ruling = ruling_by_key(facts, settings.tension, settings.ruled_by)
            if ruling is None:
                yield refers("scope.takes_part", settings.ruled_by or NOBODY_NAMED)
            elif ruling.allows:
                yield met("scope.ruled_bound", role=ruling.role)
            else:
                yield not_bound()


class WordedFor(Control):
    """Does a rule reach somebody whom its words do not name, and other words of the policy do?

    Settings: `wording` - of the rule that is asked about; `categories` - whom its words name; `maybe` - whom
    they may reach as well, which is referred until it is ruled upon; `tension`, `ruled_by`.
    """

    key = "scope.worded_for"
    listens_to = ("policy.binds",)
    points = ("unmarked_rules", "employee_rules")
    plumbing = frozenset({"wording", "maybe", "tension", "ruled_by"})

    class Settings(NoSettings):
        wording: Literal["employees", "unmarked"]
        categories: tuple[str, ...]
        maybe: tuple[str, ...]
        tension: str
        ruled_by: str | None

    def judge(self, facts: PolicyBinds, settings: Settings) -> Iterator[Said]:
        if facts.rule_wording != settings.wording:
            return
        if facts.person is None or facts.person.relation is None:
            yield unknown("relation", "office")
        elif is_one_of(facts.person, facts.works_as, settings.categories):
            yield met(f"scope.reached_by_{settings.wording}")
        elif is_one_of(facts.person, facts.works_as, settings.maybe):
            ruling = ruling_by_key(facts, settings.tension, settings.ruled_by)
            if ruling is None:
                yield refers(f"scope.{settings.wording}_open", settings.ruled_by or NOBODY_NAMED)
            elif ruling.allows:
                yield met("scope.ruled_bound", role=ruling.role)
            else:
                yield not_bound()
        else:
            yield not_bound()


class EverySchool(Control):
    """Does the policy reach this school, and whoever of these groups works there?

    Settings: `schools` - which schools, in the policy's words; `categories` - whom it binds there, None where
    the words speak of the school alone.
    """

    key = "scope.every_school"
    listens_to = ("policy.binds",)
    points = ("reaches_school",)

    class Settings(NoSettings):
        schools: str
        categories: tuple[str, ...] | None

    def judge(self, facts: PolicyBinds, settings: Settings) -> Iterator[Said]:
        if facts.school is None and facts.school_is_ours is None:
            return
        if settings.categories is not None and (
            facts.person is None or is_one_of(facts.person, facts.works_as, settings.categories) is not True
        ):
            return
        if facts.school_is_ours is None:
            yield unknown("policy.school_is_ours", "office")
        elif facts.school_is_ours:
            yield met("scope.every_school", schools=settings.schools)
