"""A member of staff is about to put a picture online, wherever it is, or to pass one on. May it go there?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Attested, Day, Facts, Part, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.post_parts import PersonShown, Shown

SHARER = "picture_owner"
Place = Literal["official_account", "website", "learning_platform", "private_account", "elsewhere"]


class Asking(Part):
    """That somebody was asked. `whom`: the person shown or named, or a parent. `answer`: None where none came
    yet."""

    on: Day
    whom: Literal["self", "parent"] = "self"
    answer: Tri = None


class SharedPerson(PersonShown):
    """Somebody whom the picture shows, or of whom something personal is said beside it (`details`). `asked`:
    when they were asked about this, an empty list where they were not."""

    relation: Annotated[Shown | None, Ask("relation", SHARER)] = None
    shown: Annotated[Tri, Ask("shown", SHARER)] = None
    details: Annotated[
        Tri,
        Ask("image_details", SHARER, gettext_noop("whether something personal about them stands beside it")),
    ] = False
    asked: Annotated[
        tuple[Asking, ...] | None,
        Ask("image_asked", SHARER, gettext_noop("the answer of whoever is shown, asked beforehand")),
    ] = None

    @derived("image_asked", SHARER)
    def agreed(self, _facts: Facts) -> bool:
        """Whether it is on record that somebody agreed; nobody is asked."""
        return any(one.answer for one in self.asked or ())


class ImageShare(Act):
    """`act`: putting up a picture of one's own or of the school's, or passing on what was put up. `place`:
    where it would go; `pupil_site`: that is a site made for pupils. `medium`: what it is. `shows_pupils`: it
    shows pupils of the school. `shows_school`: it can be seen in it which school it is. `shows_security`: it
    shows what could weaken security. `school_photograph`: it was taken at or for the school. `people`: whom
    it shows or names. `fit`, `dressed`, `ridicules`: what somebody judged of the picture as it stands.
    `tagging`: whether the people in it would be tagged; `tagging_can_be_off`: the network lets that be
    switched off. `guidance_on_file`: the policy that has more advice is on file."""

    act: Annotated[
        Literal["upload", "share"] | None,
        Ask("image_act", SHARER, gettext_noop("whether the picture is put up or passed on")),
    ] = None
    place: Annotated[
        Place | None,
        Ask(
            "image_place",
            SHARER,
            gettext_noop("where the picture would go"),
            gettext_noop("Where would it go?"),
        ),
    ] = None
    pupil_site: Annotated[Tri, Ask("pupil_site", "office")] = None
    medium: Literal["photograph", "video", "image"] | None = None
    shows_pupils: Annotated[
        Tri, Ask("shows_pupils", SHARER, question=gettext_noop("Does it show pupils of the school?"))
    ] = None
    shows_school: Annotated[
        Tri,
        Ask(
            "image_shows_school",
            SHARER,
            gettext_noop("whether it shows which school it is"),
            gettext_noop("Can one see in it which school it is?"),
        ),
    ] = None
    shows_security: Annotated[
        Tri,
        Ask(
            "shows_security",
            SHARER,
            question=gettext_noop("Does it show something that could weaken the security of the school?"),
        ),
    ] = None
    school_photograph: Annotated[
        Tri,
        Ask(
            "image_school_photograph",
            SHARER,
            gettext_noop("whether it is a school photograph"),
            gettext_noop("Was it taken at the school or for it?"),
        ),
    ] = None
    people: Annotated[tuple[SharedPerson, ...] | None, Ask("people", SHARER)] = None
    fit: Annotated[Attested | None, Ask("fit", SHARER, say="picture.not_judged")] = None
    dressed: Annotated[Attested | None, Ask("dressed", SHARER, say="picture.not_judged")] = None
    ridicules: Annotated[Attested | None, Ask("ridicules", SHARER, say="picture.not_judged")] = None
    tagging: Literal["on", "off"] | None = None
    tagging_can_be_off: Tri = None
    guidance_on_file: Tri = None

    @derived("image_place", SHARER)
    def shown_officially(self, _facts: Facts) -> bool | None:
        """Whether it goes on an official account."""
        return None if self.place is None else self.place == "official_account"


IMAGE_SHARE = Situation(
    key="image.share",
    title=gettext_noop("A picture is about to be put online or passed on"),
    facts=ImageShare,
    points=points(
        """
        pupil_pictures school_shown own_page_asked own_page_school_photo photo_details
        photo_consent naming leadership_consent security image_permission opt_out image_judged dress ridicule
        do_not_publish picture_rules picture_guidance picture_tagging
        """
    ),
)
