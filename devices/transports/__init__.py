"""Ways to reach a device: serial line, TCP."""
