"""Rows of people: users and memberships (installation-level), persons, role assignments, permissions, resets,
API keys, school accounts and their directories, the steps that a newcomer has done; and their relations,
scopes and moves, and how long a session may last. Those of signing in belong to the installation: read before
any scope.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q, QuerySet, TextChoices
from django.db.models.functions import Upper
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON
from schoolgate.core.models import Federation, FederationOwned, School


class Relation(TextChoices):
    """What a person is to the federation."""

    STAFF = "staff", _("Member of staff")
    GOVERNOR = "governor", _("Governor")
    VOLUNTEER = "volunteer", _("Volunteer")
    PARENT = "parent", _("Parent or carer")
    FRIEND = "friend", _("Member of a Friends group")
    CONTRACTOR = "contractor", _("Contractor or agency")


class ScopeKind(TextChoices):
    """How far a role reaches."""

    FEDERATION = "federation", _("The whole federation")
    SCHOOL = "school", _("One school")
    ACCOUNT = "account", _("One account")
    ITEM = "item", _("One thing only")
    LINE_MANAGER_OF = "line_manager_of", _("Line manager of one person")


class ResetState(TextChoices):
    """The status of resetting a lost second step."""

    ASKED = "asked", _("Needs confirming by a second person")
    DONE = "done", _("Done")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("No one confirmed it in time")


RESET_MOVES: Mapping[ResetState, frozenset[ResetState]] = {
    ResetState.ASKED: frozenset({ResetState.DONE, ResetState.WITHDRAWN, ResetState.LAPSED}),
    ResetState.DONE: frozenset(),
    ResetState.WITHDRAWN: frozenset(),
    ResetState.LAPSED: frozenset(),
}
"""A reset is asked for once and ends once."""

RESET_LASTS = timedelta(hours=24)
"""How long a first person's request waits for a second one (house rule, docs/how-to/people.md)."""

INVITATION_LASTS = timedelta(days=7)
"""How long the link for choosing a password is good (house rule)."""

FACTOR_COMPULSORY = frozenset(
    {
        "decide_account",
        "approve_post",
        "attest_pictures",
        "moderate",
        "answer",
        "second_person",
        "see_incidents",
        "own_policy",
        "administer",
    }
)
"""People who decide, approve, attest, moderate, answer, see incidents or administer need a second step at
sign-in; so do the second person asked for an overdue answer, and people who sign an interpretation."""


class SignedInWith(TextChoices):
    """How a session began."""

    PASSKEY = "passkey", _("Passkey")
    TWO_STEPS = "two_steps", _("Password and two-step verification")
    PASSWORD = "password", _("Password")


PASSKEY_LASTS = timedelta(hours=10)
"""A school day: from the bell to the end of the afternoon without being asked again."""

IDLE_AFTER = timedelta(minutes=60)
"""A session that began with a password ends when nothing was done with it for this long."""


def session_ends_at(signed_in_at: datetime) -> datetime:
    """Return the instant at which any session that began at `signed_in_at` (aware) ends, regardless of use.

    Ten hours later, or at the end of that day in London, whichever comes first: no one is still signed in on
    the next morning. The hours are counted in UTC, so a change of clocks makes them neither more nor fewer.
    """
    local = signed_in_at.astimezone(LONDON)
    midnight = datetime.combine(local.date() + timedelta(days=1), time.min, tzinfo=LONDON)
    return min((signed_in_at.astimezone(UTC) + PASSKEY_LASTS), midnight.astimezone(UTC))


def session_is_over(*, signed_in_with: str, ends_at: datetime, seen_at: datetime, at: datetime) -> bool:
    """Return whether a session that was last used at `seen_at` has ended at `at` (all aware).

    A passkey session is not ended for being idle: the device's own lock guards it, and an approval on a phone
    stays one touch all day.
    """
    if at >= ends_at:
        return True
    return signed_in_with != SignedInWith.PASSKEY and at - seen_at >= IDLE_AFTER


