"""Constraints of the answers that the API keeps."""

from tests.data.cases.case import SAME, Case, filled
from tests.factories import AnsweredRequestFactory

CASES = {
    "api_answeredrequest_key": Case(
        factory=AnsweredRequestFactory,
        first={"holder": "pat:1", "route": "POST /accounts", "key": "k"},
        good=[{"key": "l"}, {"holder": "pat:2"}, {"route": "POST /invoices"}],
        bad=[{"holder": SAME, "route": SAME, "key": SAME}],
    ),
    "api_answeredrequest_holder_not_blank": filled(AnsweredRequestFactory, "holder"),
    "api_answeredrequest_route_not_blank": filled(AnsweredRequestFactory, "route"),
    "api_answeredrequest_key_not_blank": filled(AnsweredRequestFactory, "key"),
    "api_answeredrequest_status": Case(
        factory=AnsweredRequestFactory,
        good=[{"status": None}, {"status": 200}, {"status": 499}],
        bad=[{"status": 500}, {"status": 100}],
    ),
}
