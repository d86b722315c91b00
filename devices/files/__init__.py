"""Files that devices leave: how they are found, split into cells, and recognised."""
