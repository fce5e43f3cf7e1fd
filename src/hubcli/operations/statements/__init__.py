"""Statements of account: what an account holder owes at the end of a period, kept as it was issued."""
