"""The warehouse: records in, tables, views and files out. The only part that speaks SQL."""
