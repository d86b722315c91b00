"""Identifiers met at the bench, as text, with findings instead of exceptions."""
