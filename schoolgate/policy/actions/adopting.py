"""The life of a version: prepared, adopted by the role the policy names, in force from a day, replaced by
the next."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import begins, local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.leads import roles_that_wait, told_roles
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import safeguarding_roles
from schoolgate.policy import rules
from schoolgate.policy.actions.leads import ask_about_told, keep_seats
from schoolgate.policy.actions.removed_roles import replace_removed_roles
from schoolgate.policy.asking import record_decision, require
from schoolgate.policy.books import (
    bindings_digest,
    pack_of,
    packaged_book_in_scope,
    policy_key_in_scope,
    says_the_same,
    text_digest,
)
from schoolgate.policy.duty_kinds import READING, REVIEW
from schoolgate.policy.facts import STATED, adopt_facts
from schoolgate.policy.models import PackText, PolicyVersion, Reading, ReadingDraft
from schoolgate.policy.reading_texts import digest_of_text, read_text
from schoolgate.policy.remembered import forget_policy
from schoolgate.policy.reviewing import review_due
from schoolgate.policy.states import VERSION_MOVES, VersionState
from schoolgate.policy.taking_over import choices_for, rules_ahead, with_rules_of
from schoolgate.rulebook.one_file import to_yaml
from schoolgate.rulebook.packs import Pack, pack_keys


@action
def adopt(*, by: Person, at: datetime, adopted_on: date | None = None) -> PolicyVersion:
    """Put on record that the policy that comes with the program is this federation's, and in force from
    now on.

    For a text that was adopted before the program was used. `adopted_on` is the day on which that happened;
    without it the day of `at`. The pack's own interpretation is copied unsigned: the owner signs it with
    `sign_reading`. Raises NotAllowed; BadInput for a day in the future; NotNow where this very text is in
    force already.
    """
    version = start_version(by=by, at=at)
    return adopt_version(
        by=by, at=at, version=version, adopted_on=adopted_on or local_day(at), before_us=True, stated={}
    )


@action
def start_version(
    *, by: Person, at: datetime, text: str | None = None, material_changes: str = ""
) -> PolicyVersion:
    """Begin a version: from a file as `schoolgate policy export` writes it, else from what comes with the
    program.

    Raises NotAllowed; BadInput on `text` with the line where it is no such file; NotNow where this very text
    is in force, or another version is being prepared.
    """
    rules.check_may_own(by, on=local_day(at))
    if text is None:
        pack = packaged_book_in_scope(whole=True).pack
        if pack.meta.key not in pack_keys():
            text = to_yaml(pack)  # the installation's own: its folder may change, what is adopted does not
    else:
        pack = read_text(text, key=policy_key_in_scope())
    _check_is_another(pack)
    if PolicyVersion.objects.filter(state=VersionState.DRAFT).exists():
        raise NotNow(
            _("A new version is already being prepared."),
            _("Continue with that version, or withdraw it first."),
        )
    number = PolicyVersion.objects.filter(pack_key=pack.meta.key).aggregate(last=Max("number"))["last"] or 0
    version = PolicyVersion.objects.create(
        pack_key=pack.meta.key,
        number=number + 1,
        text=_stored(text, by=by, at=at) if text is not None else None,
        text_version=pack.meta.version,
        text_digest=text_digest(pack),
        drafted_by=by,
        material_changes=material_changes.strip(),
        owner_role=pack.meta.owner or "",
    )
    record("policyversion.started", subject=version, at=at, actor=by, number=version.number)
    return version


@action
def replace_text(
    *, by: Person, at: datetime, version: PolicyVersion, text: str, material_changes: str
) -> PolicyVersion:
    """Replace the text of a version that is being prepared. Raises NotAllowed, BadInput, NotNow."""
    rules.check_may_own(by, on=local_day(at))
    row = _locked(version, VersionState.DRAFT)
    pack = read_text(text, key=policy_key_in_scope())
    _check_is_another(pack)
    row.text, row.text_digest = _stored(text, by=by, at=at), text_digest(pack)
    row.text_version, row.owner_role = pack.meta.version, pack.meta.owner or ""
    row.material_changes = material_changes.strip()
    row.save()
    row.drafts.filter(tried__isnull=False).update(tried=None, edition=F("edition") + 1)
    record("policyversion.changed", subject=row, at=at, actor=by, text=row.text_digest)
    return row


@action
def withdraw_version(*, by: Person, at: datetime, version: PolicyVersion) -> PolicyVersion:
    """Discard a version that is not in force yet. Raises NotAllowed; NotNow once it is."""
    rules.check_may_own(by, on=local_day(at))
    move(version, to=VersionState.WITHDRAWN, moves=VERSION_MOVES, at=at)
    version.drafts.all().delete()
    record("policyversion.withdrawn", subject=version, at=at, actor=by)
    forget_policy()
    return version


@action
def adopt_version(
    *,
    by: Person,
    at: datetime,
    version: PolicyVersion,
    adopted_on: date,
    stated: Mapping[str, Any],
    in_force_on: date | None = None,
    minute_reference: str = "",
    scan: tuple[str, str] = ("", ""),
    before_us: bool = False,
    review_on: date | None = None,
) -> PolicyVersion:
    """Record the adoption of a prepared version; it is in force from `in_force_on`, or at once.

    Args:
        stated: what its record states: `facts.STATED`, and `direction_confirmed`.
        scan: digest and media type of the signed copy in the file store.
        before_us: it was adopted before the program was used, so the policy is not asked about the steps.
        review_on: when its review is due, as its owner confirmed it; without it as its text says.

    Raises NotAllowed; BadInput on `adopted_on`, `in_force_on`; NotNow; Refused where the policy in force
    requires other steps, or requires something to be stated.
    """
    on = local_day(at)
    rules.check_may_own(by, on=on)
    if adopted_on > on:
        raise BadInput({"adopted_on": _("The adoption date can’t be in the future.")})
    if in_force_on is not None and in_force_on < adopted_on:
        raise BadInput({"in_force_on": _("A policy can’t come into force before it is adopted.")})
    if review_on is not None and review_on <= adopted_on:
        raise BadInput({"review_on": _("The review can’t be due before the policy is adopted.")})
    row = _locked(version, VersionState.DRAFT)
    facts = adopt_facts("put_in_force", by=by, at=at, version=row, stated=stated)
    clauses: tuple[str, ...] = ()
    if not before_us:
        kept = record_decision("policy.adopt", facts, at=at, by=by, subject=row)
        require(kept)
        row.decision, clauses = kept.pk, tuple(kept.clauses)
    if row.text is not None:
        words = {key: clause.says for key, clause in pack_of(row).clauses.items()}
        check_leaving(Door.POLICY, words, about=row, by=by, at=at)
    later = in_force_on is not None and in_force_on > on
    row.adopted_on, row.before_us, row.recorded_by = adopted_on, before_us, by
    row.minute_reference, (row.scan, row.scan_type) = minute_reference.strip(), scan
    row.stated = facts.model_dump(mode="json", include=set(STATED))
    row.in_force_from = begins(in_force_on) if later and in_force_on else at
    meta = pack_of(row).meta
    row.review_words = meta.review_due or ""
    row.review_due = review_on or review_of(row, adopted_on=adopted_on)
    row.state = VersionState.ADOPTED
    _make_room(row)
    row.save()
    Reading.objects.create(version=row, number=meta.reading, bindings_digest=bindings_digest(pack_of(row)))
    record(
        "policyversion.adopted", subject=row, at=at, actor=by, clauses=clauses, decision=row.decision,
        number=row.number, text=row.text_digest,
    )  # fmt: skip
    forget_policy()
    return row if later else bring_into_force(at=at, version=row)


def review_of(version: PolicyVersion, *, adopted_on: date) -> date | None:
    """Return when the review of a version is due, as its text says; None where it names no time."""
    meta = pack_of(version).meta
    return review_due(
        said=meta.review_due,
        every_months=meta.review_every_months,
        adopted=(meta.adopted or meta.ratified) if version.text is None else None,
        adopted_on=adopted_on,
    )


@action
def bring_into_force(*, at: datetime, version: PolicyVersion) -> PolicyVersion:
    """Replace the version in force with an adopted one on its day. Raises NotNow before that day."""
    row = _locked(version, VersionState.ADOPTED)
    if row.in_force_from is None or row.in_force_from > at:
        raise NotNow(
            _("It isn’t due to come into force yet."), _("It takes effect automatically on that day.")
        )
    before = PolicyVersion.objects.select_for_update().filter(state=VersionState.IN_FORCE).first()
    was = book_for(row) if before is not None else None
    led = safeguarding_roles(was) if was is not None else []
    told = told_roles(was) - roles_that_wait() if was is not None else None
    if before is not None:
        _take_over_choices(before, row, at=at)
        cancel(kind=REVIEW, subject=before, because="superseded", at=at)
        move(before, to=VersionState.SUPERSEDED, moves=VERSION_MOVES, at=at, superseded_at=row.in_force_from)
        record("policyversion.superseded", subject=before, at=at, number=before.number)
    move(row, to=VersionState.IN_FORCE, moves=VERSION_MOVES, at=at)
    record("policyversion.in_force", subject=row, at=at, number=row.number)
    forget_policy()
    keep_seats(at=at, led=led)
    if told is not None:
        ask_about_told(at=at, by=row.recorded_by, told=told)
    replace_removed_roles(at=at, version=row, before=before)
    return row


@action
def bring_what_is_due_into_force(*, at: datetime) -> int:
    """Bring the federation's adopted version into force where its day has come. Returns how many: 0 or 1."""
    due = PolicyVersion.objects.filter(state=VersionState.ADOPTED, in_force_from__lte=at).first()
    if due is None:
        return 0
    bring_into_force(at=at, version=due)
    return 1


