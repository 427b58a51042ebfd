"""Facts, reads and rules before an account opens: what was seen on its page and still counts, which existed
before Schoolgate, who permits what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import NameKey, account_for, check_may_set_up, may_set_up, page_after
from schoolgate.accounts.models import (
    Account,
    AccountKind,
    AccountState,
    Condition,
    GoingOn,
    ImportedAccount,
    PagePicture,
    Part,
    ProfileRead,
    Proposal,
    ProposalState,
    Seen,
    SiteLook,
    SiteText,
    SiteWord,
    TrainingWanted,
    Whereabouts,
)
from schoolgate.accounts.opening_questions import Question, asked_digest, questions
from schoolgate.accounts.proposal_form import form_says_purpose, lets_go_on
from schoolgate.accounts.proposals import (
    actor,
    author_of,
    case_for,
    check_may_decide,
    departures,
    permission_on,
    placed,
    role_names,
    runners,
    signature_facts,
)
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotFound, NotNow, Text
from schoolgate.core.models import School
from schoolgate.core.reading_once import read_once
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.networks.capabilities import OURS
from schoolgate.networks.registry import capabilities
from schoolgate.people.models import Permission, Person
from schoolgate.people.queries import Where, assignments, capacities
from schoolgate.people.rules import check_capacity
from schoolgate.policy.keeping import digest
from schoolgate.policy.queries import PolicyInForce
from schoolgate.rulebook import Book
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.controls.law import AgeFrom
from schoolgate.rulebook.situations.accounts import (
    AccountCreate,
    AccountOpen,
    Case,
    DecisionTaken,
    FormState,
    LoginChoose,
    Practice,
    Profile,
)
from schoolgate.rulebook.situations.accounts import Notice as NoticeFact


@dataclass(frozen=True)
class Answered:
    """A question with its last answer. `stands`: it still counts; `why_not`: what has changed since."""

    question: Question
    seen: Seen | None
    stands: bool = False
    why_not: str = ""

    @property
    def value(self) -> Any:
        """Return the answer that counts; None where there is none."""
        return self.seen.value if self.seen and self.stands else None


def page_digest(account: Account) -> str:
    """Return a digest of the address of the account's page: another address or handle is another page."""
    return digest([account.network, account.handle, account.address])


def last_profile(account: Account) -> ProfileRead | None:
    """Return the account's page as the program read it last; None where it never did."""
    return account.profile_reads.order_by("-id").first()


def answered(account: Account, book: Book) -> list[Answered]:
    """Return every question of this policy with the last answer to it. Two queries, one where there are no
    answers."""
    newest = {
        seen.key: seen
        for seen in account.seen.order_by("key", "-id").distinct("key").select_related("by", "profile")
    }
    page, profile = ("", None) if not newest else (page_digest(account), last_profile(account))
    found = []
    for question in questions(book, account.network):
        seen = newest.get(question.key)
        if seen is None or seen.value is None:
            found.append(Answered(question, None))
            continue
        why_not = _changed(seen, question, book, page=page, profile=profile)
        found.append(Answered(question, seen, not why_not, why_not))
    return found


def standing(account: Account, book: Book) -> dict[str, Any]:
    """Return the answers that count, by the keys of their questions."""
    return {one.question.key: one.value for one in answered(account, book) if one.stands}


def _changed(seen: Seen, question: Question, book: Book, *, page: str, profile: ProfileRead | None) -> str:
    if seen.asked_digest != asked_digest(book, question):
        return "question"
    if question.of_page:
        if seen.page_digest != page:
            return "page"
        if seen.profile and profile and seen.profile.digest != profile.digest:
            return "profile"
    return ""


SOMEBODY_ELSE = "somebody-else"
"""How the facts call an unnamed person: only that they don't run the account."""

