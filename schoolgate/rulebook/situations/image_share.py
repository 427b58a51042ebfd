"""A member of staff is about to put a picture online, wherever it is, or to pass one on. May it go there?"""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Day, Facts, Part, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.post_publish import PersonShown, Picture, PostAccount

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

    details: Tri = False
    asked: tuple[Asking, ...] | None = None


class ImageShare(Facts):
    """`act`: putting up a picture of one's own or of the school's, or passing on what was put up. `place`:
    where it would go; `pupil_site`: that is a site made for pupils. `medium`: what it is. `shows_pupils`: it
    shows pupils of the school. `shows_school`: it can be seen in it which school it is. `shows_security`: it
    shows what could weaken security. `school_photograph`: it was taken at or for the school. `people`: whom
    it shows or names. `fit`, `dressed`, `ridicules`: what somebody judged of the picture as it stands.
    `tagging`: whether the people in it would be tagged; `tagging_can_be_off`: the network lets that be
    switched off. `guidance_on_file`: the policy that has more advice is on file."""

    by: Person | None = None
    act: Literal["upload", "share"] | None = None
    place: Place | None = None
    pupil_site: Tri = None
    medium: Literal["photograph", "video", "image"] | None = None
    shows_pupils: Tri = None
    shows_school: Tri = None
    shows_security: Tri = None
    school_photograph: Tri = None
    people: tuple[SharedPerson, ...] | None = None
    fit: Attested | None = None
    dressed: Attested | None = None
    ridicules: Attested | None = None
    tagging: Literal["on", "off"] | None = None
    tagging_can_be_off: Tri = None
    guidance_on_file: Tri = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by

    @property
    def has_picture(self) -> bool:
        """Always: this is about a picture."""
        return True

    @property
    def picture(self) -> Picture:
        """The picture as a post would have it."""
        return Picture(
            shows_pupils=self.shows_pupils,
            shows_security=self.shows_security,
            fit=self.fit,
            dressed=self.dressed,
            ridicules=self.ridicules,
        )

    @property
    def account(self) -> PostAccount:
        """The account as a post would have it."""
        return PostAccount(pupil_site=self.pupil_site)


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
