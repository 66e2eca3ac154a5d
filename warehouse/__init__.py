"""The warehouse: records in; tables, views and files out. The only package that contains SQL."""
