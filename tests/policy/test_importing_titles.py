"""The roles that a document names by titles of its own, with the short forms that it explains."""

import pytest

from schoolgate.core.outside.documents import Piece
from schoolgate.policy.importing.document import document_of
from schoolgate.policy.importing.proposing import propose
from schoolgate.policy.importing.roles import own_titles, titles_in

MCO = "Marketing and Communications Officer"


@pytest.mark.parametrize(
    ("says", "titles"),
    [
        (
            "The Digital Lead and the School Secretary hold the passwords.",
            ["Digital Lead", "School Secretary"],
        ),
        ("Digital Lead and School Secretary", ["Digital Lead", "School Secretary"]),
        (f"The {MCO} keeps a register.", [MCO]),
        ("Posts are published by the Headteacher's PA.", ["Headteacher's PA"]),
        ("The Local Governing Committee is told.", ["Local Governing Committee"]),
        ("Any post on fees needs the approval of the Headteacher and Bursar.", ["Bursar"]),
        ("Ask the Head of Year Seven.", ["Head of Year"]),
        ("The Designated Safeguarding Lead, the Senior Leadership Team and the Data Protection Officer.", []),
        ("The lead of the team answers an officer.", []),
        ("A Police Officer may ask.", []),
        ("No Officer may.", []),
    ],
)
def test_a_title_is_what_the_document_writes_with_capitals_before_the_word_for_an_office(says, titles):
    assert [*own_titles([says])] == titles


def test_a_short_form_stands_for_its_title_where_the_text_explains_it():
    assert titles_in([f'The {MCO} ("MCO") posts.', "The Digital Lead (PTA) too."]) == {
        MCO: MCO, "MCO": MCO, "Digital Lead": "Digital Lead",
    }  # fmt: skip


def test_who_acts_and_who_is_named_are_roles_of_this_document():
    said = (
        f'The {MCO} ("MCO") keeps a register.', "Accounts are closed by the MCO.",
        "All posts are published by the MCO or by the Headteacher's PA.",
        "The digital lead must train staff.", "The Digital Lead answers parents.",
        "The Headteacher must be told.", "The communications officer of the council may call.",
    )  # fmt: skip
    found = propose(document_of([Piece(one, False, "", "line 1") for one in said], "text"), only_data=True)
    assert [one.actor for one in found][:6] == [MCO, MCO, MCO, "Digital Lead", "Digital Lead", ""]
    assert [one.parameters.get("roles") for one in found] == [
        [MCO], [MCO], [MCO, "Headteacher's PA"], ["Digital Lead"], ["Digital Lead"], ["Headteacher"],
        ["communications officer"],
    ]  # fmt: skip
    assert [one.short for one in found] == [{"MCO": MCO}] * 3 + [{}] * 4
