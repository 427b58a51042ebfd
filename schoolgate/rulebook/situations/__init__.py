"""Every situation that can be asked about, by its key."""

from collections.abc import Mapping

from schoolgate.rulebook.errors import UnknownSituation
from schoolgate.rulebook.situations.account_decide import ACCOUNT_DECIDE
from schoolgate.rulebook.situations.account_open import ACCOUNT_OPEN
from schoolgate.rulebook.situations.account_propose import ACCOUNT_PROPOSE
from schoolgate.rulebook.situations.base import Situation
from schoolgate.rulebook.situations.item_answer import ITEM_ANSWER
from schoolgate.rulebook.situations.item_received import ITEM_RECEIVED
from schoolgate.rulebook.situations.media_enquiry import MEDIA_ENQUIRY
from schoolgate.rulebook.situations.post_publish import POST_PUBLISH

__all__ = ["SITUATIONS", "Situation", "situation"]

SITUATIONS: Mapping[str, Situation] = {
    situation.key: situation
    for situation in (
        ACCOUNT_PROPOSE,
        ACCOUNT_DECIDE,
        ACCOUNT_OPEN,
        POST_PUBLISH,
        ITEM_RECEIVED,
        ITEM_ANSWER,
        MEDIA_ENQUIRY,
    )
}


def situation(key: str) -> Situation:
    """The situation with this key. Raises UnknownSituation."""
    try:
        return SITUATIONS[key]
    except KeyError:
        raise UnknownSituation(key, list(SITUATIONS)) from None
