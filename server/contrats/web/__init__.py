"""A release over HTTP: pages to read, data to take, a SPARQL endpoint to ask."""

from contrats.web.app import create_app
from contrats.web.site import Settings

__all__ = ["Settings", "create_app"]
