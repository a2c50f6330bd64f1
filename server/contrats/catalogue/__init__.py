"""The record of a release for harvesters, whole and as each portal wants it: DCAT-AP 3."""
