"""Private accounts and profiles of people of the school."""

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Ask,
    Attested,
    Day,
    Facts,
    Name,
    Part,
    Relation,
    Text,
    Tri,
    Whole,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment


@moment(
    "personal.account",
    _("Having a private account"),
    "free_to_have own_lines_blur own_responsible_use own_seen_as_part",
    asks=Asks.ACT,
)
class PersonalAccount(Act):
    """`by`: the owner, or future owner, of the private account."""


@moment(
    "personal.connect",
    _("Connecting on a private account"),
    "own_connection_wanted own_connection_colleague",
    asks=Asks.ACT,
)
class PersonalConnect(Act, asked_of="private_person"):
    """`act`: `by` asks the other, or accepts."""

    act: Literal["ask", "accept"] | None = fact(
        _("who asks for the connection"), _("Do you ask them, or do they ask you?"), need="own_connect_act"
    )
    other_relation: Relation | None = fact(
        _("what connection the other person has with the school"), need="own_other_relation"
    )
    wanted: Tri = fact(
        _("whether the person wants this connection"),
        _("Do you really want to connect with them?"),
        need="own_wanted",
    )


@moment(
    "personal.leaving",
    _("Duties after leaving the job"),
    "confidences_after_leaving contact_after_leaving",
    asks=Asks.DUTY,
)
class PersonalLeaving(Act, asked_of="office"):
    """`by` leaves; they were reminded of what the policy says about the time after."""

    reminder: Literal["given", "not_given"] | None = fact(
        _("a dated reminder of duties after leaving the job"),
        _("Were you told what the policy says about the time after you leave?"),
        need="own_reminder_of_confidences",
    )
    reminded_on: Day | None = fact(need="own_reminder_of_confidences")
    answered: Literal["confirmed", "refused", "not_yet"] | None = fact(
        _("an answer to the reminder at leaving"), need="own_answer_to_reminder"
    )


Subject = Literal["federation", "school"]


@moment(
    "personal.profile",
    _("A private profile, page or blog"),
    """own_disclaimer own_disclaimer_text own_disclaimer_place own_page_logo own_privacy_settings
    own_contact_address own_self_image own_related_content own_conduct_expected own_work_image
    own_stranger_view own_traces own_page_details own_picture_control own_tagging own_pictures_seen""",
    asks=Asks.ACT,
)
class PersonalProfile(Act, asked_of="private_person", prefix="own_"):
    """The page belongs to `by`. `names`: as employer, for instance. `disclaimer`: as its owner described
    the current page; `disclaimer_text`: the very words of that sentence ("" for none), and nothing else of
    the page. `related_...`: what surrounds the profile."""

    kind: Literal["social_page", "web_page", "blog"] | None = fact(
        _("what kind of page it is"), _("What kind of page is it?"), need="own_page_kind"
    )
    links_to: tuple[Subject, ...] | None = fact(
        _("whether the page links itself to the school or the federation"),
        _("Does the page link itself to the school or the federation?"),
    )
    names: tuple[Subject, ...] | None = fact(
        _("whether the page names the school or the federation"),
        _("Does the page name the school or the federation?"),
    )
    affects: tuple[Subject, ...] | None = fact(
        _("whether the page affects the school or the federation"),
        _("Does what is on the page affect the school or the federation?"),
    )
    disclaimer: Attested | None = fact(
        _("a disclaimer on the private page"),
        _("In your judgement, does the page say that it doesn’t speak for the school?"),
        say="private.disclaimer_missing",
    )
    disclaimer_text: Text | None = fact(_("the policy’s sentence on the page"))
    disclaimer_easily_seen: Attested | None = fact(
        _("a disclaimer that is easy to see"),
        _("In your judgement, is the disclaimer easy to see?"),
        need="own_disclaimer_seen",
        say="private.disclaimer_in_plain_view",
    )
    shows: tuple[Literal["logo", "branding"], ...] | None = fact(
        _("whether the page shows the school’s logo or look"),
        _("Does the page show the school’s logo or look?"),
    )
    privacy: Literal["strictest", "weaker"] | None = fact(
        _("the strictest privacy settings"), _("How strict are the page’s privacy settings?")
    )
    contact_address: Literal["private", "school", "none"] | None = fact(
        _("whose email address the page gives"), _("Which email address does the page give?")
    )
    gives_own_details: Tri = fact(question=_("Does the page give details about you that could be misused?"))
    has_pictures: Tri = fact(
        _("whether the page has pictures of its owner"), _("Are there pictures of you on it?")
    )
    pictures_by_others: Tri = fact(
        _("whether others post pictures of them online"),
        _("Are there pictures of you that others posted online?"),
    )
    tagged: Tri = fact(_("whether others tag them in pictures"), _("Do others tag you in their pictures?"))
    fits_own_picture: Attested | None = fact(
        _("does the profile show its owner as they want to be seen?"),
        _("In your judgement, does your profile show you as you want to be seen?"),
        say="private.ask_fits_own_picture",
    )
    related_fits_own_picture: Attested | None = fact(
        _("does the content around the profile fit?"),
        _("In your judgement, does the content around your profile show you as you want to be seen?"),
        say="private.ask_related_fits_own_picture",
    )
    fits_conduct_expected: Attested | None = fact(
        _("do the profile and content match the conduct the profession expects?"),
        _("In your judgement, does your profile fit the conduct that your profession expects?"),
        say="private.ask_fits_conduct_expected",
    )
    related_fits_conduct_expected: Attested | None = fact(
        question=_("In your judgement, does the content around your profile match that conduct?"),
        need="own_fits_conduct_expected",
        say="private.ask_fits_conduct_expected",
    )
    fits_professional_face: Attested | None = fact(
        _("does the profile fit the professional image shown at work?"),
        _("In your judgement, does your profile fit the professional image that you show at work?"),
        say="private.ask_fits_professional_face",
    )

    @derived("own_disclaimer_text")
    def disclaimer_words(self, _facts: Facts) -> str | None:
        """The sentence of the disclaimer, whatever its blanks, quotation marks and final full stop."""
        if self.disclaimer_text is None:
            return None
        text = self.disclaimer_text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
        return " ".join(text.split()).strip("\"' .")


