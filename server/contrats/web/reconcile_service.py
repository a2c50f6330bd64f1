"""What the reconciliation service says of itself: its manifest.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/#service-manifest
"""

from __future__ import annotations

from typing import Any, Final

from contrats.reconciliation.kinds import ACTOR, CONTRACT, TERRITORY
from contrats.vocabulary import BASE, DEF
from contrats.web import address
from contrats.web.reconcile_answers import this_index, written_type
from contrats.web.reconcile_input import QUERIES
from contrats.web.site import this_site
from contrats.web.tongue import _

WIDTH: Final = 420
HEIGHT: Final = 240
"""The size of a preview, in pixels."""
_FIRST: Final = (ACTOR, TERRITORY, CONTRACT, "scheme:themes", "cls:PlanItem", "igeo:Commune")
"""Types that are offered before a client looks for others."""


def manifest() -> dict[str, Any]:
    """Return the manifest; its addresses are those that the world can reach."""
    service = address.public(address.shown("/reconcile"))
    spans = this_index().spans
    suggest = {
        name: {"service_url": service, "service_path": f"/suggest/{name}"}
        for name in ("entity", "property", "type")
    }
    return {
        "versions": ["0.1", "0.2"],
        "name": _("Contrats locaux de santé (France)"),
        "identifierSpace": f"{BASE}id/",
        "schemaSpace": DEF,
        "documentation": f"{service}.html",
        "serviceVersion": this_site().release.identifier,
        "defaultTypes": [written_type(spans[each].type) for each in _FIRST if each in spans],
        "view": {"url": f"{service}/view?id={{{{id}}}}"},
        "feature_view": {"url": f"{service}.html#{{{{id}}}}"},
        "preview": {
            "url": f"{service}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT,
        },
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/properties"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": _("Nombre de valeurs"),
                    "type": "number",
                    "default": 0,
                    "help_text": _("Au plus tant de valeurs par chose ; 0 pour toutes."),
                }
            ],
        },
        "batchSize": QUERIES,
    }  # fmt: skip
