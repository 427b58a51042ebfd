"""A site, or something that is to stand on it, may draw the press. Does whoever makes it know that?"""

from typing import Literal

from schoolgate.rulebook.facts import Act, Tri
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


@moment("media.expected", _("A site or a post may draw the press"), "press_expected")
class MediaExpected(Act):
    """`by` makes it. `what`: a site or content. `may_be_controversial`: somebody marked it so."""

    what: Literal["site", "content"] | None = None
    may_be_controversial: Tri = None
