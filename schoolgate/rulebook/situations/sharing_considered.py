"""Somebody is about to share something on a social network, or asks what law reaches what is shared."""

from typing import Literal

from schoolgate.rulebook.facts import Act, Name
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment

Space = Literal["public", "closed group", "private message"]


@moment(
    "sharing.considered",
    _("Somebody is about to share something on a social network"),
    "data_protection information_requests further_laws private_spaces",
)
class SharingConsidered(Act):
    """`space`: where it would stand. `further_laws`: laws that the federation has put beside those which its
    policy names, by their titles."""

    space: Space | None = None
    further_laws: tuple[Name, ...] = ()
