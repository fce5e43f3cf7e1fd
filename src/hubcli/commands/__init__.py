"""Commands: options in, one query or one operation, rows out."""
