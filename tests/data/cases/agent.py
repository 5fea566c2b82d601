"""Constraints of the agent's decisions."""

from datetime import date

from billabex.agent.enums import Outcome
from tests.data.cases.case import SAME, Case
from tests.factories import AccountFactory, AgendaFactory, DecisionFactory

DAY, EVE = date(2026, 2, 2), date(2026, 2, 1)

CASES = {
    "agent_agenda.decision_id": Case(
        factory=AgendaFactory, good=[{}], bad=[{"decision": SAME, "account": AccountFactory, "seen_at": SAME}]
    ),
    "agent_decision_outcome_known": Case(
        factory=DecisionFactory, good=[{"outcome": Outcome.HOLD}], bad=[{"outcome": "shrug"}, {"outcome": ""}]
    ),
    "agent_decision_planned": Case(
        factory=DecisionFactory,
        good=[{"outcome": Outcome.MESSAGE, "planned_on": DAY}, {"outcome": Outcome.TASK}],
        bad=[{"outcome": Outcome.MESSAGE}, {"outcome": Outcome.HOLD, "planned_on": DAY}],
    ),
    "agent_decision_ahead": Case(
        factory=DecisionFactory,
        good=[{"outcome": Outcome.MESSAGE, "decided_on": DAY, "planned_on": DAY}],
        bad=[{"outcome": Outcome.MESSAGE, "decided_on": DAY, "planned_on": EVE}],
    ),
}
