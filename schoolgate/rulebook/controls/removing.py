"""What others wrote is taken down or left: for what reason, who is told what, and what is kept first?"""

import re
from collections.abc import Iterable
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    forbids,
    met,
    obliges,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.item_remove import ItemRemove, NoticePart
from schoolgate.rulebook.situations.judged import standing

OFF_THE_PAGE = ("hide", "delete")
PARTS = ("text", "link", "time")
GRAVE = ("grossly_offensive", "endangers_young_person", "endangers_adult")


class NoReason(Control):
    """Is there a reason for taking it down that counts? Settings: not_a_removal_reason, the one that never
    does."""

    key = "removing.no_reason"
    listens_to = ("item.remove",)
    points = ("reason_for_removal",)

    class Settings(NoSettings):
        not_a_removal_reason: Literal["disagreement"]

    def judge(self, facts: ItemRemove, settings: Settings) -> Iterable[Said]:
        if facts.act not in (None, *OFF_THE_PAGE):
            return
        if facts.act is None:
            yield unknown("step_on_it", "moderator")
        elif facts.reason is None or facts.reason == "no listed reason":
            yield requires("removing.reason_needed", Need("removal_reason", "moderator"))
        elif facts.reason == settings.not_a_removal_reason:
            yield forbids("removing.disagreement")
        else:
            yield met("removing.reason_given")


class ReadersToldWhy(Control):
    """Are those who read along told the precise reason for a step?

    Settings: explanation_required, always or on demand; actions, the steps that it is about; fixed_text, None
    where the policy prescribes no words.
    """

    key = "removing.readers_told_why"
    listens_to = ("item.remove",)
    points = ("readers_told_why",)

    class Settings(NoSettings):
        explanation_required: Literal["always", "on demand"]
        actions: tuple[Literal["block", "report", "delete"], ...]
        fixed_text: None

    def judge(self, facts: ItemRemove, settings: Settings) -> Iterable[Said]:
        if facts.act not in (None, *settings.actions):
            return
        if facts.act is None:
            yield unknown("step_on_it", "moderator")
            return
        if settings.explanation_required == "on demand":
            if facts.explanation_demanded is None:
                yield unknown("explanation_demanded", "moderator")
                return
            if not facts.explanation_demanded:
                yield met("removing.nobody_called_for_it")
                return
        precise = standing_answer(facts.explanation_precise)
        when = "always" if settings.explanation_required == "always" else "on_demand"
        if facts.explained is None:
            yield unknown("explained", "moderator")
        elif not facts.explained or precise is False:
            yield requires(f"removing.tell_why_{when}", Need("precise_reason", "moderator"))
        elif precise is None:
            yield unknown("explanation_precise", "moderator")
        else:
            yield met("removing.told_why")


class Notice(Control):
    """Does a notice stand where something was taken down?

    Settings: removal_notice, the policy's own words for it; wording_is_example - other words do as well.
    Those words name one reason, offence: beside another reason it is open whether they fit.
    """

    key = "removing.notice"
    listens_to = ("item.remove",)
    points = ("removal_notice",)

    class Settings(NoSettings):
        removal_notice: str
        wording_is_example: bool

    def judge(self, facts: ItemRemove, settings: Settings) -> Iterable[Said]:
        if facts.act not in (None, *OFF_THE_PAGE):
            return
        if facts.act is None:
            yield unknown("step_on_it", "moderator")
        elif facts.notice is None:
            yield unknown("removal_notice", "moderator")
        elif facts.notice.words == "none":
            yield requires(
                "removing.notice_needed",
                Need("removal_notice", "moderator"),
                turns=False,
                text=settings.removal_notice,
            )
        elif facts.notice.words == "own":
            if settings.wording_is_example:
                yield met("removing.notice_stands")
            else:
                yield forbids("removing.notice_words", turns=False, text=settings.removal_notice)
        elif facts.reason is None:
            yield unknown("removal_reason", "moderator")
        elif facts.reason == "offensive":
            yield met("removing.notice_stands")
        else:
            yield forbids("removing.notice_names_offence")


