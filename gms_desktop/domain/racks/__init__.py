"""Racks of coded tubes: what a reader said of each well, beside what is expected or last known. Pure."""
