"""What the policy covers: messages, tools and uses; and what harm it is there to prevent."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    NOBODY_NAMED,
    Control,
    NoSettings,
    Said,
    advises,
    excludes,
    met,
    refers,
    unknown,
)
from schoolgate.rulebook.controls.scope import ruling_by_key, singular
from schoolgate.rulebook.situations.policy_covers import PolicyCovers
from schoolgate.rulebook.situations.policy_harm import PolicyHarm


class SpeaksForSchool(Control):
    """Is a message covered because it speaks for the school?

    Settings: `representation` - the ways of speaking for it. What is official needs no such question.
    """

    key = "covers.speaks_for"
    listens_to = ("policy.covers",)
    points = ("speaks_for",)

    class Settings(NoSettings):
        representation: tuple[Literal["direct", "indirect"], ...]

    def judge(self, facts: PolicyCovers, settings: Settings) -> Iterator[Said]:
        if facts.represents in settings.representation:
            yield met(f"covers.represents_{facts.represents}")
        elif facts.represents is None and not facts.markers:
            yield unknown("policy.represents", "reporter_of_it")


class ProfessionalUse(Control):
    """Is a communication covered because of something official? Settings: `markers` - what makes it so."""

    key = "covers.professional"
    listens_to = ("policy.covers",)
    points = ("professional_use",)

    class Settings(NoSettings):
        markers: tuple[str, ...]

    def judge(self, facts: PolicyCovers, settings: Settings) -> Iterator[Said]:
        if facts.markers is None:
            yield unknown("policy.markers", "reporter_of_it")
            return
        found = [one for one in facts.markers if one in settings.markers]
        if found:
            yield met("covers.professional", what=[f"marker.{one}" for one in found])


class PrivateCovered(Control):
    """Is a private post covered because of a link to the school or an effect on it?

    Settings: `in_scope_if` - which of them; one is enough.
    """

    key = "covers.private_linked"
    listens_to = ("policy.covers",)
    points = ("private_post",)

    class Settings(NoSettings):
        in_scope_if: tuple[Literal["associates", "impacts"], ...]

    def judge(self, facts: PolicyCovers, settings: Settings) -> Iterator[Said]:
        if not facts.private:
            if facts.private is None and not facts.markers:
                yield unknown("policy.private_account", "reporter_of_it")
            return
        said = {ground: getattr(facts, ground) for ground in settings.in_scope_if}
        grounds = [ground for ground, answer in said.items() if answer]
        if grounds:
            yield met("covers.private", what=[f"ground.{one}" for one in grounds])
            return
        for ground, answer in said.items():
            if answer is None:
                yield unknown(f"ground.{ground}", "reporter_of_it")


class PrivateExcluded(Control):
    """Is a private post none of the policy's business?

    It is where it does neither of what `out_of_scope_if_all` lists. One that is apt to damage professional
    standards all the same is what the words leave open. Settings: that list; `tension`, `ruled_by`.
    """

    key = "covers.private_excluded"
    listens_to = ("policy.covers",)
    points = ("private_post",)
    plumbing = frozenset({"tension", "ruled_by"})

    class Settings(NoSettings):
        out_of_scope_if_all: tuple[Literal["does_not_refer", "does_not_impact"], ...]
        tension: str
        ruled_by: str | None

    def judge(self, facts: PolicyCovers, settings: Settings) -> Iterator[Said]:
        if not facts.private or facts.associates or facts.markers:
            return
        wanted = {"does_not_refer": facts.refers, "does_not_impact": facts.impacts}
        answers = [wanted[one] for one in settings.out_of_scope_if_all]
        if True in answers:
            return
        if None in answers:
            yield unknown("ground.refers", "reporter_of_it")
        elif facts.harms_standards is None:
            yield unknown("policy.harms_standards", "reporter_of_it")
        elif not facts.harms_standards:
            yield excludes()
        else:
            yield from self._left_open(facts, settings)

    def _left_open(self, facts: PolicyCovers, settings: Settings) -> Iterator[Said]:
        ruling = ruling_by_key(facts, settings.tension, settings.ruled_by)
        if ruling is None:
            yield refers("covers.standards_open", settings.ruled_by or NOBODY_NAMED)
        elif ruling.allows:
            yield excludes()
        else:
            yield met("covers.ruled_covered", role=ruling.role)


class FederationOnly(Control):
    """Is a private post none of the policy's business that mentions the federation and none of its schools?

    The words leave it open, until it is ruled upon. Settings: `out_of_scope_if_all` - as of PrivateExcluded;
    `tension`, `ruled_by`.
    """

    key = "covers.federation_only"
    listens_to = ("policy.covers",)
    points = ("private_post",)
    plumbing = frozenset({"tension", "ruled_by"})

    class Settings(PrivateExcluded.Settings):
        pass

    def judge(self, facts: PolicyCovers, settings: Settings) -> Iterator[Said]:
        if not (facts.private and facts.refers) or facts.associates or facts.impacts or facts.markers:
            return
        if facts.refers_to is None:
            yield unknown("policy.refers_to", "reporter_of_it")
        elif facts.refers_to == ("federation",):
            ruling = ruling_by_key(facts, settings.tension, settings.ruled_by)
            if ruling is None:
                yield refers("covers.federation_only", settings.ruled_by or NOBODY_NAMED)
            elif ruling.allows:
                yield excludes()


class MessageToPupils(Control):
    """Is a message covered because staff send it to pupils? Settings: `channel` - "staff_to_pupils"."""

    key = "covers.message_to_pupils"
    listens_to = ("policy.covers",)
    points = ("message_to_pupils",)

    class Settings(NoSettings):
        channel: Literal["staff_to_pupils"]

    def judge(self, facts: PolicyCovers, settings: Settings) -> Iterator[Said]:
        if facts.to is None:
            yield unknown("policy.sent_to", "reporter_of_it")
        elif "pupils" in facts.to:
            if facts.by is None or facts.by.relation is None:
                yield unknown("relation", "office")
            elif facts.by.relation == "staff":
                yield met("covers.message_to_pupils")


class ToolCovered(Control):
    """Is a service covered, by its kind, by its name, or because the list is an open one?

    Settings: `kinds`, `names` - as the policy lists them; `open_list` - whether anything like them counts, so
    that a service that the policy never names is covered as well; None where the words do not say.
    """

    key = "covers.tool"
    listens_to = ("policy.covers",)
    points = ("tool_covered",)

    class Settings(NoSettings):
        kinds: tuple[str, ...]
        names: tuple[str, ...]
        open_list: bool | None

    def judge(self, facts: PolicyCovers, settings: Settings) -> Iterator[Said]:
        if facts.tool is None and facts.tool_kind is None:
            yield unknown("policy.tool", "reporter_of_it")
            return
        if facts.tool and facts.tool.casefold() in {name.casefold() for name in settings.names}:
            yield met("covers.tool_named", tool=facts.tool)
        elif facts.tool_kind and facts.tool_kind in {singular(kind) for kind in settings.kinds}:
            yield met("covers.tool_kind")
        elif settings.open_list:
            alike = _is_alike(facts)
            if alike is None:
                yield unknown("policy.alike", "reporter_of_it")
            elif alike:
                yield met("covers.tool_alike")


class AnythingOnTheInternet(Control):
    """Is it covered because it is put on the internet at all?

    Settings: `includes` - the kinds that the policy names for it. What it is called makes no difference.
    """

    key = "covers.any_posting"
    listens_to = ("policy.covers",)
    points = ("tool_covered",)

    class Settings(NoSettings):
        includes: tuple[str, ...]

    def judge(self, facts: PolicyCovers, settings: Settings) -> Iterator[Said]:
        kinds = {singular(one.removeprefix("other ")) for one in settings.includes}
        if facts.tool_kind in kinds or (_is_alike(facts) and "any other internet posting" in kinds):
            yield met("covers.any_posting")


class UnforeseenTool(Control):
    """Do the principles hold on a medium that nobody foresaw, so that nothing on the list of tools names
    it?"""

    key = "covers.unforeseen_tool"
    listens_to = ("policy.covers",)
    points = ("tool_covered",)

    def judge(self, facts: PolicyCovers, settings: NoSettings) -> Iterator[Said]:
        if facts.listed is False:
            yield met("covers.unforeseen")


class VirtualWorlds(Control):
    """Do the principles hold in other places online?

    Settings: `examples` - of such places. Many do; which, the words leave open, so that a question about one
    of them is referred until it is ruled upon (`tension`, `ruled_by`).
    """

    key = "covers.virtual_worlds"
    listens_to = ("policy.covers",)
    points = ("virtual_world",)
    plumbing = frozenset({"tension", "ruled_by"})

    class Settings(NoSettings):
        examples: tuple[str, ...]
        tension: str
        ruled_by: str | None

    def judge(self, facts: PolicyCovers, settings: Settings) -> Iterator[Said]:
        if facts.tool_kind not in {singular(one) for one in settings.examples}:
            return
        yield advises("covers.many_principles")
        if facts.principle is not None:
            ruling = ruling_by_key(facts, settings.tension, settings.ruled_by)
            if ruling is None:
                yield refers("covers.which_principles", settings.ruled_by or NOBODY_NAMED)
            elif ruling.allows:
                yield met("covers.ruled_covered", role=ruling.role)


class UseCovered(Control):
    """Is this use covered, for work or privately? Settings: `contexts` - those that are."""

    key = "covers.use"
    listens_to = ("policy.covers",)
    points = ("use_covered",)

    class Settings(NoSettings):
        contexts: tuple[Literal["business", "personal"], ...]

    def judge(self, facts: PolicyCovers, settings: Settings) -> Iterator[Said]:
        if facts.use in settings.contexts or {"business", "personal"} <= set(settings.contexts):
            yield met(f"covers.use_{facts.use}" if facts.use else "covers.use_either")
        elif facts.use is None:
            yield unknown("policy.use_of_tool", "reporter_of_it")


class OtherPartsHold(Control):
    """Does use for work stay under every other part of the policy, whatever was approved?"""

    key = "covers.other_parts"
    listens_to = ("policy.covers",)
    points = ("other_parts",)

    def judge(self, facts: PolicyCovers, settings: NoSettings) -> Iterator[Said]:
        if facts.use == "business":
            yield met("covers.other_parts")


class OfflineToo(Control):
    """Does what breaks another policy in person break it online as well?"""

    key = "covers.offline_too"
    listens_to = ("policy.covers",)
    points = ("offline_too",)

    def judge(self, facts: PolicyCovers, settings: NoSettings) -> Iterator[Said]:
        if facts.breaks_in_person:
            yield met("covers.offline_too", policies=facts.breaks_in_person)


def _is_alike(facts: PolicyCovers) -> bool | None:
    """Whether people put things there that others see: told, or in the nature of that kind of tool."""
    if facts.alike is not None or facts.tool_kind in (None, "website", "other"):
        return facts.alike
    return True


class HarmItPrevents(Control):
    """Is this harm one that the policy names among its aims?

    Settings: `harm` - which; `whose` - whose good name or whose protection the aim is, None where it is the
    federation's own matter.
    """

    key = "covers.harm"
    listens_to = ("policy.harm",)
    points = ("legal_risk_met", "good_name_hurt", "person_hurt")
    plumbing = frozenset({"harm"})

    class Settings(NoSettings):
        harm: Literal["legal risk", "good name", "harm to a person"]
        whose: tuple[str, ...] | None

    def judge(self, facts: PolicyHarm, settings: Settings) -> Iterator[Said]:
        if facts.harms is None:
            yield unknown("policy.harm_kind", "reporter_of_it")
            return
        if settings.harm not in facts.harms:
            return
        if settings.whose is None:
            yield met("covers.harm_legal")
        elif facts.whose is None:
            yield unknown("policy.harm_whose", "reporter_of_it")
        else:
            touched = [one for one in facts.whose if one in settings.whose]
            if touched:
                message = "covers.harm_name" if settings.harm == "good name" else "covers.harm_person"
                yield met(message, whose=[f"whose.{one}" for one in touched])
