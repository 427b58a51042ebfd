"""Letters, news, examples and duties of an emergency are read for what they are."""

import pytest

from schoolgate.policy.importing.document import reading_of
from schoolgate.policy.importing.roles import own_names

CASES = [
    ("Dear Parents,", False, None),
    ("Dear families and carers,", False, None),
    ("Dear colleagues", False, None),
    ("Yours faithfully,", False, None),
    ("With best wishes from all the staff,", False, None),
    ("Many thanks for your support,", False, None),
    ("Annwyl rieni,", False, None),
    ("We are now on Instagram.", None, "states"),
    ("We have a Facebook page and a YouTube channel.", None, "states"),
    ("The school has had a blog since 2015.", None, "states"),
    ("We are delighted to share our new page!", None, "states"),
    ("We are a small rural primary school.", None, "states"),
    ("We already have over three hundred followers!", None, "states"),
    ("Our staff are excited to begin posting!", None, "states"),
    ("For instance, a local museum that we visit.", None, "states"),
    ("E.g. a charity that pupils raise money for.", None, "states"),
    ("Such as other schools and the local library.", None, "states"),
    ("For example, a teacher could show a class making bread.", None, None),
    ("It may also be used for urgent messages, such as a burst pipe.", True, "may"),
    ("The page can be used to celebrate sports results.", True, "may"),
    ("This is acceptable.", True, "may"),
    ("This is not acceptable.", True, "must_not"),
    ("Friend requests from parents are best declined.", True, "advised_not"),
    ("Posts are normally made between 8am and 6pm on school days.", True, "should"),
    ("We ask parents not to post pictures of other people’s children.", True, "should_not"),
    ("Staff are required not to post pictures of other people’s children.", True, "must_not"),
    ("Staff are not expected to look at school accounts in the evening.", True, "may"),
    ("We do not expect any of our pupils to have an account of their own.", True, "advised_not"),
    (
        "Private use which has nothing to do with the school is outside the scope of this policy.",
        None,
        "states",
    ),
    ("The account may be used to remind families about deadlines.", True, "may"),
    ("It can be used to bully and harass others.", False, None),
    ("Social media can be used to groom children.", False, None),
    ("Staff report misuse to the head.", True, "must"),
    ("We report anyone who breaks the terms of the network to the network.", True, "must"),
    ("Passwords are changed at the end of the term.", True, "must"),
    ("The office contacts parents by other means.", True, "must"),
    ("Photographs of pupils are a kind of data that is never shared.", True, None),
    ("The term social media covers all networks.", False, None),
    ("Cyberbullying means hurting someone online.", False, None),
    ("We reply to messages within two days.", True, "must"),
    ("We have to obtain consent first.", True, "must"),
    ("The headteacher approves every post.", True, "must"),
    ("We are responsible for what we post.", True, "must"),
    ("Parents are asked for consent each September.", True, "must"),
    ("We never name pupils.", True, "must_not"),
    ("We do not tag pupils.", True, "must_not"),
    ("Dear Parents must not be used as a greeting by staff.", True, "must_not"),
    (
        "If there is any suspicion that a page may contain illegal images, stop and call the police at once.",
        True,
        "must",
    ),
    (
        "If anyone suspects that a chat may include grooming report this immediately to the lead.",
        True,
        "must",
    ),
    (
        "Should files seem to contain abuse, isolate the computer and tell the head without delay.",
        True,
        "must",
    ),
    ("Messages to parents may only go through the school's app.", True, "must_not"),
    ("These accounts may only be opened with the head's agreement.", True, "must_not"),
    ("They can only be used on the school network.", True, "must_not"),
    ("It may also be necessary to keep a screenshot.", True, "may"),
    ("Pupils who bully others online may bring the school into disrepute.", None, "states"),
    ("Comments that mock a person could make the school liable.", None, "states"),
    ("There may be occasions when a rule is broken.", None, "states"),
    ("However, there could be times when a post goes wrong.", None, "states"),
    ("The school's email may be regarded as secure.", None, "states"),
    ("Carry out the search on a laptop that will not be used by pupils.", True, "must"),
    ("Keep the file in a folder which cannot be opened by others.", True, "must"),
    ("Use an account that is never shared.", True, "must"),
    ("Staff who do not sign must not post.", True, "must_not"),
    ("Staff may post pictures of their class.", True, "may"),
    ("Parents may put questions to the office.", True, "may"),
    ("We ensure that pupils are not named.", True, None),
    ("Social media may contain harmful content.", False, None),
]
"""A sentence, whether it is a clause, and how strongly it binds; None where either is right."""


@pytest.mark.parametrize(("text", "clause", "strength"), CASES)
def test_a_sentence_is_taken_for_what_it_is(text, clause, strength):
    found = reading_of(text)
    assert clause in (None, not found.why_not), found.why_not
    assert strength in (None, str(found.modality))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("A photo may show the back of the head only.", False),
        ("Pictures crop at the top of the head.", False),
        ("Only the head and shoulders may be shown.", False),
        ("The head approves every post.", True),
        ("Tell the head at once.", True),
        ("The back of a child’s head may be shown.", False),
    ],
)
def test_the_head_of_a_child_is_no_head(text, named):
    assert ("headteacher" in own_names([text])) is named


@pytest.mark.parametrize(
    ("text", "why_not"),
    [
        ("Education and training – Staff / Volunteers", "a label"),
        ("Policy Statements training – Governors", "a label"),
        ("Staff ask the head first – Mrs Jones", ""),
        ("Pupils must not be named – Facebook", ""),
    ],
)
def test_a_line_of_a_table_of_contents_is_a_label(text, why_not):
    assert reading_of(text).why_not == why_not