class NoticeSays(Control):
    """Does the notice say everything that it should? Settings: notice_parts. What is missing is pointed
    out."""

    key = "removing.notice_says"
    listens_to = ("item.remove",)
    points = ("notice_says",)

    class Settings(NoSettings):
        notice_parts: tuple[NoticePart, ...]

    def judge(self, facts: ItemRemove, settings: Settings) -> Iterable[Said]:
        if facts.notice is None or facts.notice.words == "none" or facts.act not in OFF_THE_PAGE:
            return  # that there has to be a notice is another rule
        if facts.notice.words == "prescribed":
            yield met("removing.notice_complete")
        elif facts.notice.says is None:
            yield unknown("notice_parts", "moderator")
        else:
            missing = [part for part in settings.notice_parts if part not in facts.notice.says]
            for part in missing:
                yield advises("removing.notice_lacks", part, part=f"notice_{part.split()[0]}")
            if not missing:
                yield met("removing.notice_complete")


class NeverLeft(Control):
    """May it be left standing? Never, where a person found it to be what the policy never puts up with.

    `conduct`: grossly offensive, or endangering somebody (plumbing). Settings: examples, that the policy
    gives; protected, whom it protects; None where the words give none.
    """

    key = "removing.never_left"
    listens_to = ("item.remove",)
    points = ("left_standing",)
    plumbing = frozenset({"conduct"})

    class Settings(NoSettings):
        conduct: Literal["grossly_offensive", "endangers"]
        examples: tuple[str, ...] | None
        protected: tuple[Literal["young person", "adult"], ...] | None

    def judge(self, facts: ItemRemove, settings: Settings) -> Iterable[Said]:
        if settings.protected is not None:
            faults: tuple[str, ...] = tuple(
                f"{settings.conduct}_{who.replace(' ', '_')}" for who in settings.protected
            )
        else:
            faults = (settings.conduct,)
        found = standing(facts.judged, faults)
        if found is None:
            yield unknown("judged_by_person", "moderator")
        elif not found:
            return
        elif facts.act is None:
            yield unknown("step_on_it", "moderator")
        elif facts.act == "leave":
            yield forbids(f"removing.never_left_{settings.conduct}", examples=settings.examples or ())
        else:
            yield met("removing.not_left")


class KeptBeforehand(Control):
    """What is kept of a grave comment before it goes? Never a picture that may show the abuse of a child.

    Settings: evidence, what is kept, in the policy's words.
    """

    key = "removing.kept_beforehand"
    listens_to = ("item.remove",)
    points = ("kept_beforehand",)

    class Settings(NoSettings):
        evidence: str

    def judge(self, facts: ItemRemove, settings: Settings) -> Iterable[Said]:
        if facts.act not in (None, *OFF_THE_PAGE):
            return
        found = standing(facts.judged, GRAVE)
        if found is None:
            yield unknown("judged_by_person", "moderator")
        elif not found:
            return
        elif facts.act is None:
            yield unknown("step_on_it", "moderator")
        elif facts.may_show_abuse is None:
            yield unknown("may_show_abuse", "moderator")
        elif facts.may_show_abuse:
            if facts.kept:
                yield forbids("removing.copied_abuse")
            else:
                yield advises("removing.never_copy")
        elif facts.kept is None:
            yield unknown("kept_of_it", "moderator")
        else:
            wanted = [one for one in PARTS if one in re.findall(r"\w+", settings.evidence)]
            missing = tuple(f"keep_{one}" for one in wanted if one not in facts.kept)
            if missing:
                yield requires(
                    "removing.keep_first", *(Need(one, "moderator") for one in missing), missing=missing
                )
            else:
                yield met("removing.kept")


class PlatformFirst(Control):
    """On somebody else's platform: was the platform told, whose task protecting and stepping in is first?

    Settings: hosting. What is on record of the report: its number, the time, the platform's answer.
    """

    key = "removing.platform_first"
    listens_to = ("item.remove",)
    points = ("platform_first",)
    plumbing = frozenset({"who"})

    class Settings(NoSettings):
        hosting: Literal["third party"]
        who: str

    def judge(self, facts: ItemRemove, settings: Settings) -> Iterable[Said]:
        if facts.hosting == "school" or facts.harmful is False:
            return
        if facts.hosting is None:
            yield unknown("who_hosts", "office")
        elif facts.harmful is None:
            yield unknown("harmful", "moderator")
        elif facts.reports is None:
            yield unknown("platform_reports", "moderator")
        elif not facts.reports:
            due = Due.none_promised()
            yield obliges(settings.who, "platform_report", due, "removing.tell_platform")
        elif any(one.number and one.at for one in facts.reports):
            yield met("removing.platform_told")
        else:
            yield requires("removing.report_on_record", Need("platform_report_number", "moderator"))
