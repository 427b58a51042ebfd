"""Somebody puts something online on a private channel, or did. What does the policy say to it?"""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Facts, Part, Person, Relation, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Standing = Literal["self, personal", "self, professional", "federation"]
Asked = Literal["themselves", "parents"]
Label = Literal["confidential", "proprietary", "business-sensitive", "work information"]


class Mentioned(Part):
    """Somebody whom the post is about. `details`: personal details of theirs stand in it. `discussed`: it
    talks about them; `kindly`: only well of them. `known_from_work`: what it tells of them is known from the
    job. `family_of_pupil`: they belong to a pupil's family. `asked`, `agreed`: who was asked beforehand
    whether the details may go online, and who said yes."""

    relation: Relation | None = None
    details: Tri = None
    discussed: Tri = None
    kindly: Tri = None
    known_from_work: Tri = None
    family_of_pupil: Tri = None
    asked: tuple[Asked, ...] | None = None
    agreed: tuple[Asked, ...] | None = None


class Remark(Part):
    """A remark in the post. `about`: the school or federation itself, a pupil, somebody else who belongs to
    it, a supplier, somebody else with a link to it, or nobody of these. `runs_down`, `defames`, `rude`,
    `threatens`, `improper`: what somebody who read it found."""

    about: Literal["school", "pupil", "member", "supplier", "connected", "nobody_here"] | None = None
    runs_down: Attested | None = None
    defames: Attested | None = None
    rude: Attested | None = None
    threatens: Attested | None = None
    improper: Attested | None = None


class Information(Part):
    """A piece of information that the post gives away or makes use of. `labels`: what it is; "work
    information" is whatever was learnt through the job."""

    labels: tuple[Label, ...] | None = None
    owner: Literal["federation", "company", "other person"] | None = None
    act: Literal["disclose", "use"] | None = None


class PersonalPost(Facts):
    """`by` posts, with what they are or were to the school. `has_left`: they no longer work there.

    `site`: what kind of network. `audience`: who can see it by its settings. `outside_school`: in their own
    time and on an account of their own. `refers`: it names the school or links itself to it; `affects`: it
    has an effect on it. `about_school`: it tells others of school matters. `children_in_it`: it shows or
    mentions children. `towards_people_here`: it speaks to or of colleagues or others of the federation.
    `gives_own_details`: details about themselves that could be misused. `marked_as_own`: it, or the page that
    it stands on, says that the writer speaks for themselves. `voice`: "I" or "we". `reference`: whether it
    recommends somebody for work or study, or warns of them. `could_hurt`: whose standing is at stake.
    `criticises`: it finds fault with something; `internal`: with something inside the school.

    What people judge of it as it stands: `harms_professional_standards`, `harms_reputation` (likely to),
    `tells_confidence` (something entrusted to them at work), `ties_to_unlawful` (ties the school to something
    unlawful), `unsuitable`, `endangers_children`, `own_details_risky`, `disrespectful`, `unprofessional`,
    `discourteous`, `touchy_school_matter`, `contradicts_policy`, `ill_fits_professional_face`,
    `against_disciplinary_rules`."""

    by: Person | None = None
    has_left: Tri = None
    site: Literal["social", "professional"] | None = None
    audience: Literal["everyone", "chosen_people"] | None = None
    outside_school: Tri = None
    refers: Tri = None
    affects: Tri = None
    about_school: Tri = None
    children_in_it: Tri = None
    towards_people_here: Tri = None
    gives_own_details: Tri = None
    marked_as_own: Tri = None
    voice: Literal["I", "we", "neither"] | None = None
    reference: Literal["none", "positive", "negative"] | None = None
    could_hurt: tuple[Standing, ...] | None = None
    criticises: Tri = None
    internal: Tri = None
    people: tuple[Mentioned, ...] | None = None
    remarks: tuple[Remark, ...] | None = None
    information: tuple[Information, ...] | None = None
    harms_professional_standards: Attested | None = None
    harms_reputation: Attested | None = None
    tells_confidence: Attested | None = None
    ties_to_unlawful: Attested | None = None
    unsuitable: Attested | None = None
    endangers_children: Attested | None = None
    own_details_risky: Attested | None = None
    disrespectful: Attested | None = None
    unprofessional: Attested | None = None
    discourteous: Attested | None = None
    touchy_school_matter: Attested | None = None
    contradicts_policy: Attested | None = None
    ill_fits_professional_face: Attested | None = None
    against_disciplinary_rules: Attested | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


PERSONAL_POST = Situation(
    key="personal.post",
    title=gettext_noop("A post on a private account"),
    facts=PersonalPost,
    points=points(
        """
        private_post_covered own_good_name own_unlawful own_remarks own_standing own_safety own_respect
        own_child_safety own_views own_voice own_reference own_touchy own_contradiction own_information
        own_confidences own_professional own_professional_face own_school_matters own_disciplinary
        others_details others_discussed own_criticism own_spread own_readers own_permanence own_open_to_all
        """
    ),
)
