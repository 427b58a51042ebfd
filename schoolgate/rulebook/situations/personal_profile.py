"""Somebody's own page, profile or blog is looked at: mostly by themselves, when they check or declare it."""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Attested, Facts, Text, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Subject = Literal["federation", "school"]


class PersonalProfile(Act):
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

    kind: Annotated[
        Literal["social_page", "web_page", "blog"] | None,
        Ask("own_page_kind", "private_person", gettext_noop("what kind of page it is")),
    ] = None
    links_to: Annotated[
        tuple[Subject, ...] | None,
        Ask(
            "own_links_to",
            "private_person",
            gettext_noop("whether the page links itself to the school or the federation"),
        ),
    ] = None
    names: Annotated[
        tuple[Subject, ...] | None,
        Ask(
            "own_names", "private_person", gettext_noop("whether the page names the school or the federation")
        ),
    ] = None
    affects: Annotated[
        tuple[Subject, ...] | None,
        Ask(
            "own_affects",
            "private_person",
            gettext_noop("whether the page affects the school or the federation"),
        ),
    ] = None
    disclaimer: Annotated[
        Attested | None,
        Ask(
            "own_disclaimer",
            "private_person",
            gettext_noop("a disclaimer on the private page"),
            gettext_noop("Do you judge that the page says that the school is not speaking there?"),
            say="private.disclaimer_missing",
        ),
    ] = None
    disclaimer_text: Annotated[
        Text | None,
        Ask("own_disclaimer_text", "private_person", gettext_noop("the policy's sentence on the page")),
    ] = None
    disclaimer_easily_seen: Annotated[
        Attested | None,
        Ask(
            "own_disclaimer_seen",
            "private_person",
            gettext_noop("a disclaimer in plain view"),
            say="private.disclaimer_in_plain_view",
        ),
    ] = None
    shows: Annotated[
        tuple[Literal["logo", "branding"], ...] | None,
        Ask("own_shows", "private_person", gettext_noop("whether the page shows the school's logo or look")),
    ] = None
    privacy: Annotated[
        Literal["strictest", "weaker"] | None,
        Ask(
            "own_privacy",
            "private_person",
            gettext_noop("the strictest privacy settings"),
            gettext_noop("How do its privacy settings stand?"),
        ),
    ] = None
    contact_address: Annotated[
        Literal["private", "school", "none"] | None,
        Ask(
            "own_contact_address",
            "private_person",
            gettext_noop("whose e-mail address the page gives"),
            gettext_noop("Which e-mail address does the page give?"),
        ),
    ] = None
    gives_own_details: Annotated[
        Tri,
        Ask(
            "own_gives_own_details",
            "private_person",
            question=gettext_noop("Does the page give details of yours that could be misused?"),
        ),
    ] = None
    has_pictures: Annotated[
        Tri,
        Ask(
            "own_has_pictures",
            "private_person",
            gettext_noop("whether the page has pictures of its holder"),
            gettext_noop("Are there pictures of you on it?"),
        ),
    ] = None
    pictures_by_others: Annotated[
        Tri,
        Ask(
            "own_pictures_by_others",
            "private_person",
            gettext_noop("whether others put pictures of them online"),
            gettext_noop("Are there pictures of you that others put online?"),
        ),
    ] = None
    tagged: Annotated[
        Tri,
        Ask(
            "own_tagged",
            "private_person",
            gettext_noop("whether others tag them in pictures"),
            gettext_noop("Do others tag you in their pictures?"),
        ),
    ] = None
    fits_own_picture: Annotated[
        Attested | None,
        Ask(
            "own_fits_own_picture",
            "private_person",
            gettext_noop("does the profile fit the picture that its owner wants to give?"),
            say="private.ask_fits_own_picture",
        ),
    ] = None
    related_fits_own_picture: Annotated[
        Attested | None,
        Ask(
            "own_related_fits_own_picture",
            "private_person",
            gettext_noop("does what stands around the profile fit?"),
            say="private.ask_related_fits_own_picture",
        ),
    ] = None
    fits_conduct_expected: Annotated[
        Attested | None,
        Ask(
            "own_fits_conduct_expected",
            "private_person",
            gettext_noop("do profile and content match the conduct that the profession expects?"),
            say="private.ask_fits_conduct_expected",
        ),
    ] = None
    related_fits_conduct_expected: Annotated[
        Attested | None,
        Ask("own_fits_conduct_expected", "private_person", say="private.ask_fits_conduct_expected"),
    ] = None
    fits_professional_face: Annotated[
        Attested | None,
        Ask(
            "own_fits_professional_face",
            "private_person",
            gettext_noop("does the profile fit the professional face shown at work?"),
            say="private.ask_fits_professional_face",
        ),
    ] = None

    @derived("own_disclaimer_text", "private_person")
    def disclaimer_words(self, _facts: Facts) -> str | None:
        """The sentence of the disclaimer, whatever its blanks, quotation marks and final full stop."""
        if self.disclaimer_text is None:
            return None
        text = self.disclaimer_text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
        return " ".join(text.split()).strip("\"' .")


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
