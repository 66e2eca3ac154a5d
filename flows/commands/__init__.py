"""The commands of `peyer`, one per file."""
