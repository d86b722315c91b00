"""Tables and rates worked out from the register."""
