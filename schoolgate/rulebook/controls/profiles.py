"""What an account's own page has to say and show before it goes live."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import Control, NoSettings, Said, met, requires, unknown
from schoolgate.rulebook.controls.opening import is_teaching
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.account_open import AccountOpen


class Shows(Control):
    """Does the page show this? Settings: `shows` - what somebody saw there; `hosting` - only of sites hosted
    so."""

    key = "profile.shows"
    listens_to = ("account.open",)
    points = (
        "not_always_watched", "contact", "real_name", "function", "terms_of_use", "house_rules", "logo_shown"
    )  # fmt: skip
    plumbing = frozenset({"shows"})

    class Settings(NoSettings):
        shows: Literal[
            "says_not_always_watched",
            "says_where_concerns_go",
            "real_name",
            "function_stated",
            "terms_of_use",
            "house_rules",
            "shows_logo_or_brand",
        ]
        hosting: Literal["school", "third party"] | None

    def judge(self, facts: AccountOpen, settings: Settings) -> Iterator[Said]:
        if settings.hosting is not None:
            if facts.case.host is None:
                yield unknown("host", "applicant")
                return
            if facts.case.host.kind.replace("_", " ") != settings.hosting:
                return
        shown: bool | None = getattr(facts.profile, settings.shows)
        if shown is None:
            yield unknown(settings.shows, "applicant")
        elif shown:
            yield met(f"profile.{settings.shows}")
        else:
            yield requires("profile.does_not_show", Need(settings.shows, "applicant"), what=settings.shows)


class SaysWhoRunsIt(Control):
    """Can it be seen on the account who runs it, or else in each post?

    Settings: `place` and `or_else` - the two places of which one is enough.
    """

    key = "profile.says_who_runs_it"
    listens_to = ("account.open",)
    points = ("says_who_runs_it",)

    class Settings(NoSettings):
        place: Literal["account"]
        or_else: Literal["post"]

    def judge(self, facts: AccountOpen, settings: Settings) -> Iterator[Said]:
        places = (facts.profile.says_who_runs_it, facts.profile.posts_are_signed)
        if True in places:
            yield met("profile.says_who_runs_it")
        elif None in places:
            yield unknown("says_who_runs_it", "applicant")
        else:
            yield requires("profile.nobody_named", Need("says_who_runs_it", "applicant"))


class NamesSchool(Control):
    """Does the page name one of the schools? Settings: `schools` - their names, in every language they are
    used in; `federation_is_enough` - whether the federation's name alone will do."""

    key = "profile.names_school"
    listens_to = ("account.open",)
    points = ("school_named",)

    class Settings(NoSettings):
        schools: tuple[str, ...]
        federation_is_enough: bool

    def judge(self, facts: AccountOpen, settings: Settings) -> Iterator[Said]:
        named = facts.profile.school_named
        if named is None:
            yield unknown("school_named", "applicant")
        elif any(school.casefold() in named.casefold() for school in settings.schools) or (
            settings.federation_is_enough and named.strip()
        ):
            yield met("profile.school_named")
        else:
            yield requires("profile.no_school", Need("school_named", "applicant"), schools=settings.schools)


class AcceptableUseLink(Control):
    """Does a teaching account's About or Info text link to the acceptable use policy on the school's own
    site?

    Settings: `target` - the document; `host` - where it has to be.
    """

    key = "profile.acceptable_use_link"
    listens_to = ("account.open",)
    points = ("acceptable_use_link",)

    class Settings(NoSettings):
        target: str
        host: Literal["school website"]

    def judge(self, facts: AccountOpen, settings: Settings) -> Iterator[Said]:
        teaching, link = is_teaching(facts), facts.profile.acceptable_use_link
        if teaching is None:
            yield unknown("kind", "applicant")
        elif not teaching:
            return
        elif link is None:
            yield unknown("acceptable_use_link", "applicant")
        elif link == "school_website":
            yield met("profile.acceptable_use_link")
        else:
            yield requires(
                "profile.no_use_link", Need("acceptable_use_link", "applicant"), target=settings.target
            )


class Privacy(Control):
    """Does a site made for pupils run with the tightest privacy settings there are? Settings: `privacy`."""

    key = "profile.privacy"
    listens_to = ("account.open",)
    points = ("privacy",)

    class Settings(NoSettings):
        privacy: Literal["strongest available"]

    def judge(self, facts: AccountOpen, settings: Settings) -> Iterator[Said]:
        if facts.made_for_pupils is None:
            yield unknown("made_for_pupils", "applicant")
        elif not facts.made_for_pupils:
            return
        elif facts.profile.privacy is None:
            yield unknown("privacy", "applicant")
        elif facts.profile.privacy.replace("_", " ") == settings.privacy:
            yield met("profile.privacy")
        else:
            yield requires("profile.privacy_weaker", Need("privacy", "applicant"))
