"""The page for words that wait for an answer before they are sent or published, whatever form they came
from: the text to change, each thing found with the answers there are, and everything else that was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.core.leaving import ANOTHER_WANTED, CHOOSE, Held, Said, WordsHeld
from schoolgate.publishing.models import HitReply
from schoolgate.screening import Kind, Strength
from schoolgate.web.frame.carrying import PREFIX as CARRIED
from schoolgate.web.frame.carrying import came_from, files_carried

PREFIX, WORDS, ALONE = "hit-", "-words", "-alone"
"""How a field with an answer begins, before the key of what was found, how one with its reason ends, and one
with the only answer there is, which counts once its reason is given."""
TOGETHER = f"{PREFIX}together"
"""The field that answers for several names at once that they may be there: their keys, by commas."""
KINDS: Mapping[str, str | Promise] = {
    Kind.PHONE: _("telephone number"),
    Kind.POSTCODE: _("postcode"),
    Kind.EMAIL: _("email address"),
    Kind.NHS: _("NHS number"),
    Kind.INSURANCE: _("National Insurance number"),
    Kind.UPN: _("unique pupil number"),
    Kind.ULN: _("unique learner number"),
    Kind.CARD: _("payment card number"),
    Kind.BANK: _("bank details"),
    Kind.VEHICLE: _("vehicle registration"),
    Kind.PASSPORT: _("passport number"),
    Kind.LICENCE: _("driving licence number"),
    Kind.BORN: _("date of birth"),
    Kind.ADDRESS: _("street address"),
    Kind.PASSWORD: _("password or code"),
    Kind.HEALTH: _("may reveal a person’s health or needs"),
    Kind.HANDLE: _("may be a person’s own account"),
    Kind.PLACE: _("says where children are, or will be"),
    Kind.CLUE: _("may show which child is meant"),
    Kind.TOLD: _("may tell what shouldn’t be public about a child"),
    Kind.FAMILY: _("may reveal a court case, the police or trouble in a family"),
    Kind.PRIVATE_LINK: _("private link"),
    Kind.SHORT_LINK: _("short link that hides its address"),
    Kind.COPYRIGHT: _("may be another person’s work"),
    Kind.DANGER: _("may show danger, or an attempt to be alone with a child"),
    Kind.OUR_NAME: _("looks as if a colleague or the school wrote it. Say who did"),
    Kind.ABUSE: _("may insult or abuse someone"),
    Kind.PICTURE: _("may be one that must not be shown"),
    Kind.FACE: _("a face was found, but “No one recognisable” is chosen"),
}
PUPIL: Mapping[Strength, str | Promise] = {
    Strength.STOP: _("name of a pupil"),
    Strength.ASK: _("may be a pupil’s name"),
    Strength.MENTION: _("a pupil’s first name"),
}


LEAD_LET_STAY = _("A safeguarding lead let it stay")


def said_in(data: QueryDict) -> dict[str, Said]:
    """Return the answers in a form, by the key of the hit. One that is half given is among them: a reason
    with no answer chosen, so that nothing typed is lost."""
    may = Said(HitReply.MAY_NAME, data.get(f"{TOGETHER}{WORDS}", ""))
    found = {key: may for key in data.get(TOGETHER, "").split(",") if key}
    for name in {_field_of(each) for each in data if each.startswith(PREFIX)} - {TOGETHER}:
        why = data.get(f"{name}{WORDS}", "")
        reply = data.get(name, "") or (data.get(f"{name}{ALONE}", "") if why.strip() else "")
        key, said = name.removeprefix(PREFIX), Said(reply, why)
        if said.reply or (said.is_half_given and key not in found):
            found[key] = said
    return found


def _field_of(name: str) -> str:
    return name.removesuffix(WORDS).removesuffix(ALONE)


def check_whole(said: Mapping[str, Said]) -> None:
    """Raise BadInput, each at its field, unless every answer is whole and there is one."""
    half = {f"{PREFIX}{key}": CHOOSE for key, each in said.items() if each.is_half_given}
    if half or not said:
        raise BadInput(half or {"screening": CHOOSE})


@dataclass(frozen=True)
class Together:
    """Names that one press confirms: each with the consents that hold. `keys`: the value of the field."""

    keys: str
    rows: Sequence[tuple[str, Sequence[object]]]
    chosen: bool = False
    reason: str = ""
    needs_reason: bool = False


def together_of(
    found: Sequence[tuple[str, str, Sequence[object]]], said: Mapping[str, Said], *, needs_reason: bool
) -> Together | None:
    """Return the names that can be confirmed at once, of `found` as key, words and consents; None below
    two."""
    if len(found) < 2:
        return None
    given = [said.get(key, Said("")) for key, _words, _consents in found]
    return Together(
        ",".join(key for key, _words, _consents in found),
        [(words, consents) for _key, words, consents in found],
        chosen=all(each.reply == HitReply.MAY_NAME for each in given),
        reason=given[0].words,
        needs_reason=needs_reason,
    )


@dataclass(frozen=True)
class ShownHeld:
    """One thing found. `missing`: the page was sent with answers, and what this one lacks. `said`: the answer
    that counts, in words; `by`: the name of who gave it."""

    id: str
    words: str
    what: str | Promise
    replies: Sequence[tuple[str, str | Promise]]
    chosen: str
    reason: str
    needs_reason: bool
    lead_only: bool
    another_only: bool
    namesakes: str | Promise
    missing: str | Promise
    together: bool = False
    said: str | Promise = ""
    by: str = ""

    @property
    def alone(self) -> str:
        """Return that it may go, where that is the only answer there is and giving its reason gives it."""
        only = [value for value, _label in self.replies] == [HitReply.RIGHT]
        return HitReply.RIGHT if only and self.needs_reason else ""

    @property
    def may_be_ours(self) -> bool:
        """Return whether it may be kept as the school's own."""
        return any(value == HitReply.OURS for value, _label in self.replies)