Topic = Literal["settings", "connections"]


class RhythmChosen(Part, asked_of="office"):
    """How often the federation has its staff reminded, where the policy gives no number: as each term
    begins, or every `days` days."""

    topic: Topic = Field(description=_("what the reminder is about"))
    each_term: bool = Field(False, description=_("whether the reminder comes at the start of each term"))
    days: Whole | None = Field(None, description=_("how many days"))
    by: Name = Field(description=_("who chose it"))

    @derived("own_rhythm", _("how often the federation reminds its staff"))
    def next_on(self, facts: Facts) -> date | Ask | None:
        """The day of the next reminder. A person reminded this term is next reminded as the next term
        begins."""
        reminded: tuple[LastReminded, ...] | None = getattr(facts, "last_reminded", None)
        if reminded is None:
            return Ask("own_last_reminded", "office")
        last = max((one.on for one in reminded if one.topic == self.topic), default=None)
        if self.days is not None and not self.each_term:
            again = last + timedelta(days=self.days) if last is not None else facts.day
            return again or Ask("day", "office")
        begins: date | None = getattr(facts, "term_begins", None)
        if begins is None or (last is not None and begins <= last):
            return Ask("own_next_term", "office")
        return begins


class LastReminded(Part):
    """The day of the last reminder of this."""

    topic: Topic = Field(description=_("what the reminder is about"))
    on: Day = Field(description=_("the day it was done"))


@moment(
    "personal.reminder",
    _("Staff checking their own accounts"),
    "own_settings_review own_connections_review",
    asks=Asks.DUTY,
)
class PersonalReminder(Act, asked_of="office"):
    """`by`: the person to remind. `chosen`: empty where the federation chose nothing. `term_begins`: the
    first day of the present or coming term. `last_reminded`: empty for never."""

    chosen: tuple[RhythmChosen, ...] | None = fact(need="own_rhythm")
    term_begins: Day | None = Field(None, description=_("the first day of term"))
    last_reminded: tuple[LastReminded, ...] | None = fact(need="own_last_reminded")


@moment("personal.watch", _("Monitoring someone’s private account"), "private_life", asks=Asks.ACT)
class PersonalWatch(Act, asked_of="watching_person", prefix="own_"):
    """`by` wants to search for the account repeatedly, or to put it on a list."""

    act: Literal["watch", "list"] | None = fact(
        _("whether the account will be monitored or put on a list"), _("What is going to be done?")
    )
    refers: Tri = fact(
        _("whether the account names the school"), question=_("Does that account name the school?")
    )
    affects: Tri = fact(question=_("Does that account affect the school?"))

    @derived("own_refers_or_affects")
    def touches(self, _facts: Facts) -> bool | None:
        """Whether the account names the school or has an effect on it."""
        found = (self.refers, self.affects)
        return True if True in found else None if None in found else False


