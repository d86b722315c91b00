"""Tissue for genomic testing: pieces and what is cut from them, times, assessments, and what a receiver asks. Pure."""
