"""Documents that carry a number where programs show it, or where they do not look.

In:  the groups of a number, the sentence's words     Out: names and bytes of files
Packages are put together here, since programs write none of these oddities; DOCUMENTS
gives their makers by name.
"""

import base64
import io
import struct
import zipfile

W = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
     'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
     'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
     'xmlns:v="urn:schemas-microsoft-com:vml" '
     'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"')
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ODF = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for p, n in (
    ("office", "office"), ("text", "text"), ("table", "table"), ("meta", "meta"),
    ("draw", "drawing"), ("style", "style"), ("svg", "svg-compatible")))


def package(parts, comment=b"", first_stored=False):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for index, (name, content) in enumerate(parts.items()):
            kind = zipfile.ZIP_STORED if first_stored and index == 0 else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=kind)
        archive.comment = comment
    return out.getvalue()


def docx(body, more=None, comment=b"", main="word/document.xml"):
    parts = {
        "[Content_Types].xml": XML + '<Types xmlns="http://schemas.openxmlformats.org/package/'
        '2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats'
        '-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": XML + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/officeDocument" Target="{main}"/></Relationships>',
        main: XML + f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    return package(parts | (more or {}), comment)


def runs(texts, between=""):
    return "<w:p>" + between.join(
        f'<w:r><w:t xml:space="preserve">{t}</w:t></w:r>' for t in texts) + "</w:p>"


def xlsx(rows, more=None, strings=None, comment=b"", workbook="", attributes=""):
    parts = {
        "[Content_Types].xml": XML + "<Types/>",
        "xl/workbook.xml": XML + f'<workbook {S} xmlns:r="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" {attributes} '
        f'r:id="rId1"/></sheets>{workbook}</workbook>',
        "xl/_rels/workbook.xml.rels": XML + '<Relationships xmlns="http://schemas.openxmlformats'
        '.org/package/2006/relationships"><Relationship Id="rId1" Type="worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": XML + f"<worksheet {S}><sheetData>{rows}</sheetData>"
        "</worksheet>",
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = XML + f"<sst {S}>" + "".join(
            f"<si>{s}</si>" for s in strings) + "</sst>"
    return package(parts | (more or {}), comment)


def cells(texts, first="A1"):
    row = first[1:]
    return f'<row r="{row}">' + "".join(
        f'<c r="{chr(ord(first[0]) + i)}{row}" t="inlineStr"><is><t>{t}</t></is></c>'
        for i, t in enumerate(texts)) + "</row>"


def odf(kind, body, more=None):
    parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "META-INF/manifest.xml": XML + "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:"
        "opendocument:xmlns:manifest:1.0\"/>",
        "content.xml": XML + f"<office:document-content {ODF}><office:body><office:{kind}>"
        f"{body}</office:{kind}></office:body></office:document-content>",
    }
    return package(parts | (more or {}), first_stored=True)


def ole_native(name, content):
    """A compound file with the stream of a packaged file ([MS-OLEDS] section 2.3.6)."""
    native = struct.pack("<H", 2) + name + b"\0" + b"C:\\" + name + b"\0"
    native += struct.pack("<HHI", 0, 3, len(name) + 4) + b"C:\\" + name + b"\0"
    native += struct.pack("<I", len(content)) + content
    native = struct.pack("<I", len(native)) + native
    return compound("\1Ole10Native", native)


def compound(stream, content):
    """A compound file ([MS-CFB]) with one stream of at least 4,096 bytes."""
    content = content.ljust(4096, b"\0")
    sectors = (len(content) + 511) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE] + [i + 3 for i in range(sectors - 1)] + [0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (128 - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack(
        "<HHHHHHIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0,
        0xFFFFFFFE, 0)
    head += struct.pack("<I", 0) + b"\xff" * (512 - len(head) - 4)

    def entry(name, kind, child, start, size):
        text = name.encode("utf-16-le")
        return (text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF,
                                                    0xFFFFFFFF, child)
                + b"\0" * 36 + struct.pack("<IQ", start, size))
    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(stream, 2, 0xFFFFFFFF, 2,
                                                             len(content))
    return (head + struct.pack("<128I", *fat) + folder.ljust(512, b"\0")
            + content.ljust(sectors * 512, b"\0"))


def docx_makers(g, words):
    """Names of .docx files, and how to make each."""
    text = f"{words} " + " ".join(g)
    half = len("".join(g)) // 2
    number = " ".join(g)
    left, right = number[:half], number[half:]
    hidden = '<w:r><w:rPr>{}</w:rPr><w:t>77</w:t></w:r>'
    broken = lambda odd: docx(
        f"<w:p><w:r><w:t>{words} {left}</w:t></w:r>{odd}<w:r><w:t>{right}</w:t></w:r></w:p>")
    return {
        "runs": lambda: docx(runs([words + " "] + list(number))),
        "paragraphs": lambda: docx(runs([words]) + "".join(runs([p]) for p in g)),
        "table": lambda: docx(runs([words]) + "<w:tbl><w:tr>" + "".join(
            f"<w:tc>{runs([p])}</w:tc>" for p in g) + "</w:tr></w:tbl>"),
        "table by sign": lambda: docx(runs([words]) + "<w:tbl><w:tr>" + "".join(
            f"<w:tc>{runs([c])}</w:tc>" for c in "".join(g)) + "</w:tr></w:tbl>"),
        "deletion inside": lambda: broken(
            '<w:del><w:r><w:delText>77</w:delText></w:r></w:del>'),
        "moved away inside": lambda: broken(
            '<w:moveFrom><w:r><w:t>77</w:t></w:r></w:moveFrom>'),
        "deleted": lambda: docx(f"<w:p><w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>"
                                "</w:p>"),
        "vanished inside": lambda: broken(hidden.format("<w:vanish/>")),
        "white inside": lambda: broken(hidden.format('<w:color w:val="FFFFFF"/>')),
        "tiny inside": lambda: broken(hidden.format('<w:sz w:val="2"/>')),
        "vanished": lambda: docx("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>" + text
                                 + "</w:t></w:r></w:p>"),
        "footnote mark inside": lambda: docx(
            f'<w:p><w:r><w:t>{words} {left}</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
            f"<w:r><w:t>{right}</w:t></w:r></w:p>",
            {"word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>see 77'
                                   "</w:t></w:r></w:p></w:footnote></w:footnotes>"}),
        "proof marks inside": lambda: broken('<w:proofErr w:type="spellStart"/>'),
        "bookmark inside": lambda: broken('<w:bookmarkStart w:id="1" w:name="x7"/>'),
        "no-break hyphens": lambda: docx("<w:p><w:r><w:t>" + words + " </w:t>"
                                         + "<w:noBreakHyphen/>".join(
                                             f"<w:t>{p}</w:t>" for p in g) + "</w:r></w:p>"),
        "soft hyphens": lambda: docx("<w:p><w:r><w:t>" + words + " </w:t>" + "<w:softHyphen/>".join(
            f"<w:t>{c}</w:t>" for c in number) + "</w:r></w:p>"),
        "tabs": lambda: docx("<w:p><w:r><w:t>" + words + " </w:t>" + "<w:tab/>".join(
            f"<w:t>{p}</w:t>" for p in g) + "</w:r></w:p>"),
        "symbols": lambda: docx("<w:p><w:r><w:t>" + words + " </w:t>" + "".join(
            f'<w:sym w:font="Arial" w:char="F0{ord(c):02X}"/>' for c in number) + "</w:r></w:p>"),
        "field": lambda: docx(f'<w:p><w:fldSimple w:instr="QUOTE {text}"/></w:p>'),
        "field code": lambda: docx("<w:p><w:r><w:instrText>" + text + "</w:instrText></w:r></w:p>"),
        "alternative text": lambda: docx(
            f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="{text}"/>'
            "</wp:inline></w:drawing></w:r></w:p>"),
        "text box": lambda: docx("<w:p><w:r><w:pict><v:textbox><w:txbxContent>" + runs([text])
                                 + "</w:txbxContent></v:textbox></w:pict></w:r></w:p>"),
        "word art": lambda: docx('<w:p><w:r><w:pict><v:shape><v:textpath string="' + text
                                 + '"/></v:shape></w:pict></w:r></w:p>'),
        "header": lambda: docx(runs(["hi"]), {"word/header1.xml":
                                              f"<w:hdr {W}>{runs([text])}</w:hdr>"}),
        "comment": lambda: docx(runs(["hi"]), {"word/comments.xml": f"<w:comments {W}><w:comment>"
                                               f"{runs([text])}</w:comment></w:comments>"}),
        "glossary": lambda: docx(runs(["hi"]), {"word/glossary/document.xml":
                                                f"<w:document {W}>{runs([text])}</w:document>"}),
        "variables": lambda: docx(runs(["hi"]), {
            "word/settings.xml": f'<w:settings {W}><w:docVars><w:docVar w:name="n" w:val="{text}"/>'
                                 "</w:docVars></w:settings>"}),
        "properties": lambda: docx(runs(["hi"]), {
            "docProps/core.xml": '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:subject>' + text
                                 + "</dc:subject></cp:coreProperties>"}),
        "own properties": lambda: docx(runs(["hi"]), {
            "docProps/custom.xml": f'<Properties><property name="n"><vt:lpwstr xmlns:vt="v">{text}'
                                   "</vt:lpwstr></property></Properties>"}),
        "custom XML": lambda: docx(runs(["hi"]), {"customXml/item1.xml": f"<a><b>{text}</b></a>"}),
        "link": lambda: docx(runs(["hi"]), {
            "word/_rels/document.xml.rels": '<Relationships><Relationship Id="r" Type="hyperlink" '
            f'TargetMode="External" Target="https://example.org/?q={text}"/></Relationships>'}),
        "HTML chunk": lambda: docx('<w:altChunk r:id="r"/>', {
            "word/chunk.html": "<p>" + words + " " + "</b><b>".join(number) + "</p>"}),
        "MHTML chunk": lambda: docx('<w:altChunk r:id="r"/>', {
            "word/chunk.mht": "MIME-Version: 1.0\nContent-Type: text/html\n"
            "Content-Transfer-Encoding: base64\n\n" + base64.b64encode(text.encode()).decode()}),
        "embedded package": lambda: docx(runs(["hi"]), {
            "word/embeddings/oleObject1.bin": ole_native(b"a.txt", text.encode())}),
        "embedded workbook": lambda: docx(runs(["hi"]), {
            "word/embeddings/Microsoft_Excel_Sheet1.xlsx": xlsx(cells([text]))}),
        "embedded text": lambda: docx(runs(["hi"]), {"word/embeddings/a.txt": text}),
        "comment of the package": lambda: docx(runs(["hi"]), comment=text.encode()),
        "behind the package": lambda: docx(runs(["hi"])) + b"\n" + text.encode() + b"\n",
        "before the package": lambda: text.encode() + b"\n" + docx(runs(["hi"])),
        "another name": lambda: docx(runs([words + " "] + list(number)), main="x/y.xml"),
        "UTF-16": lambda: docx(runs(["hi"]), {
            "word/document.xml": ('<?xml version="1.0" encoding="UTF-16"?>' + f"<w:document {W}>"
                                  + runs([words + " "] + list(number)) + "</w:document>"
                                  ).encode("utf-16")}),
        "broken XML": lambda: docx(runs([words + " "] + list(number)) + "<w:p>"),
        "strict": lambda: docx(runs([words + " "] + list(number)).replace(
            "schemas.openxmlformats.org/wordprocessingml/2006", "purl.oclc.org/ooxml")),
        "references": lambda: docx(runs([words + " "] + [f"&#{ord(c)};" for c in number])),
        "CDATA": lambda: docx(runs([words + " <![CDATA[" + number + "]]>"])),
        "XML comments inside": lambda: docx(runs([words + " " + "<!-- 7 -->".join(number)])),
        "spaces lost": lambda: docx("<w:p>" + "".join(
            f"<w:r><w:t>{t}</w:t></w:r>" for t in [words + ": "] + list(g)) + "</w:p>"),
        "flat": lambda: (XML + '<?mso-application progid="Word.Document"?><pkg:package xmlns:pkg='
                         '"http://schemas.microsoft.com/office/2006/xmlPackage"><pkg:part '
                         f'pkg:name="/word/document.xml"><pkg:xmlData><w:document {W}><w:body>'
                         + runs([words + " "] + list(number)) + "</w:body></w:document>"
                         "</pkg:xmlData></pkg:part></pkg:package>").encode(),
    }


def sheet_makers(g, words):
    text = f"{words} " + " ".join(g)
    plain = "".join(g)
    head = cells([words])
    number = lambda style: (head + f'<row r="2"><c r="A2" s="{style}"><v>{plain}</v></c></row>')
    styles = lambda code: {"xl/styles.xml": XML + f'<styleSheet {S}><numFmts><numFmt numFmtId='
                           f'"164" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="0"/>'
                           '<xf numFmtId="164"/></cellXfs></styleSheet>'}
    makers = {
        "inline": lambda: xlsx(head + cells([" ".join(g)], "A2")),
        "shared": lambda: xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=[
            f"<t>{text}</t>"]),
        "shared runs": lambda: xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=[
            f"<r><t>{words} </t></r>" + "".join(f"<r><t>{c}</t></r>" for c in " ".join(g))]),
        "reading aid": lambda: xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=[
            f"<t>{text}</t><rPh><t>77</t></rPh>"]),
        "cells": lambda: xlsx(head + cells(g, "A2")),
        "cells by sign": lambda: xlsx(head + cells("".join(g), "A2")),
        "rows": lambda: xlsx(head + "".join(cells([p], f"A{i + 2}") for i, p in enumerate(g))),
        "formula": lambda: xlsx(f'<row r="1"><c r="A1" t="str"><f>"{text}"</f><v>x</v></c></row>'),
        "formula joined": lambda: xlsx(head + '<row r="2"><c r="A2" t="str"><f>"' + '"&amp;"'.join(g)
                                       + '"</f><v>x</v></c></row>'),
        "hidden sheet": lambda: xlsx(cells([text]), attributes='state="veryHidden"'),
        "hidden row": lambda: xlsx(cells([text]).replace("<row ", '<row hidden="1" ')),
        "sheet name": lambda: package({
            "xl/workbook.xml": f'<workbook {S}><sheets><sheet name="{text}" sheetId="1"/></sheets>'
                               "</workbook>",
            "xl/worksheets/sheet1.xml": f"<worksheet {S}><sheetData/></worksheet>"}),
        "defined name": lambda: xlsx(cells(["hi"]), workbook="<definedNames><definedName name='n'>"
                                     f'"{text}"</definedName></definedNames>'),
        "header of a sheet": lambda: xlsx(cells(["hi"]), {
            "xl/worksheets/sheet2.xml": f"<worksheet {S}><sheetData/><headerFooter><oddHeader>"
                                        f"&amp;L{text}</oddHeader></headerFooter></worksheet>"}),
        "validation": lambda: xlsx(cells(["hi"]), {
            "xl/worksheets/sheet2.xml": f"<worksheet {S}><sheetData/><dataValidations>"
            f'<dataValidation prompt="{text}"/></dataValidations></worksheet>'}),
        "comment": lambda: xlsx(cells(["hi"]), {
            "xl/comments1.xml": f"<comments {S}><commentList><comment ref='A1'><text><t>{text}</t>"
                                "</text></comment></commentList></comments>"}),
        "threaded comment": lambda: xlsx(cells(["hi"]), {
            "xl/threadedComments/threadedComment1.xml": "<ThreadedComments><threadedComment><text>"
            f"{text}</text></threadedComment></ThreadedComments>"}),
        "chart": lambda: xlsx(cells(["hi"]), {
            "xl/charts/chart1.xml": '<c:chartSpace xmlns:c="c"><c:strCache><c:pt><c:v>' + text
                                    + "</c:v></c:pt></c:strCache></c:chartSpace>"}),
        "pivot cache": lambda: xlsx(cells(["hi"]), {
            "xl/pivotCache/pivotCacheDefinition1.xml": f"<pivotCacheDefinition {S}><sharedItems>"
            f'<s v="{text}"/></sharedItems></pivotCacheDefinition>'}),
        "comment of the package": lambda: xlsx(cells(["hi"]), comment=text.encode()),
        "ods": lambda: odf("spreadsheet", '<table:table table:name="T"><table:table-row>'
                           + "".join(f"<table:table-cell><text:p>{p}</text:p></table:table-cell>"
                                     for p in [words] + list(g))
                           + "</table:table-row></table:table>"),
        "ods by sign": lambda: odf("spreadsheet", '<table:table table:name="T"><table:table-row>'
                                   + "".join(
                                       f"<table:table-cell><text:p>{p}</text:p></table:table-cell>"
                                       for p in [words] + list("".join(g)))
                                   + "</table:table-row></table:table>"),
        "ods comment": lambda: odf("spreadsheet", '<table:table table:name="T"><table:table-row>'
                                   "<table:table-cell><office:annotation><text:p>" + text
                                   + "</text:p></office:annotation><text:p>hi</text:p>"
                                   "</table:table-cell></table:table-row></table:table>"),
    }
    if plain.isdigit():
        makers |= {
            "number": lambda: xlsx(number(0)),
            "number with a format": lambda: xlsx(
                number(1), styles("000-00-0000" if len(plain) == 9 else "0000 0000 0000 0000")),
            "number with digits in its format": lambda: xlsx(
                head + f'<row r="2"><c r="A2" s="1"><v>{int(plain[4:])}</v></c></row>',
                styles(f"&quot;{plain[:4]}&quot;" + "0" * (len(plain) - 4))),
            "number in scientific form": lambda: xlsx(
                head + '<row r="2"><c r="A2"><v>' + f"{int(plain) / 10 ** (len(plain) - 1):.15f}"
                + f"E+{len(plain) - 1}" + "</v></c></row>"),
            "ods number": lambda: odf(
                "spreadsheet", '<table:table table:name="T"><table:table-row><table:table-cell>'
                f"<text:p>{words}</text:p></table:table-cell><table:table-cell office:value-type="
                f'"float" office:value="{plain}"><text:p>4.1E+15</text:p></table:table-cell>'
                "</table:table-row></table:table>"),
        }
    return makers


