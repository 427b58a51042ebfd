"""An open account: who looks after it, what they do with it, how it does."""

from datetime import date, timedelta
from typing import Literal

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
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.accounts import Runner
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.networks import Network
from schoolgate.rulebook.situations.times import CalendarDay, ChosenTime
from schoolgate.rulebook.working_time import Calendar, in_utc, local_day


class Condition(Part, asked_of="whoever_asks"):
    """A condition of an approval. A "requirement" asks for something, a "restriction" bars something."""

    type: Literal["requirement", "restriction"] = Field(
        description=_("whether the condition requires or forbids something")
    )
    key: Name = Field(description=_("which one it is"))
    touched: Tri = fact(_("whether the approval mentions this"), need="condition_touched")
    fulfilled: Tri = fact(_("whether the approval’s requirements are met"), need="condition_fulfilled")


@moment(
    "account.use",
    _("Doing something with an official account"),
    "approvals_requirements approvals_limits activity_authority",
    asks=Asks.ACT,
)
class AccountUse(Act, asked_of="office"):
    """`act`: "activity" is something run in the school's name, such as a campaign, which `authority` was
    given for."""

    act: Literal["post", "message", "answer", "activity"] | None = fact(
        _("what you are about to do"), need="act_kind", of="whoever_asks"
    )
    conditions: tuple[Condition, ...] | None = fact(_("what the approval requires and rules out"))
    authority: tuple[Given, ...] | None = fact()


@moment(
    "account.keys",
    _("The details and password of an account"),
    "account_details account_password",
    asks=Asks.ACT,
)
class AccountKeys(Act, asked_of="whoever_asks", prefix="keys_"):
    """`what`: the account's particulars (login name, recovery address, telephone) or its password. `place`:
    "vault" is the program's own, "locked" another place that only those with a part in the account can open,
    "open" one that others can get at."""

    by: Person | None = fact(_("who is asking"), need="person_asking")
    what: Literal["account details", "passwords"] | None = fact(
        _("whether this is about the details or the password"), _("What is it about?")
    )
    act: Literal["see", "keep"] | None = fact(
        _("whether the person wants to view it or store it"), _("What do you want to do?")
    )
    by_has_part: Tri = fact(
        _("whether this person works on the account"),
        _("Does the person who would see it help to run this account?"),
        need="by_has_part",
        of="office",
    )
    place: Literal["vault", "locked", "open"] | None = fact(
        _("where the password is stored"), _("Where would it be stored?")
    )
    in_clear: Tri = fact(
        _("whether others could read the password there"), _("Could anyone who opens the file read it there?")
    )


Occasion = Literal["first application", "adding a person later", "transfer to a new lead"]


@moment("account.person_added", _("Giving someone access to run an account"), "proofs", asks=Asks.ACT)
class AccountPersonAdded(Act, asked_of="office"):
    """`by` lets `person` in. `occasion`: on what occasion."""

    by: Person | None = fact(need="decider")
    person: Runner | None = Field(None, description=_("the person given access"))
    occasion: Occasion | None = Field(None, description=_("why access is given now"))


Kept = Literal["page", "drafts", "media", "messages"]


class Leader(Part, asked_of="office"):
    """A person who runs the account. `leaves_on`: the last day; `goes_on`: there is none. Neither: not
    known."""

    key: Name = Field(description=_("which person it is"))
    roles: Roles = ()
    leaves_on: Day | None = Field(None, description=_("the person’s last day"))
    goes_on: Tri = Field(None, description=_("whether the person stays"))

    @derived("leaving_day", _("the leaving date"))
    def stays(self, _facts: Facts) -> bool | None:
        """Whether they go on running it."""
        return self.goes_on if self.leaves_on is None else False


