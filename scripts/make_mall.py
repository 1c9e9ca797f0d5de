"""Write templates/sv/mall.docx, the reference document: styles, page, headers and footers, all made from scratch.

The same script gives the same bytes. Change the look of the documents here, run `make mall`, and look at the result.
Lengths are in twentieths of a point unless they are called half-points (font sizes) or eighths (borders).
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from iopdocs.writers.docx.inline import field
from iopdocs.writers.docx.namespaces import DECLARATION, RELATIONSHIP_TYPES, WORD_TYPES, R, W, parse, serialised
from iopdocs.writers.docx.package import Relationship, core_properties, entry, pack, relationships_xml
from iopdocs.writers.docx.prepared_template import complete_lists
from iopdocs.writers.docx.styles import find_styles

TARGET = Path(__file__).resolve().parent.parent / "templates" / "sv" / "mall.docx"

# Arial is on nearly every office computer, and Liberation Sans has the same widths where it is not.
FONT = "Arial"
THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"
# Contrast against white: heading 10.9:1, grey 6.9:1, link 7.7:1; body on the yellow of a placeholder 12:1.
HEADING, BODY, GREY, RULE, LINK = "14405F", "1B1F23", "535C66", "9DB0BF", "0B4F8A"
SHADE, YELLOW, DRAFT = "E8EEF3", "FFF0B8", "8F2A12"
PAGE_WIDTH, PAGE_HEIGHT, SIDE, TOP, BOTTOM = 11906, 16838, 1418, 1474, 1304
TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE
SIGNATURE_WIDTH = 6236


def paragraph_style(
    identifier: str,
    name: str,
    paragraph: str = "",
    text: str = "",
    *,
    based_on: str = "Normal",
    following: str = "",
    priority: int = 20,
    custom: bool = False,
) -> str:
    """Return a paragraph style; *paragraph* and *text* are what stands in its ``w:pPr`` and ``w:rPr``."""
    return (
        f'<w:style w:type="paragraph"{" w:customStyle=" + chr(34) + "1" + chr(34) if custom else ""} '
        f'w:styleId="{identifier}"><w:name w:val="{name}"/><w:basedOn w:val="{based_on}"/>'
        + (f'<w:next w:val="{following}"/>' if following else "")
        + f'<w:uiPriority w:val="{priority}"/><w:qFormat/>'
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{text}</w:rPr>" if text else "")
        + "</w:style>"
    )


def character_style(identifier: str, name: str, text: str, *, custom: bool = False) -> str:
    """Return a character style; *text* is what stands in its ``w:rPr``."""
    mark = ' w:customStyle="1"' if custom else ""
    return (
        f'<w:style w:type="character"{mark} w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="30"/><w:qFormat/><w:rPr>{text}</w:rPr></w:style>'
    )


def size(half_points: int) -> str:
    """Return a font size."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def spacing(before: int, after: int, line: int = 0) -> str:
    """Return the air above and below; *line* is in 240ths of a line."""
    return (
        f'<w:spacing w:before="{before}" w:after="{after}"'
        + (f' w:line="{line}" w:lineRule="auto"' * bool(line))
        + "/>"
    )


