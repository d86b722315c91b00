"""Faithful servers for each device, faults included: for the rehearsal and the tests only."""
