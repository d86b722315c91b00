"""Keys, holders and the verdict on an entry's premises."""
