"""Pictures that are taken, and pictures that are shared."""

from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import Act, Attested, Day, Facts, Instant, Part, Roles, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.post_parts import PersonShown, Shown

TAKER = "picture_taker"


@moment(
    "image.taken",
    _("Accidental picture that could be misunderstood or misused"),
    "accidental_deleted accidental_told",
    asks=Asks.DUTY,
)
class ImageTaken(Act, asked_of=TAKER, prefix="image_"):
    """`by` took it; `found_at`: when it was recognised for what it is. `act`: None where no action is
    planned. `copies_left`: empty where everything is gone."""

    found_at: Instant | None = fact(_("when the problem with the picture was noticed"))
    by_accident: Tri = fact(_("whether the picture was taken by accident"))
    compromising: Tri = fact(
        _("whether the picture compromises someone"), _("Could the picture compromise someone?")
    )
    could_be_misread: Tri = fact(
        _("whether the picture could be misread or misused"),
        _("Could the picture be misunderstood or misused?"),
    )
    act: Literal["keep", "use", "close_report"] | None = Field(
        None, description=_("what you want to do with it")
    )
    copies_left: tuple[Literal["library", "device", "elsewhere"], ...] | None = fact(
        _("where copies of the picture still are")
    )
    told: Roles | None = fact(_("who knows about the picture"))


SHARER = "picture_owner"
Place = Literal["official_account", "website", "learning_platform", "private_account", "elsewhere"]
SCHOOLS_OWN = ("official_account", "website", "learning_platform")


class Asking(Part):
    """A request to the person shown or named, or a parent. `answer`: None where there is none yet."""

    on: Day = Field(description=_("the day it was done"))
    whom: Literal["self", "parent"] = Field("self", description=_("who was asked"))
    answer: Tri = Field(None, description=_("whether they agreed"))


class SharedPerson(PersonShown, asked_of=SHARER):
    """A person in the picture, or with personal details beside it (`details`). `asked`: empty where they
    were not."""

    relation: Shown | None = fact()
    shown: Tri = fact()
    details: Tri = fact(
        _("whether anything personal about these people appears with the picture"), need="image_details"
    )
    asked: tuple[Asking, ...] | None = fact(
        _("the answer of the person shown, asked first"), need="image_asked"
    )
    own_child: Tri = fact(
        _("whether it is the child of the person who posts"),
        _("Is it the child of the person who posts?"),
        need="image_own_child",
    )

    @derived("image_asked")
    def agreed(self, _facts: Facts) -> bool:
        """Whether an agreement is on record; no one is asked."""
        return any(one.answer for one in self.asked or ())


@moment(
    "image.share",
    _("Posting or sharing a picture"),
    """pupil_pictures school_shown own_page_asked own_page_school_photo photo_details photo_consent naming
    leadership_consent security image_permission opt_out image_judged dress ridicule do_not_publish
    picture_rules picture_guidance picture_tagging leavers_shown consent_age films""",
    asks=Asks.ACT,
)
class ImageShare(Act, asked_of=SHARER):
    """`act`: posting a picture of the person's own or of the school's, or passing on one already posted.
    `pupil_site`: it goes to a site made for pupils. `medium`: what it is. `school_photograph`: taken at or
    for the school. `tagging`: of people in it."""

    act: Literal["upload", "share"] | None = fact(
        _("whether the picture is posted or shared"), need="image_act"
    )
    place: Place | None = fact(_("where the picture would go"), _("Where would it go?"), need="image_place")
    pupil_site: Tri = fact(of="office")
    medium: Literal["photograph", "video", "image"] | None = fact(
        _("what kind of picture it is"), _("Is it a photograph or a film?"), need="image_medium"
    )
    shows_pupils: Tri = fact(question=_("Does it show pupils from the school?"))
    shows_school: Tri = fact(
        _("whether it shows which school it is"),
        _("Does it show which school it is?"),
        need="image_shows_school",
    )
    shows_security: Tri = fact(question=_("Does it show something that could weaken the school’s security?"))
    swimwear: Tri = fact(_("whether it shows a pupil in swimwear"), _("Is a pupil in a picture in swimwear?"))
    school_photograph: Tri = fact(
        _("whether it is a school photo"),
        _("Was it taken at or for the school?"),
        need="image_school_photograph",
    )
    people: tuple[SharedPerson, ...] | None = fact()
    fit: Attested | None = fact(say="picture.not_judged")
    dressed: Attested | None = fact(
        question=_("Are all pupils in the pictures properly dressed?"), say="picture.not_judged"
    )
    ridicules: Attested | None = fact(say="picture.not_judged")
    tagging: Literal["on", "off"] | None = Field(None, description=_("whether tagging is on"))

    @derived("image_place")
    def shown_officially(self, _facts: Facts) -> bool | None:
        """Whether it goes on an official account."""
        return None if self.place is None else self.place == "official_account"

    @derived("image_place")
    def shown_by_school(self, _facts: Facts) -> bool | None:
        """Whether the school shows it: on an account of its own, its website or its learning platform."""
        return None if self.place is None else self.place in SCHOOLS_OWN
