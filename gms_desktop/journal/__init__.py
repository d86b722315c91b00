"""Everything that happened, as entries that never change."""