class UserManager(BaseUserManager["User"]):
    """Users are made by `people.persons` only; there is no other way in."""

    def for_email(self, email: str) -> User | None:
        """Return the user who signs in with `email`, whatever its capitals, or None."""
        return self.filter(email__iexact=email.strip()).first()

    def for_emails(self, emails: Iterable[str]) -> QuerySet[User]:
        """Return all users who sign in with one of these addresses, whatever their capitals."""
        capitals = [email.strip().upper() for email in emails]
        return self.annotate(_capitals=Upper("email")).filter(_capitals__in=capitals)

    def create_without_password(self, email: str) -> User:
        """Create a user who can't sign in until they accept an invitation."""
        user = self.model(email=email.strip().lower())
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A sign-in, across the installation. It makes no one staff: memberships and assignments do."""

    email = models.EmailField(_("Email address"), unique=True)
    is_active = models.BooleanField(default=True)
    must_set_factor = models.BooleanField(default=False)
    """After a reset: a new second step has to be set up before anything else, compulsory or not."""
    address_unproven = models.BooleanField(default=False, db_default=False)
    """The password was chosen at the machine: no mail to this address has been answered yet."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        # In capitals, because that is how Django asks for "the same but for capitals".
        constraints = [models.UniqueConstraint(Upper("email"), name="people_user_email_once")]
        indexes = [
            models.Index(fields=["id"], condition=Q(is_active=False), name="people_user_switched_off"),
            models.Index(fields=["id"], condition=Q(address_unproven=True), name="people_user_unproven"),
        ]

    def __str__(self) -> str:
        return f"user {self.pk}"


class Membership(models.Model):
    """Which hats a user has: one row per federation. Read at sign-in, before any federation is in scope.

    `person_id` is a plain number: the person's row is behind row-level security and cannot be pointed at from
    here. `ends_on` repeats the person's leaving day, so that a leaver is refused without looking into it;
    `away_from` and `away_until` (both included) repeat their long leave.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    federation = models.ForeignKey(Federation, on_delete=models.CASCADE, related_name="+")
    person_id = models.BigIntegerField(unique=True)
    since = models.DateTimeField()
    ends_on = models.DateField(null=True)
    away_from = models.DateField(null=True)
    away_until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "federation"], name="people_membership_once")]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class Invitation(models.Model):
    """A one-time link for choosing a first password: for one place, mailed to one address. Only the token's
    hash is stored."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    federation = models.ForeignKey(Federation, on_delete=models.CASCADE, related_name="+")
    person_id = models.BigIntegerField()
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - NULL: not yet sent
    sent_to = models.EmailField(blank=True, default="", db_default="")
    """The address that the link was mailed to; empty where it was handed over at the machine."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_invitation_expires_later", condition=Q(expires_at__gt=F("made_at"))
            ),
            models.UniqueConstraint(
                fields=["user", "federation"], condition=Q(used_at=None), name="people_invitation_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Person(FederationOwned):
    """A user's place in one federation."""

    numbered: ClassVar[Promise] = _("Person {number}")

    name = models.CharField(_("Name"), max_length=200)
    email = models.EmailField(_("Email address"))
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("Language"), max_length=8, default="en")
    reads_welsh = models.BooleanField(_("Reads Welsh"), default=False)
    """As they said themselves."""
    relation = models.CharField(_("Relationship"), max_length=20, choices=Relation.choices)
    left_on = models.DateField(_("Left on"), null=True)
    destroyed_at = models.DateTimeField(null=True)
    """Since when it has neither name nor address."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "user"], name="people_person_one_per_federation"),
            models.CheckConstraint(name="people_person_relation", condition=Q(relation__in=Relation.values)),
        ]
        indexes = [models.Index(fields=["federation", "name", "id"], name="people_person_by_name")]

    def __str__(self) -> str:
        return self.name


_NOTHING: dict[str, object] = {"school": None, "account_id": None, "item": "", "managed": None}


def _only(kind: ScopeKind, filled: str = "") -> Q:
    """Return the condition that a scope of this kind fills exactly this field."""
    condition = Q(scope_kind=kind)
    for field, nothing in _NOTHING.items():
        is_nothing = Q(**{field: nothing})
        condition &= ~is_nothing if field == filled else is_nothing
    return condition


def _scope_names_one_thing() -> Q:
    """Return the constraint that each kind of scope names exactly the thing it reaches, and nothing else."""
    return (
        _only(ScopeKind.FEDERATION)
        | _only(ScopeKind.SCHOOL, "school")
        | _only(ScopeKind.ACCOUNT, "account_id")
        | _only(ScopeKind.ITEM, "item")
        | _only(ScopeKind.LINE_MANAGER_OF, "managed")
    )


class RoleAssignment(FederationOwned):
    """A person in one of the policy's own roles, within a scope, from a day to a day (both included)."""

    numbered: ClassVar[Promise] = _("Role {number}")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    role_key = models.CharField(max_length=100)
    scope_kind = models.CharField(max_length=20, choices=ScopeKind.choices)
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField(null=True)
    item = models.CharField(max_length=100, blank=True, default="")
    managed = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    """Ended before its time: from this day on it does not count, that day included."""
    acting_for = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    leads_since = models.DateTimeField(null=True)
    """Since when it makes its holder a safeguarding lead, where the policy makes its role that, by the word
    of two people; what came before stays closed to them. None: it doesn't."""

    class Meta:
        constraints = [
            models.CheckConstraint(name="people_assignment_scope", condition=_scope_names_one_thing()),
            models.CheckConstraint(
                name="people_assignment_days", condition=Q(to_day=None) | Q(to_day__gte=F("from_day"))
            ),
            models.CheckConstraint(
                name="people_assignment_not_for_oneself",
                condition=Q(acting_for=None) | ~Q(acting_for=F("person")),
            ),
            models.CheckConstraint(
                name="people_assignment_not_own_manager", condition=Q(managed=None) | ~Q(managed=F("person"))
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "person"], name="people_assignment_by_person"),
            models.Index(fields=["federation", "role_key"], name="people_assignment_by_role"),
        ]

    def __str__(self) -> str:
        return f"role assignment {self.pk}"

    @property
    def scope_id(self) -> str:
        """Return what the scope reaches, as text: an id, the key of a thing, or nothing for the whole
        federation."""
        found = self.school_id or self.account_id or self.item or self.managed_id
        return str(found) if found else ""


