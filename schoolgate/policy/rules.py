"""Who may adopt a policy, sign a reading, rule on an open question, or vouch for another person's
training."""

from datetime import date

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.people.confined import not_meant
from schoolgate.people.models import Person
from schoolgate.people.outside import waits_for_lead
from schoolgate.people.queries import book_for, roles_of
from schoolgate.people.rules import can, check_capacity
from schoolgate.people.safeguarding import leads_at
from schoolgate.policy.models import AskedState, RulingAsked
from schoolgate.policy.queries import in_force, takes_suggestions
from schoolgate.rulebook import Book
from schoolgate.rulebook.clauses import Tension


def check_may_own(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person looks after the policy of the federation on that day."""
    check_capacity(person, "own_policy", on=on)


def check_may_note_practice(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person looks after the policy or oversees it on that day."""
    if not can(check_may_own, person, on=on):
        check_capacity(person, "oversee", on=on)


def check_may_agree_to_guide(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person may write guides, or leads on safeguarding."""
    if not leads_at(person, None, on=on):
        check_may_note_practice(person, on=on)


def check_may_rule(person: Person, tension: Tension, *, on: date) -> str:
    """Return the role in which the person may rule on an open question; raise NotAllowed where there is
    none.

    Where the policy names no role that rules, the role that looks after the policy rules for the
    federation.
    """
    if tension.ruled_by is None:
        check_may_own(person, on=on)
        return (roles_of(person, on=on) or [""])[0]
    if tension.ruled_by not in roles_of(person, on=on):
        raise NotAllowed(
            format_lazy(_("Under this policy, {role} decides this."), role=tension.ruled_by),
            _("Ask them for a ruling."),
        )
    return tension.ruled_by


def check_may_take_suggestions(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless suggestions for the policy go to the person, by the policy's words or because
    they look after it."""
    if takes_suggestions(in_force(on)) in roles_of(person, on=on):
        return
    check_may_own(person, on=on)


def check_may_answer(person: Person, asked: RulingAsked, *, on: date) -> None:
    """Raise NotAllowed unless the person rules on a question that was put or, where the policy names no
    role for that, looks after the policy."""
    if not asked.to_role:
        check_may_own(person, on=on)
    elif asked.to_role not in roles_of(person, on=on):
        raise NotAllowed(
            format_lazy(_("Under this policy, {role} decides this."), role=asked.to_role),
            _("Ask them for a ruling."),
        )


def may_answer_now(person: Person, asked: RulingAsked, *, on: date) -> bool:
    """Return whether the person may answer a question that waits; never one that may be about them, nor while
    a safeguarding lead reads it first."""
    theirs = RulingAsked.objects.filter(not_meant("policy.rulingasked", person), pk=asked.pk)
    waits = asked.state == AskedState.OPEN and not waits_for_lead(asked)
    return waits and can(check_may_answer, person, asked, on=on) and theirs.exists()


def question_for(person: Person, pk: int, *, on: date) -> RulingAsked:
    """Return a question that the person asked or may answer. Raises NotFound for everyone else, and for those
    that it may be about."""
    whole = RulingAsked.objects.select_related(
        "asked_by", "answered_by", "ruling__end", "decision__version", "version"
    )
    own = Q(asked_by=person)
    found = whole.filter(own | not_meant("policy.rulingasked", person), pk=pk).first()
    if found is None or not (found.asked_by_id == person.pk or can(check_may_answer, person, found, on=on)):
        raise NotFound
    return found


def check_may_record_training(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person decides on accounts, or looks after people where no role decides."""
    check_capacity(person, _records_training(book_for(person)), on=on)


def role_for_training(book: Book) -> str:
    """Return the key of a role that may record training, which is asked where no role decides on accounts."""
    wanted = _records_training(book)
    return next(role.key for role in book.roles if wanted in role.capacities)


def _records_training(book: Book) -> str:
    decides = any("decide_account" in role.capacities for role in book.roles)
    return "decide_account" if decides else "administer"
