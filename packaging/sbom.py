"""The list of what is shipped, for other programs to read: a CycloneDX document with versions, licences and sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.dependency import Dependency
from cyclonedx.model.license import DisjunctiveLicense, License, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.spdx import is_expression, is_supported_id
from packageurl import PackageURL
from parts import Part


def document(parts: Sequence[Part], epoch: int) -> str:
    """Return the document, in JSON, for the parts with ours first; `epoch` is when it was made, in seconds.

    Equal parts give equal documents: even the serial number is made from what is in it.
    """
    ours, *others = (_component(part) for part in parts)
    bom = Bom(components=others, dependencies=[Dependency(ours.bom_ref, [Dependency(each.bom_ref) for each in others])])
    bom.metadata.component = ours
    bom.metadata.timestamp = datetime.fromtimestamp(epoch, UTC)
    bom.serial_number = uuid5(NAMESPACE_URL, "\n".join(part.purl for part in parts))
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _component(part: Part) -> Component:
    purl = PackageURL.from_string(part.purl)
    return Component(
        type=ComponentType.APPLICATION if part.purl.startswith("pkg:generic/guided") else ComponentType.LIBRARY,
        name=part.name,
        version=part.version,
        bom_ref=part.purl,
        purl=purl,
        copyright=part.copyright,
        licenses=[_licence(part.licence)],
        external_references=[
            ExternalReference(type=kind, url=XsUri(url))
            for kind, url in (
                (ExternalReferenceType.WEBSITE, part.home),
                (ExternalReferenceType.SOURCE_DISTRIBUTION, part.source),
            )
            if url
        ],
    )


def _licence(licence: str) -> License:
    if is_supported_id(licence):
        return DisjunctiveLicense(id=licence)
    return LicenseExpression(licence) if is_expression(licence) else DisjunctiveLicense(name=licence)
