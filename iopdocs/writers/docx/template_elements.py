"""What a Word template may lend, as lists: parts, elements, pictures, and what the rest is called in Swedish."""

from __future__ import annotations

import re
from collections.abc import Mapping

from iopdocs.writers.docx.namespaces import WORD_TYPES, w


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
VML, OFFICE, VML_IN_WORD = (
    "urn:schemas-microsoft-com:vml",
    "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:office:word",
)
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
IMAGES = {
    "image/png": (".png", b"\x89PNG"),
    "image/jpeg": (".jpg .jpeg", b"\xff\xd8\xff"),
    "image/jpg": (".jpg .jpeg", b"\xff\xd8\xff"),
    "image/gif": (".gif", b"GIF8"),
    "image/bmp": (".bmp", b"BM"),
    "image/tiff": (".tif .tiff", (b"II*\0", b"MM\0*")),
}
FONT_TYPES = ("application/vnd.openxmlformats-officedocument.obfuscatedFont", "application/x-fontdata")
SAFE_ID = re.compile(r"[\w.-]+")
SAFE_NAME = re.compile(r"(?:[\w-][\w. -]*/)*[\w-][\w. -]*\.[A-Za-z0-9]+")

# The parts that the main part may lead to, by the kind of relationship: the content type, the root, what it leads to.
LENT_PARTS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "styles": (WORD_TYPES + "styles+xml", "styles", ()),
    "numbering": (WORD_TYPES + "numbering+xml", "numbering", ("image",)),
    "settings": (WORD_TYPES + "settings+xml", "settings", ()),
    "webSettings": (WORD_TYPES + "webSettings+xml", "webSettings", ()),
    "fontTable": (WORD_TYPES + "fontTable+xml", "fonts", ("font",)),
    "theme": ("application/vnd.openxmlformats-officedocument.theme+xml", "theme", ("image",)),
    "header": (WORD_TYPES + "header+xml", "hdr", ("image", "hyperlink")),
    "footer": (WORD_TYPES + "footer+xml", "ftr", ("image", "hyperlink")),
    "footnotes": (WORD_TYPES + "footnotes+xml", "footnotes", ("hyperlink",)),
    "endnotes": (WORD_TYPES + "endnotes+xml", "endnotes", ("hyperlink",)),
}

