"""Writes of the policy room: adopt, sign a reading, vouch, record training, rule."""

from datetime import date, datetime

from django.db.models import Max, Model
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import discharge
from schoolgate.people.models import Person
from schoolgate.policy import rules
from schoolgate.policy.keeping import digest
from schoolgate.policy.models import Attestation, Kept, PolicyVersion, Reading, Ruling
from schoolgate.policy.queries import book_in_scope, in_force
from schoolgate.policy.reviewing import review_due
from schoolgate.policy.states import DUTY_OF, OWN_ONLY, VERSION_MOVES, Attested, Ruled, VersionState
from schoolgate.rulebook import Book


@action
def adopt(*, by: Person, at: datetime, adopted_on: date | None = None) -> PolicyVersion:
    """Put the federation's policy in force, in place of the version before; return the new version.

    `adopted_on` is the day on which the federation adopted the text; without it the day of `at`. The reading
    that comes with the pack is taken along unsigned: `sign_reading` is its owner's own act. Raises
    NotAllowed; BadInput for a day in the future; NotNow where this very text is in force already.
    """
    on = local_day(at)
    rules.check_may_own(by, on=on)
    book = book_in_scope()
    day = adopted_on or on
    if day > on:
        raise BadInput({"adopted_on": _("A policy is adopted on a day that has come.")})
    text = text_digest(book)
    before = PolicyVersion.objects.select_for_update().filter(state=VersionState.IN_FORCE).first()
    if before is not None and before.text_digest == text:
        raise NotNow(_("This text is already in force."))
    if before is not None:
        move(before, to=VersionState.SUPERSEDED, moves=VERSION_MOVES, at=at, superseded_at=at)
    meta = book.meta
    number = PolicyVersion.objects.filter(pack_key=book.key).aggregate(last=Max("number"))["last"] or 0
    version = PolicyVersion.objects.create(
        pack_key=book.key,
        number=number + 1,
        text_version=meta.version,
        text_digest=text,
        adopted_on=day,
        in_force_from=at,
        review_due=review_due(
            said=meta.review_due,
            every_months=meta.review_every_months,
            adopted=meta.adopted or meta.ratified,
            adopted_on=day,
        ),
        review_words=meta.review_due or "",
        owner_role=meta.owner or "",
    )
    Reading.objects.create(version=version, number=meta.reading, bindings_digest=bindings_digest(book))
    record("policyversion.adopted", subject=version, at=at, actor=by, number=version.number, text=text)
    return version


@action
def sign_reading(*, by: Person, at: datetime) -> Reading:
    """Sign our reading of the policy in force, as its owner. A newer reading gets a new number.

    Raises NotAllowed; NotNow where it is signed already.
    """
    on = local_day(at)
    rules.check_may_own(by, on=on)
    policy = in_force(on)
    reading, _new = Reading.objects.select_for_update().get_or_create(
        version=policy.version,
        number=policy.book.meta.reading,
        defaults={"bindings_digest": bindings_digest(policy.book)},
    )
    if reading.signed_by_id is not None:
        raise NotNow(_("This reading is signed already."))
    reading.signed_by, reading.signed_at = by, at
    reading.save(update_fields=["signed_by", "signed_at"])
    record("reading.signed", subject=reading, at=at, actor=by, number=reading.number)
    return reading


@action
def attest(
    *,
    kind: str,
    about: Model | str,
    by: Person,
    at: datetime,
    seen: object,
    about_person: Person | None = None,
    answer: bool = True,
    on_paper: bool = False,
    note: str = "",
) -> Attestation:
    """Keep what a person vouches for by their own sign-in. It is only ever added to; a no is kept as well.

    `seen` is what was shown (any JSON data); only its digest is kept. What only a person can say of
    themselves (has read, has understood) is said by that person, or comes from a paper that is marked as one.
    Raises BadInput for an unknown kind, NotAllowed where somebody speaks for another.
    """
    if kind not in Attested.values:
        raise BadInput({"kind": _("Choose one of the statements.")})
    whom = about_person or (by if kind in OWN_ONLY else None)
    if kind in OWN_ONLY and whom != by and not on_paper:
        raise NotAllowed(_("Only the person concerned can say that."), _("Ask them to sign in and say so."))
    version = in_force(local_day(at)).version
    row = Attestation.objects.create(
        kind=kind,
        subject=subject_of(about),
        by=by,
        about_person=whom,
        version=version,
        at=at,
        answer=answer,
        on_paper=on_paper,
        seen_digest=digest(seen),
        note=note,
    )
    record(
        "attestation.given", subject=row, at=at, actor=by, kind=kind, about=row.subject, answer=answer,
        seen=row.seen_digest,
    )  # fmt: skip
    if answer and kind in DUTY_OF:
        own = kind in OWN_ONLY
        discharge(
            kind=DUTY_OF[Attested(kind)],
            subject=version if own else row.subject,
            person=whom if own else None,
            by=by,
            at=at,
            how=kind,
        )
    return row


@action
def record_training(*, person: Person, by: Person, at: datetime, note: str = "") -> Attestation:
    """Record that somebody has had suitable training. Raises NotAllowed unless `by` decides on accounts."""
    rules.check_may_record_training(by, on=local_day(at))
    return attest(
        kind=Attested.TRAINED,
        about=person,
        about_person=person,
        by=by,
        at=at,
        seen={"person": person.pk},
        note=note,
    )


@action
def rule(
    *, tension: str, allows: bool, words: str, by: Person, at: datetime, decision: Kept | None = None
) -> Ruling:
    """Keep what the role that rules says on a question the policy leaves open, until the policy changes.

    Raises NotFound for a question the policy does not have, NotAllowed for anybody else, BadInput without
    words.
    """
    on = local_day(at)
    policy = in_force(on)
    asked = policy.book.tensions.get(tension)
    if asked is None:
        raise NotFound
    role = rules.check_may_rule(by, asked, on=on)
    if not words.strip():
        raise BadInput({"words": _("Say in a sentence or two why.")})
    row = Ruling.objects.create(
        version=policy.version,
        tension=tension,
        role=role,
        by=by,
        at=at,
        from_day=on,
        answer=Ruled.PERMITTED if allows else Ruled.NOT_PERMITTED,
        words=words.strip(),
        decision=decision,
    )
    record(
        "ruling.given", subject=row, at=at, actor=by, clauses=asked.clauses,
        decision=decision.pk if decision else None, tension=tension, allows=allows,
    )  # fmt: skip
    return row


def text_digest(book: Book) -> str:
    """SHA-256 over the policy's own clauses: it changes when a clause does, not when our reading does."""
    return digest(
        [
            [clause.id, clause.section, clause.says, dict(clause.parameters)]
            for clause in book.clauses.values()
        ]
    )


def bindings_digest(book: Book) -> str:
    """SHA-256 over the policy's own bindings: what exactly was signed as a reading."""
    return digest(
        [
            [
                one.id,
                one.control,
                list(one.clauses),
                one.point,
                list(one.situations),
                one.settings.model_dump(mode="json"),
            ]
            for one in book.pack.bindings
        ]
    )