def styles() -> str:
    """Return the styles part. Every style that the writer uses is here; nothing else is."""
    bold, together = "<w:b/><w:bCs/>", "<w:keepNext/><w:keepLines/>"
    heading_colour, grey = f'<w:color w:val="{HEADING}"/>', f'<w:color w:val="{GREY}"/>'
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        f'<w:color w:val="{BODY}"/>{size(22)}<w:lang w:val="sv-SE" w:eastAsia="sv-SE" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        f"<w:widowControl/>{spacing(0, 0, 264)}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" '
        'w:defQFormat="0" w:count="376"/>'
    )
    base = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    strong_rule = f'w:val="single" w:sz="8" w:space="0" w:color="{HEADING}"'
    table = (
        '<w:style w:type="table" w:customStyle="1" w:styleId="Avtalstabell"><w:name w:val="Avtalstabell"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="40"/><w:qFormat/><w:tblPr><w:tblBorders>'
        f"<w:top {strong_rule}/><w:bottom {strong_rule}/><w:insideH {rule}/></w:tblBorders><w:tblCellMar>"
        '<w:top w:w="34" w:type="dxa"/><w:left w:w="96" w:type="dxa"/><w:bottom w:w="34" w:type="dxa"/>'
        '<w:right w:w="96" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
    )
    paragraphs = (
        paragraph_style("BodyText", "Body Text", spacing(0, 110), priority=1),
        paragraph_style(
            "Title", "Title", together + spacing(0, 120, 252), bold + heading_colour + size(52), following="BodyText"
        ),
        paragraph_style(
            "Subtitle", "Subtitle", spacing(0, 240) + "<w:contextualSpacing/>", grey + size(24), following="BodyText"
        ),
        paragraph_style(
            "Dokumentstatus",
            "Dokumentstatus",
            "<w:keepNext/>" + spacing(0, 120),
            f'{bold}<w:color w:val="{DRAFT}"/><w:spacing w:val="20"/>{size(20)}',
            custom=True,
        ),
        *(
            paragraph_style(
                f"Heading{level}",
                f"heading {level}",
                f'{together}{spacing(before, after, 264)}<w:outlineLvl w:val="{level - 1}"/>',
                bold + heading_colour + size(half_points),
                following="BodyText",
                priority=9,
            )
            for level, before, after, half_points in (
                (1, 340, 90, 30),
                (2, 200, 50, 24),
                (3, 160, 40, 22),
                (4, 140, 40, 22),
            )
        ),
        paragraph_style(
            "Bilagerubrik",
            "Bilagerubrik",
            f'<w:pageBreakBefore/>{spacing(0, 200)}<w:outlineLvl w:val="0"/>',
            size(36),
            based_on="Heading1",
            following="BodyText",
            priority=10,
            custom=True,
        ),
        paragraph_style("ListBullet", "List Bullet", spacing(0, 40), based_on="BodyText"),
        paragraph_style("ListNumber", "List Number", spacing(0, 40), based_on="BodyText"),
        paragraph_style("ListContinue", "List Continue", spacing(0, 40) + '<w:ind w:left="425"/>', based_on="BodyText"),
        paragraph_style(
            "Caption",
            "caption",
            together + spacing(140, 60, 252),
            bold + heading_colour + size(20),
            following="BodyText",
        ),
        paragraph_style(
            "TOCHeading",
            "TOC Heading",
            together + spacing(240, 90, 264),
            bold + heading_colour + size(24),
            following="BodyText",
        ),
        paragraph_style(
            "TOC1",
            "toc 1",
            f'<w:tabs><w:tab w:val="left" w:pos="1134"/></w:tabs>{spacing(0, 40)}',
            following="BodyText",
        ),
        paragraph_style(
            "Anmarkning",
            "Anmärkning",
            f'<w:keepLines/><w:pBdr><w:left w:val="single" w:sz="18" w:space="9" w:color="{RULE}"/></w:pBdr>'
            f'{spacing(60, 160)}<w:ind w:left="227"/>',
            grey + size(22),
            custom=True,
        ),
        paragraph_style(
            "Attkomplettera",
            "Att komplettera",
            f'<w:keepLines/><w:pBdr><w:top w:val="single" w:sz="4" w:space="5" w:color="{YELLOW}"/>'
            '<w:left w:val="single" w:sz="18" w:space="9" w:color="B58900"/>'
            f'<w:bottom w:val="single" w:sz="4" w:space="5" w:color="{YELLOW}"/></w:pBdr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{YELLOW}"/>{spacing(120, 200)}<w:ind w:left="227"/>',
            size(22),
            custom=True,
        ),
        paragraph_style("Tabelltext", "Tabelltext", spacing(0, 0, 247), size(20), custom=True),
        paragraph_style(
            "Tabellrubrik", "Tabellrubrik", "<w:keepNext/>", bold + heading_colour, based_on="Tabelltext", custom=True
        ),
        paragraph_style("Tabellsumma", "Tabellsumma", "", bold, based_on="Tabelltext", custom=True),
        paragraph_style(
            "Underskriftsrad",
            "Underskriftsrad",
            f'<w:keepLines/><w:tabs><w:tab w:val="left" w:pos="{SIGNATURE_WIDTH}"/></w:tabs>' + spacing(440, 0, 247),
            custom=True,
        ),
        paragraph_style(
            "Header",
            "header",
            f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>' + spacing(0, 0, 240),
            grey + size(18),
            priority=99,
        ),
        paragraph_style(
            "Footer",
            "footer",
            f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>' + spacing(0, 0, 240),
            grey + size(18),
            priority=99,
        ),
    )
    characters = (
        character_style("Hyperlink", "Hyperlink", f'<w:color w:val="{LINK}"/><w:u w:val="single"/>'),
        character_style(
            "Platshallare", "Platshållare", f'<w:shd w:val="clear" w:color="auto" w:fill="{YELLOW}"/>', custom=True
        ),
        character_style("Underskriftslinje", "Underskriftslinje", '<w:u w:val="single"/>', custom=True),
        character_style("Underskriftsledtext", "Underskriftsledtext", grey + size(18), custom=True),
    )
    return f'{DECLARATION}<w:styles xmlns:w="{W}">{defaults}{base}{"".join(paragraphs + characters)}{table}</w:styles>'


def control(title: str, identifier: int, shown: str, caption: str = "") -> str:
    """Return a content control that the writer fills in; *shown* is what stands in it until then."""
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    content = (run.format(caption) if caption else "") + run.format(f"[{shown}]")
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{title}"/><w:tag w:val="{title.lower()}"/><w:id w:val="{identifier}"/>'
        f"</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def header(first: bool) -> str:
    """Return a page header: the first page shows the diarienummer, the others the title too."""
    tab = "<w:r><w:tab/></w:r>"
    number = control("Diarienummer", 1 if first else 2, "diarienummer", "Dnr ")
    left = "" if first else control("Titel", 3, "titel")
    border = "" if first else f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="6" w:color="{RULE}"/></w:pBdr>'
    return (
        f'{DECLARATION}<w:hdr xmlns:w="{W}" xmlns:r="{R}"><w:p><w:pPr><w:pStyle w:val="Header"/>{border}</w:pPr>'
        f"{left}{tab}{number}</w:p></w:hdr>"
    )