# Elements of WordprocessingML (ECMA-376 part 1, chapter 17) that text and its looks consist of.
TEXT_ELEMENTS = _words(
    """
    hdr ftr footnotes footnote endnotes endnote p r t tab br cr sym noBreakHyphen softHyphen ptab pgNum separator
    continuationSeparator footnoteRef endnoteRef footnoteReference endnoteReference lastRenderedPageBreak drawing pict
    fldChar instrText fldSimple hyperlink bookmarkStart bookmarkEnd proofErr ruby rubyPr rubyAlign hps hpsRaise
    hpsBaseText lid rt rubyBase dayLong dayShort monthLong monthShort yearLong yearShort bdo dir txbxContent
    tbl tblPr tblGrid gridCol tblPrEx tr trPr tc tcPr tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize
    tblStyleColBandSize tblW tblCellSpacing tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription
    divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader hidden cnfStyle tcW gridSpan hMerge vMerge
    tcBorders noWrap tcMar tcFitText hideMark insideH insideV tl2br tr2bl start end
    pPr pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr ilvl numId suppressLineNumbers pBdr top left
    bottom right between bar shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE
    autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc
    textDirection textAlignment textboxTightWrap outlineLvl rPr rStyle rFonts b bCs i iCs caps smallCaps strike dstrike
    outline shadow emboss imprint noProof vanish webHidden color w kern position sz szCs highlight u effect bdr fitText
    vertAlign rtl cs em lang eastAsianLayout specVanish oMath vAlign
    sdt sdtPr sdtContent sdtEndPr alias tag id lock placeholder docPart showingPlcHdr temporary dataBinding label tabIndex
    equation comboBox date dateFormat storeMappedDataAs calendar docPartObj docPartList docPartGallery docPartCategory
    docPartUnique dropDownList listItem picture richText text citation group bibliography
    styles docDefaults rPrDefault pPrDefault latentStyles lsdException style name aliases basedOn next link
    autoRedefine uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply rsid
    tblStylePr
    numbering numPicBullet abstractNum nsid multiLevelType tmpl styleLink numStyleLink lvl numFmt lvlRestart isLgl suff
    lvlText lvlPicBulletId legacy lvlJc num abstractNumId lvlOverride startOverride numIdMacAtCleanup
    fonts font altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic
    document body sectPr headerReference footerReference footnotePr endnotePr pos numStart numRestart type pgSz pgMar
    paperSrc pgBorders lnNumType pgNumType cols col formProt noEndnote titlePg rtlGutter docGrid
    """
)
SETTINGS = _words(
    """
    settings view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape
    mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop
    embedTrueTypeFonts embedSystemFonts saveSubsetFonts hideSpellingErrors hideGrammaticalErrors proofState
    stylePaneFormatFilter stylePaneSortMethod defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone
    doNotHyphenateCaps evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets
    drawingGridHorizontalSpacing drawingGridVerticalSpacing displayHorizontalDrawingGridEvery
    displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin
    drawingGridVerticalOrigin doNotShadeFormData noPunctuationKerning characterSpacingControl printTwoOnOne
    strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore hdrShapeDefaults footnotePr footnote endnotePr endnote
    pos numFmt numStart numRestart compat compatSetting themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats
    doNotAutoCompressPictures forceUpgrade captions shapeDefaults decimalSymbol listSeparator clickAndTypeStyle
    defaultTableStyle styleLockTheme styleLockQFSet autoFormatOverride
    spaceForUL balanceSingleByteDoubleByteWidth doNotLeaveBackslashAlone ulTrailSpace doNotExpandShiftReturn
    adjustLineHeightInTable useFELayout useWord2002TableStyleRules growAutofit layoutRawTableWidth
    """
)
WEB_SETTINGS = _words(
    "webSettings optimizeForBrowser allowPNG relyOnVML doNotRelyOnCSS pixelsPerInch targetScreenSz encoding"
)
# Text that a template holds inside these stays, without them: tracked insertions are accepted.
UNWRAPPED = _words("ins moveTo smartTag customXml")
SILENT = _words(
    """
    del moveFrom smartTagPr customXmlPr rPrChange pPrChange sectPrChange tblPrChange tcPrChange trPrChange tblPrExChange
    tblGridChange numberingChange cellIns cellDel cellMerge commentRangeStart commentRangeEnd commentReference
    annotationRef permStart permEnd moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd
    customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart
    customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd delText delInstrText rsids rsidRoot
    writeProtection documentProtection linkStyles updateFields trackRevisions printerSettings ffData fldData
    """
)
OFFICE_ELEMENTS = _words(
    "lock idmap shapelayout shapedefaults extrusion callout skew complex left top right bottom column clippath"
)
DRAWING_NAMESPACES = frozenset(
    [
        DRAWING,
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
        "http://schemas.microsoft.com/office/drawing/2010/main",
        "http://schemas.microsoft.com/office/drawing/2014/main",
        "http://schemas.microsoft.com/office/drawing/2017/decorative",
        "http://schemas.microsoft.com/office/thememl/2012/main",
    ]
)
ACTIVE_DRAWING = _words(
    "audioCd audioFile wavAudioFile videoFile quickTimeFile snd hlinkHover hlinkMouseOver contentPart imgProps"
)
WORD_EXTENSIONS = re.compile(r"http://schemas\.microsoft\.com/office/word/20[12]\d/(?:\d\d/)?(?:wordml|wordml/[\w/]+)")
ADDRESS_ATTRIBUTES = _words("src href althref relid action macro dmlink")
# Which elements may use a relationship of each kind, so that a link cannot be taken for a picture.
USED_BY = {
    "image": ("blip", "imagedata", "fill", "stroke"),
    "hyperlink": ("hyperlink", "hlinkClick"),
    "font": ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic"),
    "header": ("headerReference",),
    "footer": ("footerReference",),
}
FOREIGN_ADDRESS = re.compile(r"^\s*(?:[A-Za-z][A-Za-z0-9+.-]+:(?=\S)|\\\\|//)|://")
LITERAL = frozenset([w("compatSetting"), w("dataBinding"), f"{{{DRAWING}}}graphicData", f"{{{DRAWING}}}ext"])

IN_SWEDISH = {
    "object": "ett inbäddat objekt (OLE)",
    "OLEObject": "ett inbäddat objekt (OLE)",
    "control": "en aktiv kontroll (ActiveX)",
    "altChunk": "ett inbäddat dokument (altChunk)",
    "subDoc": "ett länkat deldokument",
    "movie": "en film",
    "attachedTemplate": "en koppling till en annan mall",
    "mailMerge": "en koppling till utskick",
    "saveThroughXslt": "en omvandling när filen sparas (XSLT)",
    "frameset": "en webbram",
    "divs": "webbramar",
    "vbaProject": "makron",
    "oleObject": "ett inbäddat objekt (OLE)",
    "package": "en inbäddad fil",
    "aFChunk": "ett inbäddat dokument (altChunk)",
    "subDocument": "ett länkat deldokument",
    "video": "en film",
    "audio": "ett ljud",
    "attachedToolbars": "egna menyer",
    "keyMapCustomizations": "egna kortkommandon",
    "extensibility": "egna knappar i menyn (customUI)",
    "frame": "en webbram",
}
# What a template often has and no document gets, though it does nothing: the words of the template, notes about it.
INERT = _words(
    """
    comments commentsExtended commentsIds commentsExtensible people chart chartEx chartUserShapes diagramData
    diagramLayout diagramQuickStyle diagramColors diagramDrawing glossaryDocument printerSettings customXml
    customXmlProps stylesWithEffects core-properties custom-properties extended-properties thumbnail officeDocument
    origin userCustomization classificationlabels documenttasks
    """
)
