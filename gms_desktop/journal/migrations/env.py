"""What alembic runs to write the steps as SQL for one dialect; the driver's own connection carries them out."""

from alembic import context

context.configure(
    dialect_name=context.config.attributes["dialect"],
    literal_binds=True,
    transactional_ddl=False,
    version_table="alembic_version",
)
context.run_migrations()