_FORM: dict[str, FormState] = {
    ProposalState.DRAFT: "draft",
    ProposalState.SUBMITTED: "complete",
    ProposalState.APPROVED: "approved",
    ProposalState.REFUSED: "complete",
    ProposalState.NOTED: "complete",
    ProposalState.WITHDRAWN: "draft",
}


def create_facts(account: Account, policy: PolicyInForce, *, by: Person, at: datetime) -> AccountCreate:
    """Return the facts of entering an account; all accounts here speak for the school, none is private."""
    on = local_day(at)
    seen = standing(account, policy.book)
    bears, breaks = seen.get("bears_another_name"), seen.get("breaks_terms")
    lead = account.team.filter(part=Part.LEAD, to_day=None).order_by("id").first()
    return AccountCreate(
        now=at,
        on=on,
        by=actor(by, policy.book, on=on, school=account.school),
        registered_as="school-sanctioned" if account.kind else None,
        teaching=account.kind == AccountKind.TEACHING if account.kind else None,
        login_address=login_address(account, seen.get("login_address")),
        practices=_practices(account, seen),
        person_named=None if bears is None else SOMEBODY_ELSE if bears else "",
        run_by=person_key(lead.person_id) if lead else None,
        speaks_for_school=True,
        form=_FORM[account.proposal.state] if account.proposal else "none",
        terms_broken=None if breaks is None else ("the network's own terms",) if breaks else (),
    )


def login_facts(account: Account, policy: PolicyInForce, *, by: Person, at: datetime) -> LoginChoose:
    """Return the facts of the address that an account's sign-in depends on."""
    on = local_day(at)
    given = login_address(account, standing(account, policy.book).get("login_address"))
    return LoginChoose(
        now=at,
        on=on,
        by=actor(by, policy.book, on=on, school=account.school),
        account_is_official=True,
        address={"school": "school_domain", "other": "other_domain"}.get(given or ""),
    )


def login_address(account: Account, said: str | None) -> str | None:
    """Return who owns the address that it depends on. The noticeboard's only sign-in is this program's own,
    which is the school's."""
    return "school" if capabilities(account.network).ours else said


def _practices(account: Account, seen: dict[str, object]) -> tuple[Practice, ...]:
    """Return what is on record of the practices of a teaching account, in the names of the policy's list."""
    notices = list(account.notices.all())
    shares = seen.get("shares_with_personal")
    link = seen.get("acceptable_use_link")
    before_pupils = seen.get("lets_pupils_in")
    told_address = any(one.address for one in notices)
    told_identity = any(one.identity for one in notices)
    found = {
        "separate account": seen.get("separate_account"),
        "apart from personal accounts": None if shares is None else not shares,
        "address made known": True if before_pupils is False else told_address,
        "identity made known": True if before_pupils is False else told_identity,
        "link to the acceptable use policy": None if link is None else link == "school_website",
    }
    return tuple(
        Practice.model_validate({"name": name, "in_place": answer, "worded_as_advice": True})
        for name, answer in found.items()
    )


def open_facts(account: Account, policy: PolicyInForce, *, by: Person, at: datetime) -> AccountOpen:
    """Return the facts of opening an account, with the profile checks that still count."""
    on = local_day(at)
    proposal = account.proposal
    seen = standing(account, policy.book)
    profile = Profile.model_validate({key: seen[key] for key in seen if key in Profile.model_fields})
    setup = {key: seen[key] for key in seen if key in AccountOpen.model_fields}
    case = case_for(proposal, policy, on=on) if proposal else Case()
    if not case.run_by and not case.administrators:
        team = [member.person for member in account.team.filter(to_day=None).select_related("person")]
        people = tuple(runners(team, policy.version, on=on).values())
        case = case.model_copy(update={"run_by": people, "administrators": (), "moderators": ()})
    return AccountOpen(
        now=at,
        on=on,
        by=actor(by, policy.book, on=on, school=account.school),
        decision=_decision(proposal, policy.book),
        signatures=signature_facts(proposal, policy.book) if proposal else (),
        kind=account.kind or None,
        placed=placed(account),
        case=case,
        profile=profile,
        permissions=_permissions(account, policy.book, on=on),
        notices=_notices(account, policy.book),
        leaves=departures(account, policy.book, on=on),
        **setup,
    )


