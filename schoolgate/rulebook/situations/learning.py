"""Questions put to the policy, reminders and guidance, training, and what pupils are taught."""

from typing import Annotated, Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Attested,
    Day,
    Facts,
    Name,
    Part,
    Relation,
    Roles,
    Tri,
    Whole,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.policy import Paper, SaysToIt

# Questions put to the policy, reminders of it, and who has to know it.


QuestionTopic = Literal["what_for", "contract", "whose_job", "is_it_wanted", "only_a_tip", "may_i"]
Audience = Literal[
    "federation", "schools of the federation", "staff", "parents", "carers", "children", "others"
]


class PaperAbove(Paper, asked_of="policy_asker"):
    """A paper that takes precedence over the policy."""

    @derived("policy.asker_school", _("the school of the person asking"))
    def is_askers(self, facts: "PolicyAsk") -> bool | None:
        """Whether it is a paper of the asker's own school."""
        return None if facts.school is None else self.school == facts.school


@moment(
    "policy.ask",
    _("Asking about the policy"),
    "told papers_above fits_this_policy fits_other_rules question_to",
    asks=Asks.MATTER,
)
class PolicyAsk(Act, asked_of="office", prefix="policy."):
    """`audience`: as the public page knows them. `own_clauses`: the sections that answer it, as printed.
    `papers`, `other_rules`, `put_to`: empty where there is none."""

    about: QuestionTopic | None = Field(None, description=_("what the question is about"))
    audience: Audience | None = fact(_("who is asking"), need="policy.audience_asking", of="policy_asker")
    school: Name | None = Field(None, description=_("which school it is about"))
    own_answer: SaysToIt | None = fact(_("what the policy’s own clauses say about it"))
    own_clauses: tuple[Name, ...] = Field((), description=_("the sections that answer the question"))
    papers: tuple[PaperAbove, ...] | None = fact(
        _("the documents that take priority over the policy"), need="policy.papers_above"
    )
    other_rules: tuple[Paper, ...] | None = fact(_("which other rules apply"))
    worded_as: Literal["must", "should"] | None = Field(
        None, description=_("whether the policy says “must” or “should”")
    )
    answered: Tri = fact(_("whether a clause of the policy answers it"))
    put_to: Roles | None = fact(
        _("who the question was sent to"), need="policy.question_put_to", of="policy_asker"
    )


Whose = Literal["federation", "school", "staff", "governors", "children", "parents", "others"]


@moment(
    "policy.harm",
    _("Is this harm that the policy is meant to prevent?"),
    "legal_risk_met good_name_hurt person_hurt",
    asks=Asks.MATTER,
)
class PolicyHarm(Facts, asked_of="reporter_of_it"):
    """`harms`: what is at stake, as marked in the report. `whose`: the people it affects."""

    harms: tuple[Literal["legal risk", "good name", "harm to a person"], ...] | None = fact(
        _("what is at stake"), _("What could it do?"), need="policy.harm_kind"
    )
    whose: tuple[Whose, ...] | None = fact(
        _("who it affects"), _("Who could it affect?"), need="policy.harm_whose"
    )


Doing = Literal["write", "share", "make_site", "decide_request"]


@moment(
    "policy.remind",
    _("Before someone starts"),
    "child_safety child_duties best_for_child safeguarding_law it_rules trust_in_school",
    asks=Asks.DUTY,
)
class PolicyRemind(Act, asked_of="decider", prefix="policy."):
    """`for_children`: the site is made for them. `best_for_child`: by the decider's word.
    `school_decision`: the text tells of a decision of the school. `papers`: others, with whether they are
    on file."""

    doing: Doing | None = fact(
        _("what the person is about to do"), _("What are you about to do?"), of="policy_asker"
    )
    official: Tri = fact(
        question=_("Is it for an official account?"), need="account_is_official", of="moderator"
    )
    children_shown: Tri = Field(None, description=_("whether children are shown"))
    for_children: Tri = Field(None, description=_("whether the site is made for children"))
    about_child: Tri = fact(_("whether it is about a child"), _("Is the request about a child?"))
    best_for_child: Attested | None = fact(
        _("what is best for the child"),
        _("Is it what is best for the child?"),
        say="remind.best_for_child_open",
    )
    school_decision: Tri = Field(None, description=_("whether the text announces a school’s decision"))
    papers: tuple[Paper, ...] | None = fact(
        _("the current text of that document"), need="policy.paper", of="office"
    )


