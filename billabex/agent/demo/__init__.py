"""The demonstration: invented companies, their invoices as real PDFs, and what happens to them in 75 days.

A plain package: no model, no query, no clock. `story.tell` says what happens when, `paper.make_pdf` prints a document
of it, and `manage.py demo` takes both through the doors that a user has.
"""
