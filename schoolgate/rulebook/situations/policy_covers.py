"""Is this covered by the policy: a message, a post, a tool, a use?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Name, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

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


class PolicyCovers(Facts):
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

    by: Person | None = None
    markers: (
        tuple[
            Literal[
                "official_channel", "federation_account", "school_account", "federation_name", "school_name"
            ],
            ...,
        ]
        | None
    ) = None
    represents: Literal["direct", "indirect", "none"] | None = None
    private: Tri = None
    refers: Tri = None
    refers_to: tuple[Literal["federation", "school"], ...] | None = None
    associates: Tri = None
    impacts: Tri = None
    harms_standards: Tri = None
    to: tuple[Literal["pupils", "parents", "colleagues", "public", "others"], ...] | None = None
    tool: Name | None = None
    tool_kind: ToolKind | None = None
    alike: Tri = None
    listed: Tri = None
    use: Literal["business", "personal"] | None = None
    principle: Name | None = None
    breaks_in_person: tuple[Name, ...] = ()
    in_working_hours: Tri = None
    place: Literal["school", "elsewhere"] | None = None
    device: Literal["own", "school"] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose message or use it is."""
        return self.by


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
