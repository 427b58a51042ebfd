"""What an account is entered as, on what paper, under whose name; and whether an account is the school's."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    breached,
    forbids,
    met,
    permits,
    requires,
    unknown,
)
from schoolgate.rulebook.controls.opening import plain_name
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.account_considered import AccountConsidered, Weighed
from schoolgate.rulebook.situations.account_create import AccountCreate
from schoolgate.rulebook.situations.account_looked_up import AccountLookedUp
from schoolgate.rulebook.situations.site_take_part import SiteTakePart

COMPARABLE = "equivalents"


class Invited(Control):
    """Who may think of having an account? Settings: `examples` - of accounts, as the policy names them."""

    key = "considered.invited"
    listens_to = ("account.considered",)
    points = ("invitation",)

    class Settings(NoSettings):
        examples: tuple[Literal["subject department account", "friends-of group page"], ...]

    def judge(self, facts: AccountConsidered, settings: Settings) -> Iterator[Said]:
        relation = facts.by.relation if facts.by is not None else None
        if relation is None:
            yield unknown("relation", "whoever_asks")
        elif relation != "other":
            yield permits("considered.invited", examples=settings.examples)


class WeighedAgainst(Control):
    """Is the use of social media weighed against everything that the policy names? Settings:
    `weigh_against`."""

    key = "considered.weighed"
    listens_to = ("account.considered",)
    points = ("weighed_against",)

    class Settings(NoSettings):
        weigh_against: tuple[Weighed, ...]

    def judge(self, facts: AccountConsidered, settings: Settings) -> Iterator[Said]:
        if facts.weighed is None:
            yield unknown("weighed", "applicant")
            return
        missing = [one for one in settings.weigh_against if one not in facts.weighed]
        for one in missing:
            what = f"weighed.{one}"
            yield requires("considered.not_weighed", Need(what, "applicant"), about=what, what=what)
        if not missing:
            yield met("considered.weighed")


class NewPlatform(Control):
    """May an account be on a platform that nobody here has used? Settings: `unknown_platform_refused`."""

    key = "considered.new_platform"
    listens_to = ("account.considered",)
    points = ("new_platform",)

    class Settings(NoSettings):
        unknown_platform_refused: Literal[False]

    def judge(self, facts: AccountConsidered, settings: Settings) -> Iterator[Said]:
        if facts.network_is_new:
            yield permits("considered.new_platform")


class AccountKind(Control):
    """Is it said which kind of account it is? Settings: `account_kinds` - those that the policy knows."""

    key = "create.account_kind"
    listens_to = ("account.create",)
    points = ("account_kind",)

    class Settings(NoSettings):
        account_kinds: tuple[Literal["school-sanctioned", "personal"], ...]

    def judge(self, facts: AccountCreate, settings: Settings) -> Iterator[Said]:
        if facts.registered_as is None:
            yield requires("create.no_kind", Need("account_kind", "applicant"))
        elif facts.registered_as in settings.account_kinds:
            yield met("create.kind_is", what=f"kind.{facts.registered_as}")


class LoginAddress(Control):
    """Does an account for teaching hang on an address of the school?

    Settings: `preferred_login`; `ideal_only` - the account is allowed all the same.
    """

    key = "create.login_address"
    listens_to = ("account.create",)
    points = ("login_address",)

    class Settings(NoSettings):
        preferred_login: Literal["official school email account"]
        ideal_only: Literal[True]

    def judge(self, facts: AccountCreate, settings: Settings) -> Iterator[Said]:
        if facts.teaching is None:
            yield unknown("kind", "applicant")
        elif not facts.teaching:
            return
        elif facts.login_address is None:
            yield unknown("login_address", "applicant")
        elif facts.login_address == "school":
            yield met("create.on_school_address")
        else:
            yield advises("create.not_on_school_address")


class AllPractices(Control):
    """Is everything in place that the policy asks for an account for teaching, also what it words as advice?

    Settings: `practices_are`."""

    key = "create.all_practices"
    listens_to = ("account.create",)
    points = ("all_practices",)

    class Settings(NoSettings):
        practices_are: Literal["mandatory"]

    def judge(self, facts: AccountCreate, settings: Settings) -> Iterator[Said]:
        if facts.teaching is None:
            yield unknown("kind", "applicant")
            return
        if not facts.teaching:
            return
        if facts.practices is None:
            yield unknown("practices", "applicant")
            return
        for position, one in enumerate(facts.practices):
            about = f"practices[{position}]"
            if one.in_place is None:
                yield unknown("practice", "applicant", about)
            elif not one.in_place:
                need, turns = Need("practice", "applicant"), one.worded_as_advice is not False
                yield requires("create.practice_missing", need, about=about, turns=turns, what=one.name)
        if all(one.in_place for one in facts.practices):
            yield met("create.all_in_place", number=len(facts.practices))


class NobodyElsesName(Control):
    """Does the profile bear the name or the post of somebody else than the person who runs it?"""

    key = "create.nobody_elses_name"
    listens_to = ("account.create",)
    points = ("impersonation",)

    def judge(self, facts: AccountCreate, settings: NoSettings) -> Iterator[Said]:
        if facts.person_named is None:
            yield unknown("person_named", "applicant")
        elif facts.person_named == "":
            yield met("create.nobodys_name")
        elif facts.run_by is None:
            yield unknown("run_by", "applicant")
        elif facts.person_named == facts.run_by:
            yield met("create.own_name")
        else:
            yield forbids("create.somebody_elses_name")


class FormApproved(Control):
    """Has whoever speaks for the school there an approved form? Settings: `form`.

    In a site of others another sentence may ask for less: what turns on it is a form where an approval is
    there."""

    key = "create.form_approved"
    listens_to = ("account.create", "site.take_part")
    points = ("form_approved",)

    class Settings(NoSettings):
        form: str

    def judge(self, facts: AccountCreate | SiteTakePart, settings: Settings) -> Iterator[Said]:
        others = isinstance(facts, SiteTakePart)
        speaks = facts.for_school if isinstance(facts, SiteTakePart) else facts.speaks_for_school
        if speaks is None:
            yield unknown("speaks_for_school", "applicant")
        elif not speaks:
            return
        elif facts.form is None:
            yield unknown("form", "applicant")
        elif facts.form == "approved":
            yield met("create.form_approved", form=settings.form)
        else:
            turns = others and isinstance(facts, SiteTakePart) and bool(facts.approvals)
            need = Need("approved_form", "applicant")
            yield requires("create.form_not_approved", need, turns=turns, form=settings.form)


class FormFilledIn(Control):
    """Is there a form, filled in, for what is entered in the register? Settings: `form`."""

    key = "create.form_filled_in"
    listens_to = ("account.create",)
    points = ("form_filled_in",)

    class Settings(NoSettings):
        form: str

    def judge(self, facts: AccountCreate, settings: Settings) -> Iterator[Said]:
        if facts.form is None:
            yield unknown("form", "applicant")
        elif facts.form in ("complete", "approved"):
            yield met("create.form_there", form=settings.form)
        else:
            yield requires("create.no_form", Need("filled_form", "applicant"), form=settings.form)


class PlatformTerms(Control):
    """Does an official account break any of its platform's own terms?"""

    key = "create.platform_terms"
    listens_to = ("account.create",)
    points = ("platform_terms",)

    def judge(self, facts: AccountCreate, settings: NoSettings) -> Iterator[Said]:
        if facts.speaks_for_school is False:
            return
        if facts.terms_broken is None:
            yield unknown("terms_broken", "applicant")
        elif facts.terms_broken:
            yield forbids("create.breaks_terms", what=facts.terms_broken)
        else:
            yield met("create.keeps_terms")