class ManagerStep(Part):
    """What a line manager did about someone in their team."""

    what: Literal["told", "spoken", "training", "passed_on"] = Field(description=_("what was done"))
    on: Day = Field(description=_("the day it was done"))


class Knower(Part, asked_of="office"):
    """What is on record about a person's knowledge of the policy. `acknowledged`: the version that they
    last acknowledged, 0 for none. `declined`: said no to the version in force. `questions_right`,
    `questions_asked`: of a check of understanding. `manager`: whose team they are in. `manager_steps`: what
    that manager did under the version in force; empty where nothing is on record."""

    key: Name = Field(description=_("which person it is"))
    relation: Relation | None = fact()
    acknowledged: Whole | None = fact(
        _("whether they have acknowledged the current policy"), need="policy.acknowledged"
    )
    declined: Tri = Field(False, description=_("whether this person declined to acknowledge the policy"))
    opened_to_end: Tri = fact(
        _("that the whole text was opened"), need="policy.opened_to_end", of="reader_of_policy"
    )
    questions_right: Whole | None = Field(None, description=_("how many questions were answered correctly"))
    questions_asked: Whole | None = Field(None, description=_("how many questions were asked"))
    manager: Name | None = Field(None, description=_("this person’s line manager"))
    asked_on: Day | None = Field(
        None, description=_("the day this person was asked to acknowledge the policy")
    )
    manager_steps: tuple[ManagerStep, ...] = Field((), description=_("what their line manager has done"))

    @derived("policy.understanding", _("the answers to the questions on the policy"), of="reader_of_policy")
    def checked(self, _facts: Facts) -> bool:
        """Whether they have answered a check of understanding."""
        return bool(self.questions_asked) and self.questions_right is not None

    @derived("policy.understanding", of="reader_of_policy")
    def all_right(self, _facts: Facts) -> bool:
        """Whether all their answers are right."""
        return (self.questions_right or 0) >= (self.questions_asked or 0)

    @derived("policy.acknowledged")
    def knows_an_earlier_one(self, _facts: Facts) -> bool:
        """Whether they have acknowledged any version."""
        return bool(self.acknowledged)


@moment(
    "policy.known",
    _("Acknowledgements of the policy in force"),
    "policy_known policy_opened policy_understood conduct_told manager_acts no_contract_term",
)
class PolicyKnown(Facts, asked_of="office"):
    """`act`: "sweep" checks what is on record; "acknowledge" is a person about to sign. `signs_as`: what
    the words that are signed speak of."""

    act: Literal["sweep", "acknowledge"] = Field(
        "sweep", description=_("whether a check or an acknowledgement is asked for")
    )
    number: Whole | None = fact(_("the version of the policy"), need="policy.policy_number")
    people: tuple[Knower, ...] | None = fact(
        _("the list of people the policy applies to"), need="policy.people_bound"
    )
    signs_as: Literal["having_read", "contract_term"] | None = fact(
        _("the wording of the declaration"), need="policy.signed_words", of="policy_owner"
    )


# Guidance, briefings, training and what pupils are taught.


Topic = Literal[
    "look_up",
    "help",
    "new_use",
    "write_about_school",
    "lessons",
    "good_practice",
    "rules_for_me",
    "am_i_safe",
    "phone",
    "advice",
    "other",
]
"""What they ask about: looking something up, help when something went wrong, an idea of their own, writing
about the school, using it in lessons, good practice, the rules for them, whether keeping the rules is enough,
using a phone, practical advice."""


@moment(
    "guidance.ask",
    _("Asking for guidance"),
    """entitled_to_know help_offered invited_to_try welcome_to_write use_in_lessons guidance_for_all
    common_practice practical_advice risks_remain example_to_pupils common_sense""",
    asks=Asks.MATTER,
)
class GuidanceAsk(Facts, asked_of="who_asks"):
    """`pages_found`: pages of help; `rules_found`: how many rules of the policy answer the question.
    `staff_found`: would be named in an application for an idea."""

    asker: Relation | None = fact(
        _("what connection the person asking has with the school"),
        _("How are you connected with the school?"),
    )
    topic: Topic | None = fact(
        _("what they are asking about"), _("What do you want to know?"), need="asked_about"
    )
    pages_found: Whole | None = fact(_("a help page"), need="pages_of_help", of="office")
    adult_named: Tri = fact(_("the name of an adult to ask"), need="adult_to_ask", of="office")
    staff_found: Whole | None = fact(_("how many members of staff would be named"), need="staff_named")
    rules_found: Whole | None = Field(None, description=_("how many rules of the policy answer the question"))

    @derived("pages_of_help", of="office")
    def help_found(self, _facts: Facts) -> bool | None:
        """Whether there is any page of help."""
        return None if self.pages_found is None else self.pages_found > 0

    @derived("asked_about")
    def no_rule_found(self, _facts: Facts) -> bool:
        """Whether it is known that no rule of the policy answers the question."""
        return self.rules_found == 0


