"""When a post needs somebody's approval and whose, whom it has to suit, and what its author has to say of
it."""

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    forbids,
    met,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.facts import Attested, Given
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.post_publish import PostPublish


def approved_by(approvals: Iterable[Given], roles: Iterable[str], author: str) -> bool | None:
    """Whether somebody other than the author, in one of these roles, approved it as it stands; None: not
    known."""
    wanted = frozenset(roles)
    answers = [
        one.of_this_version
        for one in approvals
        if one.by != author and not wanted.isdisjoint(one.roles) and one.of_this_version is not False
    ]
    if True in answers:
        return True
    return None if answers else False


class Approval(Control):
    """Does this post need the approval of a role, and is it there?

    Settings: `roles` - one is enough, never the author; `trigger` - of which posts the clause speaks (None:
    of all); `hosting` - of sites hosted where (None: anywhere). Where the content of the site was approved
    once, it may turn on the policy's words whether each post needs it again."""

    key = "post.approval"
    listens_to = ("post.publish",)
    points = ("approval",)

    class Settings(NoSettings):
        roles: tuple[str, ...]
        trigger: Literal["may be controversial"] | None
        hosting: Literal["school", "third party"] | None

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        applies = self._applies(facts, settings)
        if isinstance(applies, Said):
            yield applies
        elif not applies:
            return
        elif facts.approvals is None or facts.author is None:
            yield unknown("approvals" if facts.approvals is None else "post_author", "office")
        else:
            approved = approved_by(facts.approvals, settings.roles, facts.author.key)
            if approved:
                yield met("post.approved_by", roles=settings.roles)
            elif approved is None:
                yield unknown("approved_as_it_stands", settings.roles[0])
            else:
                yield requires(
                    "post.needs_approval",
                    Need("approval", settings.roles[0]),
                    turns=facts.account.content_approved_once is True,
                    roles=settings.roles,
                )

    @staticmethod
    def _applies(facts: PostPublish, settings: Settings) -> bool | Said:
        if settings.hosting is not None:
            if facts.account.hosting is None:
                return unknown("host", "office")
            if facts.account.hosting.replace("_", " ") != settings.hosting:
                return False
        if settings.trigger is not None:
            if facts.may_be_controversial is None:
                return unknown("may_be_controversial", "author")
            return facts.may_be_controversial
        return True


Question = Literal[
    "suitable_for_children",
    "suitable_for_any_reader",
    "suits_ages",
    "professional",
    "confidentiality_kept",
    "privacy_kept",
]


class Asked(Control):
    """Has somebody answered this question about the post as it stands, and with yes?

    Settings: `question` - which; `only_if` - of which posts it is asked (None: of all). The answer "no" stops
    it."""

    key = "post.asked"
    version = 2
    listens_to = ("post.publish",)
    points: ClassVar[tuple[str, ...]] = (
        "suitable_for_children", "suitable_for_any_reader", "suits_ages", "professional",
        "confidentiality_asked",
        "privacy_asked",
    )  # fmt: skip
    plumbing = frozenset({"question", "only_if"})
    attested = True

    class Settings(NoSettings):
        question: Question
        only_if: Literal["pupils_may_read", "ages_known", "tells_success_or_news"] | None

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        applies = self._applies(facts, settings)
        if applies is None:
            fact = "pupils_may_read" if settings.only_if == "ages_known" else settings.only_if or ""
            yield unknown(fact, "office" if fact == "pupils_may_read" else "author")
        elif applies:
            given: Attested | None = getattr(facts, settings.question)
            answer = standing_answer(given)
            if answer is None:
                yield requires("post.not_answered", Need(settings.question, "author"), what=settings.question)
            elif answer:
                yield met("post.answered_yes", what=settings.question)
            else:
                yield forbids("post.answered_no", what=settings.question)

    @staticmethod
    def _applies(facts: PostPublish, settings: Settings) -> bool | None:
        if settings.only_if == "pupils_may_read":
            return facts.account.pupils_may_read
        if settings.only_if == "ages_known":
            return True if facts.account.youngest_pupil is not None else facts.account.pupils_may_read
        if settings.only_if == "tells_success_or_news":
            return facts.tells_success_or_news
        return True


class OfSchool(Asked):
    """The same question, asked only on the accounts of one school. Settings: also `school`."""

    key = "post.asked_at_school"
    version = 3
    points = ("confidentiality_asked", "privacy_asked")

    class Settings(Asked.Settings):
        school: str

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:  # type: ignore[override]
        if facts.account.school is None:
            if self._applies(facts, settings) is not False:
                yield unknown("school", "office")
        elif facts.account.school == settings.school:
            yield from super().judge(facts, settings)


