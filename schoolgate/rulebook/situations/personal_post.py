"""A private post, blog or comment, and the people it talks about."""

from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import Act, Attested, Part, Relation, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment

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
