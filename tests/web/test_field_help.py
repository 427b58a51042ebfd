"""Help beside a field: the policy's own clauses, nothing where it is silent, never another policy's words."""

import importlib
import pkgutil
import re
from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template

import schoolgate.web
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.policy.queries import book_in_force
from schoolgate.rulebook import book
from schoolgate.rulebook.book import books
from schoolgate.rulebook.ready import ready_rules
from schoolgate.web.accounts.keys import PasswordForm
from schoolgate.web.frame.forms import SchoolForm, asked_at, at, clauses_at, sections_of
from schoolgate.web.incidents.forms import WrongForm
from schoolgate.web.people.absence import AbsenceForm
from schoolgate.web.posts.forms import PostForm
from tests.cast import someone
from tests.web.forms_without_help import WITHOUT
from tests.web.helped_forms import HELPED, LEFT_OUT
from tests.web.plain import check_page

NOW = datetime.now(UTC)
IN_HOLIDAYS = "People who run official accounts should check them in school holidays too."


def all_forms() -> dict[str, type[SchoolForm]]:
    """Every form of the pages, as "module.Form"."""
    for module in pkgutil.walk_packages(schoolgate.web.__path__, "schoolgate.web."):
        importlib.import_module(module.name)
    found: dict[str, type[SchoolForm]] = {}
    waiting = list(SchoolForm.__subclasses__())
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith("schoolgate.web."):
            found[f"{form.__module__.removeprefix('schoolgate.web.')}.{form.__name__}"] = form
    return found


def words_of(key: str, where) -> list[str]:
    return [one.says for section in sections_of(book(key), where) for one in section.words]


def drawn(form) -> str:
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))


@pytest.fixture
def under(make_federation):
    """`under(key)`: a federation under this policy, adopted yesterday."""

    def enter(key: str):
        federation = make_federation(key, key)
        with scope(federation.pk):
            owner = book(key).pack.roles_with("own_policy")[0]
            adopt(by=someone("Olwen Price", owner.key), at=NOW - timedelta(days=1))
        return federation

    return enter


def test_every_form_either_has_help_or_a_reason_why_not():
    found = {name: set(form.policy_help) for name, form in all_forms().items()}
    helped = {name: fields for name, fields in found.items() if fields}
    assert helped == {name: set(fields) for name, fields in HELPED.items()}
    assert {name for name, fields in found.items() if not fields} == set(WITHOUT)
    assert all(WITHOUT.values())


def test_every_other_field_of_a_form_with_help_has_its_reason():
    for name, form in all_forms().items():
        if form.policy_help:
            left = {one for one in form.base_fields if not asked_at(form.policy_help, one)}
            assert left == set(LEFT_OUT.get(name, {})), name


def test_every_place_that_a_form_names_is_one_of_which_some_policy_or_a_ready_rule_speaks():
    ready = {*re.findall(r"'point': '(\w+)'", repr([rule.rules for rule in ready_rules().values()]))}
    assert len(ready) > 20
    for name, form in all_forms().items():
        for where in form.policy_help.values():
            for one in where:
                for point in one.points:
                    said = [key for key in books() if clauses_at(book(key), (at(one.situation, point),))]
                    assert said or point in ready, (name, one.situation, point)


@pytest.mark.parametrize("key", books())
def test_only_clauses_of_the_policy_itself_are_shown(key):
    for form in all_forms().values():
        for where in form.policy_help.values():
            assert set(clauses_at(book(key), where)) <= set(book(key).clauses)


def test_the_same_field_shows_each_policy_s_own_words():
    shown = {key: tuple(words_of(key, PostForm.policy_help["text"])) for key in books()}
    assert all(shown.values())
    assert len(set(shown.values())) == len(books())


def test_where_a_policy_is_silent_nothing_is_shown():
    secret = {key: words_of(key, PasswordForm.policy_help["secret"]) for key in books()}
    own = {key: [book(key).clauses[f"{key}-roles-14"].says] for key in ("boroughbridge", "wildground")}
    assert secret == own | {"learn-to-live": [], "llanidloes": [], "wootton": []}


def test_neither_the_law_nor_a_rule_of_our_own_passes_for_the_policy():
    bound = book("wildground").bound("post.publish")
    of_others = {one.point for one in bound if one.basis in ("law", "house")}
    of_policy = {one.point for one in bound if one.basis not in ("law", "house")}
    only_others = of_others - of_policy
    assert only_others
    assert clauses_at(book("wildground"), (at("post.publish", *only_others),)) == {}


def test_a_clause_that_is_bound_twice_is_shown_once():
    words = words_of("wildground", (at("item.received", "reply_due"),))
    assert len(words) == len(set(words)) == 3


@pytest.mark.parametrize(("key", "says"), [("wildground", True), ("learn-to-live", False)])
def test_a_field_drawn_under_a_policy_in_force_carries_its_words_or_none(under, key, says):
    with scope(under(key).pk):
        html = drawn(AbsenceForm())
    assert (IN_HOLIDAYS in html) is says
    assert ("What the policy says" in html) is says
    check_page(html)


def test_before_a_policy_is_adopted_nothing_is_shown(scoped):
    assert book_in_force() is None
    assert "What the policy says" not in drawn(AbsenceForm())


def test_outside_a_federation_nothing_is_shown():
    assert "What the policy says" not in drawn(AbsenceForm())


def test_the_field_is_described_by_the_line_that_unfolds_the_help(under):
    with scope(under("wildground").pk):
        html = drawn(PasswordForm())
        assert '<summary id="id_secret_policy">' in html
        assert 'aria-describedby="id_secret_hint id_secret_policy"' in html
        assert "What the policy says<span" in html
        assert "Password</span></summary>" in html


def test_a_field_with_an_error_keeps_its_error_among_what_describes_it(under):
    with scope(under("wildground").pk):
        html = drawn(PasswordForm({}))
    assert 'aria-describedby="id_secret_hint id_secret_1_error id_secret_policy"' in html


def test_a_field_of_a_silent_policy_is_described_by_its_hint_alone(under):
    with scope(under("llanidloes").pk):
        html = drawn(PasswordForm())
    assert 'aria-describedby="id_secret_hint"' in html


def test_however_many_fields_are_helped_the_policy_is_read_once(under, django_assert_num_queries):
    class Few(SchoolForm):
        policy_help = {"one*": (at("account.watch", "looked_at"),)}
        one = forms.CharField(label="One")

    class Many(Few):
        one_more = forms.CharField(label="One more")
        one_again = forms.CharField(label="One again")

    federation = under("wildground")
    for form in (Few, Many):
        with scope(federation.pk), django_assert_num_queries(1):
            assert drawn(form()).count("<summary") == len(form.base_fields)


def test_a_form_without_help_reads_no_policy(under, django_assert_num_queries):
    class Plain(SchoolForm):
        one = forms.CharField(label="One")

    with scope(under("wildground").pk), django_assert_num_queries(0):
        drawn(Plain())


def test_people_of_the_school_are_shown_how_to_report_and_visitors_are_not(under):
    with scope(under("boroughbridge").pk):
        inside, outside = drawn(WrongForm(inside=True)), drawn(WrongForm(inside=False))
    assert "must report mistakes by the schools" in inside
    assert "What the policy says" not in outside


def test_the_page_where_a_post_is_written_shows_it_beside_text_and_picture(stage):
    html = stage.browser("amina").get(f"/posts/new/{stage.school.pk}").content.decode()
    assert 'id="id_text_policy"' in html
    assert 'id="id_pictures_policy"' in html
    check_page(html)
