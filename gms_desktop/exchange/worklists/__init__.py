"""Worklists for robots and sequencers. Each text is read back and compared with the plan before it is handed out."""
