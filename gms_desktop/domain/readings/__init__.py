"""What is measured of a tube: whose a reading is, which of several stands, what the laboratory's rules say of it."""
