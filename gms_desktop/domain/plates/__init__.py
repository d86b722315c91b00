"""Plates: where each tube goes, by which rules, and what a change would break. Pure, nothing stored."""
