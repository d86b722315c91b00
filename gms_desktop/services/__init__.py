"""One module for each job at the bench."""
