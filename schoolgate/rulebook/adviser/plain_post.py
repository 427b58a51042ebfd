"""A post for the school that nothing is wrong with: each entry says what is otherwise."""

from typing import Any

FINE_PICTURE: dict[str, Any] = {
    "alt_text": "-", "shows_people": True, "shows_pupils": True, "fit": "$yes", "dressed": "$yes",
    "ridicules": "$no", "shows_security": False,
}  # fmt: skip
PLAIN: dict[str, Any] = {
    "account": {
        "official": True, "pupil_site": False, "pupils_may_read": True, "says_who_runs_it": True,
        "hosting": "third_party", "content_approved_once": False, "logo_allowed": False,
    },
    "has_picture": False, "people": [], "materials": [], "links": [], "marks": [],
    "suitable_for_children": "$yes", "suitable_for_any_reader": "$yes", "suits_ages": "$yes",
    "professional": "$yes", "confidentiality_kept": "$yes", "privacy_kept": "$yes", "facts_checked": "$yes",
    "may_be_controversial": False, "personal_view": False, "disclaimer": True, "signed": True,
    "author_position": True, "author_in_doubt": False, "rights_in_doubt": False,
    "tells_success_or_news": True, "names_partner": False, "knows_safeguarding": True, "speaks_as": [],
}  # fmt: skip
