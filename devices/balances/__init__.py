"""Balances on a serial line: what lies on the pan, whether it is at rest, and every reason why that is unknown."""
