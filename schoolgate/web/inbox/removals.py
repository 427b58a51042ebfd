"""What goes with a removal: the notice, its wording, the appeal: forms, and as an item’s page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.connecting import abilities_of
from schoolgate.core.errors import NotAllowed
from schoolgate.core.subjects import subject_of
from schoolgate.inbox import removals, seeing
from schoolgate.inbox.models import AppealState, Item, ItemState, KeptBack, Removal
from schoolgate.inbox.removal_notices import (
    OWN,
    PRESCRIBED,
    Prescribed,
    check_may_hear,
    own_notice,
    prescribed_notice,
    rule_in,
    why_address,
    with_code,
)
from schoolgate.inbox.reply_facts import QUESTIONS
from schoolgate.inbox.replying import asked_of
from schoolgate.networks.capabilities import Way
from schoolgate.people.confined import nameable
from schoolgate.people.queries import book_of, holders_of_capacity
from schoolgate.people.rules import can
from schoolgate.publishing.rules import stopped
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.forms import SchoolForm, at
from schoolgate.web.inbox.forms import LANGUAGES, TRI, YES_NO, notice_parts
from schoolgate.web.inbox.wording import text_shown
from schoolgate.web.inbox.writing import questions


class NoticeForm(SchoolForm):
    """Whose words the notice has, its text and language, and what the policy asks about a reply."""

    prefix = "notice"
    policy_help = {
        "wording": (at("item.remove", "removal_notice", "readers_told_why"),),
        "says": (at("item.remove", "notice_says"),),
    }

    wording = forms.ChoiceField(
        label=_("Wording"),
        choices=[(PRESCRIBED, _("The policy’s own notice, unchanged")), (OWN, _("Our own wording"))],
        widget=forms.RadioSelect,
        initial=OWN,
    )
    text = forms.CharField(
        label=_("Our own wording"), required=False, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )
    says = notice_parts()

    def __init__(self, data: Any = None, *, languages: Sequence[str], prescribed: bool, **more: Any) -> None:
        super().__init__(data, **more)
        if not prescribed:
            self.fields["wording"].choices = [(OWN, _("Our own wording"))]  # type: ignore[attr-defined]
        offered = [(key, LANGUAGES[key]) for key in languages if key in LANGUAGES] or [("en", "English")]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the notice"),
            choices=offered,
            initial=offered[0][0],
            widget=forms.RadioSelect,
        )
        for name, question in QUESTIONS.items():
            options = question.options if question.kind == "choice" else YES_NO
            self.fields[f"said-{name}"] = forms.ChoiceField(
                label=str(question.label), choices=list(options), required=False
            )

    def said(self) -> dict[str, Any]:
        """The answers to the questions, by their names; what was not answered is left out."""
        typed = getattr(self, "cleaned_data", {})
        found = {name: typed.get(f"said-{name}") for name in QUESTIONS}
        return {
            name: each if QUESTIONS[name].kind == "choice" else TRI[each]
            for name, each in found.items()
            if each
        }

    def ask_for(self, names: Sequence[str]) -> None:
        """Add an error to each of these questions: not answered yet."""
        for name in names:
            self.add_error(f"said-{name}", str(_("Answer this question")))


class WordingForm(SchoolForm):
    """The school's own wording of the prescribed notice, in a language that the policy doesn't give."""

    prefix = "wording"

    language = forms.CharField(widget=forms.HiddenInput, max_length=5)
    words = forms.CharField(
        label=_("The notice in this language"),
        help_text=_("Written by a person at the school. Schoolgate doesn’t translate it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class AppealForm(SchoolForm):
    """Why the comment should be shown."""

    prefix = "appeal"

    words = forms.CharField(
        label=_("Why should the comment be shown?"),
        help_text=_("Up to 3,000 characters. Please don’t name any pupils."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class DecisionForm(SchoolForm):
    """The reasons for a decision on an appeal."""

    prefix = "decision"
    policy_help = {"reasons": (at("comment.admit", "let_through", "never_let_through"),)}

    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("The author can read them on the public page. Don’t name anyone."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


SENDABLE = frozenset({ItemState.OPEN, ItemState.ANSWERED})
APPEAL_KINDS = {
    AppealState.OPEN: "wait",
    AppealState.UPHELD: "good",
    AppealState.DISMISSED: "no",
    AppealState.SETTLED: "info",
}


def removal_shown(found: Item, visit: Visit, extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page shows of the latest removal; nothing where the comment never was removed."""
    removal = removals.last_removal(found)
    if removal is None:
        return {"removal": None}
    moderates = can(seeing.check_may_moderate, visit.person, found, on=visit.on)
    gone = removal.ended_at is None and removals.is_done(removal)
    context = {
        "removal": removal,
        "removal_code": removals.as_written(removal.code),
        "why_address": why_address(found),
        "house_rule": rule_in(removal, "en"),
        "evidence": [(each, removals.is_intact(each)) for each in found.evidence.order_by("id")],
        **_appeal(removal, found, visit, gone=gone),
        "appeal_form": extra.get("appeal_form") or AppealForm(),
        "decision_form": extra.get("decision_form") or DecisionForm(),
    }
    if gone and moderates:
        context |= _notice(removal, found, visit, extra)
    return context


