"""What surrounds a reply while it is being written: the policy's questions, its answer, and the length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from schoolgate.core.errors import Text
from schoolgate.inbox.models import Item
from schoolgate.inbox.reply_facts import (
    QUESTIONS,
    lacking_of_reply,
    place_of_item,
    reply_is_held,
    text_digest,
)
from schoolgate.inbox.replying import asked_of, receipt_counts
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.handshake import STANDING
from schoolgate.people.queries import book_of
from schoolgate.policy.permitting import asked_about
from schoolgate.publishing import ready
from schoolgate.rulebook import Decision
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.paging import numbers_in
from schoolgate.web.frame.shown import ShownClause
from schoolgate.web.frame.strongest import strongest
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from
from schoolgate.web.inbox.forms import AnswerForm
from schoolgate.web.policy.permissions import asks_shown


def form_for(visit: Visit, found: Item, data: Any = None) -> AnswerForm:
    """The form of an answer to `found`, with what was typed; it begins in the author's language."""
    form = AnswerForm(data, languages=visit.federation.languages, private=found.private)
    form.initial["language"] = _language(found, visit)
    return form


def _begun(visit: Visit, found: Item, words: str) -> AnswerForm:
    """Return the form with these words or, without any, with the text for which this person last asked a
    permission."""
    asked = [one for one in asked_about(found).values() if one.asked_by_id == visit.person.pk]
    last = max(asked, key=lambda one: one.pk, default=None)
    form = form_for(visit, found)
    if words or last is not None:
        form.initial["text"] = words or (last.text if last else "")
    return form


def reply_begun(found: Item, visit: Visit, number: str) -> str:
    """Return the words of the text for replies that an address names; empty where there is none."""
    chosen = numbers_in([number])
    for each in ready.texts_for_replies(found.school):
        if each.pk in chosen:
            return ready.begun_reply(each, found.school, language=_language(found, visit))
    return ""


def _language(found: Item, visit: Visit) -> str:
    """Return the language in which the author wrote, where the federation replies in it."""
    return found.language if found.language in visit.federation.languages else visit.federation.languages[0]


def writing(found: Item, visit: Visit, form: AnswerForm | None, *, begun: str = "") -> dict[str, Any]:
    """Return what the form's template needs: questions with reasons, the policy's answer, the limits."""
    form = form or _begun(visit, found, begun)
    decision, asked = asked_of(
        found,
        by=visit.person,
        at=visit.at,
        said=form.said(),
        acknowledges_only=form.only_receipt,
        text=form.words,
    )
    if found.private and "to_relation" not in asked:  # our own rule asks it, whatever the policy does
        asked = ["to_relation", *asked]
    able = all_capabilities()[found.account.network]
    return {
        "form": form,
        "questions": questions(form, asked, decision, visit),
        "says": strongest(
            decision, _kept_back(found, form.words, visit) if form.is_bound else (), at=visit.at
        ),
        "most": able.number("text"),
        "asks": asks_shown(
            found,
            lacking_of_reply(decision) if form.is_bound else [],
            place_of_item(found),
            asker=visit.person,
            digest=text_digest(form.words),
            visit=visit,
        ),
        "may_ask": True,
        "reply_texts": [
            (each.pk, ready.newest(each).title) for each in ready.texts_for_replies(found.school)
        ],
        "ask_in_form": True,
        "receipt_counts": receipt_counts(found, by=visit.person, at=visit.at),
        "last_reply": max((each.pk for each in found.answers.all() if each.state in STANDING), default=0),
    }


def _kept_back(found: Item, text: str, visit: Visit) -> Sequence[Text]:
    if not reply_is_held(found, text, at=visit.at):
        return ()
    return (
        _("It may name a child or give something away: when you send it, you’ll be asked about the words."),
    )


def questions(
    form: SchoolForm, asked: Sequence[str], decision: Decision, visit: Visit
) -> list[dict[str, Any]]:
    """Return each question with its field and the clauses that ask it."""
    return [
        {
            "field": form[f"said-{name}"],
            "kind": QUESTIONS[name].kind,
            "clauses": _asked_by(name, decision, visit),
        }
        for name in asked
    ]


def _asked_by(name: str, decision: Decision, visit: Visit) -> list[ShownClause]:
    book = book_of(visit.federation)
    federation, quote = federation_of(book.key), quote_from(book)
    found = {
        (clause, str(finding.basis))
        for finding in decision.findings
        if any(need.what == name for need in finding.needs)
        for clause in finding.clauses
    }
    return [
        clause_shown(one, basis=basis, federation=federation, quote=quote) for one, basis in sorted(found)
    ]
