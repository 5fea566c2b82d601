"""ZUGFeRD 1.0: the same tree as the Cross Industry Invoice under older names."""

from __future__ import annotations

from .cii import CiiParser


class Zugferd1Parser(CiiParser):
    """ZUGFeRD 1.0, written from 2014 to 2019."""

    name = "zugferd1"
    fitness = 0.9  # a PDF that carries both generations means the newer one
    root = "CrossIndustryDocument"
    header = "HeaderExchangedDocument"
    transaction = "SpecifiedSupplyChainTradeTransaction"
    agreement = "ApplicableSupplyChainTradeAgreement"
    settlement = "ApplicableSupplyChainTradeSettlement"
    summation = "SpecifiedTradeSettlementMonetarySummation"