@moment(
    "account.lead_left",
    _("When someone who runs an account leaves"),
    "handover handover_result looked_after stays_with_school",
    asks=Asks.DUTY,
)
class AccountLeadLeft(Act, asked_of="office"):
    """`leaver`, `successor`, `new_lead` are keys; `leaders`: all who run it, with the leaver. `ends`: how
    `by` wants to end the handover ("as it is": nothing changes)."""

    leaver: Name | None = fact(_("who is leaving"))
    leaders: tuple[Leader, ...] | None = fact(_("who leads the account"))
    ends: Literal["close", "transfer", "as it is"] | None = Field(
        None, description=_("how the handover ends")
    )
    new_lead: Name | None = Field(None, description=_("the new lead"))
    closed_on: Day | None = Field(None, description=_("the day the account was closed"))
    successor: Name | None = Field(None, description=_("who takes over"))
    leaver_keeps: tuple[Kept, ...] | None = fact(
        _("what the leaver would take with them"),
        _("What would the person leaving take with them?"),
        of="runner",
    )

    @derived("leaving_day", label=_("the leaver’s last day"))
    def last_day(self, _facts: Facts) -> Day | None:
        """The last day of the one who leaves."""
        return next((one.leaves_on for one in self.leaders or () if one.key == self.leaver), None)

    @derived("leaving_day", label=_("the first day after the person has left"))
    def day_after(self, facts: Facts) -> Day | None:
        """The first day on which they are gone."""
        last = self.last_day(facts)
        return None if last is None else last + timedelta(days=1)

    @derived("leaders", label=_("the others who run the account"))
    def others(self, facts: Facts) -> tuple[Leader, ...] | None:
        """The others who run it, once the leaver's last day is known."""
        if self.leaders is None or self.last_day(facts) is None:
            return None
        return tuple(one for one in self.leaders if one.key != self.leaver)

    @derived("leaving_day", label=_("how many people will still run the account"))
    def left_then(self, facts: Facts) -> int | None:
        """How many of the others run it once the one who leaves is gone."""
        others, last = self.others(facts), self.last_day(facts)
        if others is None or last is None or any(one.stays(facts) is None for one in others):
            return None
        return sum(1 for one in others if one.leaves_on is None or one.leaves_on > last)

    @derived("new_lead", _("who is taking on the account"), of="runner")
    def is_done(self, _facts: Facts) -> bool:
        """Whether the account is shut or in new hands."""
        if self.ends == "close":
            return self.closed_on is not None
        return self.ends == "transfer" and self.new_lead is not None


@moment(
    "account.password_known",
    _("When someone who knows an account’s password leaves"),
    "passwords_changed",
    asks=Asks.DUTY,
)
class AccountPasswordKnown(Facts, asked_of="office"):
    """`last_day`: of the one who leaves. `changed`: no password that they know opens the account any more."""

    last_day: Day | None = fact(_("the leaver’s last day"), _("When is their last day?"), need="leaving_day")
    changed: Tri = fact(
        _("whether the passwords were changed"), _("Were all passwords changed that they know?")
    )


@moment(
    "account.looked_up",
    _("Is this account the school’s?"),
    "official official_mark in_our_name schools_own_account",
    asks=Asks.MATTER,
)
class AccountLookedUp(Facts, asked_of="office"):
    """`notified_on`: since when it is in the register. `has_official_mark`: as last checked. `school`,
    `network`, `page`: the school it claims to be, where it is and what it is called. `comparable_to`: None
    where not checked."""

    in_register: Tri = fact(
        _("whether the address is in the register"), _("Is the account in the school’s register?")
    )
    notified_on: Day | None = fact(need="in_register")
    teaching: Tri = fact(question=_("Is it used to teach pupils?"), need="kind")
    has_official_mark: Tri = fact(
        _("a link to the acceptable use policy"),
        _("Does it have the link that identifies the school’s accounts?"),
        need="acceptable_use_link",
        of="runner",
    )
    in_schools_name: Tri = fact(
        _("whether the page claims to be the school’s"), _("Does it claim to be a school account?")
    )
    made_by: Literal["school", "for the school", "somebody else"] | None = fact(
        _("who made the page"), _("Who made it?")
    )
    school: Name | None = fact()
    network: Network | None = fact(of="whoever_asks")
    page: Name | None = fact(_("what the page is called"), of="whoever_asks")
    comparable_to: tuple[Network, ...] | None = fact(_("which platforms this one is similar to"))

    @derived("in_register", label=_("whether the register lists the account"))
    def is_made_known(self, _facts: Facts) -> bool:
        """Whether the register says since when it lists the account."""
        return self.notified_on is not None

    @derived("network", of="whoever_asks", label=_("the network’s name"))
    def platform(self, _facts: Facts) -> Network | None:
        """The platform, by its word."""
        return self.network

    @derived("comparable_to", label=_("similar platforms"))
    def is_like(self, _facts: Facts) -> tuple[Network, ...] | None:
        """The platforms comparable to its own, by their words."""
        return self.comparable_to

    @derived("page", of="whoever_asks", label=_("the page’s name in lower case"))
    def page_name(self, _facts: Facts) -> str | None:
        """Its name, in lower case."""
        return None if self.page is None else self.page.strip().casefold()


