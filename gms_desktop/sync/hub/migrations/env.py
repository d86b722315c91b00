"""What alembic runs to write the hub's steps as SQL; the caller's own connection carries them out."""

from alembic import context

context.configure(
    dialect_name="postgresql",
    literal_binds=True,
    transactional_ddl=False,
    version_table="alembic_version",
    version_table_schema="hub",
)
context.run_migrations()
