"""The base of the forms: what is drawn, what is refused, and that nothing typed becomes markup."""

import re
from datetime import date, timedelta

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils import translation

from schoolgate.core.days import latest_plan
from schoolgate.core.errors import BadInput
from schoolgate.web.frame.forms import DayField, SchoolForm
from tests.days import today
from tests.gates.files import ROOT
from tests.web.plain import check_page


class Example(SchoolForm):
    name = forms.CharField(label="Name & <place>", help_text="<b>bold</b>")
    starts_on = DayField(label="First day", required=False)


def drawn(form) -> str:
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))


def day(text: str) -> Example:
    return Example({"name": "x", "starts_on": text})


def test_labels_and_help_are_escaped():
    html = drawn(Example())
    assert "Name &amp; &lt;place&gt;" in html
    assert "<b>bold" not in html


def test_a_variable_of_the_page_does_not_become_an_element_around_the_fields():
    html = Template("{% load crispy_forms_tags %}{% crispy form %}").render(
        Context({"form": Example(), "tag": "wait"})
    )
    assert "<wait" not in html
    assert '<div id="div_id_name"' in html


def test_a_form_drawn_twice_is_escaped_once():
    form = Example()
    assert drawn(form) == drawn(form)


class WithFile(SchoolForm):
    name = forms.CharField(label="Name")
    scan = forms.FileField(label="Signed copy", help_text="PDF & picture", required=False)


def with_file(name: str, *chosen: str) -> WithFile:
    return WithFile({"name": name}, {each: SimpleUploadedFile("a.pdf", b"%PDF") for each in chosen})


def hint(form) -> str:
    return re.search(r'id="id_scan_hint" class="govuk-hint">(.*?)</div>', drawn(form), re.DOTALL)[1]


def test_a_form_that_was_refused_says_that_its_file_must_be_chosen_again():
    assert hint(with_file("", "scan")) == (
        "PDF &amp; picture <strong>Choose the file again. "
        "It wasn’t kept, because something in the form needs changing.</strong>"
    )
    with translation.override("cy"):
        assert "Dewiswch y ffeil eto." in hint(with_file("", "scan"))


def test_nothing_is_said_of_a_file_that_was_not_chosen_or_not_refused():
    for form in (WithFile(), with_file(""), with_file("Ann", "scan")):
        assert hint(form) == "PDF &amp; picture"


KEEPS_ITS_FILES = {"posts/_film.html", "posts/_pictures.html", "posts/_news_pictures.html"}
"""Their pages keep what was chosen, also where the form is refused (`web/posts/pictures.py`)."""


def test_every_file_field_written_by_hand_shows_its_help_or_keeps_its_file():
    by_hand = {
        "/".join(path.parts[-2:]): path.read_text("utf-8")
        for path in (ROOT / "schoolgate" / "web").rglob("*.html")
        if 'type="file"' in path.read_text("utf-8")
    }
    assert {name for name, page in by_hand.items() if ".help_text }}" not in page} == KEEPS_ITS_FILES


def test_a_field_added_by_the_page_is_drawn():
    form = Example()
    form.fields["more"] = forms.CharField(label="Added later")
    assert "Added later" in drawn(form)


def test_browsers_do_not_interrupt_with_words_of_their_own():
    assert " required" not in drawn(Example())


def test_what_is_missing_is_said_in_our_words_in_both_languages():
    assert Example({}).errors["name"] == ["Fill in this field"]
    with translation.override("cy"):
        assert Example({}).errors["name"] == ["Llenwch y maes hwn"]


def test_what_is_chosen_from_a_list_is_asked_for_as_a_choice():
    class Chosen(SchoolForm):
        one = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
        several = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")])

    assert Chosen({}).errors == {"one": ["Choose one"], "several": ["Fill in this field"]}
    with translation.override("cy"):
        assert Chosen({}).errors["one"] == ["Dewiswch un"]


def test_a_day_is_the_browsers_own_field():
    html = drawn(Example(initial={"starts_on": date(2027, 1, 7)}))
    assert re.search(r'<input type="date" name="starts_on" value="2027-01-07"[^>]*govuk-input', html)
    assert '<label for="id_starts_on"' in html


@pytest.mark.parametrize(
    "typed", ["2027-01-07", "7/1/2027", "07/01/2027", "7 1 2027", "7.1.2027", "7 January 2027", "7 jan 2027"]
)
def test_a_day_is_read_as_browsers_send_it_and_as_people_type_it(typed):
    form = day(typed)
    assert form.is_valid()
    assert form.cleaned_data["starts_on"] == date(2027, 1, 7)


def test_a_day_may_be_left_empty_where_it_is_optional():
    form = day("")
    assert form.is_valid()
    assert form.cleaned_data["starts_on"] is None


def test_a_day_that_is_needed_is_asked_for():
    field = DayField(label="First day")
    with pytest.raises(forms.ValidationError, match="Enter a date"):
        field.clean("")


@pytest.mark.parametrize(
    "typed",
    [
        "29/2/2027",
        "32/1/2027",
        "1/13/2027",
        "1/1/0",
        "2027-02-30",
        "1/1/20270",
        "one",
        "٧/1/2027",
        "1//2027",
        "\x00",
    ],
)
def test_a_day_that_is_none_is_refused(typed):
    assert day(typed).errors["starts_on"] == ["Enter a real date"]


@pytest.mark.parametrize("typed", ["9999-12-31", "2926-11-25", "0001-01-01", "31/12/1899", "10000-01-01"])
def test_a_day_out_of_bounds_is_refused_with_the_bounds(typed):
    (said,) = day(typed).errors["starts_on"]
    assert said.startswith(
        ("Enter a real date", "Check the year. The earliest date is Monday 1 January 1900")
    )


def test_a_day_twenty_years_ahead_is_taken_and_the_next_is_not():
    last = latest_plan(today())
    assert day(last.isoformat()).is_valid()
    assert not day((last + timedelta(days=1)).isoformat()).is_valid()


def test_the_twenty_ninth_of_february_is_a_day_in_a_leap_year():
    assert day("2028-02-29").is_valid()


def test_what_an_action_refuses_stands_beside_its_field_and_the_rest_above():
    form = Example({"name": "x"})
    assert form.is_valid()
    form.refuse(BadInput({"name": "Choose another.", "elsewhere": "Something else."}))
    assert dict(form.errors) == {"name": ["Choose another."], "__all__": ["Something else."]}


def test_an_action_that_names_no_field_is_heard_too():
    form = Example({"name": "x"})
    form.is_valid()
    form.refuse(BadInput({}, message="It does not fit."))
    assert form.non_field_errors() == ["It does not fit."]


def test_the_errors_above_lead_to_their_fields():
    form = Example({"starts_on": "x"})
    html = Template('{% include "frame/errors.html" %}').render(Context({"form": form}))
    assert 'href="#id_name"' in html
    assert 'href="#id_starts_on"' in html
    check_page(html)
