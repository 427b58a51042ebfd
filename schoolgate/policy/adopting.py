"""The life of a version: prepared, compared with the one before, adopted by the role the policy names, in
force from a day, replaced by the next, and what its roles and choices become."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import F, Max, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import begins, local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.models import School
from schoolgate.core.moves import move
from schoolgate.duties.actions import Then, cancel, open_duty, pass_on, replace_second
from schoolgate.duties.kinds import KINDS
from schoolgate.duties.models import STILL_TO_DO, Basis, Due, Duty
from schoolgate.notices.kinds import others_may_know
from schoolgate.people.assignments import end_role
from schoolgate.people.leads import roles_that_wait, told_roles
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, holders
from schoolgate.people.safeguarding import safeguarding_roles
from schoolgate.policy import rules
from schoolgate.policy.asking import record_decision, require
from schoolgate.policy.books import (
    bindings_digest,
    changes_of,
    forget_policy,
    pack_of,
    packaged_book_in_scope,
    policy_key_in_scope,
    says_the_same,
    text_digest,
)
from schoolgate.policy.duty_kinds import READING, REVIEW
from schoolgate.policy.leads import ask_about_told, keep_seats
from schoolgate.policy.models import (
    VERSION_MOVES,
    PackText,
    PolicyVersion,
    Reading,
    ReadingDraft,
    VersionState,
)
from schoolgate.policy.queries import version_before
from schoolgate.policy.reviewing import STATED, adopt_facts, review_due
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.kinds import Basis as RuleBasis
from schoolgate.rulebook.lint import lint_pack
from schoolgate.rulebook.one_file import from_yaml, to_yaml
from schoolgate.rulebook.packs import Pack, pack_keys
from schoolgate.rulebook.readings import Changes, Left, changed, may_be_aside, taken_over

# A policy's text from a file: read, checked, and its error reported in a line.


PROBLEMS_SHOWN = 5
"""Problems reported at once: the rest follow when these are fixed."""


def read_text(text: str, *, key: str) -> Pack:
    """Return the pack in a file, for the federation whose policy has this key.

    Raises BadInput on `text` with the line where it is not such a file, and with the errors of a pack that
    can be read: an inconsistent pack never comes into force.
    """
    try:
        pack = from_yaml(text)
    except BadPack as bad:
        raise BadInput({"text": str(bad)}) from None
    if pack.meta.key != key or pack.basis is not RuleBasis.POLICY:
        raise BadInput({"text": _("This is another federation’s policy. Choose the text of your own.")})
    check(pack, field="text")
    return pack


def check(pack: Pack, *, field: str) -> None:
    """Raise BadInput on `field` with the first few things that are wrong with a pack that can be read."""
    problems = lint_pack(pack)
    if problems:
        raise BadInput({field: "; ".join(f"{one.where}: {one.what}" for one in problems[:PROBLEMS_SHOWN])})


def digest_of_text(text: str) -> str:
    """Return the SHA-256 of the file as uploaded, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


# Compare a later text of the policy with an earlier one, sentence by sentence.


@dataclass(frozen=True)
class Change:
    """One sentence that differs: its section, and its words before and after; empty where there was none."""

    section: str
    before: str
    after: str


def changes(before: PolicyVersion, after: PolicyVersion) -> list[Change]:
    """Return what differs in the later text, clause by clause, in reading order."""
    old, new = pack_of(before).clauses, pack_of(after).clauses
    rows = []
    for key in {**old, **new}:
        was, now = old.get(key), new.get(key)
        if _said(was) != _said(now) and (one := now or was) is not None:
            rows.append(Change(one.section, was.says if was else "", now.says if now else ""))
    return rows


def _said(clause: Clause | None) -> tuple[str, Mapping[str, Any]] | None:
    return (clause.says, clause.parameters) if clause else None


# Carry choices made under a version into the next one.


def choices_for(before: PolicyVersion, version: PolicyVersion) -> tuple[Changes, list[Left]]:
    """Return the choices of the previous version's last reading that fit this one, and those that do not."""
    last = before.readings.order_by("-number").first()
    if last is None or not last.changes:
        return Changes(), []
    return taken_over(pack_of(before), pack_of(version), changes_of(last.changes))


def with_rules_of(chosen: Changes, begun: Changes) -> Changes:
    """Return the choices, with the rules already written for the version's new clauses."""
    return Changes.model_validate(
        {
            **chosen.model_dump(mode="json"),
            "rules": {**chosen.rules, **begun.rules},
            "asides": tuple(dict.fromkeys((*chosen.asides, *begun.asides))),
        }
    )


def rules_ahead(draft: ReadingDraft | None, version: PolicyVersion) -> Changes:
    """Return the rules already written for this version that still fit its clauses, and those that were said
    to ask nothing."""
    begun = changes_of(draft.changes) if draft else Changes()
    pack = pack_of(version)
    return Changes(
        rules={key: one for key, one in begun.rules.items() if _fits(pack, Changes(rules={key: one}))},
        asides=tuple(key for key in begun.asides if key in pack.clauses and may_be_aside(pack.clauses[key])),
    )


def _fits(pack: Pack, changes: Changes) -> bool:
    try:
        laid = changed(pack, changes)
    except BadPack:
        return False
    return not lint_pack(laid)


