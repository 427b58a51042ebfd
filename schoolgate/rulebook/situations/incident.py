"""What is known of an incident: kinds and parts, never what was said and never a name.

One event can be of several kinds at once. Of a child only the kind of its part is recorded."""

from typing import Annotated, Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Ask,
    Attested,
    Day,
    Facts,
    Instant,
    Name,
    Part,
    Person,
    Roles,
    Tri,
    derived,
    fact,
)
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _

IncidentKind = Literal[
    "worry",
    "unsure",
    "mistake",
    "misuse",
    "account_abuse",
    "abuse",
    "pestered",
    "targeted",
    "defamatory",
    "discriminatory",
    "offensive",
    "harassing",
    "data_protection_breach",
    "confidentiality_breach",
    "copyright_breach",
]
"""The reporter's description. "unsure": a person who runs an account would like advice. "misuse": social
media used against the policy. "account_abuse": an official account in the wrong hands, or used for wrong
ends."""

ChildPart = Literal[
    "sent_to_own_account",
    "improper_communication",
    "discloses_information",
    "displays_behaviour",
    "exposed_to_information",
    "exposed_to_behaviour",
]
"""A child's part in it: wrote to an adult's own account, is party to improper communication, told or did
something worrying, was shown or met with something worrying."""

Body = Literal[
    "police", "ceop", "local_authority", "data_protection_authority", "network", "health_service", "other"
]
"""A body outside the school."""

Harmed = Literal[
    "staff", "governor", "friend", "volunteer", "parent", "child", "young_person", "vulnerable_adult", "other"
]
"""Who was harmed, by group."""


class PersonTold(Part, asked_of="incident.handler"):
    """A person who was told, with the policy's own roles that they hold, or a body outside the school.
    `at`: when it was sent; `read`: whether they have opened it."""

    key: Name | None = Field(None, description=_("which person it is"))
    roles: Roles = ()
    body: Body | None = Field(None, description=_("which outside body this is"))
    at: Instant | None = Field(None, description=_("when they were told"))
    read: Tri = Field(None, description=_("whether they have opened the report"))
    read_at: Instant | None = Field(None, description=_("when they opened the report"))

    @derived("incident.told", label=_("which outside body was told"))
    def outside(self, _facts: Facts) -> Body | Literal["none"]:
        """Which body outside the school this is."""
        return self.body or "none"


class CalledFor(Part, asked_of="incident.assessor"):
    """A person or body that the assessment calls for, and whether they were involved."""

    who: Literal["colleague", "outside_body"] = Field(
        description=_("whether this is a colleague or an outside body")
    )
    key: Name = Field(description=_("which person or body it is"))
    brought_in: Tri = fact(
        _("whether they are involved"), _("Are they involved now?"), need="incident.was_brought_in"
    )


class LinkedPolicy(Part, asked_of="incident.assessor"):
    """Another policy that bears on it. `version`: the one in force on the day, saved with the case."""

    name: Name = Field(description=_("which policy it is"))
    version: Name | None = fact(need="incident.policy_version")


class Step(Part):
    """A step taken to limit the harm."""

    what: Literal["removal", "access_withdrawn", "data_protection_lead_told", "statement", "other"] = Field(
        description=_("what was done")
    )
    by: Name = Field(description=_("who did it"))
    at: Instant = Field(description=_("when it was done"))


class HelpAsked(Part, asked_of="office"):
    """Something that a person under suspicion was asked for, by a day (None: no day was given)."""

    what: Literal["statement", "content", "export"] = Field(description=_("what was asked for"))
    by_day: Day | None = fact(need="day")
    given: Tri = fact(
        _("whether the person provided this"),
        _("Did they provide it?"),
        need="incident.help_given",
        of="incident.handler",
    )

    @derived("day", label=_("the day by which it was needed"))
    def due(self, _facts: Facts) -> Due:
        """The day by which it was asked for."""
        return Due(day=self.by_day)

    @derived("day", label=_("whether the day it was needed by has passed"))
    def day_passed(self, facts: Facts) -> bool | None:
        """Whether the day by which it was asked for has passed, if any was given."""
        if self.by_day is None:
            return False
        return facts.day > self.by_day if facts.day is not None else None


class AccessAsked(Part, asked_of="incident.handler"):
    """A request for a password or login details. `account`: a person's own, or one of the school's list."""

    what: Literal["password", "login_details"]
    account: Literal["private", "registered"] | None = fact(
        "", _("Whose account is it?"), need="incident.whose_account"
    )
    bears_on_it: Tri = fact(
        _("whether this is relevant to the investigation"),
        _("Is it relevant to the investigation?"),
        need="incident.bears_on_it",
    )


class Investigation(Part, asked_of="incident.handler"):
    """How far an investigation is. `lead`: who investigates (None: not named yet)."""

    lead: Person | None = fact(need="incident.lead")
    findings_written: Tri = fact(
        _("a written account of the result"), _("Is the result written down?"), need="incident.findings"
    )
    ended: Tri = fact(
        _("the end of the investigation"), _("Has the investigation ended?"), need="incident.end"
    )


class Escalation(Part):
    """The answer to the question whether it goes further up: to which roles, or not, and why."""

    to: Roles = ()
    reason_given: Tri = None


class Action(Part):
    """An action taken after a breach."""

    what: Literal["reminder", "training", "removal", "access_withdrawn", "discipline", "other"] = Field(
        description=_("what was done")
    )
    by: Name = Field(description=_("who did it"))
    on: Day | None = Field(None, description=_("the day it was done"))


class Agency(Part, asked_of="incident.handler"):
    """An outside body that may have to be told, and the decision about that (None: nothing yet)."""

    body: Body = Field(description=_("which outside body this is"))
    answer: Literal["reported", "not_relevant"] | None = fact(
        _("whether this body has been told or is not concerned"), need="incident.agency_answer"
    )


class Discipline(Part, asked_of="incident.handler"):
    """The disciplinary outcome entered. `by`: the person who decided it; `reasons`: written."""

    outcome: Literal["none", "disciplinary_action", "dismissal"]
    by: Person | None = fact(
        _("a disciplinary decision by a named person"),
        _("Who decided?"),
        need="incident.discipline_decided",
    )
    reasons: Tri = fact(
        _("the reasons, in writing"), _("Are the reasons written down?"), need="incident.reasons"
    )


class Judgement(Part):
    """A person's answer to the question whether what was written or done is of this kind."""

    what: Literal[
        "threatening",
        "inappropriate",
        "defamatory_comment",
        "bullying",
        "harassing",
        "discriminating",
        "attack",
        "abuse",
        "discuss",
        "undermine",
        "pestered",
        "targeted",
    ] = Field(description=_("what was found"))
    answer: Annotated[Attested, Ask("conduct.judged", "incident.handler")]


class AgainstPolicy(Part, asked_of="incident.handler"):
    """A person's answer to the question whether it goes against another policy, and that policy's version
    in force on the day of what was done."""

    policy: Name = Field(description=_("which policy it is"))
    answer: Annotated[Attested, Ask("conduct.judged", "incident.handler")]
    version: Name | None = fact(
        _("the version of that policy in force on the day"), need="incident.policy_version"
    )


def found_unacceptable(answer: Attested | None) -> bool | None:
    """Return whether it was found unacceptable conduct of another kind than those that a policy lists: no
    as long as no one was asked; None where it changed since the finding."""
    if answer is None:
        return False
    return answer.answer if answer.of_this_version is True else None
