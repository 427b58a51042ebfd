"""Yes and no in Welsh take up the verb of the question."""

import pytest
from django import forms
from django.utils import translation

from schoolgate.web.frame.forms import YES_NO, SchoolForm, answers_to, yes_and_no


@pytest.mark.parametrize(
    ("asked", "yes", "no"),
    [
        ("A yw’r llun yn addas?", "Ydy", "Nac ydy"),
        ("A oes unrhyw un mewn perygl?", "Oes", "Nac oes"),
        ("A ydych chi’n siŵr?", "Ydw", "Nac ydw"),
        ("Ydych chi’n cytuno?", "Ydw", "Nac ydw"),
        ("A dorrwyd y polisi?", "Do", "Naddo"),
        ("A wnaethant ei ddarparu?", "Do", "Naddo"),
        ("A wnaethoch chi ofyn?", "Do", "Naddo"),
        ("A aeth rhywun adref?", "Do", "Naddo"),
        ("A wnaed y safle i ddisgyblion?", "Do", "Naddo"),
        ("A wnaeth staff ei rannu?", "Do", "Naddo"),
        ("A oedd yn ystod oriau gwaith?", "Oedd", "Nac oedd"),
        ("A allai’r llun wneud i rywun edrych yn ffôl?", "Gallai", "Na allai"),
        ("A gaiff plant ei weld?", "Caiff", "Na chaiff"),
        ("Ai cyfrif swyddogol ydyw?", "Ie", "Nage"),
        ("Ai’r wasg sy’n gofyn?", "Ie", "Nage"),
        ("Beth ddigwyddodd?", "Ie", "Na"),
        ("", "Ie", "Na"),
    ],
)
def test_the_answer_takes_up_the_verb(asked, yes, no):
    assert yes_and_no(asked) == (yes, no)


def test_other_answers_stay_as_they_are():
    choices = [("yes", "Ie"), ("no", "Na"), ("", "Dydw i ddim yn siŵr")]
    with translation.override("cy"):
        shown = answers_to("A dorrwyd y polisi?", choices)
    assert [label for _value, label in shown] == ["Do", "Naddo", "Dydw i ddim yn siŵr"]


@pytest.mark.parametrize(("language", "labels"), [("cy", ["Do", "Naddo"]), ("en", ["Yes", "No"])])
def test_a_form_answers_in_the_words_of_its_question(language, labels):
    class Asked(SchoolForm):
        broken = forms.ChoiceField(label="A dorrwyd y polisi?", choices=YES_NO, widget=forms.RadioSelect)

    with translation.override(language):
        assert [str(label) for _value, label in Asked()["broken"].field.choices] == labels
