"""What comes in from outside: comments, questions, complaints, the press. Is an answer owed, may it go out,
and what must be looked at or removed?"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar, Literal, get_args

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Ask,
    Attested,
    Day,
    Facts,
    Given,
    Instant,
    Name,
    Part,
    Person,
    Relation,
    Roles,
    Text,
    Tri,
    Whole,
    derived,
    fact,
)
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.networks import Network
from schoolgate.rulebook.situations.times import (
    AtLeastOne,
    ChosenTime,
    Weekday,
    by_calendar,
    is_evening,
    is_in_holidays,
    weekday_of,
)
from schoolgate.rulebook.working_time import (
    Calendar,
    DaysThatCount,
    after_hours,
    in_utc,
    is_past,
    local_day,
    next_working_day,
)

# Journalists, news and promotion.


def in_writing(advice: tuple[Given, ...] | None) -> tuple[Given, ...] | None:
    """What of it is in writing and names the text that is about to be sent."""
    return None if advice is None else tuple(one for one in advice if one.written and one.of_this_version)


@moment(
    "media.enquiry",
    _("Contact from a journalist"),
    "pass_on answer request_for_comment media_policy",
    asks=Asks.ACT,
)
class MediaEnquiry(Act, asked_of="moderator"):
    """`passed_to`: roles that already have the enquiry. `advice`: its `written` and `of_this_version` (naming
    the text about to be sent) tell its kind."""

    by: Person | None = fact(need="writer", of="office")
    act: Literal["pass_on", "answer"] | None = fact(
        _("whether you will answer the enquiry or pass it on"), need="media_act", of="writer"
    )
    received_at: Instant | None = fact(need="item_received_at")
    from_press: Tri = fact()
    about_posts: Tri = fact(_("whether the enquiry is about posts"), _("Is it about what was posted?"))
    asks_for_comment: Tri = fact(_("whether they ask for a comment for publication"))
    passed_to: Roles | None = fact(_("who the enquiry was passed on to"), of="writer")
    advice: tuple[Given, ...] | None = Field(None, description=_("the advice on the reply"))
    media_policy_steps: Attested | None = fact(
        _("the steps of the media policy"), of="writer", say="media.policy_first"
    )

    @derived("press_advice", of="office")
    def advice_on_record(self, _facts: Facts) -> tuple[Given, ...] | None:
        """Advice and approval for an answer to the press."""
        return self.advice

    @derived("written_approval", of="office")
    def written_advice(self, _facts: Facts) -> tuple[Given, ...] | None:
        """That of it which is in writing and names this text."""
        return in_writing(self.advice)


@moment("media.expected", _("A site or post that may attract the press"), "press_expected", asks=Asks.DUTY)
class MediaExpected(Act):
    """`by` makes it. `what`: a site or content. `may_be_controversial`: marked so by a person."""

    what: Literal["site", "content"] | None = Field(None, description=_("what it is about"))
    may_be_controversial: Tri = Field(None, description=_("whether the post may be controversial"))


@moment("news.pass_on", _("Something worth sharing"), "news_wanted", asks=Asks.DUTY)
class NewsPassOn(Act, asked_of="news_bringer"):
    """`by`: who knows of it; `school`: at which school it happened; `kind`: what it is."""

    version: ClassVar[int] = 1

    school: Name | None = fact()
    kind: Literal["success", "news", "interesting project", "other"] | None = fact(
        _("what kind of news it is"), need="news_kind"
    )


Canvassing = Literal[
    "commercial solicitation",
    "personal solicitation",
    "religious solicitation",
    "political solicitation",
    "promotion of unrelated outside organisation",
]


@moment("promotion.ask", _("Canvassing for something or promoting someone"), "canvassing", asks=Asks.ACT)
class PromotionAsk(Act, asked_of="promoter"):
    """`by` would post it or pass it on, on an account of the school, over its systems, or on an account of
    their own from home. `kind`: None where not stated."""

    version: ClassVar[int] = 1

    where: Literal["official_account", "school_systems", "own_account"] | None = fact(
        _("where it will be posted"), _("Where would it be?"), need="promotion_where"
    )
    kind: Canvassing | None = fact(
        _("what the post campaigns for, if anything"), _("What is it about?"), need="promotion_kind"
    )
    none_of_these: Tri = Field(None, description=_("whether it has none of these purposes"))
    linked_to_work: Tri = fact(
        _("whether this organisation is connected with the school’s work"),
        _("Is that organisation linked to the school’s work?"),
    )

    @derived("promotion_kind")
    def kind_meant(self, _facts: Facts) -> Canvassing | Literal["none"] | None:
        """What it is canvassing for; "none" where it is no canvassing and no promotion."""
        return "none" if self.none_of_these else self.kind


# Comments: judgments of other people's words, a person's own comment, a comment waiting for approval.


Fault = Literal[
    "against_terms",
    "against_house_rules",
    "against_trust_rules",
    "grossly_offensive",
    "endangers_young_person",
    "endangers_adult",
    "rude",
]


class Judged(Part):
    """A person's judgment, at an instant. `rule`: the key of the house rule that it is against.
    `of_this_version`: of the text as it is now (None: not known)."""

    what: Fault = Field(description=_("what was found"))
    by: Name = Field(description=_("who did it"))
    at: Instant = Field(description=_("when it was done"))
    rule: Name | None = Field(None, description=_("which house rule the comment breaks"))
    of_this_version: Tri = Field(None, description=_("whether this version was judged"))


def found_to_be(judged: Iterable[Judged] | None) -> tuple[Fault, ...] | None:
    """Return what people found the current text to be; None where no one has looked at this version."""
    found = standing(judged, get_args(Fault))
    return None if found is None else tuple(one.what for one in found)


def standing(judged: Iterable[Judged] | None, faults: Iterable[str]) -> list[Judged] | None:
    """Return the current judgments on these faults, earliest first; None where no one has looked at this
    version."""
    if judged is None:
        return None
    all_of_them = list(judged)
    of_now = [one for one in all_of_them if one.of_this_version is True]
    if all_of_them and not of_now:
        return None  # it was changed since
    wanted = frozenset(faults)
    return sorted((one for one in of_now if one.what in wanted), key=lambda one: one.at)


class PolicyLink(Part, asked_of="office"):
    """Another policy that sets conduct, linked from the house rules. `works`: the link leads to it."""

    policy: Name = Field(description=_("which policy it is"))
    works: Tri = fact(_("whether the link works"), need="link_leads_somewhere")


@moment("comment.write", _("Writing on an account"), "conduct_shown other_conduct_shown", asks=Asks.ACT)
class CommentWrite(Facts, asked_of="office"):
    """`other_policies`: empty where the house rules link none."""

    house_rules_shown: Tri = fact(
        _("whether the rules of conduct are shown"),
        _("Are rules of conduct shown where comments are written?"),
        need="conduct_rules_shown",
    )
    other_policies: tuple[PolicyLink, ...] | None = fact(_("which other policies are linked"))


@moment(
    "comment.admit",
    _("Approving a comment"),
    "let_through friends_let_through never_let_through",
    asks=Asks.ACT,
)
class CommentAdmit(Act, asked_of="moderator"):
    """`by` is about to let it through. `judged`: empty where nothing is against it, None where no one
    looked."""

    from_friend: Tri = fact(
        _("whether the comment is from a friend of the site"), _("Is it from a friend of the site?")
    )
    judged: tuple[Judged, ...] | None = fact(
        _("someone’s judgement of this version"), need="judged_by_person"
    )

    @derived("judged_by_person", label=_("what people found wrong with the comment"))
    def faults(self, _facts: Facts) -> tuple[Fault, ...] | None:
        """What the current text was found to be; None where no one has looked at this version."""
        if self.judged is None:
            return None
        of_now = tuple(one.what for one in self.judged if one.of_this_version is True)
        return of_now if of_now or not self.judged else None


# An item comes in from outside: a comment, a question, a complaint. Is an answer owed, and by when?


ItemKind = Literal["comment", "query", "complaint", "message", "mention", "other"]
"""The kind of item. "message" is a private message whose kind is not entered yet."""


class WorkingDayChoice(Part):
    """What the federation chose to count as a working day, where its policy does not say, and who chose."""

    counting: DaysThatCount = Field(description=_("which days count"))
    by: Name = Field(description=_("who chose it"))
    from_day: Day | None = Field(None, description=_("its first day"))


@moment(
    "item.received",
    _("Receiving a comment or message"),
    "reply_due what_counts removal_due report_due personal_details press",
    asks=Asks.DUTY,
)
class ItemReceived(Facts, asked_of="moderator"):
    """`received_at`: when it appeared on the network; `calendar`: None where the school's days are not
    entered. `working_day`: None where the federation has chosen nothing. `found_to_be`: beyond improper;
    empty where nothing of the kind, None where no one has looked."""

    received_at: Instant | None = fact(_("the time the comment arrived"), need="item_received_at")
    kind: ItemKind | None = fact(
        _("whether it is a comment, a query or a complaint"), _("What came in?"), need="item_kind"
    )
    channel: Literal["public", "private"] | None = Field(
        None, description=_("whether the comment is public or private")
    )
    network: Network | None = Field(None, description=_("which network it is on"))
    account_is_official: Tri = fact()
    from_relation: Relation | None = Field(
        None, description=_("how the comment’s author is connected with the school")
    )
    from_press: Tri = fact(_("whether the enquiry comes from the press"))
    improper: Tri = fact(_("whether the comment is improper"))
    improper_since: Instant | None = fact(_("when the comment was judged improper"))
    found_to_be: tuple[Literal["offensive", "defamatory", "libellous"], ...] | None = fact(
        _("whether it is offensive, defamatory or libellous")
    )
    contains_personal_details: Tri = fact(
        _("whether the comment contains identifying details"), need="personal_details"
    )
    answer_promised: Tri = fact(
        _("whether the comment’s author was promised a reply"), default=False, row=True
    )
    calendar: Calendar | None = Field(None, description=_("the school’s calendar"))
    working_day: WorkingDayChoice | None = Field(
        None, description=_("what the federation counts as a working day")
    )

    @derived("item_received_at", label=_("the day of the week the comment arrived"))
    def received_weekday(self, _facts: Facts) -> Weekday | None:
        """The day of the week on which it came in."""
        return None if self.received_at is None else weekday_of(local_day(self.received_at))

    @derived("day", of="office", label=_("whether the federation chose what a working day is"))
    def working_day_chosen(self, facts: Facts) -> bool:
        """Whether the federation chose what a working day is, and that counts on the day judged."""
        choice = self.working_day
        if choice is None or choice.from_day is None:
            return choice is not None
        return facts.day is not None and choice.from_day <= facts.day

    @derived("item_received_at", label=_("the next working day after the comment arrived"))
    def next_working_day(self, facts: Facts) -> date | Ask | None:
        """The first day after it came in that the federation counts as a working day."""
        received, choice = self.received_at, self.working_day
        if received is None or choice is None:
            return None
        return by_calendar(facts, lambda calendar: next_working_day(received, calendar, choice.counting))

    @derived("item_received_at", label=_("whether the next weekday may not be a working day"))
    def working_days_part(self, facts: Facts) -> bool | Ask | None:
        """Whether the next weekday that is no bank holiday is a working day in one sense, not in another."""
        received = self.received_at
        if received is None:
            return None

        def part(calendar: Calendar) -> bool:
            day = next_working_day(received, calendar, DaysThatCount.WEEKDAYS)
            return not all(calendar.counts(day, one) for one in DaysThatCount)

        return by_calendar(facts, part)

    @derived("item_kind", label=_("the type of comment"))
    def told_kind(self, _facts: Facts) -> ItemKind | None:
        """The kind of item. A private message has none until it is entered."""
        return None if self.kind == "message" else self.kind

    @derived("item_kind", label=_("whether it may be a private message"))
    def may_be_private(self, _facts: Facts) -> bool | None:
        """Whether it is a private message; where that is not on record, whether its kind lets it be one."""
        if self.channel is not None or self.kind == "message":
            return self.channel != "public"
        return None if self.kind is None else self.kind not in ("comment", "mention")


# A person is about to answer an item received. May this answer go out, from here, by this person?


@moment(
    "item.answer",
    _("Sending a reply"),
    """what_counts tone doubt response_process press request_for_comment private_to_pupil private_message
    open_to_pupil reply_hours replies_here from_personal_account commitment courtesy needless_argument""",
    house="own_approval",
    asks=Asks.ACT,
)
class ItemAnswer(Act, asked_of="writer"):
    """`approvals`: other people's, of this version. `acknowledges_only`: it confirms receipt and says no
    more. `authorities`: `covers` names it ("commitment"). `to_offensive`: what it answers was found
    offensive. `found_elsewhere`, `flagged_words`: no unless a person, or the school's list of rude words,
    says so. `own_replies`: how often this person was answered below this post already."""

    version: ClassVar[int] = 5

    by: Person | None = fact(_("who is writing the reply"), need="writer", of="office")
    received_at: Instant | None = Field(None, description=_("when the comment arrived"))
    kind: ItemKind | None = fact(question=_("What are you replying to?"), need="item_kind", of="moderator")
    reply_channel: Literal["public", "private"] | None = fact(
        _("whether everyone can see the reply"), _("Would your reply be public?")
    )
    from_account: Literal["official", "personal"] | None = fact(_("the account the reply is sent from"))
    account_kind: Literal["teaching", "school", "other"] | None = fact(
        _("the type of account the comment arrived on"),
        _("What kind of account is it?"),
        need="account_answered_from",
        of="office",
    )
    network: Network | None = fact(question=_("Which network is it on?"), need="network", of="office")
    to_relation: Relation | None = fact(
        _("who the reply goes to: a pupil, a parent or someone else"), _("Who wrote it?")
    )
    to_offensive: Tri = Field(None, description=_("whether the reply is to something offensive"))
    found_elsewhere: Tri = fact(
        _("whether it is on an official account or was found elsewhere"), of="moderator", default=False
    )
    response_process: Tri = fact(_("a process for responding to what others write"), of="moderator", row=True)
    about_school: Tri = fact(_("whether the reply is about school matters"))
    from_press: Tri = fact(of="moderator")
    about_posts: Tri = fact(of="moderator")
    asks_for_comment: Tri = fact(of="moderator")
    acknowledges_only: Tri = Field(None, description=_("whether the reply only acknowledges the comment"))
    in_doubt: Tri = fact(_("whether the author is in doubt"), _("Are you unsure about your reply?"))
    commits: Tri = fact(
        _("whether the reply promises something"), _("Does it promise something in the school’s name?")
    )
    authorities: tuple[Given, ...] | None = fact(
        _("authority to promise something"), need="commitment_authority", of="office"
    )
    approvals: tuple[Given, ...] | None = Field(None, description=_("approvals by others"))
    press_advice: tuple[Given, ...] | None = Field(None, description=_("advice for the press reply"))
    media_policy_steps: Attested | None = fact(say="media.policy_first")
    flagged_words: Tri = fact(_("whether the reply contains a word on the school’s list"), default=False)
    at_weekend: Tri = fact(_("whether it is Saturday or Sunday"), _("Would it be at a weekend?"), of="office")
    on_school_day: Tri = fact(_("whether it is a school day"), _("Would it be on a school day?"), of="office")
    time_of_day: Whole | None = fact(
        _("the time of day"),
        _("At what time would it be? Write 730 for 7.30am and 1800 for 6pm."),
        of="office",
    )
    own_replies: Whole | None = Field(None, description=_("our replies to this person"))

    @derived("time_of_day", of="office", label=_("whether it is evening or night (6pm to 7am)"))
    def in_the_evening(self, _facts: Facts) -> bool | None:
        """Whether it is evening or night."""
        return is_evening(self.time_of_day)

    @derived("on_school_day", of="office", label=_("whether it is a weekday in the school holidays"))
    def in_the_holidays(self, _facts: Facts) -> bool | None:
        """Whether it is a weekday without pupils."""
        return is_in_holidays(self.at_weekend, self.on_school_day)

    @derived("second_reading", _("a check by another person"), of="second_reader")
    def readers(self, _facts: Facts) -> int | None:
        """How many people have read it as it is, its writer included."""
        if self.by is None or self.approvals is None:
            return None
        return len({one.by for one in self.approvals if one.of_this_version} | {self.by.key})

    @derived(
        "second_reading",
        of="second_reader",
        label=_("whether someone else has read this version of the reply"),
    )
    def read_by_another(self, _facts: Facts) -> bool | None:
        """Whether a person other than its author has read this version."""
        number = self.readers(self)
        return None if number is None else number > 1

    @derived("writer", of="office", label=_("whether the reply’s author also approved it"))
    def approved_by_writer(self, _facts: Facts) -> bool | None:
        """Whether its own author approved it. With nothing stated, it is not approved yet."""
        if not self.approvals:
            return False
        return None if self.by is None else any(one.by == self.by.key for one in self.approvals)

    @derived("press_advice", _("advice or approval for a reply to the press"), of="office")
    def advice_on_record(self, _facts: Facts) -> tuple[Given, ...] | None:
        """Advice and approval for an answer to the press."""
        return self.press_advice

    @derived("written_approval", _("written approval of the exact text"), of="office")
    def written_advice(self, _facts: Facts) -> tuple[Given, ...] | None:
        """That of it which is in writing and names this text."""
        return in_writing(self.press_advice)

    @derived("own_replies", label=_("how many replies this person has had from us"))
    def answered_before(self, _facts: Facts) -> int:
        """How often this person is known to have been answered in this thread already."""
        return self.own_replies or 0


# A comment or message from outside is visible. Does anyone have to look at it, or to act, and by when?


Suspicion = Literal["bullying", "inappropriate", "personal_details", "slur", "rude"]
"""What a first reading took it for, by a program or a person. It is no judgment."""
StepTaken = Literal["hide", "delete", "block", "report", "no_action_because"]


class SeenBy(Part):
    """A person who opened it."""

    by: Name = Field(description=_("who did it"))
    at: Instant = Field(description=_("when it was done"))


class Taken(Part):
    """A step that was taken and logged. Leaving it as it is counts where it was logged with a reason."""

    what: StepTaken = Field(description=_("what was done"))
    by: Name = Field(description=_("who did it"))
    at: Instant = Field(description=_("when it was done"))


@moment(
    "item.look",
    _("Comments and posts by others, waiting to be checked"),
    """first_look acted_on abusive_conversation writer_unnamed kept_back_for_risk kept_back_for_abuse
    read_in_time taken_down_in_time stepped_in rudeness""",
    asks=Asks.DUTY,
)
class ItemLook(Facts, asked_of="moderator"):
    """`suspected`, `seen`, `taken`: empty where nothing and no one. `judged`: None where no one has looked.
    `from_friend`: of a friend of the site. `plan_hours`: within how many hours the site's own plan has its
    team step in (`plan_names_no_time`: it names none). `choices`: "read", "take_down", "take_down_friends"
    or "take_down_at_once"."""

    writer: Person | None = Field(None, description=_("who wrote it"))
    writer_named: Tri = fact(_("whether the author gives a real name"))
    account_is_official: Tri = fact(_("whether the comment reached an official account"))
    hosting: Literal["school", "third party"] | None = fact(
        _("who hosts the site"), need="who_hosts", of="office"
    )
    for_pupils: Tri = fact(_("whether it is made for pupils"), need="made_for_pupils")
    received_at: Instant | None = fact(need="item_received_at")
    stands: Tri = fact(_("whether others can read the comment"), need="stands_for_others")
    from_friend: Tri = fact()
    suspected: tuple[Suspicion, ...] | None = fact(_("what the first check showed"), need="first_reading")
    abusive: Tri = fact(_("whether the conversation has become abusive"), need="conversation_abusive")
    seen: tuple[SeenBy, ...] | None = fact(_("who has opened the comment"), need="seen_by")
    taken: tuple[Taken, ...] | None = fact(
        _("what was done about the breach"), need="steps_taken", of="account_team"
    )
    judged: tuple[Judged, ...] | None = Field(
        None, description=_("what the person who read the comment found")
    )
    reported_at: Instant | None = fact(_("when the comment was reported"))
    reported: Tri = fact(
        _("whether the comment was reported to those who run the site"), need="reported_to_team"
    )
    plan_hours: AtLeastOne | None = fact(_("the time in the site’s own plan"), of="site_author")
    plan_names_no_time: Tri = Field(None, description=_("whether the site’s plan leaves out a time"))
    choices: tuple[ChosenTime, ...] = Field((), description=_("times the federation chose"))
    calendar: Calendar | None = Field(None, description=_("the school’s calendar"))

    @derived("first_reading", label=_("the most serious suspicion"))
    def foremost_suspicion(self, _facts: Facts) -> str | None:
        """The most serious suspicion: bullying before improper, a slur or rude."""
        if self.suspected is None:
            return None
        order = ("bullying", "inappropriate", "slur", "rude")
        return next((f"suspected_{one}" for one in order if one in self.suspected), "")

    @derived("judged_by_person", label=_("what people who read the comment found"))
    def found(self, _facts: Facts) -> tuple[Fault, ...] | None:
        """What people found it to be as it is."""
        return found_to_be(self.judged)

    @derived("judgment_rude", _("is it rude?"))
    def found_rude(self, _facts: Facts) -> bool:
        """Whether this version was found rude, as far as is known."""
        return "rude" in (found_to_be(self.judged) or ())

    @derived("judgment_rude", label=_("whether this version was judged"))
    def judged_as_it_is(self, _facts: Facts) -> bool:
        """Whether this version was judged."""
        return found_to_be(self.judged) is not None

    @derived("judged_by_person", label=_("since when the comment has broken the house rules"))
    def against_terms_since(self, _facts: Facts) -> datetime | None:
        """Since when it is held to be against the terms or the house rules."""
        return self._held_since("against_terms", "against_house_rules")

    @derived("judged_by_person", label=_("since when the comment has broken the school body’s rules"))
    def against_trust_rules_since(self, _facts: Facts) -> datetime | None:
        """Since when it is held to break the rules of the school's own body."""
        return self._held_since("against_trust_rules")

    @derived("judged_by_person", label=_("since when the comment has been judged very serious"))
    def grave_since(self, _facts: Facts) -> datetime | None:
        """Since when it is judged grossly offensive or a danger to a person."""
        return self._held_since("grossly_offensive", "endangers_young_person", "endangers_adult")

    def _held_since(self, *faults: Fault) -> datetime | None:
        return next((in_utc(one.at) for one in standing(self.judged, faults) or ()), None)

    @derived("relation", of="account_team", label=_("what to call the comment’s author"))
    def writer_to_name(self, _facts: Facts) -> str | None:
        """What to call the writer."""
        relation = self.writer.relation if self.writer is not None else None
        return None if relation is None else f"writer_{relation}"

    @derived("relation", of="account_team", label=_("whether a pupil or parent wrote the comment"))
    def pupil_or_parent_wrote(self, _facts: Facts) -> bool:
        """Whether a pupil or a parent wrote it, as far as is known."""
        return self.writer is not None and self.writer.relation in ("pupil", "parent")

    @derived("plan_hours", of="site_author", label=_("when the site’s team must step in by"))
    def step_in_due(self, _facts: Facts) -> Due | None:
        """By when the site's own plan has its team step in."""
        if self.reported_at is None or self.plan_hours is None:
            return None
        return Due(instant=after_hours(self.reported_at, self.plan_hours))

    @derived("plan_hours", of="site_author", label=_("whether the time to step in is over"))
    def step_in_over(self, _facts: Facts) -> bool | None:
        """Whether that time is over; no while the current time is not known."""
        due = self.step_in_due(self)
        if due is None or due.instant is None:
            return None
        return self.now is not None and is_past(due.instant, self.now)

    @property
    def actor(self) -> Person | None:
        """The person whose act is judged: the author."""
        return self.writer


