"""NIPT as the service specification's Annex 1 asks for it (lines 1635-2180): pure rules, nothing stored."""
