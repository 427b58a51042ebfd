"""Somebody's own page, profile or blog is looked at: mostly by themselves, when they check or declare it."""

from typing import Literal

from schoolgate.rulebook.facts import Act, Attested, Facts, Text, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment

Subject = Literal["federation", "school"]


@moment(
    "personal.profile",
    _("A private profile, page or blog"),
    """own_disclaimer own_disclaimer_text own_disclaimer_place own_page_logo own_privacy_settings
    own_contact_address own_self_image own_related_content own_conduct_expected own_work_image
    own_stranger_view own_traces own_page_details own_picture_control own_tagging own_pictures_seen""",
)
class PersonalProfile(Act, asked_of="private_person", prefix="own_"):
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

    kind: Literal["social_page", "web_page", "blog"] | None = fact(
        _("what kind of page it is"), need="own_page_kind"
    )
    links_to: tuple[Subject, ...] | None = fact(
        _("whether the page links itself to the school or the federation")
    )
    names: tuple[Subject, ...] | None = fact(_("whether the page names the school or the federation"))
    affects: tuple[Subject, ...] | None = fact(_("whether the page affects the school or the federation"))
    disclaimer: Attested | None = fact(
        _("a disclaimer on the private page"),
        _("Do you judge that the page says that the school is not speaking there?"),
        say="private.disclaimer_missing",
    )
    disclaimer_text: Text | None = fact(_("the policy's sentence on the page"))
    disclaimer_easily_seen: Attested | None = fact(
        _("a disclaimer in plain view"), need="own_disclaimer_seen", say="private.disclaimer_in_plain_view"
    )
    shows: tuple[Literal["logo", "branding"], ...] | None = fact(
        _("whether the page shows the school's logo or look")
    )
    privacy: Literal["strictest", "weaker"] | None = fact(
        _("the strictest privacy settings"), _("How do its privacy settings stand?")
    )
    contact_address: Literal["private", "school", "none"] | None = fact(
        _("whose e-mail address the page gives"), _("Which e-mail address does the page give?")
    )
    gives_own_details: Tri = fact(question=_("Does the page give details of yours that could be misused?"))
    has_pictures: Tri = fact(
        _("whether the page has pictures of its holder"), _("Are there pictures of you on it?")
    )
    pictures_by_others: Tri = fact(
        _("whether others put pictures of them online"),
        _("Are there pictures of you that others put online?"),
    )
    tagged: Tri = fact(_("whether others tag them in pictures"), _("Do others tag you in their pictures?"))
    fits_own_picture: Attested | None = fact(
        _("does the profile fit the picture that its owner wants to give?"),
        say="private.ask_fits_own_picture",
    )
    related_fits_own_picture: Attested | None = fact(
        _("does what stands around the profile fit?"), say="private.ask_related_fits_own_picture"
    )
    fits_conduct_expected: Attested | None = fact(
        _("do profile and content match the conduct that the profession expects?"),
        say="private.ask_fits_conduct_expected",
    )
    related_fits_conduct_expected: Attested | None = fact(
        need="own_fits_conduct_expected", say="private.ask_fits_conduct_expected"
    )
    fits_professional_face: Attested | None = fact(
        _("does the profile fit the professional face shown at work?"),
        say="private.ask_fits_professional_face",
    )

    @derived("own_disclaimer_text")
    def disclaimer_words(self, _facts: Facts) -> str | None:
        """The sentence of the disclaimer, whatever its blanks, quotation marks and final full stop."""
        if self.disclaimer_text is None:
            return None
        text = self.disclaimer_text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
        return " ".join(text.split()).strip("\"' .")
