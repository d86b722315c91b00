"""Hand scanners."""
