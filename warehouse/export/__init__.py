"""Exports: the tables and views of the warehouse as files."""
