"""What ends a harvest, or mangles it, before any data set is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contrats.rehearsal.words import guess, stop

if TYPE_CHECKING:
    from contrats.rehearsal.fetching import Answer
    from contrats.rehearsal.remarks import Remark


class StoppedError(Exception):
    """The harvest ends here; `remark` says why."""

    def __init__(self, remark: Remark) -> None:
        """Keep the remark."""
        super().__init__(remark.code)
        self.remark = remark


def refuse_redirection(answer: Answer, url: str) -> None:
    """Stop where udata is sent elsewhere."""
    if answer.redirects:
        target = answer.headers.get("location", "?")
        raise StoppedError(
            stop(
                "redirection",
                f"{url} : redirigé ({answer.status}) vers {target} ; udata refuse toute "
                "redirection. Donnez au portail l’adresse finale.",
                f"{url}: redirected ({answer.status}) to {target}; udata refuses any redirection. "
                "Give the portal the final address.",
            )
        )


def refuse_error(answer: Answer, url: str, method: str) -> None:
    """Stop at an error."""
    if answer.fails:
        raise StoppedError(
            stop(
                "error-status",
                f"{url} : {method} répond {answer.status}.",
                f"{url}: {method} answers {answer.status}.",
            )
        )


def too_big(url: str, limit: int) -> Remark:
    """Say that a page is longer than ckanext-dcat reads."""
    size = f"{limit // 1024 // 1024} Mo" if limit >= 1 << 20 else f"{limit} o"
    return stop(
        "too-big",
        f"{url} : plus de {size}, où ckanext-dcat s’arrête, et cette répétition avec lui. Découpez "
        "le catalogue en pages.",
        f"{url}: more than {size.replace('Mo', 'MB').replace(' o', ' bytes')}, where ckanext-dcat "
        "stops, and this rehearsal with it. Cut the catalogue into pages.",
    )


def endless(url: str, name: str) -> Remark:
    """Say that a walk would not end."""
    return stop(
        "endless",
        f"{url} : une page mène à une page déjà lue, ou il y en a trop ; {name} n’en finirait pas.",
        f"{url}: a page leads to one that was read already, or there are too many; {name} would "
        "never end.",
    )


def mojibake(media_type: str) -> Remark:
    """Say that accents are lost."""
    return guess(
        "charset-missing",
        f"{media_type} sans charset : lu en Latin-1, « santé » devient « santÃ© ». Ajoutez "
        "charset=utf-8 au Content-Type.",
        f"{media_type} without charset: read as Latin-1, “santé” becomes “santÃ©”. Add "
        "charset=utf-8 to the Content-Type.",
    )


def charset_guessed(media_type: str) -> Remark:
    """Say that the encoding is guessed."""
    return guess(
        "charset-guessed",
        f"{media_type} qui n’est pas de l’UTF-8 et ne dit pas son charset : deviné.",
        f"{media_type} that is not UTF-8 and names no charset: guessed.",
    )


def form_unknown(url: str, found: str) -> Remark:
    """Say that udata finds no parser."""
    return stop(
        "form-unknown",
        f"{url} : ni la fin de l’adresse ni le Content-Type de HEAD ({found}) ne disent une forme "
        "de RDF ; donnez une adresse en .ttl, .rdf, .jsonld ou .nt.",
        f"{url}: neither the end of the address nor HEAD’s Content-Type ({found}) names a form of "
        "RDF; give an address in .ttl, .rdf, .jsonld or .nt.",
    )


def too_many_redirections(url: str) -> Remark:
    """Say that redirections lead nowhere."""
    return stop(
        "too-many-redirections",
        f"{url} : trop de redirections.",
        f"{url}: too many redirections.",
    )


def unreadable(url: str, form: str, fault: str) -> Remark:
    """Say that the parser gives up, in its words."""
    return stop(
        "unreadable",
        f"{url} : illisible comme {form}, rien n’en est pris ({fault}).",
        f"{url}: not readable as {form}, nothing of it is taken ({fault}).",
    )


def not_utf8(url: str, place: int) -> Remark:
    """Say that a page is in another encoding."""
    return stop(
        "not-utf-8",
        f"{url} : ce n’est pas de l’UTF-8 (octet {place}) ; ckanext-dcat ne lit rien d’autre. "
        "Enregistrez le catalogue en UTF-8.",
        f"{url}: this is not UTF-8 (byte {place}); ckanext-dcat reads nothing else. Save the "
        "catalogue as UTF-8.",
    )
