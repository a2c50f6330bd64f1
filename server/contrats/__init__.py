"""Publish French local health contracts as linked data: validated, served, queried."""
