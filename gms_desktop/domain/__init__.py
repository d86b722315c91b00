"""Frozen values and pure rules of the bench: no Qt, no SQL, no clock."""