class InRegister(Control):
    """Can anybody look up whether an address is the school's? Settings: `public_lookup`."""

    key = "lookup.in_register"
    listens_to = ("account.looked_up",)
    points = ("official",)

    class Settings(NoSettings):
        public_lookup: Literal[True]

    def judge(self, facts: AccountLookedUp, settings: Settings) -> Iterator[Said]:
        if facts.in_register is None:
            yield unknown("in_register", "office")
        elif not facts.in_register:
            yield forbids("lookup.not_ours")
        elif facts.notified_on is None:
            yield met("lookup.ours")
        else:
            yield met("lookup.ours_since", day=facts.notified_on)


class OfficialMark(Control):
    """Does a registered account for teaching bear the mark by which it is known? Settings:
    `official_mark`."""

    key = "lookup.official_mark"
    listens_to = ("account.looked_up",)
    points = ("official_mark",)

    class Settings(NoSettings):
        official_mark: Literal["ICT Acceptable Use Policy link"]

    def judge(self, facts: AccountLookedUp, settings: Settings) -> Iterator[Said]:
        if facts.in_register is False or facts.teaching is False:
            return
        if facts.in_register is None or facts.teaching is None:
            yield unknown("in_register" if facts.in_register is None else "kind", "office")
        elif facts.has_official_mark is None:
            yield unknown("acceptable_use_link", "runner")
        elif facts.has_official_mark:
            yield met("lookup.mark_there")
        else:
            yield requires("lookup.mark_gone", Need("acceptable_use_link", "runner"))


