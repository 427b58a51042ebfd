"""The texts of a notice about a removal: the policy's own, the school's, and the line with the code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext

from schoolgate.core.clock import local_day
from schoolgate.core.env import env
from schoolgate.inbox.models import Item, NoticeWording, Removal
from schoolgate.inbox.removal_facts import removal_facts
from schoolgate.inbox.removals import as_written
from schoolgate.inbox.states import WhyKeptBack
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import kept as kept_by_id

PRESCRIBED, OWN = "prescribed", "own"


@dataclass(frozen=True)
class Prescribed:
    """The notice that a clause prescribes: by language, in the policy's words or the school's adopted ones.

    `missing`: languages of the federation that neither gives. `adopted`: those that the school supplied.
    `fits`: whether the policy allows it for this reason.
    """

    clause: str
    words: dict[str, str]
    adopted: tuple[str, ...]
    missing: tuple[str, ...]
    fits: bool


def prescribed_notice(removal: Removal, *, by: Person, at: datetime) -> Prescribed | None:
    """Return the notice prescribed by the policy for this removal; None where it prescribes none."""
    federation = removal.item.account.federation
    book = book_of(federation)
    named = [one for one in kept_by_id(removal.moderation.decision).clauses if one in book.clauses]
    clause = next((one for one in named if book.clauses[one].parameters.get("removal_notice")), None)
    if clause is None:
        return None
    given = book.clauses[clause].parameters
    words = dict.fromkeys(given.get("languages_given", ["en"])[:1], str(given["removal_notice"]))
    rows = NoticeWording.objects.filter(clause=clause).exclude(language__in=list(words)).order_by("id")
    ours = {row.language: row.words for row in rows}
    missing = tuple(one for one in federation.languages if one not in words and one not in ours)
    fits = _fits(removal, by=by, at=at)
    return Prescribed(clause, words | ours, tuple(ours), missing, fits)


def _fits(removal: Removal, *, by: Person, at: datetime) -> bool:
    done = removal.moderation
    facts = removal_facts(
        removal.item, by=by, at=at, how=done.how, reason=done.reason, said={}, told={"notice": PRESCRIBED}
    )
    decision = verdict("item.remove", facts, on=local_day(at))
    return decision.points["removal_notice"] in ("permitted", "silent")


def own_notice(removal: Removal, language: str) -> str:
    """Return a first wording of our own: the reason in plain words, and the house rule quoted."""
    with translation.override(language):
        said = [
            gettext("We removed a comment here. Reason: {reason}.").format(
                reason=WhyKeptBack(removal.moderation.reason).label
            )
        ]
        if words := rule_in(removal, language):
            said.append(gettext("Our rules for comments say: “{rule}”").format(rule=words))
        return " ".join(said)


def rule_in(removal: Removal, language: str) -> str:
    """Return the words of the house rule that was chosen, in a language if it has them; empty where none."""
    words: dict[str, str] = removal.house_rule.get("words", {})
    return words.get(language) or next(iter(words.values()), "")


def why_address(item: Item) -> str:
    """Return the address of the public page that answers why a comment was removed."""
    return f"{env().public_address or ''}/{item.account.federation.slug}/why-removed"


def with_code(words: str, removal: Removal, language: str) -> str:
    """Return a notice, its words unchanged, with the line that says where to read why and how to appeal."""
    with translation.override(language):
        line = gettext("Why, and how to appeal: {address} – code {code}").format(
            address=why_address(removal.item), code=as_written(removal.code)
        )
    return f"{words}\n\n{line}"