# A person is about to act on an item from outside, or to close it. Is everything done that goes with it?


Step = Literal["hide", "delete", "block", "report", "leave"]
NoticePart = Literal["reason for removal", "promise to respond", "request for respect"]
Reason = Literal[
    "offensive",
    "defamatory",
    "libellous",
    "improper",
    "abusive",
    "personal details",
    "against the rules",
    "advertising",
    "no listed reason",
    "disagreement",
]


GRAVE: frozenset[Fault] = frozenset({"grossly_offensive", "endangers_young_person", "endangers_adult"})


class RemovalNotice(Part, asked_of="moderator"):
    """What its readers are told. `words`: the policy's own, others, or none at all. `says`: which parts it
    has."""

    words: Literal["prescribed", "own", "none"]
    says: tuple[NoticePart, ...] | None = fact(_("what the notice says"), need="notice_parts")


class Reported(Part, asked_of="moderator"):
    """A report to the platform: under what number, when, and what the platform said so far."""

    number: Text | None = Field(None, description=_("the number of the report"))
    at: Instant | None = Field(None, description=_("when it was done"))
    answer: Text | None = Field(None, description=_("what the network replied"))

    @derived("platform_report_number", _("the number and time of the report to the platform"))
    def on_record(self, _facts: Facts) -> bool:
        """Whether its number and time are known."""
        return bool(self.number and self.at)


