"""An ASGI request as a WSGI environment: https://peps.python.org/pep-3333/#environ-variables."""

from __future__ import annotations

import io
import sys
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ITSELF: Final = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
_BLOCK: Final = 256 * 1024


class FileWrapper:
    """A file that the front sends by itself (https://peps.python.org/pep-3333/#optional-platform-specific-file-handling)."""

    def __init__(self, file: IO[bytes], block: int = _BLOCK) -> None:
        """Keep the file; it is read from where it stands."""
        self.file = file
        self.block = block

    def __iter__(self) -> Iterator[bytes]:
        """Yield the rest of the file."""
        while data := self.file.read(_BLOCK):
            yield data

    def close(self) -> None:
        """Close the file."""
        self.file.close()


def read_headers(scope: Mapping[str, Any]) -> dict[str, str]:
    """Return the headers of a request by name in small letters; those that come twice are joined.

    One that would pass for another in an environment is left out.
    """
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if "_" not in name:
            headers[name] = f"{headers[name]},{value}" if name in headers else value
    return headers


def make_environ(
    scope: Mapping[str, Any], headers: Mapping[str, str], body: bytes, prefix: str
) -> dict[str, Any]:
    """Return the environment of the request `scope`, whose whole body is `body`.

    `prefix` is the path below which the site is seen from outside, whether or not the request that
    comes in still has it. A Content-Length that says more than `body` stays: the body was too long.
    """
    server, client = scope.get("server") or ("", 0), scope.get("client") or ("", 0)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": prefix,
        "PATH_INFO": _below(prefix, scope["path"])
        .encode("utf-8", "surrogatepass")
        .decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": str(client[0]),
        "wsgi.url_scheme": scope.get("scheme", "http"),
    }
    for name, value in headers.items():
        environ[_ITSELF.get(name) or f"HTTP_{name.upper().replace('-', '_')}"] = value
    environ.setdefault("CONTENT_LENGTH", str(len(body)))
    return complete(environ, body)


def variables_of(environ: Mapping[str, Any]) -> dict[str, str]:
    """Return what of an environment another process can be told: all but the body and its own."""
    return {name: value for name, value in environ.items() if isinstance(value, str)}


def complete(variables: Mapping[str, str], body: bytes = b"") -> dict[str, Any]:
    """Return the environment of a request whose variables and body these are."""
    return {
        **variables,
        "wsgi.version": (1, 0),
        "wsgi.input": io.BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileWrapper,
    }


def _below(prefix: str, path: str) -> str:
    """Return `path` without `prefix`."""
    if prefix and (path == prefix or path.startswith(f"{prefix}/")):
        return path.removeprefix(prefix)
    return path