# A private post, blog or comment, and the people it talks about.


Asked = Literal["themselves", "parents"]
Label = Literal["confidential", "proprietary", "business-sensitive", "work information"]


class Mentioned(Part, asked_of="private_person", prefix="own_"):
    """A person the post is about. `kindly`: it talks only well of them. `family_of_pupil`: they belong to
    one. `asked`, `agreed`: whether the details may go online."""

    relation: Relation | None = fact(
        _("what connection the person in it has with the school"), need="own_person"
    )
    details: Tri = fact(
        _("whether it gives personal details of this person"),
        _("Does it give personal details about them?"),
        need="own_others_details",
    )
    discussed: Tri = fact(_("whether it talks about this person"))
    kindly: Tri = Field(None, description=_("whether the post only praises the person"))
    known_from_work: Tri = fact(
        _("whether the information comes from the job"), _("Do you know them from your work?")
    )
    family_of_pupil: Tri = fact(need="own_person")
    asked: tuple[Asked, ...] | None = fact(_("who was asked first"), _("Who was asked beforehand?"))
    agreed: tuple[Asked, ...] | None = fact(_("who agreed"), _("Who agreed?"))
    agreed_in_writing: Tri = fact(_("whether they agreed in writing"))


class Remark(Part, asked_of="private_person", prefix="own_remark_"):
    """A remark in the post, and what a reader found it to be."""

    about: Literal["school", "pupil", "member", "supplier", "connected", "nobody_here"] | None = fact(
        _("who the remark is about")
    )
    runs_down: Attested | None = fact(
        _("does the remark belittle?"),
        _("In your judgement, does it run the school down?"),
        need="own_remark_belittling",
        say="private.ask_remark_belittling",
    )
    defames: Attested | None = fact(
        _("does the remark defame?"), need="own_remark_defamation", say="private.ask_remark_defamation"
    )
    rude: Attested | None = fact(_("is the remark rude?"), say="private.ask_remark_rude")
    threatens: Attested | None = fact(
        _("does the remark threaten?"), need="own_remark_threatening", say="private.ask_remark_threatening"
    )
    improper: Attested | None = fact(_("is the remark improper?"), say="private.ask_remark_improper")
    offends: Attested | None = fact(_("does the remark offend?"), need="own_remark_offensive")
    discriminates: Attested | None = fact(
        _("does the remark discriminate?"), need="own_remark_discriminatory"
    )
    insults: Attested | None = fact(_("does the remark insult?"), need="own_remark_insulting")
    obscene: Attested | None = fact(_("is the remark obscene?"))


class Information(Part, asked_of="private_person"):
    """A piece of information that the post gives away or makes use of; "work information" is whatever was
    learnt through the job."""

    labels: tuple[Label, ...] | None = fact(
        _("whose information it is, what kind, and what is done with it"), need="own_information_kind"
    )
    owner: Literal["federation", "company", "other person"] | None = fact(need="own_information_kind")
    act: Literal["disclose", "use"] | None = fact(need="own_information_kind")


Standing = Literal["self, personal", "self, professional", "federation"]


