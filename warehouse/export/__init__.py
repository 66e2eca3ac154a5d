"""Files out of the warehouse."""
