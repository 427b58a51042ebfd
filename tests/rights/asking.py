"""What the office enters about a request."""

import pytest

from schoolgate.core.errors import BadInput
from schoolgate.rights.requests import Entered

SECRET = "Miriam Secretwood"


def entered(**given) -> Entered:
    """What was entered, whole unless something else is given."""
    whole = {
        "name": SECRET, "contact": "miriam@example.org", "about": f"{SECRET}\nmsecretwood",
        "identity": "known", "wants": "Everything about my child",
    }  # fmt: skip
    return Entered(**(whole | given))


def refused(field, act):
    """The act is refused, and only this field is named."""
    with pytest.raises(BadInput) as error:
        act()
    assert list(error.value.fields) == [field]
