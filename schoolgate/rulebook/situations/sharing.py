"""Pictures that are taken or shared, and passing on what belongs to others."""

from typing import ClassVar, Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Attested,
    Day,
    Facts,
    Given,
    Instant,
    Name,
    Part,
    Person,
    Roles,
    Tri,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.posts import PersonShown, Shown

# Pictures that are taken, and pictures that are shared.


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


# Passing on what belongs to others: records, permissions, rights.


Space = Literal["public", "closed group", "private message"]


@moment(
    "sharing.considered",
    _("Sharing something on a social network"),
    "data_protection information_requests further_laws private_spaces",
    asks=Asks.MATTER,
)
class SharingConsidered(Act):
    """`further_laws`: laws that the federation added to those which its policy names, by their titles."""

    space: Space | None = Field(None, description=_("where it was shared"))
    further_laws: tuple[Name, ...] = Field((), description=_("other laws that the federation added"))


@moment(
    "record.disclose", _("Asking to see stored information"), "within_reach private_spaces", asks=Asks.ACT
)
class RecordDisclose(Facts, asked_of="whoever_asks"):
    """`under`: the law behind the request. `shared_by_staff`: it was shared on a social network by staff.
    `space`: where it is."""

    under: Literal["data protection", "freedom of information", "other"] | None = fact(
        _("the law the request is made under"),
        _("Which law is the request made under?"),
        need="request_under",
    )
    shared_by_staff: Tri = fact(
        _("whether staff shared it on a social network"),
        _("Did staff share it on a social network?"),
        of="office",
    )
    space: Space | None = Field(None, description=_("where it was shared"))


ASKER = "whoever_asks"


@moment(
    "permission.counts",
    _("Does a permission count?"),
    "permission_counts permission_medium",
    asks=Asks.MATTER,
)
class PermissionCounts(Act, asked_of=ASKER):
    """`given`: None where it is not known; `none_given`: there is none. `used_at`: when the thing is, or was,
    used."""

    given: Given | None = fact(need="permission")
    none_given: bool = Field(False, description=_("whether no permission was given"))
    used_at: Instant | None = Field(None, description=_("when the permission is or was used"))
    medium: Literal["internet", "written documentation", "spoken word"] | None = fact(
        _("where it is used"), _("Where is it used?")
    )
    several_schools: Tri = fact(_("whether it involves several schools"), default=False)

    @derived("permission_written", _("whether the permission is in writing"))
    def in_writing(self, _facts: Facts) -> bool | None:
        """Whether the permission was given in writing."""
        return self.given.written if self.given is not None else None

    @derived("permission_when", _("the times permission was given and used"))
    def given_before_use(self, _facts: Facts) -> bool | None:
        """Whether the permission was given by the time of the use."""
        if self.given is None or self.given.at is None or self.used_at is None:
            return None
        return self.given.at <= self.used_at


class Advice(Given, asked_of="office"):
    """An answer to the question."""

    of_this_version: Tri = fact(
        _("whether the answer is about this version of the post"), need="advisers_answer_of_this"
    )


@moment("rights.question", _("Settling a question about rights"), "rights_advice", asks=Asks.DUTY)
class RightsQuestion(Act, asked_of="office"):
    """`by`: who is about to release it. `answers`: other people's answers to the question, about this
    version of the post or not, each with who gave it in which role."""

    version: ClassVar[int] = 1

    by: Person | None = fact(_("who decides"), need="decider")
    answers: tuple[Advice, ...] | None = fact(
        _("an answer to the question about rights"), need="advisers_answer"
    )
