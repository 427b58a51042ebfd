"""Somebody's own page, profile or blog is looked at: mostly by themselves, when they check or declare it."""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Facts, Person, Text, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Subject = Literal["federation", "school"]


class PersonalProfile(Facts):
    """`by` holds the page. `kind`: a page on a network, a web page or a blog.

    `links_to`: what the page links itself to, `names`: what it names (as employer, for instance), `affects`:
    on what it has an effect: the federation, one of its schools, or nothing. `disclaimer`: whether the page
    says that the school is not speaking, as its holder told it of the page as it is; `disclaimer_text`: the
    very words of that sentence ("" for none), and nothing else of the page; `disclaimer_easily_seen`:
    somebody's judgement. `shows`: the school's logo or look. `privacy`: how its settings stand.
    `contact_address`: whose e-mail address it gives. `gives_own_details`: details about the holder that could
    be misused. `has_pictures`: pictures of the holder's own; `pictures_by_others`: pictures of them that
    others put online; `tagged`: others mark the holder in theirs.

    What its holder judges of it as it is: `fits_own_picture` (the picture they want to give of themselves),
    `fits_conduct_expected` (of their profession), `fits_professional_face` (the one they show at work), each
    also of what stands around the profile (`related_...`)."""

    by: Person | None = None
    kind: Literal["social_page", "web_page", "blog"] | None = None
    links_to: tuple[Subject, ...] | None = None
    names: tuple[Subject, ...] | None = None
    affects: tuple[Subject, ...] | None = None
    disclaimer: Attested | None = None
    disclaimer_text: Text | None = None
    disclaimer_easily_seen: Attested | None = None
    shows: tuple[Literal["logo", "branding"], ...] | None = None
    privacy: Literal["strictest", "weaker"] | None = None
    contact_address: Literal["private", "school", "none"] | None = None
    gives_own_details: Tri = None
    has_pictures: Tri = None
    pictures_by_others: Tri = None
    tagged: Tri = None
    fits_own_picture: Attested | None = None
    related_fits_own_picture: Attested | None = None
    fits_conduct_expected: Attested | None = None
    related_fits_conduct_expected: Attested | None = None
    fits_professional_face: Attested | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


PERSONAL_PROFILE = Situation(
    key="personal.profile",
    title=gettext_noop("A private profile, page or blog"),
    facts=PersonalProfile,
    points=points(
        """
        own_disclaimer own_disclaimer_text own_disclaimer_place own_page_logo own_privacy_settings
        own_contact_address own_self_image own_related_content own_conduct_expected own_work_image
        own_stranger_view own_traces own_page_details own_picture_control own_tagging own_pictures_seen
        """
    ),
)
