"""Read what was found, decide on it, and cover words in it. Each reading is in the record, without a word."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.disclosure import places
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.sealed_words import check_words, seal, wipe
from schoolgate.people.models import Person
from schoolgate.rights.actions.keeping import SEALED, drop_answers, still_open
from schoolgate.rights.actions.leading import end_for_leads
from schoolgate.rights.covering import Span, covered, together
from schoolgate.rights.exemptions import exemptions_for
from schoolgate.rights.found import Shown, shown, title_without
from schoolgate.rights.models import Covered, Found, Request
from schoolgate.rights.rules import check_decides, check_leads, readable
from schoolgate.rights.states import Decision
from schoolgate.rights.whose import pupils_sought


@action
def read_found(*, by: Person, at: datetime, request: Request, rows: Sequence[int]) -> list[Shown]:
    """Return these things with their texts, and proposals of what to cover. Rows that this person may not
    read, and things that are gone, are left out. Raises NotAllowed."""
    found = _rows(by, at, request, rows)
    if found:
        record("rights.found_read", subject=request, at=at, actor=by, number=len(found))
    return shown(request, found)


@action
def decide(
    *, by: Person, at: datetime, request: Request, rows: Sequence[int], decision: str, exemption: str = "",
    words: str = "", seen: Mapping[int, str] = MappingProxyType({}),
) -> int:  # fmt: skip
    """Give these things, leave them out, or put the decision back; return how many. What was covered in them
    is lifted: `cover` decides on that. An answer that was made before goes.

    Args:
        exemption: why they are left out, one of `exemptions_for` the request's kind.
        words: what the answer says in their stead, for one that the leads answer in their own words.
        seen: the digests of the things as the person read them (`Shown.digest`), by row.

    Raises NotAllowed, NotNow (closed; a thing is gone, or changed since), BadInput; WordsHeld: it names
    another pupil than the request is about.
    """
    locked = still_open(request)
    found = _rows(by, at, locked, rows)
    if decision not in (Decision.GIVEN, Decision.LEFT_OUT, Decision.UNDECIDED):
        raise BadInput({"decision": _("Choose what the answer does with it")})
    left_out = decision == Decision.LEFT_OUT
    if left_out and exemption not in {one.key for one in exemptions_for(locked.kind)}:
        raise BadInput({"exemption": _("Choose why it is left out")})
    pieces = {one.found.pk: one for one in shown(locked, found)}
    if decision == Decision.GIVEN:
        for row in found:
            _check_as_read(pieces.get(row.pk), seen.get(row.pk))
        _check_names(locked, {"words": words}, _said_in(pieces.values()), by=by, at=at)
    for row in found:
        _write(
            row, decision, by, at, exemption if left_out else "",
            digest=pieces[row.pk].digest if row.pk in pieces else "",
            words=_in_stead(row, words) if decision == Decision.GIVEN else "",
        )  # fmt: skip
    Covered.objects.filter(found__in=found).delete()
    if found:
        drop_answers(locked.answers.all(), at=at)
    record(
        "rights.decided",
        subject=locked,
        at=at,
        actor=by,
        code=decision,
        number=len(found),
        exemption=exemption,
    )
    if any(row.lead for row in found):
        end_for_leads(locked, at=at, by=by)
    return len(found)


@action
def cover(
    *, by: Person, at: datetime, request: Request, row: int, spans: Mapping[str, Sequence[Span]], digest: str
) -> Found:
    """Give one thing with these characters covered, by the parts of its text, and without its files. They
    replace what was covered before.

    Args:
        digest: of the thing as the person read it (`Shown.digest`).

    Raises NotAllowed, NotFound, NotNow (closed, gone, changed since), BadInput: no such characters;
    WordsHeld: what is left names another pupil.
    """
    locked = still_open(request)
    found = _rows(by, at, locked, [row])
    if not found:
        raise NotFound
    one = next(iter(shown(locked, found)), None)
    if one is None or one.digest != digest:
        raise NotNow(_("This has changed since you opened it."), _("Open it again, then redact the words."))
    texts = {text.part: text.text for text in one.piece.texts}
    try:
        whole = {part: together(given, length=len(texts[part])) for part, given in spans.items()}
    except (KeyError, ValueError) as error:
        raise BadInput({"spans": _("Mark words in the text")}) from error
    if not any(whole.values()):
        raise BadInput({"spans": _("Mark at least one word to redact")})
    _check_names(locked, {}, _said_in([one], but=whole), by=by, at=at)
    Covered.objects.filter(found=found[0]).delete()
    Covered.objects.bulk_create(
        [
            Covered(found=found[0], part=part, begins=begins, ends=ends)
            for part, given in whole.items()
            for begins, ends in given
        ]
    )
    _write(found[0], Decision.COVERED, by, at, "", digest=digest, words="")
    drop_answers(locked.answers.all(), at=at)
    record("rights.decided", subject=locked, at=at, actor=by, code=Decision.COVERED, number=1, exemption="")
    if found[0].lead:
        end_for_leads(locked, at=at, by=by)
    return found[0]


def _check_as_read(one: Shown | None, digest: str | None) -> None:
    """Raise NotNow where a thing is gone, or isn't any more what the person read."""
    if one is None:
        raise NotNow(_("Something that was found no longer exists."), _("Leave it out, or search again."))
    if digest is not None and one.digest != digest:
        raise NotNow(_("This has changed since you opened it."), _("Read it again, then decide."))


