"""Invoices of sixty strangers: ten looks, seven languages, every value known."""
