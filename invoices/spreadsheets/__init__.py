"""Spreadsheets: accounts, contacts, invoices and payments come in by them, and every list goes out.

The way of a file in: bytes → `reading` (a table of cells) → `matching` (which column is what) → `understanding`
(typed values, or a sentence why not) → `planning` (what would change) → `writing` (all of it, in one transaction).
Nothing is imported here, as the child process that opens workbooks does without Django.
"""