@moment("account.status", _("Checking a live account"), "kept_fresh not_left_alone")
class AccountStatus(Facts, asked_of="office", prefix="account."):
    """Before the first post or visit, its day is that of the opening."""

    last_post_on: Day | None = fact(_("the date of the account’s last post"))
    last_visit_on: Day | None = fact(_("the date a moderator last checked the account"))
    unanswered: Whole | None = fact(_("how many comments are waiting for a reply"))

    @derived("account.unanswered", label=_("whether every comment has a reply"))
    def all_answered(self, _facts: Facts) -> bool | None:
        """Whether no comment waits for an answer."""
        return None if self.unanswered is None else self.unanswered == 0

    @derived("account.last_post_on", label=_("how many days since the last post"))
    def days_quiet(self, facts: Facts) -> int | Ask | None:
        """How many days ago the last post was."""
        if facts.day is None:
            return Ask("day", "office")
        return None if self.last_post_on is None else (facts.day - self.last_post_on).days

    @derived("account.last_visit_on", label=_("how many days since the last post or check"))
    def days_alone(self, facts: Facts) -> int | Ask | None:
        """How many days ago the last post or visit was."""
        quiet = self.days_quiet(facts)
        if not isinstance(quiet, int):
            return quiet or Ask("account.last_post_on", "office")
        if facts.day is None or self.last_visit_on is None:
            return None
        return min(quiet, (facts.day - self.last_visit_on).days)


class Contributor(Part, asked_of="office"):
    """A person with a part in the account, and how many posts of the period under review are theirs."""

    key: Name = Field(description=_("which person it is"))
    roles: Roles = ()
    posts: Whole | None = fact(_("how many posts this person wrote"), need="posts_by_person")

    @derived("posts_by_person", label=_("whether this person wrote a post"))
    def wrote(self, _facts: Facts) -> bool | None:
        """Whether any post is theirs."""
        return None if self.posts is None else self.posts > 0


@moment("account.evaluated", _("Reviewing an account"), "contributing to_the_point aims_met pupils_pride")
class AccountEvaluated(Act, asked_of="applicant"):
    """`results`: for how many aims one is entered. `contributors`: everyone with a part in it."""

    school: Name | None = fact(of="office")
    evaluation_date: Day | None = fact(_("Date for judging its success"))
    aims: Whole | None = fact(
        _("how many aims there are and how many have a result"), need="aims_and_results"
    )
    results: Whole | None = fact(need="aims_and_results")
    serves_aims: Attested | None = fact(
        _("does the site still serve its aims?"), of="answering_manager", say="evaluated.serves_aims_open"
    )
    contributors: tuple[Contributor, ...] | None = fact(
        _("who works on the account"), need="contributors_of_account", of="office"
    )


# A look back over how an account was watched. Is anything left unwatched?


ONE_DAY = timedelta(days=1)
DAYS_OF_A_WEEK = 7
Watched = Literal["account", "contributions", "friends"]
"""What was checked: the account itself, other people's contributions, or the comments of its friends."""


