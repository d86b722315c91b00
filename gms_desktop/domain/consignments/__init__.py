"""Consignments: where things go, what may be packed, when they arrive, and how a consignment stands."""