def _said_in(
    pieces: Collection[Shown], *, but: Mapping[str, Sequence[Span]] = MappingProxyType({})
) -> dict[str, str]:
    """Return the words of these things that the answer would have: their texts, titles and, unless something
    is covered, what their files are called. `but`: what is covered in them."""
    found = {
        f"{one.found.pk}-{text.part}": covered(text.text, but.get(text.part, ()))
        for one in pieces
        if not one.place.own_words
        for text in one.piece.texts
        if text.said is None
    }
    for one in pieces:
        found[f"{one.found.pk}-title"] = title_without(one.piece, but)
        files = () if but or one.place.own_words else one.piece.files
        found |= {f"{one.found.pk}-file{place}": str(file.label) for place, file in enumerate(files)}
    return found


def _check_names(
    request: Request, typed: Mapping[str, str], given: Mapping[str, str], *, by: Person, at: datetime
) -> None:
    check_leaving(
        Door.LETTER, typed, about=request, by=by, at=at, school=request.school,
        but_of=pupils_sought(request), beside=given,
    )  # fmt: skip


def _rows(by: Person, at: datetime, request: Request, rows: Sequence[int]) -> list[Found]:
    """Return those of these rows of the request that this person may read, locked. Raises NotAllowed for one
    who neither decides on requests nor leads on safeguarding."""
    on = local_day(at)
    _check_any(by, at, request)
    found = request.found.select_for_update(of=("self",)).filter(pk__in=rows).order_by("pk")
    return readable(by, request, list(found), on=on)


def _check_any(by: Person, at: datetime, request: Request) -> None:
    try:
        check_decides(by, on=local_day(at))
    except NotAllowed:
        check_leads(by, on=local_day(at), request=request)


def _in_stead(row: Found, words: str) -> str:
    """Return what a lead wrote for the answer. Raises BadInput where there has to be something."""
    place = places().get(row.place)
    needed = place is not None and place.own_words
    return check_words(words=(words if needed else "", _("Write what the answer says") if needed else ""))[
        "words"
    ]


def _write(
    row: Found, decision: str, by: Person, at: datetime, exemption: str, *, digest: str, words: str
) -> None:  # fmt: skip
    undecided = decision == Decision.UNDECIDED
    wipe(row.words_ref)
    row.words_ref = seal(SEALED, {"words": words}, about=row) if words else None
    row.decision, row.exemption, row.digest = decision, exemption, "" if undecided else digest
    row.by, row.decided_at = (None, None) if undecided else (by, at)
    row.save(update_fields=["words_ref", "decision", "exemption", "digest", "by", "decided_at"])