def other_makers(g, words):
    text = f"{words} " + " ".join(g)
    number = " ".join(g)
    half = len(number) // 2
    left, right = number[:half], number[half:]
    spans = "".join(f"<text:span>{c}</text:span>" for c in number.replace(" ", "-"))
    slide = lambda body: package({
        "ppt/presentation.xml": "<p:presentation xmlns:p='p'/>",
        "ppt/slides/slide1.xml": '<p:sld xmlns:p="p" xmlns:a="http://schemas.openxmlformats.org/'
                                 f'drawingml/2006/main">{body}</p:sld>'})
    return {
        "odt": lambda: odf("text", f"<text:p>{words} {spans}</text:p>"),
        "odt, note inside": lambda: odf(
            "text", f"<text:p>{words} {left}<text:note><text:note-citation>1</text:note-citation>"
            f"<text:note-body><text:p>see 77</text:p></text:note-body></text:note>{right}</text:p>"),
        "odt, comment inside": lambda: odf(
            "text", f"<text:p>{words} {left}<office:annotation><text:p>see 77</text:p>"
            f"</office:annotation>{right}</text:p>"),
        "odt, deletion": lambda: odf(
            "text", "<text:tracked-changes><text:changed-region><text:deletion><text:p>" + text
            + "</text:p></text:deletion></text:changed-region></text:tracked-changes>"),
        "odt, spaces": lambda: odf("text", f"<text:p>{words} " + "<text:s/>".join(g) + "</text:p>"),
        "odt, tabs": lambda: odf("text", f"<text:p>{words} " + "<text:tab/>".join(g) + "</text:p>"),
        "odt, table": lambda: odf("text", f"<text:p>{words}</text:p><table:table><table:table-row>"
                                  + "".join("<table:table-cell><text:p>" + p
                                            + "</text:p></table:table-cell>" for p in g)
                                  + "</table:table-row></table:table>"),
        "odt, hidden text": lambda: odf(
            "text", f'<text:p><text:hidden-text text:string-value="{text}">x</text:hidden-text>'
            "</text:p>"),
        "odt, alternative text": lambda: odf(
            "text", f"<text:p><draw:frame><svg:desc>{text}</svg:desc></draw:frame></text:p>"),
        "odt, properties": lambda: odf("text", "<text:p>hi</text:p>", {
            "meta.xml": f"<office:document-meta {ODF}><office:meta><meta:user-defined>{text}"
                        "</meta:user-defined></office:meta></office:document-meta>"}),
        "odt, header": lambda: odf("text", "<text:p>hi</text:p>", {
            "styles.xml": f"<office:document-styles {ODF}><style:header><text:p>{text}</text:p>"
                          "</style:header></office:document-styles>"}),
        "odt, package of another kind": lambda: package({
            "content.xml": f"<office:document-content {ODF}><office:body><office:text><text:p>"
                           f"{words} {spans}</text:p></office:text></office:body>"
                           "</office:document-content>"}),
        "odp": lambda: odf("presentation", f"<draw:page><text:p>{words} {spans}</text:p>"
                           "</draw:page>"),
        "fodt": lambda: (XML + f'<office:document {ODF} office:mimetype="application/vnd.oasis.'
                         f'opendocument.text"><office:body><office:text><text:p>{words} {spans}'
                         "</text:p></office:text></office:body></office:document>").encode(),
        "pptx": lambda: slide("<a:p>" + "".join(f"<a:r><a:t>{t}</a:t></a:r>" for t in
                                                [words + " "] + list(number)) + "</a:p>"),
        "pptx table": lambda: slide(f"<a:p><a:r><a:t>{words}</a:t></a:r></a:p><a:tbl><a:tr>" + "".join(
            f"<a:tc><a:txBody><a:p><a:r><a:t>{p}</a:t></a:r></a:p></a:txBody></a:tc>" for p in g)
            + "</a:tr></a:tbl>"),
        "epub": lambda: package({
            "mimetype": "application/epub+zip",
            "OEBPS/a.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>' + words + " <b>"
                             + "</b><b>".join(number) + "</b></p></body></html>"},
            first_stored=True),
        "mhtml": lambda: (
            "From: <Saved>\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/related; "
            'boundary="b"\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n'
            + base64.encodebytes(f"<p>{words} <b>{'</b><b>'.join(number)}</b></p>".encode()).decode()
            + "--b--\n").encode(),
        "svg": lambda: ('<svg xmlns="http://www.w3.org/2000/svg"><text>' + words + " "
                        + "".join(f"<tspan>{c}</tspan>" for c in number)
                        + "</text></svg>").encode(),
        "svg, description": lambda: ('<svg xmlns="http://www.w3.org/2000/svg"><desc>' + text
                                     + "</desc></svg>").encode(),
        "rtf": lambda: ("{\\rtf1 " + words + " {\\b " + "}{\\b ".join(number) + "}}").encode(),
        "rtf, hexadecimal": lambda: ("{\\rtf1 " + "".join(f"\\'{ord(c):02x}" for c in text)
                                     + "}").encode(),
        "rtf, unicode": lambda: ("{\\rtf1\\uc1 " + "".join(f"\\u{ord(c)}?" for c in text)
                                 + "}").encode(),
        "rtf, hidden inside": lambda: ("{\\rtf1 " + words + " " + left + "{\\v 77}" + right
                                       + "}").encode(),
        "rtf, deletion inside": lambda: ("{\\rtf1 " + words + " " + left + "{\\deleted 77}" + right
                                         + "}").encode(),
        "rtf, hidden": lambda: ("{\\rtf1 {\\v " + text + "}}").encode(),
        "rtf, cells": lambda: ("{\\rtf1 " + words + "\\par\\trowd " + "\\cell ".join(g)
                               + "\\cell\\row}").encode(),
        "rtf, note inside": lambda: ("{\\rtf1 " + words + " " + left + "{\\footnote see 77}" + right
                                     + "}").encode(),
        "rtf, unknown destination": lambda: ("{\\rtf1 {\\*\\zzz " + text + "}}").encode(),
        "rtf, title": lambda: ("{\\rtf1 {\\info{\\title " + text + "}}}").encode(),
        "rtf, binary": lambda: ("{\\rtf1 " + words + " " + left + "\\bin2 77" + right
                                + "}").encode(),
        "rtf, object": lambda: ("{\\rtf1 {\\object{\\*\\objdata " + ole_native(
            b"a.txt", text.encode()).hex() + "}}}").encode(),
        "rtf, field": lambda: ("{\\rtf1 {\\field{\\*\\fldinst QUOTE " + text
                               + "}{\\fldrslt x}}}").encode(),
        "vcard": lambda: ("BEGIN:VCARD\nVERSION:3.0\nFN:A\nNOTE:" + words + " " + left + "\n "
                          + right + "\nEND:VCARD\n").encode(),
        "calendar": lambda: ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:" + words + " " + left
                             + "\n " + right + "\nEND:VEVENT\nEND:VCALENDAR\n").encode(),
        "csv": lambda: f"{words}\n{number}\n".encode(),
        "csv, quoted": lambda: f'"{words}","{number}"\n'.encode(),
        "csv, text formula": lambda: f'"{words}","=""{number}"""\n'.encode(),
        "csv, UTF-16": lambda: f"{words}\t{number}\n".encode("utf-16"),
        "json": lambda: ('{"' + words + '": "' + number + '"}').encode(),
        "json escapes": lambda: ('{"note": "' + "".join(f"\\u{ord(c):04x}" for c in text)
                                 + '"}').encode(),
        "yaml": lambda: f"note: |\n  {words}\n  {number}\n".encode(),
        "xml": lambda: f"<a><b>{words}</b><c>{number}</c></a>".encode(),
        "xml, attribute": lambda: f'<a note="{text}"/>'.encode(),
        "xml, references": lambda: ("<a>" + "".join(f"&#{ord(c)};" for c in text) + "</a>").encode(),
        "sql": lambda: f"INSERT INTO t VALUES ('{words}', '{number}');\n".encode(),
        "mbox": lambda: ("From - Mon Jan  1 00:00:00 2024\nSubject: a\n\nhi\n\n"
                         "From - Mon Jan  1 00:00:00 2024\nSubject: b\n\n" + text
                         + "\n").encode(),
    }


def documents(g, words):
    """Names of files, and how to make each, for one value."""
    makers = {f"{name}.docx": make for name, make in docx_makers(g, words).items()}
    makers |= {f"{name}.xlsx": make for name, make in sheet_makers(g, words).items()}
    makers |= {f"{name}.bin": make for name, make in other_makers(g, words).items()}
    return makers