class Permission(FederationOwned):
    """Permission, dispensation or delegated approval, given in a role of the policy; only ever ended."""

    numbered: ClassVar[Promise] = _("Permission {number}")

    role_key = models.CharField(max_length=100)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="permissions_given")
    written = models.BooleanField()
    at = models.DateTimeField()
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    covers = models.CharField(max_length=120)
    subject = models.CharField(max_length=100)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_permission_days", condition=Q(to_day=None) | Q(to_day__gte=F("from_day"))
            ),
            models.CheckConstraint(
                name="people_permission_names_something", condition=~Q(covers="") & ~Q(subject="")
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "subject", "covers"], name="people_permission_by_subject")
        ]

    def __str__(self) -> str:
        return f"permission {self.pk}"


class FactorReset(FederationOwned):
    """Two named people take a lost second step away from a third, so that a new one can be set up. Where too
    few can sign in, the person who runs the server is the second, or both (`at_server`)."""

    numbered: ClassVar[Promise] = _("Two-step verification reset {number}")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="factor_resets")
    state = models.CharField(max_length=20, choices=ResetState.choices, default=ResetState.ASKED)
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at_server = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "person"],
                condition=Q(state=ResetState.ASKED),
                name="people_reset_one_open",
            ),
            models.CheckConstraint(
                name="people_reset_not_by_oneself",
                condition=~Q(asked_by=F("person")) & (Q(confirmed_by=None) | ~Q(confirmed_by=F("person"))),
            ),
            models.CheckConstraint(
                name="people_reset_two_people",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="people_reset_done_is_confirmed",
                condition=(Q(state=ResetState.DONE) & Q(confirmed_by__isnull=False) & Q(at_server=False))
                | Q(state=ResetState.DONE, confirmed_by=None, at_server=True)
                | (~Q(state=ResetState.DONE) & Q(confirmed_by=None) & Q(at_server=False)),
            ),
            models.CheckConstraint(
                name="people_reset_asked_by_somebody",
                condition=Q(asked_by__isnull=False) | Q(at_server=True),
            ),
            models.CheckConstraint(
                name="people_reset_ended_or_open",
                condition=Q(state=ResetState.ASKED, ended_at=None)
                | (~Q(state=ResetState.ASKED) & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"factor reset {self.pk}"


class ApiToken(FederationOwned):
    """A key with which a person's program acts for them. Only its digest is stored; it is shown once."""

    numbered: ClassVar[Promise] = _("Access key {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(_("Purpose"), max_length=80)
    digest = models.CharField(max_length=64)
    may_write = models.BooleanField()
    with_factor = models.BooleanField()
    """Whether the person who made it had passed their second step."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "digest"], name="people_api_token_once"),
            models.CheckConstraint(
                name="people_api_token_expires_later", condition=Q(expires_at__gt=F("made_at"))
            ),
            models.CheckConstraint(name="people_api_token_named", condition=~Q(name="")),
        ]
        indexes = [models.Index(fields=["federation", "person", "-id"], name="people_api_token_of_person")]

    def __str__(self) -> str:
        return f"API key {self.pk}"


class ApiCall(FederationOwned):
    """A change that a program made with a key of its own choice (`Idempotency-Key`), so that the same request
    sent again does nothing more. `said`, `request`: digests of that key and of what was sent; `thing`: the
    number of what the answer is about."""

    numbered: ClassVar[Promise] = _("Request from a program {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")

    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="+")
    said = models.CharField(max_length=64)
    request = models.CharField(max_length=64)
    thing = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "token", "said"], name="people_api_call_once"),
        ]

    def __str__(self) -> str:
        return f"API call {self.pk}"


class FirstWalk(FederationOwned):
    """A getting-started guide that a person dismissed or resumed. `walk`: a key of the walks that the pages
    know.

    There is no row if it was never dismissed.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    person = models.ForeignKey(Person, models.PROTECT, related_name="first_walks")
    walk = models.CharField(max_length=30)
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "person", "walk"], name="people_first_walk_once"),
        ]

    def __str__(self) -> str:
        return f"first walk {self.pk}"


