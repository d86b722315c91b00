"""Keeps a bench level with the hub: push, pull, rebase, and what a person is told of it (ARCHITECTURE section 9)."""