def _permissions(account: Account, book: Book, *, on: date) -> tuple[known.Given, ...]:
    names = book.role_names
    rows: Iterable[Permission] = permission_on(on).filter(
        subject=subject_of(account), covers__in=["name", "logo", "account"]
    )
    return tuple(
        known.Given(
            by=person_key(row.given_by_id),
            roles=(names[row.role_key],),
            at=row.at,
            written=row.written,
            covers=(row.covers,),
        )
        for row in rows
        if row.role_key in names
    )


def _notices(account: Account, book: Book) -> tuple[NoticeFact, ...]:
    names = book.role_names
    return tuple(
        NoticeFact.model_validate(
            {
                "to_roles": (names[row.to_role_key],),
                "covers": tuple(
                    what for what, said in (("address", row.address), ("identity", row.identity)) if said
                ),
                "at": row.at,
            }
        )
        for row in account.notices.order_by("id")
        if row.to_role_key in names
    )


def _decision(proposal: Proposal | None, book: Book) -> DecisionTaken | None:
    if proposal is None:
        return None
    if proposal.decided_by is None or proposal.decided_at is None:
        return DecisionTaken(outcome="waiting")
    on = local_day(proposal.decided_at)
    return DecisionTaken(
        outcome="approved" if proposal.state == ProposalState.APPROVED else "rejected",
        by=person_key(proposal.decided_by.pk),
        roles=role_names(proposal.decided_by, book, on=on, school=proposal.school, about=author_of(proposal)),
        at=proposal.decided_at,
    )


def going_on_by_permission(on: date) -> QuerySet[GoingOn]:
    """Return the permissions by which accounts that existed before Schoolgate publish on a day, earliest end
    first.

    What a report counts: `.count()`. It leaves out permissions that were withdrawn, have ended or have not
    begun, and those of accounts that are in order or closed by now.
    """
    return (
        GoingOn.objects.filter(
            leave__ended_at=None,
            leave__from_day__lte=on,
            until__gte=on,
            account__state=AccountState.OPEN,
            account__imported__regular_at=None,
        )
        .select_related("account__school", "leave__given_by")
        .order_by("until", "pk")
    )


def to_be_regular() -> QuerySet[ImportedAccount]:
    """Return the accounts that existed before Schoolgate and are not in order yet, earliest import first."""
    rows = ImportedAccount.objects.filter(regular_at=None, account__state=AccountState.OPEN)
    return rows.select_related("account__school").order_by("pk")


def those_there(which: str, *, on: date) -> QuerySet[ImportedAccount]:
    """Return the open accounts that existed before Schoolgate, for paging by `at`: those that do not meet the
    policy yet ("there"), those of them with permission to continue ("leave"), or those in order
    ("regular")."""
    rows = ImportedAccount.objects.filter(account__state=AccountState.OPEN)
    rows = rows.select_related("account__school", "decision")
    if which == "leave":
        return rows.filter(account__in=going_on_by_permission(on).order_by().values("account_id"))
    return rows.filter(regular_at__isnull=which != "regular")


def import_of(account: Account) -> ImportedAccount | None:
    """Return how an account came here that existed before Schoolgate; None for one opened here."""
    return (
        ImportedAccount.objects.select_related("by", "proposal", "regular_by").filter(account=account).first()
    )


def any_there() -> bool:
    """Return whether any account existed before Schoolgate."""
    return ImportedAccount.objects.exists()


@dataclass(frozen=True)
class ImportedCounts:
    """How many open accounts existed before Schoolgate; how many of them are in order, continue by
    permission, or wait."""

    there: int
    regular: int
    by_permission: int

    @property
    def waiting(self) -> int:
        """Return how many may not publish."""
        return self.there - self.regular - self.by_permission