class WalkStep(FederationOwned):
    """A step of a getting-started guide that a person has done. Append-only."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    person = models.ForeignKey(Person, models.PROTECT, related_name="walk_steps")
    walk = models.CharField(max_length=30)
    step = models.CharField(max_length=30)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "person", "walk", "step"], name="people_walk_step_once"
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.pk} of a first walk"


class DirectoryKind(models.TextChoices):
    """The provider of a school's directory of sign-ins."""

    MICROSOFT = "microsoft", "Microsoft 365"
    GOOGLE = "google", "Google Workspace"
    OTHER = "other", _("Another service")


class Directory(models.Model):
    """A school's own list of sign-ins, at Microsoft, Google or elsewhere.

    Only the owner's role makes and ends one (`schoolgate directory`); the pages read it. `tenant` is the
    tenant's id at Microsoft, the domain at Google; a sign-in that says another is refused.
    """

    slug = models.SlugField(max_length=50, unique=True)
    kind = models.CharField(max_length=10, choices=DirectoryKind.choices)
    name = models.CharField(max_length=80)
    issuer = models.CharField(max_length=300)
    client_id = models.CharField(max_length=300)
    sealed_secret = models.TextField()
    tenant = models.CharField(max_length=100, blank=True, default="")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_directory_whose",
                condition=Q(kind=DirectoryKind.OTHER, tenant="")
                | (Q(kind__in=[DirectoryKind.MICROSOFT, DirectoryKind.GOOGLE]) & ~Q(tenant="")),
            ),
            models.CheckConstraint(
                name="people_directory_reached_safely",
                condition=Q(issuer__startswith="https://")
                | Q(issuer__regex=r"^http://(127\.0\.0\.1|localhost)[:/]"),
            ),
            models.CheckConstraint(
                name="people_directory_is_whole",
                condition=~Q(name="") & ~Q(client_id="") & ~Q(sealed_secret=""),
            ),
        ]

    def __str__(self) -> str:
        return f"directory {self.slug}"


class DirectoryAdmits(models.Model):
    """Sign-ins through this directory open this federation to people who have a place in it."""

    directory = models.ForeignKey(Directory, on_delete=models.CASCADE, related_name="admits")
    federation = models.ForeignKey(Federation, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directory", "federation"], name="people_directory_admits_once")
        ]

    def __str__(self) -> str:
        return f"admission {self.pk}"


class SchoolAccount(models.Model):
    """A school account joined to a user's own sign-in. `subject` is who they are in the directory; no name,
    no address and no token is stored."""

    directory = models.ForeignKey(Directory, on_delete=models.PROTECT, related_name="accounts")
    subject = models.CharField(max_length=300)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="school_accounts")
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directory", "subject"], name="people_school_account_once"),
            models.UniqueConstraint(fields=["user", "directory"], name="people_school_account_one_each"),
            models.CheckConstraint(name="people_school_account_somebody", condition=~Q(subject="")),
        ]

    def __str__(self) -> str:
        return f"school account {self.pk}"
