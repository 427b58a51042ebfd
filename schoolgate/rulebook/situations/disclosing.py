"""Passing on what belongs to others: records, permissions, rights."""

from typing import ClassVar, Literal

from pydantic import Field

from schoolgate.rulebook.facts import Act, Facts, Given, Instant, Name, Person, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment

Space = Literal["public", "closed group", "private message"]


@moment(
    "sharing.considered",
    _("Sharing something on a social network"),
    "data_protection information_requests further_laws private_spaces",
    asks=Asks.MATTER,
)
class SharingConsidered(Act):
    """`further_laws`: laws that the federation added to those which its policy names, by their titles."""

    space: Space | None = Field(None, description=_("where it was shared"))
    further_laws: tuple[Name, ...] = Field((), description=_("other laws that the federation added"))


@moment(
    "record.disclose", _("Asking to see stored information"), "within_reach private_spaces", asks=Asks.ACT
)
class RecordDisclose(Facts, asked_of="whoever_asks"):
    """`under`: the law behind the request. `shared_by_staff`: it was shared on a social network by staff.
    `space`: where it is."""

    under: Literal["data protection", "freedom of information", "other"] | None = fact(
        _("the law the request is made under"),
        _("Which law is the request made under?"),
        need="request_under",
    )
    shared_by_staff: Tri = fact(
        _("whether staff shared it on a social network"),
        _("Did staff share it on a social network?"),
        of="office",
    )
    space: Space | None = Field(None, description=_("where it was shared"))


ASKER = "whoever_asks"


@moment(
    "permission.counts",
    _("Does a permission count?"),
    "permission_counts permission_medium",
    asks=Asks.MATTER,
)
class PermissionCounts(Act, asked_of=ASKER):
    """`given`: None where it is not known; `none_given`: there is none. `used_at`: when the thing is, or was,
    used."""

    given: Given | None = fact(need="permission")
    none_given: bool = Field(False, description=_("whether no permission was given"))
    used_at: Instant | None = Field(None, description=_("when the permission is or was used"))
    medium: Literal["internet", "written documentation", "spoken word"] | None = fact(
        _("where it is used"), _("Where is it used?")
    )
    several_schools: Tri = fact(_("whether it involves several schools"), default=False)

    @derived("permission_written", _("whether the permission is in writing"))
    def in_writing(self, _facts: Facts) -> bool | None:
        """Whether the permission was given in writing."""
        return self.given.written if self.given is not None else None

    @derived("permission_when", _("the times permission was given and used"))
    def given_before_use(self, _facts: Facts) -> bool | None:
        """Whether the permission was given by the time of the use."""
        if self.given is None or self.given.at is None or self.used_at is None:
            return None
        return self.given.at <= self.used_at


class Advice(Given, asked_of="office"):
    """An answer to the question."""

    of_this_version: Tri = fact(
        _("whether the answer is about this version of the post"), need="advisers_answer_of_this"
    )


@moment("rights.question", _("Settling a question about rights"), "rights_advice", asks=Asks.DUTY)
class RightsQuestion(Act, asked_of="office"):
    """`by`: who is about to release it. `answers`: other people's answers to the question, about this
    version of the post or not, each with who gave it in which role."""

    version: ClassVar[int] = 1

    by: Person | None = fact(_("who decides"), need="decider")
    answers: tuple[Advice, ...] | None = fact(
        _("an answer to the question about rights"), need="advisers_answer"
    )
