"""Rack readers: by TCP, by HTTP, and by the files they leave."""
