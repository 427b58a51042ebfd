"""What has to be true before an account goes live, or before pupils are let in."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    by_role,
    forbids,
    met,
    permits,
    requires,
    unknown,
)
from schoolgate.rulebook.facts import Given, Instant
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.account_decide import AccountDecide
from schoolgate.rulebook.situations.account_open import AccountOpen


class Approved(Control):
    """Has the proposal been approved? Settings: `state` - the state that the policy wants."""

    key = "open.approved"
    listens_to = ("account.open",)
    points = ("approved",)

    class Settings(NoSettings):
        state: Literal["approved"] | None

    def judge(self, facts: AccountOpen, settings: Settings) -> Iterator[Said]:
        if facts.decision is None:
            yield unknown("decision", "office")
        elif facts.decision.outcome == "approved":
            yield met("open.approved")
        elif facts.decision.outcome == "rejected":
            yield forbids("open.rejected")
        else:
            yield requires("open.not_yet_approved", Need("decision", "decider"))


class ApprovedByRole(Control):
    """Where the site is hosted like this, did somebody approve it whom the policy lets?

    Settings: `roles` - one is enough; `hosting` - of which sites the clause speaks.
    """

    key = "open.approved_by_role"
    listens_to = ("account.open",)
    points = ("approved",)

    class Settings(NoSettings):
        roles: tuple[str, ...]
        hosting: Literal["school", "third party"]

    def judge(self, facts: AccountOpen, settings: Settings) -> Iterator[Said]:
        host = facts.case.host
        if host is None:
            yield unknown("host", "applicant")
        elif host.kind.replace("_", " ") != settings.hosting:
            return
        elif facts.decision is None:
            yield unknown("decision", "office")
        elif facts.decision.outcome == "approved" and set(facts.decision.roles) & set(settings.roles):
            yield met("open.approved")
        else:
            yield requires("open.not_approved_by", Need("decision", settings.roles[0]), roles=settings.roles)


class AllSigned(Control):
    """Are all signatures there, on the form as it stands?

    Settings: `steps` - the policy's roles that sign; `number` - how many signatures that is.
    """

    key = "open.all_signed"
    listens_to = ("account.open",)
    points = ("approved",)
    plumbing = frozenset({"steps"})

    class Settings(NoSettings):
        steps: tuple[str, ...]
        number: int

    def judge(self, facts: AccountOpen, settings: Settings) -> Iterator[Said]:
        if facts.signatures is None:
            yield unknown("signatures", "office")
            return
        signed = {one.role: one.by for one in facts.signatures if one.of_this_version}
        for step in settings.steps:
            if step not in signed:
                yield requires("signing.before", Need("signature", step), about=step, role=step)
        if set(settings.steps) <= set(signed) and len(signed) >= settings.number:
            yield met("open.all_signed", number=settings.number)


class Creator(Control):
    """Is it opened by a holder of the role whose job that is? Settings: `role`."""

    key = "open.creator"
    listens_to = ("account.open",)
    points = ("creator",)

    class Settings(NoSettings):
        role: str

    def judge(self, facts: AccountOpen, settings: Settings) -> Iterator[Said]:
        if facts.by is None:
            yield unknown("creator", "office")
        elif facts.by.holds(settings.role):
            yield met("decision.right_role", roles=(settings.role,))
        else:
            yield forbids("open.wrong_creator", role=settings.role)


class Permission(Control):
    """Did the role that has to be asked give its permission for the account? Settings: `role`.

    A proposal approved by that role is its permission.
    """

    key = "open.permission"
    listens_to = ("account.open",)
    points = ("approved",)

    class Settings(NoSettings):
        role: str

    def judge(self, facts: AccountOpen, settings: Settings) -> Iterator[Said]:
        decided = facts.decision
        by_decision = decided is not None and decided.outcome == "approved" and settings.role in decided.roles
        if by_decision or any(
            "account" in one.covers for one in by_role(facts.permissions or (), [settings.role])
        ):
            yield met("open.permitted_by", role=settings.role)
        elif facts.permissions is None and decided is None:
            yield unknown("permission", settings.role)
        else:
            yield requires("open.ask_first", Need("permission", settings.role), role=settings.role)


class ExemptPlatform(Control):
    """Is the account on a platform for which the policy asks no permission? Settings: `platforms`."""

    key = "open.exempt_platform"
    version = 2
    listens_to = ("account.open", "account.decide")
    points = ("approved", "decider")

    class Settings(NoSettings):
        platforms: tuple[str, ...]

    def judge(self, facts: AccountOpen | AccountDecide, settings: Settings) -> Iterator[Said]:
        network = facts.platform if isinstance(facts, AccountDecide) else facts.placed.network
        if network is None:
            yield unknown("network", "applicant")
        elif plain_name(network) in {plain_name(name) for name in settings.platforms}:
            yield permits("open.exempt_platform", platforms=settings.platforms)


def plain_name(name: str) -> str:
    """A platform's name without blanks and capitals, so that "Microsoft Teams" and "microsoft_teams" are
    one."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


