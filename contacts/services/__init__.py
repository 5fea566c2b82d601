"""Writes about people: one at a time, and as other systems know them."""

from contacts.services.people import (
    add_contact,
    add_person,
    add_representative,
    delete_contact,
    delete_person,
    update_contact,
    update_person,
)
from contacts.services.upserts import upsert_contact, upsert_party, upsert_person, upsert_representative

__all__ = [
    "add_contact",
    "add_person",
    "add_representative",
    "delete_contact",
    "delete_person",
    "update_contact",
    "update_person",
    "upsert_contact",
    "upsert_party",
    "upsert_person",
    "upsert_representative",
]
