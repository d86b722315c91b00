"""Fragments of FHIR for a laboratory's integration engine: draft, after the public copy of the genomics guide 0.3.0."""