class WrittenLeave(Control):
    """Where it uses this (a name, a logo), is the leave there that the policy wants: by that role, written,
    before?

    Settings: `asset` - what is used; `role` - who gives leave; `form` - how; `prior` - whether before the
    use. Of an account for teaching another sentence of a policy may ask for less."""

    key = "open.written_leave"
    version = 2
    listens_to = ("account.open",)
    points = ("name_and_logo",)

    class Settings(NoSettings):
        asset: Literal["name", "logo"]
        role: str
        form: Literal["written"]
        prior: bool

    def judge(self, facts: AccountOpen, settings: Settings) -> Iterator[Said]:
        used = facts.uses_name if settings.asset == "name" else facts.uses_logo
        if used is None:
            yield unknown(f"uses_{settings.asset}", "applicant")
            return
        if not used:
            return
        if facts.permissions is None:
            yield unknown("permission", settings.role)
            return
        answers = [
            in_writing_before(one, facts.now if settings.prior else None)
            for one in facts.permissions
            if settings.role in one.roles and settings.asset in one.covers
        ]
        if True in answers:
            yield met("open.leave_given", role=settings.role)
        elif None in answers:
            yield unknown("written_leave", settings.role)
        else:
            yield requires(
                f"open.{settings.asset}_needs_leave",
                Need("written_leave", settings.role),
                turns=is_teaching(facts) is True,
                role=settings.role,
            )


class MarkApproved(Control):
    """Where it uses a logo or the school's name as its brand, is that approved?

    Settings: `item` - which; `role` - whose signature on the form covers it; `roles` - whose own leave does;
    `form` - how such a leave has to be given, or None where any will do. Leave of somebody else is what the
    words leave open. The signature is in writing and comes before the account."""

    key = "open.mark_approved"
    listens_to = ("account.open",)
    points = ("name_and_logo",)
    plumbing = frozenset({"role", "roles"})

    class Settings(NoSettings):
        item: Literal["logo", "brand", "brand names"]
        role: str
        roles: tuple[str, ...]
        form: Literal["prior, written"] | None

    def judge(self, facts: AccountOpen, settings: Settings) -> Iterator[Said]:
        asset = "logo" if settings.item == "logo" else "name"
        used = facts.uses_logo if asset == "logo" else facts.uses_name
        if used is False:
            return
        signed = [one for one in facts.signatures or () if one.role == settings.role and one.of_this_version]
        if signed:
            yield met("decision.right_role", roles=(settings.role,))
        elif used is None:
            yield unknown(f"uses_{asset}", "applicant")
        elif facts.signatures is None or facts.permissions is None:
            yield unknown("signatures" if facts.signatures is None else "permission", "office")
        else:
            given = [
                one
                for one in facts.permissions
                if asset in one.covers and (settings.form is None or in_writing_before(one, facts.now))
            ]
            if by_role(given, settings.roles):
                yield met("open.leave_given", role=settings.roles[0])
            else:
                need = Need("signature", settings.role)
                yield requires("open.mark_not_approved", need, turns=bool(given), role=settings.role)


