"""The DOCX writer: combine a document tree and a reference document into one file (ECMA-376, transitional)."""

from __future__ import annotations

from iopdocs.document.tree import Document
from iopdocs.document.visibility import shortened, status_of
from iopdocs.writers.docx.body import Body, write_body
from iopdocs.writers.docx.headers_footers import HeaderField, fill_header
from iopdocs.writers.docx.inline import comments_xml, targets_of
from iopdocs.writers.docx.namespaces import DECLARATION, RELATIONSHIP_TYPES, WORD_TYPES, R, W
from iopdocs.writers.docx.package import Relationship, core_properties, data_part, entry, pack, relationships_xml
from iopdocs.writers.docx.provenance import provenance
from iopdocs.writers.docx.reference_document import reference_of

_HEADER_TITLE, _HEADER_CASE_NUMBER = 60, 40


def write_docx(document: Document) -> bytes:
    """Return *document* as a DOCX file. Equal trees and reference documents give equal bytes.

    Raises:
        LibraryError: when the reference document cannot be read.
    """
    reference = reference_of(document.reference, document.properties.language, document.reference_file)
    targets = targets_of(document, reference.styles, reference.control_ids)
    body = Body(targets, reference.styles, reference.lists, reference.text_width)
    write_body(document, body)

    xml = (
        f'{DECLARATION}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{"".join(body.out)}{reference.section}</w:body>'
        "</w:document>"
    )
    links = (
        Relationship(identifier, RELATIONSHIP_TYPES + "hyperlink", uri, True)
        for uri, identifier in targets.links.items()
    )
    folder, _slash, file = reference.document_name.rpartition("/")
    # The comments of a reference document are omitted with its text, so the name is free.
    comments_name = f"{folder}/comments.xml".lstrip("/")
    comments_relationship = (
        Relationship("rIdIopComments", RELATIONSHIP_TYPES + "comments", f"/{comments_name}", False),
    )
    values = _header_values(document)
    taken = {part.name.lower() for part in reference.fixed}
    ids = {relationship.id for relationship in reference.document_relationships}
    data, data_relationship = data_part(document.data, taken, ids) if document.data else ((), None)
    entries = [
        entry(reference.document_name, WORD_TYPES + "document.main+xml", xml.encode()),
        entry(
            f"{folder}/_rels/{file}.rels".lstrip("/"),
            "",
            relationships_xml(
                (
                    *reference.document_relationships,
                    *links,
                    *(comments_relationship if targets.comments else ()),
                    *((data_relationship,) if data_relationship else ()),
                )
            ).encode(),
        ),
        entry(
            reference.numbering_name,
            WORD_TYPES + "numbering+xml",
            f"{reference.numbering}{''.join(body.new_lists)}</w:numbering>".encode(),
        ),
        *(entry(name, kind, fill_header(pieces, values).encode()) for name, kind, pieces in reference.headers),
        *reference.fixed,
        *data,
    ]
    if targets.comments:
        entries.append(entry(comments_name, WORD_TYPES + "comments+xml", comments_xml(targets.comments).encode()))
    properties = document.properties
    core = core_properties(properties.title, properties.language, status_of(properties) or properties.status)
    return pack(entries, reference.package_relationships, core, provenance(document))


def _header_values(document: Document) -> dict[HeaderField, str]:
    """Return the values of a page header. Long titles and lists of case numbers are cut, since the text has them too."""
    numbers = [number for number in document.properties.case_numbers if number.strip()]
    shown = ", ".join(numbers)
    if len(shown) > _HEADER_CASE_NUMBER and len(numbers) > 1:
        shown = numbers[0] + " m.fl."
    return {
        HeaderField.TITLE: shortened(document.properties.title, _HEADER_TITLE),
        HeaderField.CASE_NUMBER: shortened(shown, _HEADER_CASE_NUMBER),
        HeaderField.STATUS: status_of(document.properties),
    }
