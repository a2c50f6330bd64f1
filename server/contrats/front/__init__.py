"""The front of the server: HTTP connections on one side, the WSGI application on the other."""
