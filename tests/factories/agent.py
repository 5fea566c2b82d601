"""The agent's decisions."""
# mypy: untyped-calls-exclude=factory

from __future__ import annotations

from datetime import date

from factory.declarations import LazyFunction, SelfAttribute, Sequence, SubFactory

from billabex.agent.enums import Outcome
from billabex.agent.models import Agenda, Decision
from tests.factories.accounts import AccountFactory
from tests.factories.rows import RowFactory


class DecisionFactory(RowFactory[Decision]):
    """A decision that there is nothing to do."""

    class Meta:
        model = Decision

    account = SubFactory(AccountFactory)
    organization = SelfAttribute("account.organization")
    decided_on = date(2026, 2, 2)
    outcome = Outcome.NOTHING
    reasons = LazyFunction(lambda: [{"code": "nothing-due"}])
    facts = LazyFunction(dict)
    fingerprint = Sequence(lambda n: f"{n:064x}")


class AgendaFactory(RowFactory[Agenda]):
    """An account whose decision stands until something happens."""

    class Meta:
        model = Agenda

    decision = SubFactory(DecisionFactory)
    account = SelfAttribute("decision.account")
    seen_at = SelfAttribute("account.updated_at")
    basis = "0" * 64
