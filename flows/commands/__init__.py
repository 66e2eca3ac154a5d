"""The commands of `peyer`, one in each module."""