def words_page(request: HttpRequest, error: WordsHeld) -> HttpResponse:
    """Show what was found (422). The form goes to where the first one went, with all that was typed."""
    sent = request.POST if request.method == "POST" else QueryDict()
    inside = bool(getattr(request, "frame", None) and request.frame.places)  # type: ignore[attr-defined]
    found_in = {name for each in error.held for name in each.fields}
    again = any(name.startswith(PREFIX) for name in sent)
    notes = files_carried(request)
    able = [each for each in error.held if each.may_answer and each.consents]
    together = together_of(
        [(each.key, " ".join(each.words.split()), each.consents) for each in able],
        {each.key: each.said for each in able},
        needs_reason=any(each.needs_reason for each in able),
    )
    if together is not None:
        together = replace(together, reason=sent.get(f"{TOGETHER}{WORDS}", ""))
    return render(
        request,
        "errors/words.html",
        {
            "layout": "base.html" if inside else "base_plain.html",
            "message": error.message,
            "held": [
                _shown(each, again=again, together=together is not None and each in able)
                for each in error.held
            ],
            "together": together,
            "texts": [(name, text) for name, text in error.texts.items() if name in sent],
            "quoted": [text for name, text in error.texts.items() if name in found_in and name not in sent],
            "carried": [
                (name, value)
                for name, values in sent.lists()
                if name not in error.texts
                and not name.startswith((PREFIX, CARRIED))
                and name != "csrfmiddlewaretoken"
                for value in values
            ]
            + list(notes.items()),
            "files": [name for name in request.FILES if f"{CARRIED}{name}" not in notes],
            "action": request.get_full_path(),
            "back": came_from(request),
        },
        status=422,
    )


def found_shown(found: Sequence[Held]) -> list[ShownHeld]:
    """Return what was found in a text, for the person who reads it second."""
    return [_shown(each, again=False, together=False) for each in found]


def namesakes(number: int) -> str | Promise:
    """Return how many pupils have a name, in words."""
    if number == 1:
        return _("One pupil has this name.")
    return format_lazy(_("{number} pupils have this name."), number=number) if number else ""


def _shown(held: Held, *, again: bool, together: bool) -> ShownHeld:
    is_pupil = held.kind == Kind.PUPIL
    return ShownHeld(
        id=f"{PREFIX}{held.key}",
        words=" ".join(held.words.split()),
        what=PUPIL[Strength(held.strength)] if is_pupil else KINDS[held.kind],
        replies=[(each, HitReply(each).label) for each in held.replies] if held.may_answer else [],
        chosen=held.said.reply,
        reason=held.said.words,
        needs_reason=held.needs_reason,
        lead_only=held.lead_only,
        another_only=held.another_only and not held.may_answer,
        namesakes=namesakes(held.number),
        missing=_missing(held) if again else "",
        together=together,
        said=_in_words(held) if held.by else "",
        by=held.by,
    )


def _missing(held: Held) -> str | Promise:
    if held.said.is_half_given:
        return CHOOSE
    if held.contradicts:
        return ANOTHER_WANTED
    if held.needs_reason:
        return _("Change the words, or choose an answer and say why in a short sentence. “OK” isn’t enough.")
    return _("Change the words, or choose an answer.")


def _in_words(held: Held) -> str | Promise:
    """Return the answer that counts; of a lead's no more than that they gave it."""
    return LEAD_LET_STAY if held.lead_only else HitReply(held.said.reply).label