def _take_over_choices(before: PolicyVersion, row: PolicyVersion, *, at: datetime) -> None:
    """Carry the choices made under the previous version into a draft of this one's next reading, for the
    policy owner to sign.

    Choices take effect only when the draft is signed; until then this version is read as imported. An
    unsigned draft for the previous version is deleted. Rules already written for this version's new clauses
    stay.
    """
    fits, left = choices_for(before, row)
    reading = row.readings.order_by("-number").first()
    before.drafts.all().delete()
    ahead = rules_ahead(row.drafts.first(), row)
    row.drafts.all().delete()
    if reading is None or row.recorded_by is None or (fits.nothing and ahead.nothing and not left):
        return
    meant = with_rules_of(fits, ahead)
    with translation.override(row.recorded_by.language):
        why = translation.gettext("Chosen under version {number}, and still valid.")
    ReadingDraft.objects.get_or_create(
        version=row,
        defaults={
            "based_on": reading,
            "changes": {name: value for name, value in meant.model_dump(mode="json").items() if value},
            "because": why.format(number=before.number) if not fits.nothing else "",
            "by": row.recorded_by,
            "at": at,
        },
    )
    for owner in pack_of(row).roles_with("own_policy")[:1]:
        open_duty(kind=READING, subject=row, at=at, due=Due.none_promised(), role=owner.key)


