"""Pure rules about people: who is written to, who is meant, and how a contact is read out of a sentence."""

from contacts.rules.matching import is_of_domains, same_person
from contacts.rules.reading import Understood, name_from_email, read_contact
from contacts.rules.recipients import Person, Recipients, is_usable, recipients

__all__ = [
    "Person",
    "Recipients",
    "Understood",
    "is_of_domains",
    "is_usable",
    "name_from_email",
    "read_contact",
    "recipients",
    "same_person",
]
