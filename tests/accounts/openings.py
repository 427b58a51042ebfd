"""What a Wootton account has settled and shown before it opens, for tests that want one open."""

from datetime import datetime

from schoolgate.accounts.models import Account
from schoolgate.accounts.sites import put_word_on_record, settle_site
from schoolgate.people.models import Person
from schoolgate.rulebook import book

(GUIDANCE,) = book("wootton").stated("site.suits", "site_guidance", "guidance")
WOOTTON_SETUP = {
    "login_is_private": False,
    "breaks_terms": False,
    "bears_another_name": False,
    "made_for_pupils": False,
    "terms_of_use": True,
    "house_rules": True,
    "shows_logo_or_brand": True,
}
WOOTTON_SETTLED = {
    "users_may_write": True,
    "users_may_add_pictures": False,
    "started_by": "The web team",
    "answers_for_moderation": "The web team",
    "vulnerable": False,
    "confidential_help_from": [],
}


def settled_at_wootton(account: Account, *, by: Person, at: datetime) -> None:
    """Everything that Wootton wants settled of a site of its own for grown-ups."""
    settle_site(account=account, by=by, at=at, answers=WOOTTON_SETTLED)
    put_word_on_record(account=account, by=by, at=at, kind="guidance", guidance=GUIDANCE)
