"""What is so now: tables folded from the journal by pure code."""
