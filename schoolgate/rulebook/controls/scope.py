"""Whom the policy binds, and by which of its rules."""

from schoolgate.rulebook.facts import Person

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