class InOurName(Control):
    """Is a site in the school's name made by the school or for it?"""

    key = "lookup.in_our_name"
    listens_to = ("account.looked_up",)
    points = ("in_our_name",)

    def judge(self, facts: AccountLookedUp, settings: NoSettings) -> Iterator[Said]:
        if facts.in_schools_name is None:
            yield unknown("in_schools_name", "office")
        elif not facts.in_schools_name:
            return
        elif facts.in_register or facts.made_by in ("school", "for the school"):
            yield met("lookup.made_for_us")
        elif facts.made_by is None:
            yield unknown("made_by", "office")
        else:
            yield breached("lookup.in_our_name")


class SchoolsPlatforms(Control):
    """Does this school work on this platform? Settings: `school`; `platforms` - "equivalents" takes in
    comparable ones."""

    key = "lookup.schools_platforms"
    listens_to = ("account.looked_up",)
    points = ("schools_own_account",)

    class Settings(NoSettings):
        school: str
        platforms: tuple[str, ...]

    def judge(self, facts: AccountLookedUp, settings: Settings) -> Iterator[Said]:
        if facts.school != settings.school:
            return
        if facts.network is None:
            yield unknown("network", "whoever_asks")
            return
        named = {plain_name(one) for one in settings.platforms if one != COMPARABLE}
        if plain_name(facts.network) in named:
            yield permits("lookup.schools_platform", school=settings.school)
        elif COMPARABLE in settings.platforms and facts.comparable_to is None:
            yield unknown("comparable_to", "office")
        elif COMPARABLE in settings.platforms and named & {
            plain_name(one) for one in facts.comparable_to or ()
        }:
            yield permits("lookup.comparable_platform", school=settings.school)


class SchoolsOnePage(Control):
    """Is this the one page through which the school works?

    Settings: `school`; `account` - the page's name; `platforms` - where it stands.
    """

    key = "lookup.schools_one_page"
    listens_to = ("account.looked_up",)
    points = ("schools_own_account",)

    class Settings(NoSettings):
        school: str
        account: str
        platforms: tuple[str, ...]

    def judge(self, facts: AccountLookedUp, settings: Settings) -> Iterator[Said]:
        if facts.page is None or facts.network is None:
            if facts.school == settings.school:
                yield unknown("page" if facts.page is None else "network", "whoever_asks")
            return
        on_it = plain_name(facts.network) in {plain_name(one) for one in settings.platforms}
        is_it = on_it and facts.page.strip().casefold() == settings.account.casefold()
        page, school = settings.account, settings.school
        if is_it and facts.school in (None, settings.school):
            yield permits("lookup.schools_page", page=page, school=school)
        elif is_it:
            yield forbids("lookup.other_schools_page", page=page, school=school)
        elif facts.school == settings.school:
            yield forbids("lookup.not_the_page", platforms=settings.platforms, page=page, school=school)