class Look(Part, asked_of="account_team"):
    """A check by a person. `roles`: the policy's own roles that they held at that instant."""

    at: Instant = Field(description=_("when it was done"))
    by: Name = Field(description=_("who did it"))
    roles: Roles = ()
    what: Watched = Field("account", description=_("what was done"))

    @derived("looks_at_account", _("when the account was checked"))
    def on(self, _facts: Facts) -> date:
        """The day of the look."""
        return local_day(self.at)


class OwnPost(Part, asked_of="account_team"):
    """A post on the account. `unread`: how many comments below it no one on the team has read, the oldest
    since `oldest_unread`."""

    author: Name = Field(description=_("who wrote it"))
    author_relation: Relation | None = fact(need="relation", of="office")
    unread: Whole | None = fact(_("how many comments are unread"), need="unread_comments")
    oldest_unread: Instant | None = fact(_("when the oldest unread comment arrived"))

    @derived("unread_comments", label=_("whether the team has read every comment"))
    def is_read(self, _facts: Facts) -> bool | None:
        """Whether the team has read everything below it."""
        return None if self.unread is None else self.unread == 0


class WatchedDay(CalendarDay):
    """A day under review."""

    looked_at: bool = Field(description=_("whether the account was checked that day"))


class WatchedWeek(Part):
    """Seven days under review, or as many as there are yet. `seen`: on how many there was a check; `still`:
    on how many of seven there was or can be one."""

    days: Whole = Field(description=_("how many days were reviewed"))
    seen: Whole = Field(description=_("how many days had a check"))
    still: Whole = Field(description=_("how many days were checked or can still be"))
    missed: tuple[Day, ...] = Field(description=_("the days without a check"))


@moment(
    "account.watch",
    _("Reviewing how an account was checked"),
    """looked_at days_looked_at looked_at_in_holidays part_in_watching own_posts_read contributions_read
    friends_comments_read""",
)
class AccountWatch(Facts, asked_of="account_team"):
    """`watched_from`: the last day under review is the day before `now`. `looks`: every check since then,
    and the last one before; empty where there was never one. `choices`: "looks", "contributions" or
    "friends"."""

    watched_from: Day | None = fact(_("the first day of the period under review"), of="office")
    looks: tuple[Look, ...] | None = fact(need="looks_at_account")
    open_since: Instant | None = fact(
        _("when the account was opened"), need="account_open_since", of="office"
    )
    posts: tuple[OwnPost, ...] | None = fact(_("the posts with unread comments"), need="posts_with_unread")
    has_friends: Tri = fact(_("whether friends may comment"), need="account_has_friends")
    choices: tuple[ChosenTime, ...] = Field((), description=_("times the federation chose"))
    calendar: Calendar | None = Field(None, description=_("the school’s calendar"))

    @derived("looks_at_account", label=_("whether a week has passed without a check"))
    def week_without_look(self, _facts: Facts) -> bool | Ask | None:
        """Whether the last check, or the opening where there was none, is more than a week ago: longer than
        is regular and often, whatever is chosen."""
        if self.looks is None:
            return None
        if self.now is None:
            return Ask("day", "office")
        now = in_utc(self.now)
        past = [at for one in self.looks if one.what == "account" and (at := in_utc(one.at)) <= now]
        if not past and self.open_since is None:
            return Ask("account_open_since", "office")
        last = max(past) if past else in_utc(self.open_since or self.now)
        return now - last > DAYS_OF_A_WEEK * ONE_DAY

    @derived("looks_at_account", label=_("the days under review"))
    def days(self, _facts: Facts) -> tuple[WatchedDay, ...] | Ask | None:
        """The days under review: from the first to the one before the day of `now`, and none before the day
        after the account went live."""
        if self.looks is None:
            return None
        if self.watched_from is None or self.now is None:
            return Ask("watched_from" if self.watched_from is None else "day", "office")
        first = self.watched_from
        if self.open_since is not None:
            first = max(first, local_day(self.open_since) + ONE_DAY)
        seen = {local_day(one.at) for one in self.looks if one.what == "account"}
        days = (first + n * ONE_DAY for n in range((local_day(self.now) - first).days))
        return tuple(WatchedDay.of(day, looked_at=day in seen) for day in days)

    @derived("looks_at_account", label=_("the weeks under review"))
    def weeks(self, facts: Facts) -> tuple[WatchedWeek, ...] | Ask | None:
        """The weeks under review: runs of seven days from the first one on."""
        days = self.days(facts)
        if days is None or isinstance(days, Ask):
            return days
        return tuple(_week(days[n : n + DAYS_OF_A_WEEK]) for n in range(0, len(days), DAYS_OF_A_WEEK))


