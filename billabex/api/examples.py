"""What the examples of the documentation are about: one customer, and the same keys and days in all of them."""

from __future__ import annotations

ORGANIZATION = "019ab3c4-0001-7c52-9d4e-0a4f6f1b2c3d"
ACCOUNT = "019ab3c4-7d1e-7c52-9d4e-0a4f6f1b2c3d"
CONNECTION = "0b54f9c2-6f0f-4e0e-9d83-4c1f1fb8a3c1"
CONTACT = "019ab3c4-9c22-7c52-9d4e-0a4f6f1b2c3d"
INVOICE = "019ab3c4-8a2f-7b10-8c3d-5e6f7a8b9c0d"
CREDIT_NOTE = "019ab3c4-8f00-7c44-a1b2-c3d4e5f60718"

DAY = {"year": 2026, "month": 11, "day": 22}
DUE_DAY = {"year": 2026, "month": 12, "day": 22}
INSTANT = "2026-11-22T09:30:00Z"

ADDRESS = {
    "street": "12 rue de la Paix",
    "city": "Paris",
    "postalCode": "75002",
    "stateOrProvince": None,
    "country": "FR",
}
