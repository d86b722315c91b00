"""The bench application: domain, journal, register and services. Knows nothing of Qt."""
