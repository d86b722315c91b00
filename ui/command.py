"""The gms-desktop entry point."""


def main() -> None:
    """Start the application."""
