"""Who gets a proposal, who signs it and who decides, read from the bindings of the policy in force. Pure."""

from collections.abc import Sequence

from schoolgate.rulebook import Book
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.matching import may_say

OF_PURPOSE = frozenset({"aim", "purpose_reason", "intended_audience", "audience"})
"""What a form asks about an account's purpose and audience."""
LEAVE = "written_leave"
"""The requirement of a rule that accepts only written permission, and no signature on a form."""


def recipients(book: Book) -> tuple[str, ...]:
    """Return the roles that a proposal is sent to: of each clause that names recipients, the first one."""
    found = (one.roles_named[0] for one in book.at("account.propose", "recipient") if one.roles_named)
    return tuple(dict.fromkeys(found))


def steps(book: Book) -> tuple[str, ...]:
    """Return the roles that sign, in order, the last one deciding; empty where the policy asks for no
    signatures."""
    return book.stated("account.decide", "order", "roles")


def deciders(book: Book) -> tuple[str, ...]:
    """Return the roles of which one approves or refuses a proposal; empty where this policy approves none."""
    in_order = steps(book)
    if in_order:
        return in_order[-1:]
    found = (*book.stated("account.decide", "decider", "roles"), *book.roles_at("account.open", "approved"))
    return tuple(dict.fromkeys(found))


def may_ask_for_approval(book: Book) -> tuple[str, ...]:
    """Return the clauses of a school's own policy that may ask for someone's yes to an account, where no rule
    says whose; empty where one does. That none says so isn't that none is needed."""
    if book.was_read or deciders(book):
        return ()
    deciding = [one for one in ready_rules().values() if one.speaks_at("account.decide", "decider")]
    return tuple(one.id for one in book.clauses.values() if may_say(one.wording or one.says, deciding))


def lets_go_on(book: Book) -> tuple[str, ...]:
    """Return the roles of which one permits an account that existed before Schoolgate to continue: those that
    decide on proposals; where this policy approves none, those that give the permission which an account
    needs; else those that it lets decide on accounts at all."""
    found = deciders(book) or tuple(dict.fromkeys(permission_givers(book).values()))
    return found or tuple(role.name for role in book.pack.roles_with("decide_account"))


def short_of(could: Sequence[tuple[str, Sequence[int]]], *, all_of_them: bool) -> tuple[str, ...]:
    """Return the roles left without anyone, of (role, the people who could take it).

    `all_of_them`: each role is taken by a different person; otherwise one filled role is enough, and if
    none is filled all of them are short.
    """
    if not all_of_them:
        return () if any(people for _role, people in could) else tuple(role for role, _people in could)
    taken: dict[int, int] = {}

    def membership(place: int, seen: set[int]) -> bool:
        for person in could[place][1]:
            if person in seen:
                continue
            seen.add(person)
            if person not in taken or membership(taken[person], seen):
                taken[person] = place
                return True
        return False

    return tuple(role for place, (role, _people) in enumerate(could) if not membership(place, set()))


def notice_to(book: Book) -> tuple[str, ...]:
    """Return the roles of which one is told an account's address; empty where the policy asks for no
    notice."""
    return book.roles_at("account.open", "notice_recipient")


def weighed_against(book: Book) -> tuple[str, ...]:
    """Return what the idea of an account is weighed against; empty where the policy does not say."""
    return book.stated("account.considered", "weighed_against", "weighed")


def form_says_purpose(book: Book) -> bool:
    """Return whether this policy's own form asks for an account's purpose or audience."""
    return any(point.key in OF_PURPOSE for point in book.proposal_form)


def permission_givers(book: Book) -> dict[str, str]:
    """Return, for each thing of the school's that an account may use only with permission (name, logo), the
    role that gives it."""
    return {
        thing: role
        for bound in book.at("account.open", "name_and_logo")
        if LEAVE in bound.stated("what")
        for thing in bound.stated("covers")
        for role in bound.roles_named
    }


def deciding_role(book: Book) -> str:
    """Return the key of the first role that decides on proposals; empty where this policy approves none."""
    return next((book.role(name).key for name in deciders(book)), "")
