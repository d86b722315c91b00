"""Drivers: they turn wires and files into values and know nothing of specimens."""