def standing_of(on: date) -> ImportedCounts:
    """Return the numbers that every report names. Three queries."""
    rows = ImportedAccount.objects.filter(account__state=AccountState.OPEN)
    by_permission = going_on_by_permission(on).order_by().values("account_id").distinct().count()
    return ImportedCounts(rows.count(), rows.exclude(regular_at=None).count(), by_permission)


def leaves_of(accounts: Collection[int], *, on: date) -> Mapping[int, GoingOn]:
    """Return account -> the permission by which it continues on that day, the longest one. One query."""
    rows = going_on_by_permission(on).filter(account__in=list(accounts)) if accounts else ()
    return {row.account_id: row for row in rows}


def waits(accounts: Collection[int], *, on: date) -> frozenset[int]:
    """Return which of these accounts may not publish that day: existed before Schoolgate, not in order, no
    permission. One query, two where some are not in order, once in a page."""
    here = frozenset(accounts)
    return read_once(("accounts.waits", here, on), lambda: _waits(here, on)) if here else here


def _waits(accounts: Collection[int], on: date) -> frozenset[int]:
    rows = ImportedAccount.objects.filter(account__in=accounts, regular_at=None)
    open_ones = set(rows.values_list("account_id", flat=True))
    return frozenset(open_ones - leaves_of(open_ones, on=on).keys())


def permission_history(account: Account) -> list[GoingOn]:
    """Return every permission given to continue, newest first."""
    return list(account.going_on.select_related("leave__given_by").order_by("-pk"))


