"""What a person found a comment to be: what has to happen to it, and how soon?"""

from collections.abc import Iterable
from typing import Literal

from schoolgate.rulebook.controls.base import Control, NoSettings, Said, obliges, requires, unknown
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.item_received import ItemReceived
from schoolgate.rulebook.working_time import in_utc


class ImproperAtOnce(Control):
    """What has to happen at once with what a person found improper: taken down, or reported to a role?

    Settings: deadline_hours (0: at once); report_to, None where the rule is about taking down.
    """

    key = "comments.improper_at_once"
    listens_to = ("item.received",)
    points = ("removal_due", "report_due")
    plumbing = frozenset({"who"})

    class Settings(NoSettings):
        deadline_hours: Literal[0]
        report_to: str | None
        who: str

    def judge(self, facts: ItemReceived, settings: Settings) -> Iterable[Said]:
        if facts.account_is_official is False or facts.improper is False:
            return
        if facts.account_is_official is None:
            yield unknown("account_is_official", "moderator")
        elif facts.improper is None:
            yield unknown("improper", "moderator")
        elif facts.improper_since is None:
            yield unknown("improper_since", "moderator")
        else:
            due = Due(instant=in_utc(facts.improper_since))
            if settings.report_to is None:
                yield obliges(settings.who, "removal", due, "inbox.improper_removed")
            else:
                yield obliges(settings.who, "report", due, "inbox.improper_reported", role=settings.report_to)


class PersonalDetails(Control):
    """May details that identify somebody stay in what others wrote on our account?"""

    key = "comments.personal_details"
    listens_to = ("item.received",)
    points = ("personal_details",)

    def judge(self, facts: ItemReceived, settings: NoSettings) -> Iterable[Said]:
        if facts.account_is_official is False or facts.contains_personal_details is False:
            return
        if facts.account_is_official is None:
            yield unknown("account_is_official", "moderator")
        elif facts.contains_personal_details is None:
            yield unknown("personal_details", "moderator")
        else:
            yield requires("inbox.personal_details", Need("removal", "moderator"))


class TakenDown(Control):
    """Is what others wrote to be taken down for what a person found it to be?

    Settings: removal_reason, as the policy prints it; its last word is what was found.
    """

    key = "comments.taken_down"
    listens_to = ("item.received",)
    points = ("removal_due",)
    plumbing = frozenset({"who"})

    class Settings(NoSettings):
        removal_reason: str
        who: str

    def judge(self, facts: ItemReceived, settings: Settings) -> Iterable[Said]:
        if facts.from_relation == "staff":
            return
        if facts.found_to_be is None:
            yield unknown("found_to_be", "moderator")
            return
        found = settings.removal_reason.split()[-1]
        if found in facts.found_to_be:
            yield obliges(settings.who, "removal", Due.none_promised(), f"inbox.taken_down_{found}")


class DealtWithSwiftly(Control):
    """Is what a person found offensive, defamatory or libellous to be dealt with, and by when?

    Settings: deadline in the policy's word; deadline_hours, None where the policy gives no number.
    """

    key = "comments.dealt_with_swiftly"
    listens_to = ("item.received",)
    points = ("removal_due",)
    plumbing = frozenset({"who"})

    class Settings(NoSettings):
        deadline: Literal["swiftly"]
        deadline_hours: None
        who: str

    def judge(self, facts: ItemReceived, settings: Settings) -> Iterable[Said]:
        if facts.found_to_be is None:
            yield unknown("found_to_be", "moderator")
        elif facts.found_to_be:
            yield obliges(settings.who, "handling", Due.none_promised(), "inbox.swiftly")
