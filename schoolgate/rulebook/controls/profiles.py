"""What an account's own page has to say and show before it goes live."""

from collections.abc import Iterator

from schoolgate.rulebook.controls.base import Control, NoSettings, Said, met, requires, unknown
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.account_open import AccountOpen


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