@moment("guidance.write", _("Writing a page of guidance"), "words_for_their_age", asks=Asks.ACT)
class GuidanceWrite(Facts, asked_of="editor"):
    """`audience_age`: of the oldest of them where they are pupils; `reading_age`: as measured."""

    for_whom: Relation | None = fact(_("who the page is for"), need="guidance_for_whom")
    audience_age: Whole | None = fact(_("the age of its readers"))
    reading_age: Whole | None = fact(_("its reading age"))


class ShownTo(Part):
    """A part of a briefing that a person finished on a day."""

    topic: Name = Field(description=_("what it was about"))
    on: Day = Field(description=_("the day it was done"))


class Briefed(Part, asked_of="office"):
    """A person, and what they were shown; empty where nothing."""

    key: Name = Field(description=_("which person it is"))
    relation: Relation | None = fact()
    shown: tuple[ShownTo, ...] | None = fact(_("what this person was shown"), need="shown_so_far")


@moment("briefing.status", _("Who was shown what everyone must know"), "shown_to_everybody")
class BriefingStatus(Facts, asked_of="office"):
    """`people`: everyone in question, judged one by one."""

    people: tuple[Briefed, ...] | None = fact(_("who the policy applies to"), need="people_briefed")


class Trainee(Part, asked_of="office"):
    """A person the training is meant for. `needed`: still to be trained. `attended`: None while there is no
    list."""

    key: Name = Field(description=_("which person it is"))
    relation: Relation | None = Field(None, description=_("how this person is connected with the school"))
    needed: Tri = Field(None, description=_("whether this person still needs the training"))
    booked_on: Day | None = Field(None, description=_("the day of their session"))
    attended: Tri = Field(None, description=_("whether this person attended"))

    @derived("policy.attendance_list", of="training_keeper")
    def on_list(self, _facts: Facts) -> bool | None:
        """Whether the attendance list has them."""
        return self.attended

    @derived("day")
    def session_over(self, facts: Facts) -> bool | None:
        """Whether the day of that session has passed."""
        if self.booked_on is None or facts.day is None:
            return None
        return facts.day > self.booked_on


class Attendance(Part):
    """A person's entry for a session that was held. `version`: of the policy, that it covered."""

    session: Name = Field(description=_("which session it was"))
    key: Name = Field(description=_("which person it is"))
    on: Day | None = Field(None, description=_("the day it was done"))
    version: Whole | None = Field(None, description=_("which version of the policy it covered"))


class GuidancePage(Part, asked_of="office"):
    """A page of guidance. `written_for`: the version of the policy that it was last checked against."""

    key: Name = Field(description=_("which one it is"))
    written_for: Whole | None = fact(
        _("the version that the guidance was written for"), need="policy.guidance_version"
    )


@moment(
    "training.status",
    _("Training and guidance today"),
    "training_arranged guidance_there training_attended training_entries",
)
class TrainingStatus(Facts, asked_of="office"):
    """`sessions`: the days of sessions in the calendar, empty for none. `number`: the version in force."""

    number: Whole | None = fact(need="policy.policy_number")
    people: tuple[Trainee, ...] | None = fact(
        _("the list of people who need training"), need="policy.people_to_train"
    )
    sessions: tuple[Day, ...] | None = fact(
        _("the sessions in the calendar"), need="policy.training_sessions"
    )
    attendances: tuple[Attendance, ...] | None = fact(
        _("the attendance list"), need="policy.attendance_list", of="training_keeper"
    )
    guidance: tuple[GuidancePage, ...] | None = fact(_("the guidance pages"), need="policy.guidance_pages")

    @derived("policy.people_to_train")
    def waiting(self, _facts: Facts) -> int | None:
        """How many people are still to be trained."""
        return None if self.people is None else sum(1 for one in self.people if one.needed)

    @derived("policy.people_to_train")
    def somebody_waits(self, _facts: Facts) -> bool | None:
        """Whether anyone still needs training."""
        return None if self.people is None else any(one.needed for one in self.people)

    @derived("policy.training_sessions")
    def session_to_come(self, _facts: Facts) -> bool | None:
        """Whether there is a session today or later."""
        day = self.day
        if self.sessions is None or day is None:
            return None
        return any(session >= day for session in self.sessions)