@moment(
    "personal.post",
    _("A post on a private account"),
    """private_post_covered own_good_name own_unlawful own_remarks own_standing own_safety own_respect
    own_child_safety own_views own_voice own_reference own_touchy own_contradiction own_information
    own_confidences own_professional own_professional_face own_school_matters own_disciplinary
    others_details others_discussed own_criticism own_spread own_readers own_permanence own_open_to_all
    own_doubt""",
    asks=Asks.ACT,
)
class PersonalPost(Act, asked_of="private_person", prefix="own_"):
    """`by` posts, with what they are or were to the school. `audience`: who can see it by its settings.
    `affects`: it has an effect on the school. `marked_as_own`: it says so, or the page that it is on.
    Judgements are of this version."""

    has_left: Tri = fact(_("whether the person still works there"), of="office")
    site: Literal["social", "professional"] | None = fact(
        _("what kind of network it is"), _("What kind of network is it?")
    )
    audience: Literal["everyone", "chosen_people"] | None = Field(None, description=_("who can see the post"))
    outside_school: Tri = fact(_("whether it was in their own time and on their own account"))
    refers: Tri = fact(_("whether it names or affects the school"), need="own_refers_or_affects")
    affects: Tri = fact(need="own_refers_or_affects")
    federation_alone: Tri = fact(
        _("whether the post names or affects the federation but none of its schools"),
        _("Does it name or affect the federation, but none of its schools?"),
    )
    about_school: Tri = fact(
        _("whether the reply is about school matters"), _("Does it tell others about school matters?")
    )
    children_in_it: Tri = fact(_("whether the post shows or mentions children"))
    towards_people_here: Tri = fact(
        _("whether it addresses or mentions colleagues or others in the federation")
    )
    gives_own_details: Tri = fact(
        _("whether the post gives away details about its author"),
        _("Does it give away details about you, such as where you live or when you’re away?"),
    )
    marked_as_own: Tri = fact(
        _("whether it says that the author speaks for themselves"),
        _("Does it, or the page it is on, say that you speak for yourself?"),
    )
    in_doubt: Tri = fact(
        _("whether the author is unsure about the post"), _("Are you unsure whether to post it?")
    )
    doubt_discussed: Tri = fact(
        _("a discussion with the person the policy names for doubts"),
        _("Have you discussed it with the person your policy names for doubts?"),
    )
    voice: Literal["I", "we", "neither"] | None = fact(_("whether it is written as “I”"))
    reference: Literal["none", "positive", "negative"] | None = fact(
        _("whether it recommends someone or warns about them"),
        _("Do you recommend them, or warn others about them?"),
    )
    could_hurt: tuple[Standing, ...] | None = fact(
        _("whose good name it could harm"), _("Whose good name could it harm?")
    )
    criticises: Tri = fact(_("whether it criticises"))
    internal: Tri = fact(
        _("whether it is about something inside the school"),
        _("Is it about something inside the school that others don’t know?"),
    )
    people: tuple[Mentioned, ...] | None = fact(_("who it is about"))
    remarks: tuple[Remark, ...] | None = fact(_("whether it comments on the school or its people"))
    information: tuple[Information, ...] | None = fact(_("what information it discloses or uses"))
    harms_professional_standards: Attested | None = fact(_("could it damage professional standards?"))
    harms_reputation: Attested | None = fact(
        _("could it harm the school’s good name?"),
        _("In your judgement, could it harm the school’s good name?"),
        say="private.ask_harms_reputation",
    )
    tells_confidence: Attested | None = fact(
        _("does it reveal anything the person was told in confidence at work?"),
        _("In your judgement, does it share something told to you in confidence at work?"),
        say="private.ask_tells_confidence",
    )
    ties_to_unlawful: Attested | None = fact(
        _("does it link the school to something unlawful?"), say="private.ask_ties_to_unlawful"
    )
    unsuitable: Attested | None = fact(
        _("is it unsuitable?"), _("In your judgement, is it unsuitable?"), say="private.ask_standing"
    )
    endangers_children: Attested | None = fact(
        _("could it put a child at risk?"), say="private.ask_endangers_children"
    )
    own_details_risky: Attested | None = fact(
        _("could the details about you put you at risk?"),
        _("In your judgement, could these details put you at risk?"),
        say="private.ask_own_details_risky",
    )
    disrespectful: Attested | None = fact(
        _("does it lack respect?"),
        _("In your judgement, does it show them a lack of respect?"),
        say="private.ask_disrespectful",
    )
    unprofessional: Attested | None = fact(_("is it unprofessional?"), say="private.ask_unprofessional")
    discourteous: Attested | None = fact(
        _("does it lack courtesy?"), need="own_courteous", say="private.ask_courteous"
    )
    touchy_school_matter: Attested | None = fact(
        _("is it about a sensitive school matter?"),
        _("In your judgement, is it about a sensitive school matter?"),
        say="private.ask_touchy_school_matter",
    )
    contradicts_policy: Attested | None = fact(
        _("does it contradict school policy?"), need="own_contradicts", say="private.ask_contradicts"
    )
    ill_fits_professional_face: Attested | None = fact(
        _("is it at odds with the professional image shown at work?"),
        say="private.ask_ill_fits_professional_face",
    )
    against_disciplinary_rules: Attested | None = fact(
        _("do the disciplinary rules forbid it?"), say="private.ask_against_disciplinary_rules"
    )
