from __future__ import annotations

import pytest
from django import forms

from billabex.core.errors import BillabexError, InvalidInput, NotFound, RuleViolation
from billabex.organizations.forms import refusals_on


class NameForm(forms.Form):
    name = forms.CharField()


@pytest.fixture
def form() -> NameForm:
    form = NameForm({"name": "Atelier"})
    assert form.is_valid()
    return form


def refuse(error: BillabexError) -> None:
    raise error


def test_refusal_that_names_fields_stands_beside_those_of_the_form(form: NameForm) -> None:
    with refusals_on(form):
        refuse(InvalidInput(fields={"name": "Not this.", "slug": "Nor that."}))
    assert form.errors == {"name": ["Not this."], "__all__": ["Nor that."]}


def test_refusal_that_names_no_field_stands_on_top(form: NameForm) -> None:
    with refusals_on(form):
        refuse(RuleViolation("Not now."))
    assert form.errors == {"__all__": ["Not now."]}


def test_other_errors_go_through(form: NameForm) -> None:
    with pytest.raises(NotFound), refusals_on(form):
        refuse(NotFound())
    assert not form.errors
