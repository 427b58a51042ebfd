"""A door that only takes a form gives the form back, with what was typed and what is wrong with it."""

from django.http import QueryDict

from schoolgate.web.frame.carrying import form_sent_to, with_errors, with_words

PAGE = (
    '<main><form method="post" action="/posts/1/ask"><input type="hidden" name="covers" value="x"></form>'
    '<form method="post" action="/posts/1/say"><label for="a">Why</label>'
    '<input id="a" name="words" value=""><div class="govuk-radios"><input id="r" type="radio" name="same" '
    'value="no"></div></form></main>'
)


def given(**fields: str) -> QueryDict:
    found = QueryDict(mutable=True)
    found.update(fields)
    return found


def again(sentences: dict[str, str], sent: QueryDict) -> str:
    form = form_sent_to(PAGE, "/posts/1/say", sent, own="/posts/1")
    assert form is not None
    filled = with_words(PAGE, form, sent)
    return with_errors(filled, form_sent_to(filled, "/posts/1/say", sent, own="/posts/1"), sentences, str)


def test_each_sentence_is_beside_its_field_and_nothing_typed_is_lost():
    page = again({"words": "Say <why>", "same": "Choose one"}, given(words="It's “so”", same="no"))
    assert '<p class="govuk-error-message">Say &lt;why&gt;</p><input id="a"' in page
    assert 'value="It&#x27;s “so”"' in page
    assert '<p class="govuk-error-message">Choose one</p><div class="govuk-radios"' in page
    assert " checked>" in page
    assert "{'words': 'a', 'same': 'r'}<form" in page.replace("&#x27;", "'")


def test_what_has_no_field_is_in_the_summary_alone():
    page = again({"post": "No place is free"}, given(words="so"))
    assert "govuk-error-message" not in page


def test_a_page_without_that_form_has_none():
    assert form_sent_to(PAGE, "/posts/2/say", given(), own="/posts/1") is None
    assert form_sent_to('<main><form method="post"></form></main>', "/a", given(), own="/a") is not None