def footer(status: int) -> str:
    """Return a page footer: page X of Y, and what a draft is marked with; *status* is the id of that control."""
    of, tab = '<w:r><w:t xml:space="preserve"> av </w:t></w:r>', "<w:r><w:tab/></w:r>"
    return (
        f'{DECLARATION}<w:ftr xmlns:w="{W}" xmlns:r="{R}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f'{control("Status", status, "status")}{tab}<w:r><w:t xml:space="preserve">Sida </w:t></w:r>'
        f"{field('PAGE', '1')}{of}{field('NUMPAGES', '1')}</w:p></w:ftr>"
    )


def settings() -> str:
    """Return the settings part: Word 2013 mode or newer, Swedish, nothing that makes Word ask when it opens the file."""
    return (
        f'{DECLARATION}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="sv-SE"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def font_table() -> str:
    """Return the font table: the one font that the styles use, and what kind of font may stand in for it."""
    return (
        f'{DECLARATION}<w:fonts xmlns:w="{W}"><w:font w:name="{FONT}"><w:altName w:val="Liberation Sans"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def theme() -> str:
    """Return the theme part: our colours for Word's palette, and the least that a theme must hold (20.1.6.9)."""
    names = ("dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
    colours = (BODY, "FFFFFF", HEADING, SHADE, HEADING, LINK, GREY, RULE, DRAFT, "B58900")
    links = (("hlink", LINK), ("folHlink", GREY))
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>'
        for name, colour in (*zip(names, colours, strict=True), *links)
    )
    fonts = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{width}">{fill}</a:ln>' for width in (6350, 12700, 19050))
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="IOP-avtal">'
        f'<a:themeElements><a:clrScheme name="IOP-avtal">{scheme}</a:clrScheme><a:fontScheme name="IOP-avtal">'
        f"<a:majorFont>{fonts}</a:majorFont><a:minorFont>{fonts}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="IOP-avtal"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def body() -> str:
    """Return the main part: a line that says what the file is, and the page."""
    references = "".join(
        f'<w:{kind}Reference w:type="{page}" r:id="{kind}{page.capitalize()}"/>'
        for kind in ("header", "footer")
        for page in ("first", "default")
    )
    return (
        f'{DECLARATION}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body><w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr>'
        "<w:r><w:t>Den här filen ger avtalen deras utseende: formatmallar, sida, sidhuvud och sidfot. Texten här "
        f"kommer inte med.</w:t></w:r></w:p><w:sectPr>{references}"
        f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/><w:pgMar w:top="{TOP}" w:right="{SIDE}" w:bottom="{BOTTOM}" '
        f'w:left="{SIDE}" w:header="794" w:footer="680" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>'
    )


def mall() -> bytes:
    """Return the reference document."""
    style_root = parse(styles().encode())
    numbering = etree.Element(f"{{{W}}}numbering", nsmap={"w": W})
    complete_lists(style_root, numbering, find_styles(style_root))
    parts = (
        ("styles", "styles", "styles", serialised(style_root)),
        ("numbering", "numbering", "numbering", serialised(numbering)),
        ("settings", "settings", "settings", settings()),
        ("fontTable", "fontTable", "fontTable", font_table()),
        ("headerFirst", "header", "header1", header(first=True)),
        ("headerDefault", "header", "header2", header(first=False)),
        ("footerFirst", "footer", "footer1", footer(4)),
        ("footerDefault", "footer", "footer2", footer(5)),
    )
    relationships = relationships_xml(
        (
            *(
                Relationship(identifier, RELATIONSHIP_TYPES + kind, f"/word/{name}.xml", False)
                for identifier, kind, name, _text in parts
            ),
            Relationship("theme", RELATIONSHIP_TYPES + "theme", "/word/theme/theme1.xml", False),
        )
    )
    entries = [
        entry("word/document.xml", WORD_TYPES + "document.main+xml", body().encode()),
        entry("word/_rels/document.xml.rels", "", relationships.encode()),
        *(
            entry(f"word/{name}.xml", f"{WORD_TYPES}{kind}+xml", text.encode())
            for _identifier, kind, name, text in parts
        ),
        entry("word/theme/theme1.xml", THEME_TYPE, theme().encode()),
    ]
    main = Relationship("rId1", RELATIONSHIP_TYPES + "officeDocument", "/word/document.xml", False)
    return pack(entries, [main], core_properties("Mall för IOP-avtal", "sv-SE", ""))


if __name__ == "__main__":
    TARGET.write_bytes(mall())
    print(f"wrote {TARGET}")