@moment("education.enter", _("Adding a lesson or talk to the records"), "counted_as_education", asks=Asks.ACT)
class EducationEnter(Facts, asked_of="office"):
    """`for_whom`: the audience. `entered_under`: the heading under which it would be counted."""

    for_whom: Relation | None = fact(_("who the lesson or talk was for"), need="taught_to_whom")
    entered_under: Literal["education", "training"] | None = fact(_("the category"), need="heading")


class Activity(Part):
    """A lesson, a talk, a letter or a page, under the name of its programme. `year_group`: for which."""

    programme: Name = Field(description=_("which programme it belongs to"))
    on: Day = Field(description=_("the day it was done"))
    year_group: Name | None = Field(None, description=_("the year group"))


class ParentsPage(Part, asked_of="office"):
    """A page for parents on a website. `found`: a look at its address found it."""

    school: Name | None = fact(_("the school website each page is on"), need="school_of_page")
    found: Tri = fact(_("whether the page can be found"), need="page_is_there")


class YearGroup(Part, asked_of="office"):
    """A year group with its programmes in the year under review."""

    name: Name = Field(description=_("which year group this is"))
    programmes: tuple[Name, ...] | None = fact(need="activities")


@moment(
    "education.status",
    _("Reviewing a year of social media education"),
    "every_year_group parents_programme parents_page",
)
class EducationStatus(Facts, asked_of="office"):
    """`year_from`, `year_to`: the school year. `activities`: all that is entered, empty where nothing.
    `pages`: the pages for parents that are registered; `schools`: all schools of the federation."""

    year_from: Day | None = Field(None, description=_("the first day of the school year"))
    year_to: Day | None = Field(None, description=_("the last day of the school year"))
    year_groups: tuple[Name, ...] | None = Field(None, description=_("the year groups"))
    activities: Annotated[tuple[Activity, ...], Field(max_length=100_000)] | None = Field(
        None, description=_("what was taught")
    )
    pages: tuple[ParentsPage, ...] | None = fact(_("the pages for parents"), need="parents_pages")
    schools: tuple[Name, ...] | None = Field(None, description=_("the federation’s schools"))

    @derived("activities", _("what was done this school year"))
    def held(self, _facts: Facts) -> tuple[Activity, ...] | None:
        """What took place in the year under review."""
        first, last = self.year_from, self.year_to
        if self.activities is None or first is None or last is None:
            return None
        return tuple(one for one in self.activities if first <= one.on <= last)

    @derived("school_year", _("the first and last day of the school year"))
    def year_known(self, _facts: Facts) -> bool | None:
        """Whether the first and the last day of the year are known; None where they are not."""
        return None if self.year_from is None or self.year_to is None else True

    @derived("year_groups", _("the year groups"))
    def taught(self, facts: Facts) -> tuple[YearGroup, ...] | None:
        """Each year group with what it was taught."""
        if self.year_groups is None:
            return None
        held = self.held(facts)
        if held is None:
            return tuple(YearGroup(name=name) for name in self.year_groups)
        return tuple(
            YearGroup(name=name, programmes=tuple(one.programme for one in held if one.year_group == name))
            for name in self.year_groups
        )

    @derived("school_of_page")
    def schools_without_page(self, _facts: Facts) -> tuple[Name, ...] | None:
        """The schools without a page for parents on their website, as far as is known; None where a page
        was found but its school is not known."""
        found = {one.school for one in self.pages or () if one.found}
        return None if None in found else tuple(one for one in self.schools or () if one not in found)


@moment("encyclopaedia.edit", _("Editing an open encyclopaedia"), "encyclopaedia", asks=Asks.ACT)
class EncyclopaediaEdit(Act, asked_of="private_person"):
    """`for_themselves`: not on the school's behalf. `at_work`: breaks included."""

    for_themselves: Tri = fact(
        _("whether it is done for yourself"),
        _("Are you doing it for yourself and not for the school?"),
        need="own_for_themselves",
    )
    at_work: Tri = fact(question=_("Is it while you are at work, including breaks?"), need="own_at_work")
    connection: Literal["own", "school"] | None = fact(
        question=_("Whose internet connection would you use?"), need="own_network"
    )
