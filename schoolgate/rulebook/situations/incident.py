"""What is known of an incident: kinds and parts, never what was said and never a name.

One event can be of several kinds at once. Of a child only the kind of its part is told."""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Day, Instant, Name, Part, Person, Roles, Tri

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
"""What somebody says it is. "unsure": whoever runs an account would like advice. "misuse": social media used
against the policy. "account_abuse": an official account in the wrong hands, or used for wrong ends."""

ChildPart = Literal[
    "sent_to_own_account",
    "improper_communication",
    "discloses_information",
    "displays_behaviour",
    "exposed_to_information",
    "exposed_to_behaviour",
]
"""What a child has to do with it: wrote to an adult's own account, is party to improper communication, told
or did something that worries, was shown or met with something that worries."""

Body = Literal[
    "police", "ceop", "local_authority", "data_protection_authority", "network", "health_service", "other"
]
"""A body outside the school."""

Harmed = Literal[
    "staff",
    "governor",
    "friend",
    "volunteer",
    "parent",
    "child",
    "young_person",
    "vulnerable_adult",
    "other",
]
"""Who was harmed, by group."""


class Told(Part):
    """Somebody who was told, with the policy's own roles that they hold, or a body outside the school.

    `at`: when it was sent; `read`: whether they have opened it (None: not known), `read_at`: when."""

    key: Name | None = None
    roles: Roles = ()
    body: Body | None = None
    at: Instant | None = None
    read: Tri = None
    read_at: Instant | None = None


class CalledFor(Part):
    """Whom an assessment finds the incident to call for, and whether they were brought in."""

    who: Literal["colleague", "outside_body"]
    key: Name
    brought_in: Tri = None


class LinkedPolicy(Part):
    """Another policy that bears on it. `version`: the one in force on the day, kept with the case."""

    name: Name
    version: Name | None = None


class Step(Part):
    """Something that was done to keep the harm small."""

    what: Literal["removal", "access_withdrawn", "data_protection_lead_told", "statement", "other"]
    by: Name
    at: Instant


class HelpAsked(Part):
    """Something that a person under suspicion was asked for, by a day (None: no day was given)."""

    what: Literal["statement", "content", "export"]
    by_day: Day | None = None
    given: Tri = None


class AccessAsked(Part):
    """Somebody wants a password or login details. `account`: a person's own, or one of the school's list.

    `bears_on_it`: whether it has to do with the investigation."""

    what: Literal["password", "login_details"]
    account: Literal["private", "registered"] | None = None
    bears_on_it: Tri = None


class Investigation(Part):
    """How far an investigation is. `lead`: who investigates (None: nobody named yet)."""

    lead: Person | None = None
    findings_written: Tri = None
    ended: Tri = None


class Escalation(Part):
    """The answer to the question whether it goes further up: to which roles, or not, and why."""

    to: Roles = ()
    reason_given: Tri = None


class Action(Part):
    """What was done after a breach."""

    what: Literal["reminder", "training", "removal", "access_withdrawn", "discipline", "other"]
    by: Name
    on: Day | None = None


class Agency(Part):
    """An outside body that may have to hear of it, and what was decided about that (None: nothing yet)."""

    body: Body
    answer: Literal["reported", "not_relevant"] | None = None


class Discipline(Part):
    """What is entered as the disciplinary outcome. `by`: the person who decided it; `reasons`: written."""

    outcome: Literal["none", "disciplinary_action", "dismissal"]
    by: Person | None = None
    reasons: Tri = None


class Judgement(Part):
    """Somebody's answer to the question whether what was written or done is of this kind."""

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
    ]
    answer: Attested


class AgainstPolicy(Part):
    """Somebody's answer to the question whether it goes against another policy, and that policy's version in
    force on the day of what was done."""

    policy: Name
    answer: Attested
    version: Name | None = None