def in_writing_before(leave: Given, instant: Instant | None) -> bool | None:
    """Whether a leave is in writing and, where an instant is given, not later than it."""
    if not leave.written:
        return leave.written
    if instant is None or (leave.at is not None and leave.at <= instant):
        return True
    return None if leave.at is None else False


class Notified(Control):
    """Before pupils are let in, was this made known? Settings: `field` - what; `before` - the step it comes
    before."""

    key = "open.notified"
    listens_to = ("account.open",)
    points = ("notified",)

    class Settings(NoSettings):
        field: Literal["URL", "identity"]
        before: Literal["student access"]

    def judge(self, facts: AccountOpen, settings: Settings) -> Iterator[Said]:
        what = "address" if settings.field == "URL" else "identity"
        if facts.lets_pupils_in is None:
            yield unknown("lets_pupils_in", "applicant")
        elif not facts.lets_pupils_in:
            return
        elif facts.notices is None:
            yield unknown("notice", "applicant")
        elif any(what in one.covers for one in facts.notices):
            yield met(f"open.{what}_notified")
        else:
            yield requires(f"open.{what}_not_notified", Need("notice", "applicant"))


class NoticeRecipient(Control):
    """Did that notice reach one of those whom the policy names? Settings: `roles`, `least` - how many
    people."""

    key = "open.notice_recipient"
    listens_to = ("account.open",)
    points = ("notice_recipient",)

    class Settings(NoSettings):
        roles: tuple[str, ...]
        least: int

    def judge(self, facts: AccountOpen, settings: Settings) -> Iterator[Said]:
        if facts.lets_pupils_in is None:
            yield unknown("lets_pupils_in", "applicant")
        elif not facts.lets_pupils_in:
            return
        elif facts.notices is None:
            yield unknown("notice", "applicant")
        elif sum(1 for one in facts.notices if set(one.to_roles) & set(settings.roles)) >= settings.least:
            yield met("open.notice_reached", roles=settings.roles)
        else:
            yield requires("open.notice_to_nobody_named", Need("notice", "applicant"), roles=settings.roles)


class TeachingAccount(Control):
    """Is an account for teaching one of its own, and apart from personal accounts?

    Settings: `apart` - "own" for an account set up for that use alone, "personal" for sharing nothing with a
    personal one.
    """

    key = "open.teaching_account"
    listens_to = ("account.open",)
    points = ("separate_account", "apart_from_personal")
    plumbing = frozenset({"apart"})

    class Settings(NoSettings):
        apart: Literal["own", "personal"]

    def judge(self, facts: AccountOpen, settings: Settings) -> Iterator[Said]:
        teaching = is_teaching(facts)
        if teaching is None:
            yield unknown("kind", "applicant")
        elif not teaching:
            return
        elif settings.apart == "own":
            yield from _yes(facts.separate_account, "separate_account", "open.not_separate")
        else:
            shares = facts.shares_with_personal
            yield from _yes(
                None if shares is None else not shares, "shares_with_personal", "open.shares_personal"
            )


def is_teaching(facts: AccountOpen) -> bool | None:
    """Whether it is an account for teaching; None where nobody said."""
    return None if facts.kind is None else facts.kind == "teaching"


def _yes(answer: bool | None, fact: str, otherwise: str) -> Iterator[Said]:
    if answer is None:
        yield unknown(fact, "applicant")
    elif answer:
        yield met()
    else:
        yield forbids(otherwise)


class NoPrivateLogin(Control):
    """The house: no account runs under somebody's private account, and nobody's private password is asked
    for."""

    key = "house.no_private_login"
    listens_to = ("account.open",)
    points = ("private_login",)

    def judge(self, facts: AccountOpen, settings: NoSettings) -> Iterator[Said]:
        private = facts.login_is_private
        if private is None:
            yield unknown("login_is_private", "applicant")
        elif private:
            yield forbids("house.private_login")
        else:
            yield met()