def _week(days: tuple[WatchedDay, ...]) -> WatchedWeek:
    missed = tuple(one.on for one in days if not one.looked_at)
    return WatchedWeek(
        days=len(days), seen=len(days) - len(missed), still=DAYS_OF_A_WEEK - len(missed), missed=missed
    )


# Admission of contributors to an account, and pupils on a platform.


class Vetting(Part, asked_of="vetter"):
    """A check of the contributor's identity: who did it, when and how."""

    by: Name = Field(description=_("who did it"))
    at: Instant | None = fact(
        _("a record of who vetted this contributor, when and how"),
        need="vetting",
        say="admitting.not_vetted",
    )
    how: Text | None = fact(need="vetting", say="admitting.not_vetted")


class Consent(Part, asked_of="vetter"):
    """A responsible adult's yes to what the contributor will write: who gave it, and when."""

    by: Literal["parent", "responsible adult"] = Field(description=_("who agreed"))
    on: Day | None = fact(_("the day they agreed"), need="contributor_consent_on")


@moment(
    "contributor.admit",
    _("Recruiting or approving contributors to a site"),
    "contributor_vetted contributor_consent call_approved",
    asks=Asks.ACT,
)
class ContributorAdmit(Act, asked_of="site_author"):
    """`act`: a call for contributors goes out, or one is admitted. `through_social_media`: the call goes
    out there. `vettings`: of the one who is admitted, `approvals`: of the call; empty where there are
    none. `in_care_of_others`: a child, or an adult with learning disabilities."""

    act: Literal["call", "let_in"] | None = fact(
        _("whether you are looking for contributors or accepting one"), need="act_on_contributors"
    )
    through_social_media: Tri = fact(_("whether the call is posted on social media"))
    vettings: tuple[Vetting, ...] | None = fact(_("whether someone vetted this contributor"), of="vetter")
    approvals: tuple[Given, ...] | None = fact(of="approver")
    in_care_of_others: Tri = fact(
        _("whether this contributor is a child or an adult with learning disabilities"), of="vetter"
    )
    consents: tuple[Consent, ...] | None = fact(
        _("whether a parent or another responsible adult agreed"), need="contributor_consents", of="vetter"
    )


class UsageNotice(Part, asked_of="office"):
    """A notice of how the platform may be used, or of something else, shown to the person."""

    what: Literal["acceptable use", "other"] = Field(description=_("what it covers"))
    at: Instant | None = fact(_("the notice on how the platform may be used"), need="acceptable_use_notice")


@moment(
    "platform.admit",
    _("Allowing someone to post on the learning platform"),
    "told_acceptable_use",
    asks=Asks.ACT,
)
class PlatformAdmit(Facts, asked_of="office"):
    """`relation`: what the person is to the school. `may_post`: posting or commenting would be switched on.
    `told`: what they were shown, empty where nothing."""

    relation: Relation | None = fact(question=_("Who will write there?"))
    may_post: Tri = fact(_("whether to switch posting on"), need="may_post_on_platform")
    told: tuple[UsageNotice, ...] | None = fact(
        _("whether the parent was told how the platform may be used"), need="told_acceptable_use"
    )
