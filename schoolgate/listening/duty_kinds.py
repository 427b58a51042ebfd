"""Kinds of tasks about what watches find."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.duties.kinds import declare

HERE = "as=listening&watch="
"""How the inbox shows one watch; its number follows."""

# fmt: off
FINDS = declare("listening.finds", _("Read public posts about your school"), _("Read posts"),
    page="inbox", view=HERE, mail="comments")
SEARCH = declare("listening.search", _("Search for public posts about us, as the policy asks"),
    _("See what is missing"),
    page="inbox", view="as=listening&for=", mail="comments")
# fmt: on
