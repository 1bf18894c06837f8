"""Amounts to choose from with one tap, in the size of the campaign's currency."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.errors import Invalid, refuse
from core.formats import money, number, typed_number
from core.i18n import N_, translator
from core.money import Money
from web.typed import Typed

_TIMES = {
    10: "CNY CZK DKK DOP EGP HKD HNL MAD MDL MKD MOP MXN NAD NIO NOK PHP SEK SLE STN SZL LSL THB TRY TWD UAH UYU ZAR",
    100: "ALL AMD BDT CVE DJF DZD ETB GMD HTG HUF INR ISK JMD JPY KES KGS LKR MUR MZN NPR PKR RSD RUB SSP VUV XPF",
    1000: "AOA ARS BIF CDF CLP COP CRC IQD KHR KMF KRW KZT LBP MGA MMK MNT MWK NGN RWF SOS SYP TZS UGX XAF XOF YER ZMW",
    10000: "GNF IDR IRR LAK PYG UZS VND",
}
_TIMES_BY_CODE = {code: times for times, codes in _TIMES.items() for code in codes.split()}
"""How many units of a currency buy about what one euro does, as a power of ten: for suggestions, never for sums."""

OTHER = "other"


def suggestions(currency: str) -> list[Money]:
    """Three amounts that people spend in a cafe or shop: 10, 20 and 35 euro, or as much elsewhere."""
    times = _TIMES_BY_CODE.get(currency, 1)
    return [Money.rounded(Decimal(amount * times), currency) for amount in (10, 20, 35)]


def chosen(form: Typed, currency: str, locale: str) -> Money:
    """The amount of a form with chips and a field for another one. Raises Invalid naming ``amount`` or ``other``."""
    chip, typed = form.value("amount"), form.value("other").strip()
    if chip in {"", OTHER} and not typed:
        refuse("other" if chip else "amount", "say about how much")
    if chip not in {"", OTHER} and typed and typed_number(typed, locale) != chip:
        refuse("other", "you chose one amount and typed another: leave this empty, or choose Other")
    field = "other" if typed else "amount"
    return Money.parse(typed_number(typed, locale) if typed else chip, currency, field)


def where_typed(wrong: Invalid, form: Typed) -> Invalid:
    """The same errors; one of the amount stands at the field in which it was typed."""
    if not form.value("other").strip():
        return wrong
    return Invalid([replace(error, field="other") if error.field == "amount" else error for error in wrong.errors])


def as_typed(amount: Money, locale: str) -> dict[str, str]:
    """How an amount stands in such a form: as a chip where there is one for it, else typed."""
    if amount in suggestions(amount.currency):
        return {"amount": str(amount), "other": ""}
    return {"amount": OTHER, "other": number(amount.amount, locale)}


def chips(currency: str, locale: str) -> tuple[tuple[str, str], ...]:
    """The options of the chips: the suggestions, and another amount."""
    amounts = [(str(amount), money(amount, locale)) for amount in suggestions(currency)]
    return (*amounts, (OTHER, translator(locale).gettext(N_("Other"))))
