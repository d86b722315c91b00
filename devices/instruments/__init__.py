"""Readers of measuring instruments' files: one package an instrument, each with sniff, read and structure."""