def losing_rules(version: PolicyVersion) -> list[Clause]:
    """Return the clauses of a version that have a rule now and none once it's adopted."""
    clauses, ahead = pack_of(version).clauses, rules_ahead(version.drafts.first(), version).rules
    lost = [one.about for one in left_behind(version) if one.what == "rule" and one.about not in ahead]
    return [clauses[key] for key in lost if key in clauses]


def left_behind(version: PolicyVersion) -> list[Left]:
    """Return the choices made under the previous version that do not fit this one."""
    before = version_before(version)
    return choices_for(before, version)[1] if before else []


# Roles that a new version no longer names: their holders move, and their open tasks pass on.


REMOVED = "role_removed"


@action
def replace_removed_roles(*, at: datetime, version: PolicyVersion, before: PolicyVersion | None) -> int:
    """Move the holders of roles that a version in force no longer names, and pass on these roles' open tasks.
    Returns how many tasks had such a role. Safe to run twice.

    A task goes to the role to which the holders move; else to the second person or role that the task names;
    else to a role that may do all that the removed one could, where someone holds it; else to the role that
    manages people. This is the program's rule: no policy covers it. Concerns are left to `incidents`, which
    knows who may be told.
    """
    roles = _Roles(version, before, at)
    for key, to in version.roles_removed.items():
        if key not in roles.named:
            end_role(at=at, role_key=key, to=to if to in roles.named else "")
    gone = ~Q(role_key__in=["", *roles.named]) | ~Q(then_role_key__in=["", *roles.named])
    private = [key for key in KINDS if not others_may_know(key)]
    rows = Duty.objects.filter(gone, state__in=STILL_TO_DO).exclude(kind__in=private).order_by("id")
    found = list(rows.select_related("person", "school", "then_person").select_for_update(of=("self",)))
    for duty in found:
        if duty.person is None and duty.role_key not in roles.named:
            person, role = roles.instead(duty)
            pass_on(
                duty=duty, because=REMOVED, at=at, person=person, role=role,
                then=roles.second(duty, person, role),
            )  # fmt: skip
        else:
            replace_second(duty=duty, then=roles.second(duty, duty.person, duty.role_key), at=at)
    return len(found)


@dataclass(frozen=True)
class _Roles:
    """The roles of a version, and which of them stands in for one that it no longer names."""

    version: PolicyVersion
    before: PolicyVersion | None
    at: datetime

    @cached_property
    def _pack(self) -> Pack:
        return pack_of(self.version)

    @cached_property
    def named(self) -> frozenset[str]:
        """The keys of the roles that the version names."""
        return frozenset(role.key for role in self._pack.roles)

    @cached_property
    def _could(self) -> dict[str, frozenset[str]]:
        return {role.key: role.capacities for role in pack_of(self.before).roles} if self.before else {}

    def instead(self, duty: Duty) -> tuple[Person | None, str]:
        """Return who gets a task of a removed role: a person, or the key of a role."""
        second = duty.then_person
        if self._moved_to(duty.role_key):
            return None, self._moved_to(duty.role_key)
        if second is not None and (second.left_on is None or second.left_on > local_day(self.at)):
            return second, ""
        if duty.then_role_key in self.named:
            return None, duty.then_role_key
        return None, self._in_place_of(duty.role_key, duty.school)

    def second(self, duty: Duty, person: Person | None, role: str) -> Then | None:
        """Return who gets the task once it is overdue; None where they have it already."""
        if duty.then_person is not None:
            same = person is not None and person.pk == duty.then_person_id
            return None if same else Then(Basis(duty.then_basis), person=duty.then_person)
        key = duty.then_role_key
        if not key or key in self.named:
            return Then(Basis(duty.then_basis), role=key) if key and key != role else None
        instead = self._moved_to(key) or self._in_place_of(key, duty.school)
        return Then(Basis.HOUSE, role=instead) if instead != role else None

    def _moved_to(self, key: str) -> str:
        to = self.version.roles_removed.get(key, "")
        return to if to in self.named else ""

    def _in_place_of(self, key: str, school: School | None) -> str:
        could, on, roles = self._could.get(key), local_day(self.at), self._pack.roles
        for role in roles:
            if could and could <= role.capacities and holders(role.key, on=on, school=school):
                return role.key
        return next((role.key for role in self._pack.roles_with("administer")), roles[0].key)


# The life of a version: prepared, adopted by the role the policy names, in force from a day, replaced by
# the next.


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


# A federation's first version: adopted before the program was used, and put on record when it is set up.


@action
def adopt_first(
    *, by: Person, at: datetime, adopted_on: date, minute_reference: str = "", text: str | None = None
) -> PolicyVersion:
    """Record on which day, and by which minute, the federation adopted its policy; it is in force now.

    `text`: the federation's own version, as `schoolgate policy export` writes one; None: the text that
    comes with the program. A version that was started but not adopted is removed. Raises NotAllowed;
    BadInput on `adopted_on` (a day in the future) or `text`; NotNow where one is in force already: the next
    is adopted on the policy's pages.
    """
    begun = list(PolicyVersion.objects.exclude(state=VersionState.WITHDRAWN).order_by("pk")[:2])
    if any(version.state != VersionState.DRAFT for version in begun):
        raise NotNow(
            _("A policy has already been adopted here."), _("Prepare the next version on the policy page.")
        )
    for version in begun:
        withdraw_version(by=by, at=at, version=version)
    version = start_version(by=by, at=at, text=text)
    return adopt_version(
        by=by,
        at=at,
        version=version,
        adopted_on=adopted_on,
        minute_reference=minute_reference,
        stated={},
        before_us=True,
    )
