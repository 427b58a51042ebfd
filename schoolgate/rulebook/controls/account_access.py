"""Who is let in to an account, who sees its keys, what its approval allows, and what signatures stand for."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    forbids,
    met,
    permits,
    requires,
    unknown,
)
from schoolgate.rulebook.controls.proposals import stated
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.account_considered import AccountConsidered
from schoolgate.rulebook.situations.account_keys import AccountKeys
from schoolgate.rulebook.situations.account_person_added import AccountPersonAdded, Occasion
from schoolgate.rulebook.situations.account_propose import AccountPropose
from schoolgate.rulebook.situations.account_sign import AccountSign, Covered, Signed
from schoolgate.rulebook.situations.account_use import AccountUse
from schoolgate.rulebook.situations.case import Group

DAYS_OF_A_WEEK = 7


class ProofsEveryTime(Control):
    """Has the person who is let in read the policy in force, understood it, and been trained?

    Asked of whomever it is. Settings: `also_on` - the occasions beside a first application; `exceptions` -
    None."""

    key = "letin.proofs_every_time"
    listens_to = ("account.person_added",)
    points = ("proofs",)

    class Settings(NoSettings):
        also_on: tuple[Occasion, ...]
        exceptions: None

    def judge(self, facts: AccountPersonAdded, settings: Settings) -> Iterator[Said]:
        if facts.person is None:
            yield unknown("person_let_in", "whoever_asks")
            return
        if facts.occasion not in (None, "first application", *settings.also_on):
            return
        proofs = {fact: getattr(facts.person, fact) for fact in ("has_read", "has_understood", "trained")}
        for fact, proven in proofs.items():
            if proven is None:
                yield unknown(fact, "runner", "person")
            elif not proven:
                yield requires(f"runners.{fact}_missing", Need(fact, "runner"), about="person")
        if all(proofs.values()):
            yield met("letin.all_proofs")


class KeysKeptSafe(Control):
    """May this person see the particulars or the password of an account, and is the place for them safe?

    Settings: `protected` - which; `role` - only its holders, beside having a part in the account (None: any
    part will do); `plain_text_allowed` - False: they must not stand there to be read, None: not said.
    """

    key = "keys.kept_safe"
    listens_to = ("account.keys",)
    points = ("account_details", "account_password")

    class Settings(NoSettings):
        protected: Literal["account details", "passwords"]
        role: str | None
        plain_text_allowed: Literal[False] | None

    def judge(self, facts: AccountKeys, settings: Settings) -> Iterator[Said]:
        if facts.what is None or (facts.what == settings.protected and facts.act is None):
            yield unknown("keys_what" if facts.what is None else "keys_act", "whoever_asks")
        elif facts.what != settings.protected:
            return
        elif facts.act == "see":
            yield self._seen(facts, settings)
        else:
            yield self._kept(facts, settings)

    @staticmethod
    def _seen(facts: AccountKeys, settings: Settings) -> Said:
        if facts.by is None:
            return unknown("person_asking", "whoever_asks")
        if settings.role is not None and not facts.by.holds(settings.role):
            return forbids("keys.only_role", role=settings.role)
        if facts.by_has_part is None:
            return unknown("by_has_part", "office")
        return met("keys.has_part") if facts.by_has_part else forbids("keys.no_part")

    @staticmethod
    def _kept(facts: AccountKeys, settings: Settings) -> Said:
        if facts.place is None:
            return unknown("keys_place", "whoever_asks")
        if facts.place == "open":
            return forbids("keys.open_place")
        if settings.plain_text_allowed is False and facts.in_clear:
            return forbids("keys.in_clear")
        if settings.plain_text_allowed is False and facts.in_clear is None:
            return unknown("keys_in_clear", "whoever_asks")
        return met("keys.safe")


class ConditionsAttached(Control):
    """Does this act keep to what the account's approval attached to its yes?

    Settings: `condition_type` - a requirement asks for something, a restriction bars something.
    """

    key = "act.conditions"
    listens_to = ("account.use",)
    points = ("approvals_requirements", "approvals_limits")

    class Settings(NoSettings):
        condition_type: Literal["requirement", "restriction"]

    def judge(self, facts: AccountUse, settings: Settings) -> Iterator[Said]:
        if facts.conditions is None:
            yield unknown("conditions", "office")
            return
        for position, one in enumerate(facts.conditions):
            about = f"conditions[{position}]"
            if one.type != settings.condition_type or one.touched is False:
                continue
            if one.touched is None:
                yield unknown("condition_touched", "whoever_asks", about)
            elif one.type == "restriction":
                yield forbids("act.barred", about, what=one.key)
            elif one.fulfilled is None:
                yield unknown("condition_fulfilled", "whoever_asks", about)
            elif one.fulfilled:
                yield met("act.requirement_kept", about, what=one.key)
            else:
                yield requires("act.required", Need("condition", "whoever_asks"), about=about, what=one.key)


class ActivityAuthorised(Control):
    """Is there authority for an activity in the school's name? Settings: `kind`. Whoever gave it is not
    named."""

    key = "act.activity"
    listens_to = ("account.use",)
    points = ("activity_authority",)

    class Settings(NoSettings):
        kind: Literal["engage in activities"]

    def judge(self, facts: AccountUse, settings: Settings) -> Iterator[Said]:
        if facts.act not in (None, "activity"):
            return
        if facts.act is None:
            yield unknown("act_kind", "whoever_asks")
        elif facts.authority is None:
            yield unknown("authority", "office")
        elif facts.authority:
            yield met("act.authority")
        else:
            yield requires("act.no_authority", Need("authority", "office"))


class SignatureDated(Control):
    """Does the day of signing stand beside this part's signature, and not before those it comes after?

    Settings: `role` - the part; `after` - the parts whose signatures come before it.
    """

    key = "signing.dated"
    listens_to = ("account.sign",)
    points = ("signature_dated",)
    plumbing = frozenset({"after"})

    class Settings(NoSettings):
        role: str
        after: tuple[str, ...]

    def judge(self, facts: AccountSign, settings: Settings) -> Iterator[Said]:
        if facts.signed is None:
            yield unknown("signatures", "office")
            return
        before = [one.dated for one in facts.signed if one.role in settings.after and one.dated is not None]
        first_day = max(before, default=None)
        for position, one in enumerate(facts.signed):
            if one.role != settings.role:
                continue
            about = f"signed[{position}]"
            if one.dated is None:
                yield requires(
                    "signing.undated", Need("signature_date", one.role), about=about, role=one.role
                )
            elif one.on is None:
                yield unknown("signed_on", "office", about)
            elif one.dated != one.on:
                yield forbids("signing.another_day", about, role=one.role, day=one.on)
            elif first_day is not None and one.dated < first_day:
                yield forbids("signing.dated_too_early", about, role=one.role)
            else:
                yield met("signing.dated", about, role=one.role, day=one.dated)


class SignatureCovers(Control):
    """Does the signature in this part approve this, as the form stands now?

    Settings: `role` - the part; `covers` - what its one declaration approves. What was changed after it was
    signed is not signed any more.
    """

    key = "signing.covers"
    listens_to = ("account.sign",)
    points = ("signature_covers",)

    class Settings(NoSettings):
        role: str
        covers: Literal["aims", "content"]

    def judge(self, facts: AccountSign, settings: Settings) -> Iterator[Said]:
        if facts.signed is None:
            yield unknown("signatures", "office")
            return
        for position, one in enumerate(facts.signed):
            if one.role == settings.role:
                yield self._said(one, settings.covers, f"signed[{position}]")

    @staticmethod
    def _said(one: Signed, covers: Covered, about: str) -> Said:
        unchanged = one.aims_unchanged if covers == "aims" else one.content_unchanged
        what = f"covered.{covers}"
        if covers in one.leaves_out:
            return forbids("signing.one_declaration", about, role=one.role, what=what)
        if unchanged is None:
            return unknown("form_unchanged", "office", about)
        if unchanged:
            return met("signing.covers", about, role=one.role, what=what)
        return requires("signing.fallen", Need("signature", one.role), about=about, role=one.role, what=what)


class GroupMayBeNamed(Control):
    """May this group be named in the form? Settings: `field` - as audience or contributors; `option`."""

    key = "proposal.group_may_be_named"
    listens_to = ("account.propose",)
    points = ("audience", "contributors")

    class Settings(NoSettings):
        field: Literal["audience", "contributors"]
        option: Group

    def judge(self, facts: AccountPropose, settings: Settings) -> Iterator[Said]:
        groups = facts.case.audience if settings.field == "audience" else facts.case.contributors
        if groups is not None and settings.option in groups.marked:
            yield permits(f"proposal.{settings.field}_named", what=settings.option)


class FormComplete(Control):
    """Has the author filled in everything that the form always asks? Settings: `fields` - where in the
    case."""

    key = "proposal.form_complete"
    listens_to = ("account.propose",)
    points = ("form_filled_in",)
    plumbing = frozenset({"fields"})

    class Settings(NoSettings):
        fields: tuple[str, ...]

    def judge(self, facts: AccountPropose, settings: Settings) -> Iterator[Said]:
        empty = tuple(one for one in settings.fields if not stated(facts.case, one))
        if empty:
            needs = (Need(one, "applicant") for one in empty)
            yield requires("proposal.form_not_filled", *needs, number=len(empty), what=empty)
        else:
            yield met("proposal.form_filled")


class LastingWork(Control):
    """What the applicant is told about the work: it goes on from the opening to the closing date."""

    key = "proposal.lasting_work"
    listens_to = ("account.propose", "account.considered")
    points = ("time", "lasting_work")

    def judge(self, facts: AccountPropose | AccountConsidered, settings: NoSettings) -> Iterator[Said]:
        if isinstance(facts, AccountConsidered):
            first, last = facts.from_day, facts.to_day
        else:
            first, last = facts.case.go_live_date, facts.case.closure_date
        if first is None or last is None or last < first:
            yield advises("considered.lasting_work")
        else:
            weeks = -(-(last - first).days // DAYS_OF_A_WEEK)
            yield advises("considered.weeks_of_work", weeks=weeks, day=last)
