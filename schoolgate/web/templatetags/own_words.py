"""The school's own words for a clause, wherever the clause is shown."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from schoolgate.policy import documents
from schoolgate.policy.books import pack_of
from schoolgate.policy.documents import OwnWords, Passage, own_words_of
from schoolgate.policy.queries import policy_or_none
from schoolgate.rulebook.packs import pack_keys

register = template.Library()


@register.filter
def words_of(own: OwnWords | None, clause: str) -> Passage | None:
    """Return the words of a clause in a document; None without a document or words."""
    found = own.passage(clause) if own is not None else None
    return found if found is not None and found.sentences else None


@register.filter
def in_our_words(key: str) -> bool:
    """Return whether the clauses of a policy are our restatement, as those that come with the program are: a
    policy that a school wrote here has its own words."""
    return key in pack_keys()


@register.filter
def in_short(digest: str) -> str:
    """Return the beginning of a file's SHA-256 as people compare it."""
    return documents.in_short(digest)


@register.inclusion_tag("policy/_own_words.html", takes_context=True)
def own_words(context: Context, clause: str) -> dict[str, Any]:
    """Show a clause of the policy in force in the school's own words, with the document's fingerprint;
    nothing where its version has no document. Two queries, none without one."""
    policy = policy_or_none(context["request"].visit.on)
    if policy is None or clause not in pack_of(policy.version).clauses:
        return {}
    own = own_words_of(policy.version)
    if own is None:
        return {}
    return {
        "own": own,
        "version": policy.version,
        "passage": own.passage(clause),
    }
