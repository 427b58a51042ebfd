"""Who gets a proposal, who signs it and who decides, read from the bindings of the policy in force. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from schoolgate.rulebook import Book
from schoolgate.rulebook.book import Bound


def recipients(book: Book) -> tuple[str, ...]:
    """The roles that a proposal is sent to: of each clause that names recipients, the first one."""
    return tuple(dict.fromkeys(settings.roles[0] for settings in _settings(book, "proposal.recipient")))


def steps(book: Book) -> tuple[str, ...]:
    """The roles that sign, in order, the last one deciding; empty where the policy asks for no signatures."""
    for order in book.stated("account.decide", "order", "order"):
        return tuple(book.pack.role_words.get(one, one) for one in order)
    return ()


def deciders(book: Book) -> tuple[str, ...]:
    """The roles of which one says yes or no to a proposal; empty where this policy approves none."""
    in_order = steps(book)
    if in_order:
        return in_order[-1:]
    found = [role for settings in _settings(book, "decision.by_role") for role in settings.roles]
    found += [role for bound in _at(book, "approved") for role in sorted(bound.roles_named)]
    return tuple(dict.fromkeys(found))


def lets_go_on(book: Book) -> tuple[str, ...]:
    """The roles of which one lets an account go on that was there before the program: those that decide on
    proposals; where this policy approves none, those that give the leave which an account needs; else those
    that it lets decide on accounts at all."""
    found = deciders(book) or tuple(dict.fromkeys(leave_givers(book).values()))
    return found or tuple(role.name for role in book.pack.roles_with("decide_account"))


def short_of(could: Sequence[tuple[str, Sequence[int]]], *, all_of_them: bool) -> tuple[str, ...]:
    """The roles for which nobody is left, of (role, the people who could take it).

    `all_of_them`: each role is taken by a different person; otherwise one role with anybody is enough, and
    nobody at all leaves all of them short.
    """
    if not all_of_them:
        return () if any(people for _role, people in could) else tuple(role for role, _people in could)
    taken: dict[int, int] = {}

    def seat(place: int, seen: set[int]) -> bool:
        for person in could[place][1]:
            if person in seen:
                continue
            seen.add(person)
            if person not in taken or seat(taken[person], seen):
                taken[person] = place
                return True
        return False

    return tuple(role for place, (role, _people) in enumerate(could) if not seat(place, set()))


def notice_to(book: Book) -> tuple[str, ...]:
    """The roles of which one is told the address of an account; empty where the policy asks for no notice."""
    found = book.stated("account.open", "notice_recipient", "notify_any_of")
    return tuple(dict.fromkeys(role for several in found for role in several))


def weighed_against(book: Book) -> tuple[str, ...]:
    """Against what the idea of an account is weighed; empty where the policy does not say."""
    found = book.stated("account.considered", "weighed_against", "weigh_against")
    return tuple(dict.fromkeys(one for several in found for one in several))


def leave_givers(book: Book) -> dict[str, str]:
    """For each thing of the school's that an account may use only by leave (name, logo), the role that gives
    it."""
    clauses = [book.clause(one).parameters for bound in _at(book, "name_and_logo") for one in bound.clauses]
    words = book.pack.role_words
    return {
        one["asset"]: words.get(one["permission_by"], one["permission_by"])
        for one in clauses
        if "asset" in one
    }


def role_key(book: Book, name: str) -> str:
    """The key of the role that the policy calls so. Raises KeyError."""
    return book.role(book.pack.role_words.get(name, name)).key


def _at(book: Book, point: str) -> Iterator[Bound]:
    """The policy's own rules at a point of an account's opening."""
    return (one for one in book.bound("account.open") if one.point == point)


def _settings(book: Book, control: str) -> Iterator[Any]:
    return (binding.settings for binding in book.pack.bindings if binding.control == control)
