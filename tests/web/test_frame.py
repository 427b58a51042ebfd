"""The layout: navigation by capacity, charts, the frame's own words."""

import pytest
from django.template import Context, Template
from django_cotton.compiler_regex import CottonCompiler

from schoolgate.web.frame import layout
from schoolgate.web.frame.charts import bar_chart
from schoolgate.web.frame.layout import PageLayout, Place, places_for


def component(markup: str, **context: object) -> str:
    return Template(CottonCompiler().process(markup)).render(Context(context))


@pytest.fixture
def places(monkeypatch):
    """Three places: one for all, one for who moderates, one without a page."""
    given = (
        Place("menu", "Menu", "menu", "more"),
        Place("mine", "Mine", "home", "inbox", frozenset({"moderate", "answer"})),
        Place("lost", "Lost", "no-such-page", "info"),
    )
    monkeypatch.setattr(layout, "PLACES", given)


def test_a_place_is_shown_to_who_has_one_of_its_capacities(places):
    shown = places_for(frozenset({"answer", "advise"}), current="")
    assert [place.key for place in shown] == ["menu", "mine"]


def test_a_place_is_not_shown_to_who_has_none_of_them(places):
    assert [place.key for place in places_for(frozenset({"advise"}), current="")] == ["menu"]


def test_the_present_place_is_marked(places):
    shown = places_for(frozenset({"answer"}), current="mine")
    assert [place.current for place in shown] == [False, True]


def test_a_place_without_a_page_is_left_out_and_warned_about(places):
    assert [warning.id for warning in layout.places_lead_somewhere()] == ["web.W001"]


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Amina Khan", "AK"), ("Amina", "A"), ("", ""), ("Ana van der Berg", "AB"), ("élan", "É")],
)
def test_a_person_is_shown_by_two_letters_at_most(name, initials):
    assert PageLayout(person_name=name).initials == initials


def test_the_longest_bar_fills_its_track_and_the_others_in_proportion():
    chart = bar_chart(
        [("a", 10), ("b", 5), ("c", 0)], title="t", description="d", label_head="l", value_head="v"
    )
    assert [bar.width for bar in chart.bars] == [360, 180, 0]


def test_a_chart_of_nothing_has_no_bar_and_a_chart_below_zero_is_refused():
    assert bar_chart([], title="t", description="d", label_head="l", value_head="v").bars == []
    with pytest.raises(ValueError, match="shorter than nothing"):
        bar_chart([("a", -1)], title="t", description="d", label_head="l", value_head="v")


def test_a_chart_says_in_its_table_what_it_draws():
    chart = bar_chart(
        [("Wootton", 7)], title="Answers", description="d", label_head="School", value_head="In time"
    )
    html = component('<c-chart :chart="chart" />', chart=chart)
    assert 'role="img" aria-label="Answers"' in html
    assert '<th scope="row">Wootton</th><td class="sg-number">7</td>' in html


def test_what_a_person_typed_never_becomes_markup_in_a_component():
    html = component('<c-heading :title="t" :caption="t" :lead="t" :back="t" />', t="<script>x</script>")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
