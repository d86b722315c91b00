"""What the simulator says when something that must always be true is not."""


class Broken(AssertionError):
    """Something that must always be true is not."""
