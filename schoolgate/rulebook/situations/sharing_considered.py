"""Somebody is about to share something on a social network, or asks what law reaches what is shared."""

from typing import Literal

from schoolgate.rulebook.facts import Act, Name
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Space = Literal["public", "closed group", "private message"]


class SharingConsidered(Act):
    """`space`: where it would stand. `further_laws`: laws that the federation has put beside those which its
    policy names, by their titles."""

    space: Space | None = None
    further_laws: tuple[Name, ...] = ()


SHARING_CONSIDERED = Situation(
    key="sharing.considered",
    title=gettext_noop("Somebody is about to share something on a social network"),
    facts=SharingConsidered,
    points=points("data_protection information_requests further_laws private_spaces"),
)