def _appeal(removal: Removal, found: Item, visit: Visit, *, gone: bool) -> dict[str, Any]:
    row = removals.appeal_of(removal)
    waits = row is not None and row.state == AppealState.OPEN
    why_not: Any = None
    if waits:
        try:
            check_may_hear(visit.person, removal, at=visit.at)
        except NotAllowed as error:
            why_not = error
    return {
        "appeal": row,
        "appeal_text": text_shown(row.words) if row else None,
        "appeal_kind": APPEAL_KINDS[AppealState(row.state)] if row else "",
        "appeal_waits": waits,
        "may_not_hear": why_not,
        "back_again": found.kept_back == KeptBack.HIDDEN and found.gone_at is None,
        "may_enter_appeal": gone
        and not waits
        and removal.appeals.count() < removals.MOST_APPEALS
        and can(seeing.check_may_sort, visit.person, found, on=visit.on),
    }


def _notice(removal: Removal, found: Item, visit: Visit, extra: Mapping[str, Any]) -> dict[str, Any]:
    given = prescribed_notice(removal, by=visit.person, at=visit.at)
    told = removal.notices.order_by("-id").first()
    form = extra.get("notice_form") or notice_form(removal, visit, given=given)
    way = abilities_of(found.account).way("reply")
    can_send = (
        way is not Way.NO
        and found.state in SENDABLE
        and can(seeing.check_may_answer, visit.person, found, on=visit.on)
        and not stopped(found.school_id, at=visit.at)
    )
    context: dict[str, Any] = {
        "prescribed": given,
        "prescribed_words": [(key, LANGUAGES.get(key, key), each) for key, each in given.words.items()]
        if given
        else [],
        "missing_wordings": _missing(given, found, visit, extra),
        "notice": told,
        "asks_parts": asks_parts(visit),
        "notice_form": form,
        "notice_way": way.value,
        "can_send_notice": can_send,
        "code_line": with_code("", removal, "en").strip(),
        "to_copy": [] if can_send else _to_copy(removal, given, visit),
    }
    if can_send:
        decision, asked = asked_of(
            found, by=visit.person, at=visit.at, said=form.said(), acknowledges_only=True
        )
        context["notice_questions"] = questions(form, asked, decision, visit)
    return context


def asks_parts(visit: Visit) -> bool:
    """Return whether this policy speaks of what a notice says; if not, no one is asked."""
    return bool(book_of(visit.federation).at("item.remove", "notice_says"))


def _missing(
    given: Prescribed | None, found: Item, visit: Visit, extra: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the languages in which the prescribed notice has no wording, and who can adopt one."""
    if given is None or not given.missing:
        return []
    owners = nameable(
        holders_of_capacity("own_policy", federation=visit.federation, on=visit.on), subject_of(found)
    )
    sent = extra.get("wording_form")
    return [
        {
            "name": LANGUAGES.get(key, key),
            "form": sent
            if sent is not None and sent.data.get("wording-language") == key
            else WordingForm(initial={"language": key}),
            "mine": any(one.pk == visit.person.pk for one in owners),
            "owners": ", ".join(one.name for one in owners[:3]),
        }
        for key in given.missing
    ]


def _to_copy(removal: Removal, given: Prescribed | None, visit: Visit) -> list[tuple[str, str, str]]:
    """Return the texts to copy: key of the language, its name, the notice with its code."""
    fits = given if given is not None and given.fits else None
    found = []
    for key in visit.federation.languages:
        words = (fits.words.get(key) if fits else None) or (own_notice(removal, key) if not fits else "")
        if words and key in LANGUAGES:
            found.append((key, LANGUAGES[key], with_code(words, removal, key)))
    return found


def notice_form(
    removal: Removal, visit: Visit, data: Any = None, *, given: Prescribed | None = None
) -> NoticeForm:
    """Return the form of a notice: the policy's own wording first, where it has one that fits."""
    given = given or prescribed_notice(removal, by=visit.person, at=visit.at)
    fits = given is not None and given.fits
    languages = visit.federation.languages
    first = languages[0] if languages else "en"
    if fits and given is not None and first not in given.words:
        first = next(iter(given.words))
    return NoticeForm(
        data,
        languages=languages,
        prescribed=fits,
        initial={
            "wording": PRESCRIBED if fits else OWN,
            "text": own_notice(removal, first),
            "language": first,
        },
    )


def notice_text(removal: Removal, typed: str, language: str) -> str:
    """Return our own wording as typed; in the chosen language where the first wording was left as it was."""
    plain = typed.replace("\r\n", "\n").strip()
    first = {own_notice(removal, key) for key in LANGUAGES}
    return own_notice(removal, language) if plain in first else plain
