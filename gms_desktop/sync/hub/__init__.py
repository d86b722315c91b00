"""The hub: the central journal on PostgreSQL, its schema, roles, order and register."""