@moment(
    "item.remove",
    _("Finishing a step on what others wrote"),
    """reason_for_removal readers_told_why removal_notice notice_says left_standing kept_beforehand
    platform_first who_blocks warned_first""",
    house="other_views",
    asks=Asks.ACT,
)
class ItemRemove(Act, asked_of="moderator"):
    """`act`: "leave" is to leave it up. `explanation_precise`: by a person's judgment. `judged`: what a
    person found it to be. `kept`: beforehand. `reports`: to the platform, empty where none."""

    by: Person | None = fact(_("who takes the step"), need="step_taker", of="office")
    act: Step | None = fact(_("what you want to do with it"), need="step_on_it")
    hosting: Literal["school", "third party"] | None = fact(
        question=_("Who hosts the site?"), need="who_hosts", of="office"
    )
    reason: Reason | None = fact(
        _("a reason from the list"), _("Why?"), need="removal_reason", say="removing.reason_needed"
    )
    explained: Tri = fact(_("whether readers were told why"), _("Were readers told why, in public?"))
    explanation_precise: Attested | None = fact(
        _("does the explanation say precisely why?"),
        _("In your judgement, were they told the precise reason?"),
    )
    explanation_demanded: Tri = fact(_("whether anyone asked for an explanation"), _("Did someone ask why?"))
    notice: RemovalNotice | None = fact(_("a removal notice"), need="removal_notice")
    judged: tuple[Judged, ...] | None = Field(
        None, description=_("what the person who read the comment found")
    )
    may_show_abuse: Tri = fact(_("whether the comment may contain an illegal picture of a child"))
    kept: tuple[Literal["text", "link", "time"], ...] | None = fact(
        _("what was saved as evidence"), _("What was saved of it beforehand?"), need="kept_of_it"
    )
    warned: Tri = fact(_("a warning to the person"), _("Was the person warned before?"), need="author_warned")
    harmful: Tri = fact(_("whether the comment may cause someone harm"), _("Could it cause someone harm?"))
    reports: tuple[Reported, ...] | None = fact(
        _("whether the comment was reported to the platform"), need="platform_reports"
    )

    @derived("judged_by_person", label=_("what people who read the comment found"))
    def found(self, _facts: Facts) -> tuple[Fault, ...] | None:
        """What people found it to be as it is."""
        return found_to_be(self.judged)

    @derived("judged_by_person", label=_("whether the comment may be very serious"))
    def perhaps_grave(self, _facts: Facts) -> bool:
        """Whether it may be grossly offensive or put a person in danger: yes as long as no one has looked."""
        found = found_to_be(self.judged)
        return found is None or not GRAVE.isdisjoint(found)
