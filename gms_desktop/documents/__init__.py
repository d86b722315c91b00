"""Labels and reports as ZPL and PDF."""
