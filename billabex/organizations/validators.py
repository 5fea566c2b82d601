"""What a setting may hold, where its column alone cannot tell. Each refuses with a sentence that says what would do."""

from __future__ import annotations

from zoneinfo import available_timezones

import pycountry
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException

from billabex.core.money import currencies


def validate_time_zone(name: str) -> None:
    """Refuse a time zone that the tz database does not know.

    Raises:
        ValidationError: It does not.
    """
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone. Write it as Europe/Paris."), params={"name": name})


def validate_country(code: str) -> None:
    """Refuse a country that ISO 3166-1 does not know.

    Raises:
        ValidationError: It does not.
    """
    if pycountry.countries.get(alpha_2=code) is None:
        raise ValidationError(_("“%(code)s” is not a country. Write two letters, as FR."), params={"code": code})


def validate_currency(code: str) -> None:
    """Refuse a currency that ISO 4217 does not know.

    Raises:
        ValidationError: It does not.
    """
    if code not in currencies():
        raise ValidationError(_("“%(code)s” is not a currency. Write three letters, as EUR."), params={"code": code})


def validate_iban(text: str) -> None:
    """Refuse an account number whose country, length or check digits are wrong: money would go nowhere.

    Raises:
        ValidationError: They are.
    """
    try:
        IBAN(text)
    except SchwiftyException as error:
        raise ValidationError(_("This is not a valid IBAN. Check it for typing errors.")) from error


def validate_bic(text: str) -> None:
    """Refuse a bank code that is not written as one.

    Raises:
        ValidationError: It is not.
    """
    try:
        BIC(text)
    except SchwiftyException as error:
        raise ValidationError(_("This is not a BIC: it has 8 or 11 letters and digits, as BNPAFRPP.")) from error
