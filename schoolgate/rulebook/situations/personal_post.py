"""Somebody puts something online on a private channel, or did. What does the policy say to it?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Attested, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.personal_post_parts import Information, Mentioned, Remark

Standing = Literal["self, personal", "self, professional", "federation"]


class PersonalPost(Act):
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

    has_left: Annotated[
        Tri, Ask("own_has_left", "office", gettext_noop("whether the person still works there"))
    ] = None
    site: Annotated[
        Literal["social", "professional"] | None,
        Ask(
            "own_site",
            "private_person",
            gettext_noop("what kind of network it is"),
            gettext_noop("What kind of network is it?"),
        ),
    ] = None
    audience: Literal["everyone", "chosen_people"] | None = None
    outside_school: Annotated[
        Tri,
        Ask(
            "own_outside_school",
            "private_person",
            gettext_noop("whether it was in their own time and on their own account"),
        ),
    ] = None
    refers: Annotated[
        Tri,
        Ask(
            "own_refers_or_affects", "private_person", gettext_noop("whether it names or affects the school")
        ),
    ] = None
    affects: Annotated[Tri, Ask("own_refers_or_affects", "private_person")] = None
    about_school: Annotated[
        Tri,
        Ask(
            "own_about_school",
            "private_person",
            gettext_noop("whether it is about school matters"),
            gettext_noop("Does it tell others of matters of the school?"),
        ),
    ] = None
    children_in_it: Annotated[
        Tri,
        Ask(
            "own_children_in_it", "private_person", gettext_noop("whether it shows children or tells of them")
        ),
    ] = None
    towards_people_here: Annotated[
        Tri,
        Ask(
            "own_towards_people_here",
            "private_person",
            gettext_noop("whether it speaks to or of colleagues or others of the federation"),
        ),
    ] = None
    gives_own_details: Annotated[
        Tri,
        Ask(
            "own_gives_own_details",
            "private_person",
            gettext_noop("whether it gives away details about whoever posts"),
        ),
    ] = None
    marked_as_own: Annotated[
        Tri,
        Ask(
            "own_marked_as_own",
            "private_person",
            gettext_noop("whether it says that the writer speaks for themselves"),
            gettext_noop("Does it, or the page it stands on, say that you speak for yourself?"),
        ),
    ] = None
    voice: Annotated[
        Literal["I", "we", "neither"] | None,
        Ask("own_voice", "private_person", gettext_noop("whether it is written as “I”")),
    ] = None
    reference: Annotated[
        Literal["none", "positive", "negative"] | None,
        Ask(
            "own_reference",
            "private_person",
            gettext_noop("whether it recommends somebody or warns of them"),
            gettext_noop("Do you recommend them, or warn of them?"),
        ),
    ] = None
    could_hurt: Annotated[
        tuple[Standing, ...] | None,
        Ask("own_could_hurt", "private_person", gettext_noop("whose standing is at stake")),
    ] = None
    criticises: Annotated[
        Tri, Ask("own_criticises", "private_person", gettext_noop("whether it criticises"))
    ] = None
    internal: Annotated[
        Tri,
        Ask(
            "own_internal",
            "private_person",
            gettext_noop("whether it is about something inside the school"),
            gettext_noop("Is it about something inside the school that others do not know?"),
        ),
    ] = None
    people: Annotated[
        tuple[Mentioned, ...] | None, Ask("own_people", "private_person", gettext_noop("whom it is about"))
    ] = None
    remarks: Annotated[
        tuple[Remark, ...] | None,
        Ask("own_remarks", "private_person", gettext_noop("whether it remarks on the school or its people")),
    ] = None
    information: Annotated[
        tuple[Information, ...] | None,
        Ask(
            "own_information",
            "private_person",
            gettext_noop("what information it gives away or makes use of"),
        ),
    ] = None
    harms_professional_standards: Annotated[
        Attested | None,
        Ask(
            "own_harms_professional_standards",
            "private_person",
            gettext_noop("could it damage professional standards?"),
        ),
    ] = None
    harms_reputation: Annotated[
        Attested | None,
        Ask(
            "own_harms_reputation",
            "private_person",
            gettext_noop("could it harm the good name of the school?"),
            gettext_noop("Do you judge that it could harm the good name of the school?"),
            say="private.ask_harms_reputation",
        ),
    ] = None
    tells_confidence: Annotated[
        Attested | None,
        Ask(
            "own_tells_confidence",
            "private_person",
            gettext_noop("does it tell anything that was entrusted to the person at work?"),
            gettext_noop("Do you judge that it tells something that was entrusted to you at work?"),
            say="private.ask_tells_confidence",
        ),
    ] = None
    ties_to_unlawful: Annotated[
        Attested | None,
        Ask(
            "own_ties_to_unlawful",
            "private_person",
            gettext_noop("does it tie the school to something unlawful?"),
            say="private.ask_ties_to_unlawful",
        ),
    ] = None
    unsuitable: Annotated[
        Attested | None,
        Ask(
            "own_unsuitable", "private_person", gettext_noop("is it unsuitable?"), say="private.ask_standing"
        ),
    ] = None
    endangers_children: Annotated[
        Attested | None,
        Ask(
            "own_endangers_children",
            "private_person",
            gettext_noop("could it put a child at risk?"),
            say="private.ask_endangers_children",
        ),
    ] = None
    own_details_risky: Annotated[
        Attested | None,
        Ask(
            "own_own_details_risky",
            "private_person",
            gettext_noop("could the details about yourself put you at risk?"),
            say="private.ask_own_details_risky",
        ),
    ] = None
    disrespectful: Annotated[
        Attested | None,
        Ask(
            "own_disrespectful",
            "private_person",
            gettext_noop("does it lack respect?"),
            gettext_noop("Do you judge that it shows them no respect?"),
            say="private.ask_disrespectful",
        ),
    ] = None
    unprofessional: Annotated[
        Attested | None,
        Ask(
            "own_unprofessional",
            "private_person",
            gettext_noop("is it unprofessional?"),
            say="private.ask_unprofessional",
        ),
    ] = None
    discourteous: Annotated[
        Attested | None,
        Ask(
            "own_courteous",
            "private_person",
            gettext_noop("does it lack courtesy?"),
            say="private.ask_courteous",
        ),
    ] = None
    touchy_school_matter: Annotated[
        Attested | None,
        Ask(
            "own_touchy_school_matter",
            "private_person",
            gettext_noop("is it about a touchy school matter?"),
            say="private.ask_touchy_school_matter",
        ),
    ] = None
    contradicts_policy: Annotated[
        Attested | None,
        Ask(
            "own_contradicts",
            "private_person",
            gettext_noop("does it contradict school policy?"),
            say="private.ask_contradicts",
        ),
    ] = None
    ill_fits_professional_face: Annotated[
        Attested | None,
        Ask(
            "own_ill_fits_professional_face",
            "private_person",
            gettext_noop("does it fit ill with the professional face shown at work?"),
            say="private.ask_ill_fits_professional_face",
        ),
    ] = None
    against_disciplinary_rules: Annotated[
        Attested | None,
        Ask(
            "own_against_disciplinary_rules",
            "private_person",
            gettext_noop("do the disciplinary rules forbid it?"),
            say="private.ask_against_disciplinary_rules",
        ),
    ] = None


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
