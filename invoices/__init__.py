"""Invoices, credit notes, payments, and how documents are read."""
