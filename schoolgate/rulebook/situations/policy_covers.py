"""Is this covered by the policy: a message, a post, a tool, a use?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Facts, Folded, Name, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Ground = Literal["ground.associates", "ground.impacts"]
ToolKind = Literal[
    "social network",
    "blog",
    "discussion forum",
    "collaborative space",
    "media sharing",
    "microblogging",
    "online gaming",
    "comment stream",
    "virtual world",
    "website",
    "other",
]


class PolicyCovers(Act):
    """`markers`: what makes it official: an official channel, an account or the name of the federation or of
    one of its schools; empty: nothing does. `represents`: whether it speaks for the school openly or by
    implication. `private`: sent from a private account. `refers`, `associates`, `impacts`: whether what is
    private mentions the federation or a school of it, links itself to it, has an effect on it; `refers_to`:
    which of the two it mentions; `harms_standards`: whether it is apt to damage professional standards. `to`:
    for whom it is meant.

    `tool`: the service by name; `alike`: people put things there that others see; `listed`: the program knows
    it. `use`: for work or privately. `principle`: the one that is asked about, where it is one.
    `breaks_in_person`: other policies that somebody says it would break if it were said or done in person;
    empty where nobody says so. `in_working_hours`, `place`, `device`: told as they were; no rule asks for
    them."""

    markers: Annotated[
        (
            tuple[
                Literal[
                    "official_channel",
                    "federation_account",
                    "school_account",
                    "federation_name",
                    "school_name",
                ],
                ...,
            ]
            | None
        ),
        Ask(
            "policy.markers",
            "reporter_of_it",
            gettext_noop("whether it uses an official channel, account or name"),
        ),
    ] = None
    represents: Annotated[
        Literal["direct", "indirect", "none"] | None,
        Ask(
            "policy.represents",
            "reporter_of_it",
            gettext_noop("whether it speaks for the school, openly or by implication"),
        ),
    ] = None
    private: Annotated[
        Tri,
        Ask(
            "policy.private_account",
            "reporter_of_it",
            gettext_noop("whether it comes from a private account"),
            gettext_noop("Is it sent from a private account?"),
        ),
    ] = None
    refers: Annotated[
        Tri,
        Ask(
            "ground.refers",
            "reporter_of_it",
            gettext_noop("whether it mentions the school or federation, and has an effect on it"),
            gettext_noop("Does it mention the federation or one of its schools?"),
        ),
    ] = None
    refers_to: Annotated[
        tuple[Literal["federation", "school"], ...] | None,
        Ask(
            "policy.refers_to",
            "reporter_of_it",
            gettext_noop("whether it mentions the federation or one of its schools"),
            gettext_noop("Which does it mention?"),
        ),
    ] = None
    associates: Annotated[
        Tri,
        Ask(
            "ground.associates",
            "reporter_of_it",
            gettext_noop("links itself to the school or federation"),
            gettext_noop("Does it link itself to the school?"),
        ),
    ] = None
    impacts: Annotated[
        Tri,
        Ask(
            "ground.impacts",
            "reporter_of_it",
            gettext_noop("has an effect on the school or federation"),
            gettext_noop("Does it have an effect on the school?"),
        ),
    ] = None
    harms_standards: Annotated[
        Tri,
        Ask(
            "policy.harms_standards",
            "reporter_of_it",
            gettext_noop("whether it may damage professional standards"),
            gettext_noop("Could it damage professional standards?"),
        ),
    ] = None
    to: Annotated[
        tuple[Literal["pupils", "parents", "colleagues", "public", "others"], ...] | None,
        Ask("policy.sent_to", "reporter_of_it", gettext_noop("for whom it is meant")),
    ] = None
    tool: Annotated[Name | None, Ask("policy.tool", "reporter_of_it", gettext_noop("which tool it is"))] = (
        None
    )
    tool_kind: Annotated[ToolKind | None, Ask("policy.tool", "reporter_of_it")] = None
    alike: Annotated[
        Tri,
        Ask(
            "policy.alike",
            "reporter_of_it",
            gettext_noop("whether people put things there that others see"),
            gettext_noop("Do people put things there that others see?"),
        ),
    ] = None
    listed: Tri = None
    use: Annotated[
        Literal["business", "personal"] | None,
        Ask(
            "policy.use_of_tool",
            "reporter_of_it",
            gettext_noop("whether it is for work or private"),
            gettext_noop("Is it used for work or privately?"),
        ),
    ] = None
    principle: Name | None = None
    breaks_in_person: tuple[Name, ...] = ()
    in_working_hours: Tri = None
    place: Literal["school", "elsewhere"] | None = None
    device: Literal["own", "school"] | None = None

    @derived("policy.represents", "reporter_of_it")
    def speaks_for_school(self, _facts: Facts) -> Literal["direct", "indirect", "none"] | None:
        """Whether it speaks for the school; nobody is asked that of what is official anyway."""
        return self.represents or ("none" if self.markers else None)

    @derived("policy.private_account", "reporter_of_it")
    def sent_privately(self, _facts: Facts) -> bool | None:
        """Whether it comes from a private account; nobody is asked that of what is official anyway."""
        return self.private if self.private is not None else False if self.markers else None

    @derived("ground.associates", "reporter_of_it")
    def grounds(self, _facts: Facts) -> tuple[Ground, ...]:
        """What is known to bring a private post under the policy."""
        said: dict[Ground, bool | None] = {
            "ground.associates": self.associates,
            "ground.impacts": self.impacts,
        }
        return tuple(ground for ground, answer in said.items() if answer)

    @derived("policy.tool", "reporter_of_it")
    def tool_name(self, _facts: Facts) -> Folded | None:
        """The service by name; no name where only its kind is known."""
        return self.tool.casefold() if self.tool else None if self.tool_kind is None else ""

    @derived("policy.tool", "reporter_of_it")
    def kind_of_tool(self, _facts: Facts) -> ToolKind | None:
        """The kind of service; another where only its name is known."""
        return self.tool_kind or ("other" if self.tool else None)

    @derived("policy.alike", "reporter_of_it")
    def seen_by_others(self, _facts: Facts) -> bool | None:
        """Whether people put things there that others see: told, or in the nature of that kind of tool."""
        if self.alike is not None or self.tool_kind in (None, "website", "other"):
            return self.alike
        return True

    @derived("policy.use_of_tool", "reporter_of_it")
    def use_told(self, _facts: Facts) -> Literal["business", "personal", "either"]:
        """What it is used for; either where nobody says."""
        return self.use or "either"


POLICY_COVERS = Situation(
    key="policy.covers",
    title=gettext_noop("Is this covered by the policy?"),
    facts=PolicyCovers,
    points=points(
        """
        speaks_for professional_use private_post message_to_pupils tool_covered virtual_world
        use_covered other_parts offline_too
        """
    ),
)
