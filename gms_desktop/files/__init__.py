"""The file store: documents as they came, in chunks beside the journal (ARCHITECTURE section 8)."""
