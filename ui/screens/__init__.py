"""One screen for each job."""
