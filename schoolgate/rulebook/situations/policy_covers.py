"""Is this covered by the policy: a message, a post, a tool, a use?"""

from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import Act, Facts, Folded, Name, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment

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


@moment(
    "policy.covers",
    _("Is this covered by the policy?"),
    """speaks_for professional_use private_post message_to_pupils tool_covered virtual_world use_covered
    other_parts offline_too""",
    asks=Asks.MATTER,
)
class PolicyCovers(Act, asked_of="reporter_of_it", prefix="policy."):
    """`markers`: empty where nothing makes it official. `refers`, `associates`, `impacts`: of what is
    private. `principle`: where one is asked about. `listed`: the program knows the tool.
    `breaks_in_person`: other policies that it would break if it were said or done in person; empty unless
    stated. `in_working_hours`, `place`, `device`: recorded as told; no rule asks for them."""

    markers: (
        tuple[
            Literal[
                "official_channel", "federation_account", "school_account", "federation_name", "school_name"
            ],
            ...,
        ]
        | None
    ) = fact(_("whether it uses an official channel, account or name"))
    represents: Literal["direct", "indirect", "none"] | None = fact(
        _("whether it speaks for the school, openly or by implication")
    )
    private: Tri = fact(
        _("whether it comes from a private account"),
        _("Is it sent from a private account?"),
        need="policy.private_account",
    )
    refers: Tri = fact(
        _("whether it mentions the school or federation, and affects it"),
        _("Does it mention the federation or one of its schools?"),
        need="ground.refers",
    )
    refers_to: tuple[Literal["federation", "school"], ...] | None = fact(
        _("whether it mentions the federation or one of its schools"), _("Which does it mention?")
    )
    associates: Tri = fact(
        _("links itself to the school or federation"),
        _("Does it connect itself with the school?"),
        need="ground.associates",
    )
    impacts: Tri = fact(
        _("affects the school or federation"),
        _("Does it affect the school?"),
        need="ground.impacts",
    )
    harms_standards: Tri = fact(
        _("whether it may damage professional standards"), _("Could it damage professional standards?")
    )
    to: tuple[Literal["pupils", "parents", "colleagues", "public", "others"], ...] | None = fact(
        _("who it is meant for"), need="policy.sent_to"
    )
    tool: Name | None = fact(_("which tool it is"))
    tool_kind: ToolKind | None = fact(need="policy.tool")
    alike: Tri = fact(
        _("whether people post things there that others can see"),
        _("Do people post things there for others to see?"),
    )
    listed: Tri = Field(None, description=_("whether Schoolgate knows the tool"))
    use: Literal["business", "personal"] | None = fact(
        _("whether it is for work or private"),
        _("Is it used for work or privately?"),
        need="policy.use_of_tool",
    )
    principle: Name | None = Field(None, description=_("which principle it is about"))
    breaks_in_person: tuple[Name, ...] = Field((), description=_("policies that this would break in person"))
    in_working_hours: Tri = Field(None, description=_("whether this happened in working hours"))
    place: Literal["school", "elsewhere"] | None = Field(None, description=_("where it happened"))
    device: Literal["own", "school"] | None = Field(None, description=_("whose device was used"))

    @derived("policy.represents")
    def speaks_for_school(self, _facts: Facts) -> Literal["direct", "indirect", "none"] | None:
        """Whether it speaks for the school; not asked about official use."""
        return self.represents or ("none" if self.markers else None)

    @derived("policy.private_account")
    def sent_privately(self, _facts: Facts) -> bool | None:
        """Whether it comes from a private account; not asked about official use."""
        return self.private if self.private is not None else False if self.markers else None

    @derived("ground.associates")
    def grounds(self, _facts: Facts) -> tuple[Ground, ...]:
        """The known grounds that bring a private post under the policy."""
        said: dict[Ground, bool | None] = {
            "ground.associates": self.associates,
            "ground.impacts": self.impacts,
        }
        return tuple(ground for ground, answer in said.items() if answer)

    @derived("policy.tool")
    def tool_name(self, _facts: Facts) -> Folded | None:
        """The service by name; no name where only its kind is known."""
        return self.tool.casefold() if self.tool else None if self.tool_kind is None else ""

    @derived("policy.tool")
    def kind_of_tool(self, _facts: Facts) -> ToolKind | None:
        """The kind of service; another where only its name is known."""
        return self.tool_kind or ("other" if self.tool else None)

    @derived("policy.alike")
    def seen_by_others(self, _facts: Facts) -> bool | None:
        """Whether people put things there that others see: told, or in the nature of that kind of tool."""
        if self.alike is not None or self.tool_kind in (None, "website", "other"):
            return self.alike
        return True

    @derived("policy.use_of_tool")
    def use_told(self, _facts: Facts) -> Literal["business", "personal", "either"]:
        """What it is used for; either where not stated."""
        return self.use or "either"