class Purpose(Control):
    """Has a purpose from the school's own list been picked?"""

    key = "post.purpose"
    listens_to = ("post.publish",)
    points = ("purpose",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        if facts.purpose:
            yield met("post.purpose_given")
        else:
            yield requires("post.no_purpose", Need("purpose", "author"))


class OwnAffairs(Control):
    """Is the post about its own school, and not about another one?"""

    key = "post.own_affairs"
    version = 2
    listens_to = ("post.publish",)
    points = ("own_affairs",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        match facts.subject_school:
            case None:
                yield unknown("subject_school", "author")
            case "own":
                yield met("post.own_affairs")
            case "another":
                yield forbids("post.other_schools_affairs")


class AuthorShown(Control):
    """Can readers tell who has posted?

    Settings: `places` - where it may be said; one is enough.
    """

    key = "post.author_shown"
    listens_to = ("post.publish",)
    points = ("author_shown",)

    class Settings(NoSettings):
        places: tuple[Literal["post", "account"], ...]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        found = {"post": facts.signed, "account": facts.account.says_who_runs_it}
        answers = [found[place] for place in settings.places]
        if True in answers:
            yield met("post.author_shown")
        elif None in answers:
            yield unknown("signed", "author")
        else:
            yield requires("post.author_not_shown", Need("signed", "author"))


class AuthorNamed(Control):
    """Does whoever posts say who they are?"""

    key = "post.author_named"
    listens_to = ("post.publish",)
    points = ("author_shown",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        if facts.signed is None:
            yield unknown("signed", "author")
        elif facts.signed:
            yield met("post.author_shown")
        else:
            yield requires("post.author_not_shown", Need("signed", "author"))


class AuthorPosition(Control):
    """Does it or the author's profile say what post they hold?"""

    key = "post.author_position"
    listens_to = ("post.publish",)
    points = ("author_position",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        if facts.author_position is None:
            yield unknown("author_position", "author")
        elif facts.author_position:
            yield met()
        else:
            yield requires("post.no_position", Need("author_position", "author"))


class Disclaimer(Control):
    """Does a personal view come with a disclaimer?"""

    key = "post.disclaimer"
    listens_to = ("post.publish",)
    points = ("disclaimer",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        if facts.personal_view is None:
            yield unknown("personal_view", "author")
        elif not facts.personal_view:
            return
        elif facts.disclaimer is None:
            yield unknown("disclaimer", "author")
        elif facts.disclaimer:
            yield met()
        else:
            yield requires("post.no_disclaimer", Need("disclaimer", "author"))


class Doubt(Control):
    """Where the author is unsure, has the role that has to be asked answered?

    Settings: `about` - the post or the rights in it; `role` - who is asked.
    """

    key = "post.doubt"
    version = 2
    listens_to = ("post.publish",)
    points = ("doubt", "rights_doubt")
    plumbing = frozenset({"about"})

    class Settings(NoSettings):
        about: Literal["post", "rights"]
        role: str

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        unsure = facts.author_in_doubt if settings.about == "post" else facts.rights_in_doubt
        if unsure is False:
            return
        if unsure is None:
            yield unknown("author_in_doubt" if settings.about == "post" else "rights_in_doubt", "author")
        elif facts.approvals is None or facts.author is None:
            yield unknown("approvals" if facts.approvals is None else "post_author", "office")
        elif approved_by(facts.approvals, (settings.role,), facts.author.key):
            yield met("post.doubt_settled", role=settings.role)
        else:
            yield requires("post.in_doubt", Need("answer", settings.role), role=settings.role)


class Authority(Control):
    """Has the author authority for speaking for the school in this way? Settings: `kind`."""

    key = "post.authority"
    listens_to = ("post.publish",)
    points = ("authority",)

    class Settings(NoSettings):
        kind: Literal["disclose information", "make commitments"]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        if facts.speaks_as is None:
            yield unknown("speaks_as", "author")
        elif settings.kind not in facts.speaks_as:
            return
        elif facts.authorities is None:
            yield unknown("authority", "office")
        elif any(settings.kind in one.covers for one in facts.authorities):
            yield met("post.authority", kind=settings.kind)
        else:
            yield requires("post.no_authority", Need("authority", "office"), kind=settings.kind)


class Partner(Control):
    """Where an outside body is mentioned, is its permission there?

    Settings: `permission` - "written", or None where any form will do."""

    key = "post.partner"
    version = 2
    listens_to = ("post.publish",)
    points = ("partner",)

    class Settings(NoSettings):
        permission: Literal["written"] | None

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        if facts.names_partner is None:
            yield unknown("names_partner", "author")
        elif not facts.names_partner:
            return
        elif facts.partner_permission is None:
            yield unknown("partner_permission", "author")
        elif not facts.partner_permission:
            yield requires("post.partner_not_asked", Need("partner_permission", "author"), turns=False)
        elif settings.permission is None or facts.partner_permission_written:
            yield met()
        elif facts.partner_permission_written is None:
            yield unknown("partner_permission_written", "author")
        else:
            yield requires("post.partner_not_in_writing", Need("written_permission", "author"))


class KnowsSafeguarding(Control):
    """Does the author know the safeguarding procedure as it stands now?"""

    key = "post.knows_safeguarding"
    listens_to = ("post.publish",)
    points = ("safeguarding_known",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        if facts.knows_safeguarding is None:
            yield unknown("knows_safeguarding", "author")
        elif facts.knows_safeguarding:
            yield met()
        else:
            yield requires("post.safeguarding_not_confirmed", Need("knows_safeguarding", "author"))
