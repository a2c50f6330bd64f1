"""Visitors' queries, each in a process of its own that a deadline can end."""