def _make_room(row: PolicyVersion) -> None:
    """Raise NotNow where another version already waits for its day."""
    if PolicyVersion.objects.filter(state=VersionState.ADOPTED).exclude(pk=row.pk).exists():
        raise NotNow(
            _("Another version has been adopted and will come into force later."),
            _("Withdraw that one first."),
        )


def _check_is_another(pack: Pack) -> None:
    standing = PolicyVersion.objects.filter(state__in=[VersionState.IN_FORCE, VersionState.ADOPTED])
    if any(says_the_same(pack_of(one), pack) for one in standing.filter(text_digest=text_digest(pack))):
        raise NotNow(_("This text is already in force."), _("Prepare the next version on the policy page."))


def _stored(text: str, *, by: Person, at: datetime) -> PackText:
    row, _new = PackText.objects.get_or_create(
        digest=digest_of_text(text), defaults={"text": text, "added_by": by, "at": at}
    )
    return row


def _locked(version: PolicyVersion, state: VersionState) -> PolicyVersion:
    """Lock the version and return it. Raises NotNow where its state is a different one."""
    row = PolicyVersion.objects.select_for_update(of=("self",)).select_related("text").get(pk=version.pk)
    if row.state != state:
        raise NotNow(_("This version has changed in the meantime."), _("Open it again to see its status."))
    return row