def permission_for(account: Account, pk: int) -> GoingOn:
    """Return one permission. Raises NotFound."""
    found = account.going_on.select_related("leave__given_by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def keys_known_to(account: Account) -> list[Person]:
    """Return who knew its keys when it was imported, according to the list, by name; leavers stay named."""
    rows = account.keys_known_to.select_related("person").order_by("person__name", "pk")
    return [row.person for row in rows]


def sites_page(*, after: NameKey | None = None, limit: int = 25) -> tuple[list[Account], NameKey | None]:
    """Return sites that the school hosts itself, by name: its noticeboards and those its forms name. One
    query."""
    rows = (
        Account.objects.filter(Q(network=OURS) | Q(proposal__answers__host="school"))
        .exclude(state=AccountState.CLOSED)
        .select_related("school", "proposal")
    )
    return page_after(rows, after, limit)


def people_to_tell(
    teller: Person, first: Collection[int], *, most: int
) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return all other current people, by id and name: those of `first`, then at most `most` of the
    others."""
    rows = Person.objects.filter(left_on=None).exclude(pk=teller.pk).order_by("name", "pk")
    named = rows.values_list("pk", "name")
    return list(named.filter(pk__in=first)), list(named.exclude(pk__in=first)[:most])


def permissions_for(account: Account, *, without: str) -> list[Permission]:
    """Return permissions given for an account except those that cover `without`, oldest first."""
    rows = Permission.objects.filter(subject=subject_of(account)).exclude(covers=without)
    return list(rows.select_related("given_by").order_by("pk"))


def site_texts(account: Account) -> list[SiteText]:
    """Return the house rules and terms that are shown: the newest of each kind and language. One query."""
    return read_once(("accounts.site_texts", account.pk), lambda: list(_site_texts(account)))


def _site_texts(account: Account) -> QuerySet[SiteText]:
    rows = SiteText.objects.filter(account=account).order_by("kind", "language", "-number")
    return rows.distinct("kind", "language").select_related("by")


def site_looks(account: Account) -> list[SiteLook]:
    """Return the last checks of a site, newest first, each with who checked. One query."""
    return list(SiteLook.objects.filter(account=account).select_related("by").order_by("-id")[:5])


def site_words(account: Account) -> list[SiteWord]:
    """Return the advice, handovers and comparisons on record, newest first. One query."""
    return list(SiteWord.objects.filter(account=account).select_related("by").order_by("-id")[:20])


def whereabouts(account: Account, *, on: date) -> list[Whereabouts]:
    """Return the last statement of each person who looks after a site about when they are away. One query."""
    rows = Whereabouts.objects.filter(account=account, last__gte=on).select_related("person")
    return list(rows.order_by("person_id", "-id").distinct("person_id"))


def rules_of_board(school: School) -> list[SiteText]:
    """Return the house rules and terms of a school's own noticeboard; those of the federation's where the
    school has none of its own."""
    boards = Account.objects.filter(network=OURS).exclude(state=AccountState.CLOSED)
    for board in boards.filter(Q(school=school) | Q(school=None)).order_by("school_id", "id")[:20]:
        found = site_texts(board)
        if found:
            return found
    return []


def page_picture_for(person: Person, account_pk: int, pk: int, *, on: date) -> PagePicture:
    """Return a picture of an account's page, for people who may see the account from the inside. Raises
    NotFound, also once destroyed."""
    account = account_for(person, account_pk)
    found = PagePicture.objects.filter(account=account, pk=pk).exclude(digest="").first()
    if found is None or not may_set_up(person, account, on=on):
        raise NotFound
    return found


def conditions_of(account: Account) -> QuerySet[Condition]:
    """Return what the approval of the account requires or bans today."""
    return (
        Condition.objects.filter(proposal=account.proposal_id, ended_at=None)
        .select_related("by")
        .order_by("id")
    )


def lowest_age(
    book: Book, network: str, country: str | None, on: date
) -> tuple[AgeFrom, str, tuple[str, ...]] | None:
    """Return the lowest age that the network takes in a country on a day, with its source and the clauses
    that name it; None where none is on record."""
    for bound in book.at("account.open", "network_age"):
        if network not in bound.stated("network"):
            continue
        begun = [
            row
            for row in bound.settings.ages
            if (country is None or country in row.countries) and (row.from_day is None or row.from_day <= on)
        ]
        if begun:
            latest = max(begun, key=lambda row: row.from_day or date.min)
            return latest, bound.settings.source, bound.clauses
    return None


def texts_missing(school: School, book: Book) -> list[str]:
    """Return which texts the policy wants shown on a site of its own but are missing on the school's
    noticeboard: kinds of `SiteTextKind`. None is missing where the policy asks for none."""
    wanted = [
        bound.point
        for bound in book.at("account.open", "house_rules", "terms_of_use")
        if bound.stated("kind") != ("third_party",)
    ]
    there = {text.kind for text in rules_of_board(school)} if wanted else set()
    return [kind for kind in dict.fromkeys(wanted) if kind not in there]


def trainings_wanted(account: Account) -> list[TrainingWanted]:
    """Return the training required of the account's team. One query."""
    team = account.team.filter(to_day=None).values("person_id")
    rows = TrainingWanted.objects.filter(person_id__in=team, ended_at=None)
    return list(rows.select_related("person", "by").order_by("id"))


POINT_OF = {"requirement": "approvals_requirements", "restriction": "approvals_limits"}
"""Where the policy says what an approval may require and ban."""


def check_not_closed(account: Account) -> None:
    """Raise NotNow once the account is closed."""
    if account.state == AccountState.CLOSED:
        raise NotNow(_("This account is closed."), _("Use another account, or propose a new one."))


def check_may_attach(by: Person, proposal: Proposal, book: Book, *, on: date) -> None:
    """Raise NotAllowed unless the person decides on the proposal; NotNow before its approval; NotFound where
    this policy attaches nothing to an approval."""
    if not book.bound("account.use"):
        raise NotFound
    if proposal.state != ProposalState.APPROVED:
        raise NotNow(
            _("There is no approval yet, so there can be no conditions."),
            _("Decide on the proposal first."),
        )
    check_may_decide(by, proposal, book, on=on)


def clauses_of_conditions(book: Book, kind: str) -> list[str]:
    """Return the clauses by which an approval may require or ban something."""
    return list(book.clauses_at("account.use", POINT_OF[kind]))


def check_may_want_training(by: Person, book: Book, *, on: date) -> list[str]:
    """Raise NotAllowed unless the person decides on accounts somewhere, NotFound where this policy knows no
    such thing. Returns the clauses that let it be asked."""
    clauses = list(book.clauses_at("person.entrust", "trained_to_speak"))
    if not clauses:
        raise NotFound
    check_capacity(by, "decide_account", on=on, anywhere=True)
    return clauses


def check_may_look_after(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person runs the account or opens accounts there; NotNow once it is
    closed."""
    check_not_closed(account)
    check_may_set_up(by, account, on=on)


def check_may_advise(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed for people who neither decide nor advise there."""
    held = capacities(by, on=on, school=account.school, account=account)
    if not held & {"decide_account", "advise", "oversee"}:
        raise NotAllowed(
            _("Advice on this must come from the people who decide or advise on accounts."),
            _("Ask one of them."),
        )


NEXT = _("The account’s page shows what is still needed, and who may give permission to continue.")


def check_may_bring_in(by: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person manages people and roles, opens accounts or decides on them, in the
    whole federation. A rule of the program's own: the import records what exists, and permits nothing."""
    if not capacities(by, on=on) & {"administer", "open_account", "decide_account"}:
        raise NotAllowed(
            _("The people who manage people or accounts here must import the accounts list."),
            _("Ask them, or report a single page under Unofficial pages."),
        )


def check_to_be_regular(account: Account) -> None:
    """Raise NotFound for an account that did not exist before Schoolgate; NotNow once it is in order, or
    closed."""
    if getattr(account, "imported", None) is None:
        raise NotFound
    if not account.being_set_up:
        raise NotNow(
            _("This account meets the policy or is closed, so it needs no permission to continue."),
            _("You don’t need to do anything else."),
        )


def check_may_say_purpose(by: Person, account: Account, book: Book, *, on: date) -> None:
    """Raise NotAllowed for people who don't set the account up. Raise NotNow where a proposal under this
    policy's form says its purpose, and once it is closed; of an account from before Schoolgate without a
    proposal also once it is in order."""
    if account.proposal_id is None:
        check_to_be_regular(account)
    elif form_says_purpose(book):
        raise NotNow(
            _("This account’s proposal states its purpose."), _("Open its proposal to see what it says.")
        )
    check_not_closed(account)
    check_may_set_up(by, account, on=on)


def check_speaks(account: Account, *, on: date) -> None:
    """Raise NotNow while an account that existed before Schoolgate may not publish: not in order, and no
    permission."""
    if waits([account.pk], on=on):
        raise NotNow(waits_in_words(account), NEXT)


def waits_in_words(account: Account) -> Text:
    """Return the message that nothing can be published on this account yet."""
    return format_lazy(
        _("{account} can’t post yet: it was there before Schoolgate and doesn’t meet the policy."),
        account=account.name,
    )


def role_that_lets(by: Person, account: Account, book: Book, *, on: date) -> str:
    """Return the policy's role in which the person may permit the account to continue. Raises NotAllowed.

    No policy mentions such a permission; that it belongs to the role that decides on accounts is a rule of
    the program's own. Whether it must be that role's own word is checked again where it is given.
    """
    roles = lets_go_on(book)
    held = roles_held(by, account.school, on=on)
    for name in roles:
        if book.role(name).key in held:
            return name
    raise NotAllowed(
        format_lazy(_("This permission must be given by: {roles}."), roles=", ".join(roles)),
        _("Ask one of them. The account can’t post until then."),
    )


def roles_held(by: Person, school: School | None, *, on: date) -> Sequence[str]:
    """Return the keys of a person's roles at a school, or for the whole federation."""
    return list(assignments(by, on=on, where=Where(school=school)).values_list("role_key", flat=True))
