"""The components' tags: what they promise to pages, to browsers and to screen readers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django import forms
from django.core.paginator import Paginator

from billabex.core.templatetags.ui.figures import segments
from tests.core.rendering import answered, rendered

if TYPE_CHECKING:
    from django.test import RequestFactory

TODAY = date(2026, 11, 20)
INSTANT = datetime(2026, 11, 20, 23, 30, 5, tzinfo=UTC)


class PaymentForm(forms.Form):
    amount = forms.DecimalField(help_text="In euros.")
    paid_on = forms.DateField(required=False, initial=TODAY)
    sure = forms.BooleanField()
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, help_text="Either.")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


# --- Buttons ------------------------------------------------------------------------------------------------


def test_button_writes_attributes_escaped_and_leaves_false_ones_out() -> None:
    shown = rendered('{% button "Save" hx_post=url disabled=False required=True %}', url='/a?b="c"')
    assert shown.startswith(
        '<button type="submit" class="button button-secondary" hx-post="/a?b=&quot;c&quot;" required>'
    )


def test_button_with_an_address_is_a_link() -> None:
    assert rendered('{% button "Add" href="/add/" variant="primary" %}').startswith('<a href="/add/" class="button')


def test_button_that_opens_a_modal_never_submits() -> None:
    shown = rendered('{% button "Delete" opens="gone" %}')
    assert 'type="button"' in shown
    assert 'commandfor="gone" command="show-modal"' in shown


def test_icon_button_has_a_name() -> None:
    assert 'aria-label="Edit"' in rendered('{% icon_button "pencil" "Edit" %}')


def test_icon_without_a_label_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in rendered('{% icon "x" %}')
    assert 'role="img" aria-label="Done"' in rendered('{% icon "check" label="Done" %}')


def test_menu_item_that_posts_carries_the_token() -> None:
    shown = rendered('{% menu_item "Pause" post="/pause/" %}', csrf_token="secret")
    assert '<form method="post" action="/pause/">' in shown
    assert 'value="secret"' in shown


# --- Lists --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "href", "order"),
    [
        ("/?q=acme&page=3", "?q=acme&amp;sort=due_on", ""),
        ("/?sort=due_on", "?sort=-due_on", "ascending"),
        ("/?sort=-due_on", "?sort=due_on", "descending"),
    ],
)
def test_sort_header_turns_the_order_and_keeps_the_rest(rf: RequestFactory, path: str, href: str, order: str) -> None:
    shown = answered(rf, path, '{% sort_header "due_on" "Due" %}')
    assert f'href="{href}"' in shown
    assert (f'aria-sort="{order}"' in shown) is bool(order)


def test_sort_header_knows_the_order_of_the_view(rf: RequestFactory) -> None:
    assert 'aria-sort="descending"' in answered(rf, "/", '{% sort_header "due_on" "Due" %}', sort="-due_on")


@pytest.mark.parametrize(
    ("path", "href", "current"),
    [("/?q=a&page=2", "?q=a&amp;status=paid", False), ("/?status=paid&q=a", "?q=a", True)],
)
def test_filter_chip_sets_and_unsets(rf: RequestFactory, path: str, href: str, current: bool) -> None:
    shown = answered(rf, path, '{% filter_chip "status" "paid" "Paid" %}')
    assert f'href="{href}"' in shown
    assert ('aria-current="true"' in shown) is current


def test_filter_chip_without_value_is_current_when_nothing_is_chosen(rf: RequestFactory) -> None:
    assert 'aria-current="true"' in answered(rf, "/", '{% filter_chip "status" "" "All" %}')
    assert 'href="?"' in answered(rf, "/?status=paid", '{% filter_chip "status" "" "All" %}')


def test_filter_chip_shows_a_count_of_zero(rf: RequestFactory) -> None:
    assert ">0<" in answered(rf, "/", '{% filter_chip "status" "paid" "Paid" count=0 %}')


def test_pager_keeps_the_query_and_says_where_one_is(rf: RequestFactory) -> None:
    page = Paginator(range(1300), 25).page(3)
    shown = answered(rf, "/?status=paid&page=3", "{% pager page %}", page=page)
    assert "51–75 of 1,300" in shown
    assert 'href="?status=paid&amp;page=4"' in shown
    assert 'rel="prev"' in shown


def test_pager_of_a_single_page_has_no_pages(rf: RequestFactory) -> None:
    shown = answered(rf, "/", "{% pager page %}", page=Paginator(range(3), 25).page(1))
    assert "1–3 of 3" in shown
    assert "<a" not in shown


def test_search_keeps_the_filters_but_not_the_page(rf: RequestFactory) -> None:
    shown = answered(rf, "/?q=acme&status=paid&page=2", '{% search "Search" %}')
    assert 'value="acme"' in shown
    assert '<input type="hidden" name="status" value="paid">' in shown
    assert 'name="page"' not in shown


def test_tags_stand_without_a_request() -> None:
    assert 'href="?sort=name"' in rendered('{% sort_header "name" "Name" %}')


# --- Ways ---------------------------------------------------------------------------------------------------


def test_tab_is_current_where_its_path_is_the_pages(rf: RequestFactory) -> None:
    source = '{% tabs label="Account" %}{% tab "One" "/a/" %}{% tab "Two" "/a/b/?x=1" count=0 %}{% endtabs %}'
    shown = answered(rf, "/a/b/", source)
    assert shown.count('aria-current="page"') == 1
    assert '<a class="tab" href="/a/b/?x=1" aria-current="page">' in shown
    assert '<span class="badge badge-pill">0</span>' in shown


def test_crumb_without_an_address_is_the_title_of_the_page() -> None:
    shown = rendered('{% breadcrumb %}{% crumb "Invoices" "/invoices/" %}{% crumb "F-1" %}{% endbreadcrumb %}')
    assert '<a href="/invoices/">Invoices</a>' in shown
    assert '<h1 aria-current="page">F-1</h1>' in shown


def test_stepper_marks_what_is_done_and_where_one_is() -> None:
    shown = rendered('{% stepper 2 "Account" "Contact" "Invoice" %}')
    assert shown.count("step-done") == 1
    assert shown.index('aria-current="step"') < shown.index(">2<") < shown.index("Contact")
    assert shown.count('aria-current="step"') == 1


# --- Forms --------------------------------------------------------------------------------------------------


def test_field_ties_label_help_and_error_to_its_control() -> None:
    shown = rendered("{% field form.amount %}", form=PaymentForm({}))
    assert 'aria-describedby="id_amount_helptext id_amount_error"' in shown
    assert 'aria-invalid="true"' in shown
    for part in ('for="id_amount"', 'id="id_amount_helptext"', 'id="id_amount_error"'):
        assert part in shown


def test_field_optional_says_so() -> None:
    assert "(optional)" in rendered("{% field form.paid_on %}", form=PaymentForm())
    assert "(optional)" not in rendered("{% field form.amount %}", form=PaymentForm())


def test_field_of_a_date_is_the_browsers_control_in_iso(language: str) -> None:
    shown = rendered("{% field form.paid_on %}", form=PaymentForm())
    assert 'type="date"' in shown, language
    assert 'value="2026-11-20"' in shown


def test_field_of_a_date_leaves_the_forms_own_widget_alone() -> None:
    form = PaymentForm()
    rendered("{% field form.paid_on %}", form=form)
    assert form["paid_on"].field.widget.input_type == "text"


def test_field_of_a_box_has_its_label_after_it() -> None:
    shown = rendered("{% field form.sure %}", form=PaymentForm())
    assert shown.index('type="checkbox"') < shown.index("<label")


def test_field_of_choices_is_a_described_group() -> None:
    shown = rendered("{% field form.kind %}", form=PaymentForm())
    assert '<fieldset class="field" aria-describedby="id_kind_helptext">' in shown
    assert "<legend" in shown


def test_field_hidden_is_only_its_control() -> None:
    assert rendered("{% field form.token %}", form=PaymentForm()) == '<input type="hidden" name="token" id="id_token">'


def test_field_takes_attributes_and_another_label() -> None:
    shown = rendered('{% field form.amount label="Paid" inputmode="decimal" hx_get="/x/" %}', form=PaymentForm())
    assert ">Paid" in shown
    assert 'inputmode="decimal" hx-get="/x/"' in shown


def test_form_errors_link_each_field_and_name_general_ones(language: str) -> None:
    form = PaymentForm({"amount": "1", "sure": "on"})
    form.add_error(None, "Too late.")
    shown = rendered("{% form_errors form %}", form=form)
    said = {"en": ": This field is required.", "fr": "\u00a0: Ce champ est obligatoire."}[language]
    assert f'<a href="#id_kind">Kind</a>{said}' in shown
    assert "<li>Too late.</li>" in shown
    assert "id_amount" not in shown


def test_form_errors_take_the_focus_unless_told_not_to() -> None:
    form = PaymentForm({})
    assert "autofocus" in rendered("{% form_errors form %}", form=form)
    assert "autofocus" not in rendered("{% form_errors form focus=False %}", form=form)


def test_form_errors_of_a_good_form_are_nothing() -> None:
    assert rendered("{% form_errors form %}", form=PaymentForm({"amount": "1", "sure": "on", "kind": "a"})) == ""


def test_composer_is_a_form_with_a_named_text_and_the_token() -> None:
    class AnswerForm(forms.Form):
        text = forms.CharField(label="Your answer", widget=forms.Textarea)

    source = '{% composer bound=form.text action="/answer/" placeholder="Write" %}<b>slot</b>{% endcomposer %}'
    shown = rendered(source, form=AnswerForm(), csrf_token="secret")
    assert '<form class="composer" method="post" action="/answer/"' in shown
    assert 'value="secret"' in shown
    assert '<label class="visually-hidden" for="id_text">Your answer</label>' in shown
    assert "<b>slot</b>" in shown


# --- Figures and frames -------------------------------------------------------------------------------------


def test_segments_fill_the_bar_in_order() -> None:
    drawn = segments([Decimal(25), Decimal(0), Decimal(75), Decimal(0), Decimal(0)])
    assert drawn == [
        {"key": "not-due", "x": "0.00%", "width": "24.40%"},
        {"key": "60", "x": "25.00%", "width": "74.40%"},
    ]


def test_segments_of_credit_take_no_room() -> None:
    assert segments([Decimal(-25), Decimal(0), Decimal(0), Decimal(0), Decimal(0)]) == []


def test_aged_balance_says_in_words_what_the_bar_shows(language: str) -> None:
    amounts = [Decimal(value) for value in (100, 200, 300, 400, 500)]
    shown = rendered('{% aged_balance "EUR" amounts %}', amounts=amounts)
    total = {"en": "€1,500.00", "fr": "1\u00a0500,00\u00a0€"}[language]
    assert total in shown
    assert shown.count("<tr>") == 5
    assert "style=" not in shown


def test_slot_that_is_empty_leaves_no_frame() -> None:
    assert "button-group" not in rendered('{% empty_state title="Nothing" %}\n  {% endempty_state %}')


@pytest.mark.parametrize(
    ("amount", "size"), [("90.00", ""), ("12345678.90", " stat-value-long"), ("12345678901.00", " stat-value-longest")]
)
def test_stat_card_makes_room_for_a_long_amount(amount: str, size: str) -> None:
    shown = rendered(
        '{% include "components/stat_card.html" with label="Total" value=amount|money:"EUR" only %}',
        amount=Decimal(amount),
    )
    assert f'class="stat-value{size}"' in shown
    assert "–" in rendered('{% info_row "Phone" %}\n{% endinfo_row %}')


def test_slot_keeps_markup_and_escapes_values() -> None:
    shown = rendered('{% banner tone="warning" title=t %}<b>{{ x }}</b>{% endbanner %}', t="<i>", x="<u>")
    assert "<b>&lt;u&gt;</b>" in shown
    assert "&lt;i&gt;" in shown


def test_banner_of_an_error_is_announced() -> None:
    assert 'role="alert"' in rendered('{% banner tone="error" %}x{% endbanner %}')
    assert 'role="alert"' not in rendered('{% banner tone="info" %}x{% endbanner %}')


def test_modal_is_named_by_its_title_and_closes_without_scripts() -> None:
    shown = rendered(
        '{% modal id="gone" title="Delete?" %}{% modal_actions closes="gone" %}{% endmodal_actions %}{% endmodal %}'
    )
    assert '<dialog class="modal" id="gone" aria-labelledby="gone-title">' in shown
    assert '<h2 id="gone-title">Delete?</h2>' in shown
    assert shown.count('commandfor="gone" command="close"') == 2


def test_bubble_keeps_what_was_written_as_text() -> None:
    source = (
        '{% bubble_group author="Jane" kind="customer" at=at %}'
        '{% include "components/bubble.html" with text=text only %}{% endbubble_group %}'
    )
    shown = rendered(source, at=INSTANT, text="<script>alert(1)</script>")
    assert "&lt;script&gt;" in shown
    assert "bubble-group-customer" in shown
