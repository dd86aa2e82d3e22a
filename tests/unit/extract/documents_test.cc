// Tests of office documents: what of them is read, and where it is said to stand.
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "extract/documents/formula.h"
#include "extract/documents/number_format.h"
#include "extract/documents/sheet_text.h"
#include "support.h"
#include "zip_builder.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

using Parts = std::vector<std::pair<std::string, std::string>>;

std::string package(const Parts& parts) {
  ZipBuilder zip;
  for (const auto& [name, data] : parts) zip.member({name, data});
  zip.end();
  return zip.bytes();
}

std::string word(const std::string& body) {
  return "<?xml version=\"1.0\"?><w:document xmlns:w=\"urn:w\"><w:body>" + body +
         "</w:body></w:document>";
}

TEST(WordDocument, JoinsTextThatIsSplitOverRuns) {
  const Extracted extracted = read_as(
      "a.docx", package({{"word/document.xml",
                          word("<w:p><w:r><w:t>4111 11</w:t></w:r><w:r><w:rPr><w:b/>"
                               "</w:rPr><w:t>11</w:t></w:r></w:p><w:p><w:r><w:t>next"
                               "</w:t></w:r></w:p>")}}));
  const model::Segment* found = find_text(extracted, Zone::kDocument, "4111 1111\nnext");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->path, "a.docx");
  EXPECT_TRUE(extracted.unreadable.empty());
}

TEST(WordDocument, PartsCellsAndKeepsRows) {
  const Extracted extracted = read_as(
      "a.docx",
      package({{"word/document.xml",
                word("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
                     "<w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr>"
                     "<w:tr><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr>"
                     "</w:tbl>")}}));
  EXPECT_NE(find_text(extracted, Zone::kDocument, "a\tb\t\nc"), nullptr);
}

TEST(WordDocument, ReadsWhatAProgramWouldNotShow) {
  const Extracted extracted = read_as(
      "a.docx",
      package(
          {{"word/document.xml", word("<w:p><w:del><w:r><w:delText>deleted</w:delText>"
                                      "</w:r></w:del></w:p>")},
           {"word/comments.xml",
            "<w:comments xmlns:w=\"urn:w\"><w:comment><w:p><w:r><w:t>a comment</w:t>"
            "</w:r></w:p></w:comment></w:comments>"},
           {"docProps/core.xml",
            "<cp:p xmlns:cp=\"urn:c\"><cp:by>An Author</cp:by>"
            "</cp:p>"},
           {"word/_rels/document.xml.rels",
            "<Relationships><Relationship Id=\"1\" TargetMode=\"External\" "
            "Target=\"mailto:x@else.test\"/></Relationships>"},
           {"word/embeddings/notes.txt", "an embedded file"}}));
  EXPECT_NE(find_text(extracted, Zone::kDocument, "deleted"), nullptr);
  const model::Segment* comment = find_text(extracted, Zone::kDocument, "a comment");
  ASSERT_NE(comment, nullptr);
  EXPECT_EQ(comment->path, "a.docx › comments");
  EXPECT_NE(find_text(extracted, Zone::kMetadata, "An Author"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kAttribute, "mailto:x@else.test"), nullptr);
  const model::Segment* inside =
      find_text(extracted, Zone::kDocument, "an embedded file");
  ASSERT_NE(inside, nullptr);
  EXPECT_EQ(inside->path, "a.docx › word/embeddings/notes.txt");
}

TEST(WordDocument, BrokenXmlIsReadAndReported) {
  const Extracted extracted =
      read_as("a.docx", package({{"word/document.xml", "<w:t>4111 <unclosed"}}));
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kCorrupt), nullptr);
  bool found = false;
  for (const model::Segment& segment : extracted.segments) {
    found = found || segment.text.find("4111") != std::string::npos;
  }
  EXPECT_TRUE(found);
}

TEST(WordDocument, NeverExpandsEntitiesOfItsOwn) {
  const Extracted extracted =
      read_as("a.docx",
              package({{"word/document.xml",
                        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;\">]>"
                        "<w:t>&b;</w:t>"}}));
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kCorrupt), nullptr);
  EXPECT_LT(extracted.text_bytes, 1000U);
}

TEST(Workbook, IsATableWithTheNameOfItsSheet) {
  const Extracted extracted = read_as(
      "list.xlsx",
      package({{"xl/workbook.xml",
                "<workbook><sheets><sheet name=\"Customers\" r:id=\"rId7\" "
                "xmlns:r=\"urn:r\"/></sheets></workbook>"},
               {"xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"rId7\" "
                "Target=\"worksheets/sheet1.xml\"/></Relationships>"},
               {"xl/sharedStrings.xml",
                "<sst><si><t>Card</t></si><si><r><t>Jo</t></r><r><t>hn</t></r></si>"
                "<si><t>left over</t></si></sst>"},
               {"xl/worksheets/sheet1.xml",
                "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
                "<c r=\"C1\" t=\"s\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\">"
                "<v>4.111111111111111E15</v></c><c r=\"B2\" t=\"inlineStr\"><is><t>in"
                "</t></is></c></row></sheetData></worksheet>"}}));
  const model::Segment* sheet =
      find_text(extracted, Zone::kCell, "Card\t\tJohn\n4111111111111111\tin");
  ASSERT_NE(sheet, nullptr);
  EXPECT_EQ(sheet->path, "list.xlsx › Customers");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "left over"), nullptr);
}

TEST(Workbook, NumbersInScientificFormAreWhole) {
  EXPECT_EQ(whole_number("4.111111111111111E15"), "4111111111111111");
  EXPECT_EQ(whole_number("4111"), "");
  EXPECT_EQ(whole_number("1.5E0"), "");
  EXPECT_EQ(whole_number("1E300"), "");
  EXPECT_EQ(whole_number("E"), "");
}

constexpr const char* kOdsType = "application/vnd.oasis.opendocument.spreadsheet";

TEST(OpenDocument, TablesAreReadAsShownAndAsStored) {
  const Extracted extracted = read_as(
      "list.ods",
      package({{"mimetype", kOdsType},
               {"content.xml",
                "<office:d xmlns:office=\"u:o\" xmlns:table=\"u:t\" xmlns:text=\"u:x\">"
                "<table:table table:name=\"Staff\"><table:table-row><table:table-cell>"
                "<text:p>Id</text:p></table:table-cell><table:table-cell "
                "office:value=\"123456789\"><text:p>1.2E8</text:p></table:table-cell>"
                "</table:table-row></table:table></office:d>"}}));
  const model::Segment* table = find_text(extracted, Zone::kCell, "Id\t1.2E8 123456789");
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(table->path, "list.ods › Staff");
}

TEST(OpenDocument, WithAPasswordIsUnreadable) {
  const Extracted extracted = read_as(
      "list.ods", package({{"mimetype", kOdsType},
                           {"content.xml", "\x01\x02\x03"},
                           {"META-INF/manifest.xml",
                            "<manifest:encryption-data xmlns:manifest=\"u:m\"/>"}}));
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kEncrypted), nullptr);
}

TEST(RichText, ReadsTextAndLeavesOutFontsAndPictures) {
  const Extracted extracted =
      read_as("a.rtf",
              "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial 12;}}{\\info{\\author An "
              "Author}}\\f0 Stra\\'dfe \\u8364?5\\par 41{\\b 11}\\~11\\cell b\\row}");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "Straße €5\n4111 11\tb"), nullptr);
  EXPECT_EQ(find_text(extracted, Zone::kDocument, "Arial"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kMetadata, "An Author"), nullptr);
}

TEST(RichText, BrokenNestingLosesNothing) {
  const Extracted extracted = read_as("a.rtf", "{\\rtf1 one}}}} two {{{ three");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "one two  three"), nullptr);
}

TEST(RichText, AnObjectInsideIsUnreadable) {
  const Extracted extracted =
      read_as("a.rtf", "{\\rtf1 text {\\object{\\*\\objdata 0105000002000000}}}");
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kUnsupported), nullptr);
}

struct ShownCase {
  std::string name;
  std::string file;
  std::string part;
  std::string xml;
};

class ShownText : public testing::TestWithParam<ShownCase> {};

// What stands inside a number without being seen there does not part it.
TEST_P(ShownText, IsReadBesideTheWholeText) {
  Parts parts = {{GetParam().part, GetParam().xml}};
  if (GetParam().part == "content.xml") {
    parts.insert(parts.begin(), {"mimetype", "application/vnd.oasis.opendocument.text"});
  }
  const Extracted extracted = read_as(GetParam().file, package(parts));
  EXPECT_NE(find_text(extracted, Zone::kDocument, "4111 1111"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kDocument, "77"), nullptr);
}

std::string run(const std::string& text, const std::string& properties = "") {
  return "<w:r><w:rPr>" + properties + "</w:rPr><w:t>" + text + "</w:t></w:r>";
}

std::string odt(const std::string& styles, const std::string& paragraph) {
  return "<office:document-content xmlns:office=\"urn:o\" xmlns:text=\"urn:t\" "
         "xmlns:style=\"urn:s\" xmlns:fo=\"urn:f\"><office:automatic-styles>" +
         styles + "</office:automatic-styles><office:body><text:p>4111 11" + paragraph +
         "11</text:p></office:body></office:document-content>";
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ShownText,
    testing::Values(
        ShownCase{"Deletion", "a.docx", "word/document.xml",
                  word("<w:p>" + run("4111 11") +
                       "<w:del><w:r><w:delText>77</w:delText>"
                       "</w:r></w:del>" +
                       run("11") + "</w:p>")},
        ShownCase{"Hidden", "a.docx", "word/document.xml",
                  word("<w:p>" + run("4111 11") + run("77", "<w:vanish/>") + run("11") +
                       "</w:p>")},
        ShownCase{"White", "a.docx", "word/document.xml",
                  word("<w:p>" + run("4111 11") +
                       run("77", "<w:color w:val=\"FFFFFF\"/>") + run("11") + "</w:p>")},
        ShownCase{"NearlyWhite", "a.docx", "word/document.xml",
                  word("<w:p>" + run("4111 11") +
                       run("77", "<w:color w:val=\"FEFEFE\"/>") + run("11") + "</w:p>")},
        ShownCase{"WhiteOnASlide", "a.pptx", "ppt/slides/slide1.xml",
                  "<p:sld xmlns:p=\"p\"><p:p><p:r><p:t>4111 11</p:t></p:r><p:r><p:rPr>"
                  "<p:srgbClr val=\"FFFFFF\"/></p:rPr><p:t>77</p:t></p:r><p:r><p:rPr "
                  "sz=\"1400\"/><p:t>11</p:t></p:r></p:p></p:sld>"},
        ShownCase{"TinyOnASlide", "a.pptx", "ppt/slides/slide1.xml",
                  "<p:sld xmlns:p=\"p\"><p:p><p:r><p:t>4111 11</p:t></p:r><p:r><p:rPr "
                  "sz=\"100\"/><p:t>77</p:t></p:r><p:r><p:rPr sz=\"1400\"/><p:t>11</p:t>"
                  "</p:r></p:p></p:sld>"},
        ShownCase{"AlternativeText", "a.docx", "word/document.xml",
                  word("<w:p>" + run("4111 11") + "<w:docPr descr=\"77\"/>" + run("11") +
                       "</w:p>")},
        ShownCase{"Note", "a.odt", "content.xml",
                  odt("", "<text:note><text:p>77</text:p></text:note>")},
        ShownCase{"Comment", "a.odt", "content.xml",
                  odt("", "<office:annotation><text:p>77</text:p></office:annotation>")},
        ShownCase{"HiddenStyle", "a.odt", "content.xml",
                  odt("<style:style style:name=\"T1\"><style:text-properties "
                      "text:display=\"none\"/></style:style>",
                      "<text:span text:style-name=\"T1\">77</text:span>")}),
    [](const auto& one) { return one.param.name; });

TEST(WordDocument, ReadsSymbolsOfFonts) {
  const Extracted extracted = read_as(
      "a.docx", package({{"word/document.xml",
                          word("<w:p><w:r><w:sym w:font=\"A\" w:char=\"F034\"/><w:sym "
                               "w:font=\"A\" w:char=\"F031\"/></w:r></w:p>")}}));
  EXPECT_NE(find_text(extracted, Zone::kDocument, "41"), nullptr);
}

TEST(WordDocument, ReadsSymbolsByTheirCodes) {
  const Extracted extracted = read_as(
      "a.docx", package({{"word/document.xml",
                          word("<w:p><w:r><w:sym w:font=\"A\" w:char=\"0034\"/><w:sym "
                               "w:font=\"A\" w:char=\"0031\"/></w:r></w:p>")}}));
  EXPECT_NE(find_text(extracted, Zone::kDocument, "41"), nullptr);
}

struct StyledCase {
  std::string name;
  std::string file;
  std::string styles;
  std::string document;
};

class StyledText : public testing::TestWithParam<StyledCase> {};

// What a style of the document hides does not part what is shown.
TEST_P(StyledText, IsReadAsItIsShown) {
  const bool word = GetParam().file.ends_with("docx");
  Parts parts = {{word ? "word/document.xml" : "content.xml", GetParam().document},
                 {word ? "word/styles.xml" : "styles.xml", GetParam().styles}};
  if (!word) {
    parts.insert(parts.begin(), {"mimetype", "application/vnd.oasis.opendocument.text"});
  }
  const Extracted extracted = read_as(GetParam().file, package(parts));
  EXPECT_NE(find_text(extracted, Zone::kDocument, "4111 1111"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kDocument, "77"), nullptr);
}

std::string word_style(const std::string& id, const std::string& inside) {
  return "<w:style w:styleId=\"" + id + "\">" + inside + "</w:style>";
}
std::string word_styles(const std::string& styles) {
  return "<w:styles xmlns:w=\"urn:w\">" + styles + "</w:styles>";
}
const char* const kVanish = "<w:rPr><w:vanish/></w:rPr>";

INSTANTIATE_TEST_SUITE_P(
    Cases, StyledText,
    testing::Values(
        StyledCase{"OfCharacters", "a.docx", word_styles(word_style("H", kVanish)),
                   word("<w:p>" + run("4111 11") + run("77", "<w:rStyle w:val=\"H\"/>") +
                        run("11") + "</w:p>")},
        StyledCase{"BasedOnAnother", "a.docx",
                   word_styles(word_style("G", "<w:basedOn w:val=\"H\"/>") +
                               word_style("H", kVanish)),
                   word("<w:p>" + run("4111 11") + run("77", "<w:rStyle w:val=\"G\"/>") +
                        run("11") + "</w:p>")},
        StyledCase{
            "OfOpenDocument", "a.odt",
            "<o:document-styles xmlns:o=\"urn:o\"><style name=\"T\"><text-properties "
            "display=\"none\"/></style></o:document-styles>",
            odt("", "<text:span text:style-name=\"T\">77</text:span>")}),
    [](const auto& one) { return one.param.name; });

TEST(WordDocument, JoinsParagraphsAroundHiddenOnes) {
  const std::string hidden =
      "<w:p><w:pPr><w:pStyle w:val=\"H\"/></w:pPr>" + run("77") + "</w:p>";
  const Extracted extracted = read_as(
      "a.docx",
      package({{"word/styles.xml", word_styles(word_style("H", kVanish))},
               {"word/document.xml", word("<w:p>" + run("4111") + "</w:p>" + hidden +
                                          "<w:p>" + run("1111") + "</w:p>")}}));
  EXPECT_NE(find_text(extracted, Zone::kDocument, "4111\n1111"), nullptr);
}

TEST(WordDocument, ReadsTextThatRunsFromTheRight) {
  const Extracted extracted =
      read_as("a.docx", package({{"word/document.xml",
                                  word("<w:p>" + run("card ") + "<w:bdo w:val=\"rtl\">" +
                                       run("1111 2114") + "</w:bdo></w:p>")}}));
  EXPECT_NE(find_text(extracted, Zone::kDocument, "4112 1111"), nullptr);
}

struct NamedCase {
  std::string name;
  std::string file;
  std::string part;
  std::string xml;
};

class NamesAndValues : public testing::TestWithParam<NamedCase> {};

// Attributes that tell of a number are read, whatever element they belong to.
TEST_P(NamesAndValues, AreRead) {
  Parts parts = {{GetParam().part, GetParam().xml}};
  if (GetParam().file.ends_with("odt")) {
    parts.insert(parts.begin(), {"mimetype", "application/vnd.oasis.opendocument.text"});
  } else if (GetParam().part.starts_with("docProps")) {
    parts.push_back({"word/document.xml", word("")});
  }
  const Extracted extracted = read_as(GetParam().file, package(parts));
  bool found = false;
  for (Zone zone : {Zone::kDocument, Zone::kMetadata}) {
    found |= find_text(extracted, zone, "4111 1111 1111") != nullptr;
  }
  EXPECT_TRUE(found);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, NamesAndValues,
    testing::Values(
        NamedCase{"Bookmark", "a.docx", "word/document.xml",
                  word("<w:bookmarkStart w:name=\"card 4111 1111 1111\"/>")},
        NamedCase{
            "Style", "a.docx", "word/styles.xml",
            word_styles("<w:style><w:name w:val=\"card 4111 1111 1111\"/></w:style>")},
        NamedCase{"Property", "a.docx", "docProps/custom.xml",
                  "<Properties><property name=\"card 4111 1111 1111\"/></Properties>"},
        NamedCase{"TwoAttributes", "a.docx", "word/a.xml",
                  "<a><property name=\"card number\" value=\"4111 1111 1111\"/></a>"},
        NamedCase{"Filter", "a.xlsx", "xl/worksheets/sheet1.xml",
                  "<worksheet><filter val=\"card 4111 1111 1111\"/></worksheet>"},
        NamedCase{"Comment", "a.docx", "word/document.xml",
                  word("<!-- card 4111 1111 1111 -->")},
        NamedCase{"OwnMetadata", "a.odt", "meta.xml",
                  "<m:meta xmlns:m=\"urn:m\"><m:user-defined m:name=\"card 4111 1111 "
                  "1111\">x</m:user-defined></m:meta>"}),
    [](const auto& one) { return one.param.name; });

TEST(WordDocument, LeavesOtherAttributesAlone) {
  const Extracted extracted = read_as(
      "a.docx", package({{"word/document.xml",
                          word("<w:bookmarkStart w:name=\"_Toc4111111111\"/>")}}));
  EXPECT_EQ(find_text(extracted, Zone::kDocument, "4111"), nullptr);
}

TEST(WordDocument, ReadsTheCommentOfItsPackage) {
  ZipBuilder zip;
  zip.member({"word/document.xml", word("<w:p><w:r><w:t>hi</w:t></w:r></w:p>")});
  zip.end("card 4111 1111");
  EXPECT_NE(find_text(read_as("a.docx", zip.bytes()), Zone::kMetadata, "4111 1111"),
            nullptr);
}

TEST(Workbook, ShowsNumbersInTheirFormats) {
  const Extracted extracted = read_as(
      "a.xlsx",
      package(
          {{"xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"000-00-0000\"/>"
            "</numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs>"
            "</styleSheet>"},
           {"xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"><v>12345678</v></c>"
            "</row></sheetData></worksheet>"}}));
  EXPECT_NE(find_text(extracted, Zone::kCell, "012-34-5678 12345678"), nullptr);
}

TEST(Workbook, JoinsRowsAndCellsAroundHiddenOnes) {
  const auto row = [](const std::string& attributes, const std::string& cells) {
    return "<row " + attributes + ">" + cells + "</row>";
  };
  const auto cell = [](const std::string& at, const std::string& text) {
    return "<c r=\"" + at + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
  };
  const Extracted extracted = read_as(
      "a.xlsx",
      package(
          {{"xl/worksheets/sheet1.xml",
            "<worksheet><cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>" +
                row("", cell("A1", "4111") + cell("B1", "77") + cell("C1", "1111")) +
                row("", cell("A2", "2222")) + row("hidden=\"1\"", cell("A3", "88")) +
                row("", cell("A4", "3333")) + "</sheetData></worksheet>"}}));
  EXPECT_NE(find_text(extracted, Zone::kCell, "77"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kCell, "88"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kCell, "4111\t\t1111"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kCell, "2222\n3333"), nullptr);
}

TEST(Slides, ReadBoxesInTheOrderInWhichTheyStand) {
  const auto box = [](const std::string& x, const std::string& text) {
    return "<p:sp><p:off x=\"" + x + "\" y=\"900000\"/><p:p><p:r><p:t>" + text +
           "</p:t></p:r></p:p></p:sp>";
  };
  const Extracted extracted =
      read_as("a.pptx", package({{"ppt/slides/slide1.xml",
                                  "<p:sld xmlns:p=\"p\">" + box("5000000", "1111") +
                                      box("900000", "4111") + "</p:sld>"}}));
  EXPECT_NE(find_text(extracted, Zone::kDocument, "4111 1111"), nullptr);
}

TEST(Workbook, ReadsWhatStandsInNoCell) {
  const Extracted extracted = read_as(
      "a.xlsx",
      package(
          {{"xl/workbook.xml",
            "<workbook><sheets><sheet name=\"a sheet\"/></sheets><definedNames>"
            "<definedName>a name</definedName></definedNames></workbook>"},
           {"xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row><c><f>a formula</f><v>1</v></c></row></sheetData>"
            "<headerFooter><oddHeader>a header</oddHeader></headerFooter>"
            "<dataValidation prompt=\"a prompt\"/></worksheet>"}}));
  for (const char* text : {"a sheet", "a name", "a formula", "a header", "a prompt"}) {
    EXPECT_NE(find_text(extracted, Zone::kDocument, text), nullptr) << text;
  }
}

TEST(Workbook, ShowsWhatFormulasAndHeadersShow) {
  const Extracted extracted = read_as(
      "a.xlsx",
      package({{"xl/worksheets/sheet1.xml",
                "<worksheet><sheetData><row><c r=\"A1\"><f>\"652-21\"&amp;\"-9079\"</f>"
                "<v></v></c></row></sheetData><headerFooter>"
                "<oddHeader>&amp;C&amp;\"Arial\"&amp;12 SSN&amp;R652 &amp;&amp; "
                "more</oddHeader>"
                "</headerFooter></worksheet>"}}));
  EXPECT_NE(find_text(extracted, Zone::kCell, "652-21-9079"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kDocument, "SSN 652 & more"), nullptr);
}

TEST(Workbook, WorksOutTextsThatFormulasPutTogether) {
  const Extracted extracted = read_as(
      "a.xlsx",
      package({{"xl/worksheets/sheet1.xml",
                "<worksheet><sheetData><row><c r=\"A1\" t=\"str\"><f>CONCATENATE(\"652\","
                "CHAR(45),\"21\")&amp;\"-9079\"</f><v>old</v></c></row></sheetData>"
                "</worksheet>"}}));
  EXPECT_NE(find_text(extracted, Zone::kCell, "old 652-21-9079"), nullptr);
}

struct FormulaCase {
  std::string name;
  std::string formula;
  std::string shown;
};

class FormulaText : public testing::TestWithParam<FormulaCase> {};

TEST_P(FormulaText, IsWorkedOut) {
  EXPECT_EQ(formula_text(GetParam().formula), GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, FormulaText,
    testing::Values(
        FormulaCase{"Literals", "\"41\" & \"11\"", "4111"},
        FormulaCase{"QuotedQuote", "\"a\"\"b\"", "a\"b"},
        FormulaCase{"Repeated", "\"4\"&REPT(\"1\",3)", "4111"},
        FormulaCase{"Characters", "CHAR(52)&UNICHAR(49)", "41"},
        FormulaCase{"Joined", "_xlfn.TEXTJOIN(\"-\",TRUE,\"652\",\"21\")", "652-21"},
        FormulaCase{"InCalc", "CONCATENATE(\"4\";\"1\")", "41"},
        FormulaCase{"Formatted", "TEXT(652219079,\"000-00-0000\")", "652-21-9079"},
        FormulaCase{"Parts", "MID(\"x4111\",2,2)&RIGHT(\"211\",2)&LEFT(\"17\",1)",
                    "41111"},
        FormulaCase{"Substituted", "SUBSTITUTE(\"4x1x\",\"x\",\"1\")", "4111"},
        FormulaCase{"OtherCells", "A1&\"4\"", ""}, FormulaCase{"Sum", "SUM(A1:A9)", ""},
        FormulaCase{"Unclosed", "CONCAT(\"4\"", ""},
        FormulaCase{"TooDeep", std::string(1000, '('), ""}),
    [](const auto& one) { return one.param.name; });

TEST(FormattedNumber, ShowsLiteralsAlone) {
  EXPECT_EQ(formatted_number("1", "\"card 4111\""), "card 4111");
  EXPECT_EQ(formatted_number("-1", "0;\"4111\";0"), "4111");
  EXPECT_EQ(formatted_number("0", "0;0;\\4\\1"), "41");
  EXPECT_EQ(formatted_text("11", "\"41\"@"), "4111");
  EXPECT_EQ(formatted_text("x", "0;0;0;\"41\""), "41");
  EXPECT_EQ(formatted_text("x", "\"41\""), "");
  EXPECT_EQ(formatted_text("x", "General"), "");
}

TEST(FormattedNumber, FillsPlacesFromTheRight) {
  EXPECT_EQ(formatted_number("4111111111111111", "0000 0000 0000 0000"),
            "4111 1111 1111 1111");
  EXPECT_EQ(formatted_number("111", "\"41\"000"), "41111");
  EXPECT_EQ(formatted_number("12345", "00-00"), "123-45");
  EXPECT_EQ(formatted_number("5", "000"), "005");
  EXPECT_EQ(formatted_number("5", "#,##0"), "");
  EXPECT_EQ(formatted_number("5", "yyyy-mm-dd"), "");
  EXPECT_EQ(formatted_number("5", "General"), "");
  EXPECT_EQ(formatted_number("x", "000"), "");
}

TEST(Rtf, ShowsTextWithoutWhatIsHidden) {
  for (const char* inside : {"{\\v 77}", "{\\deleted 77}", "{\\footnote 77}"}) {
    const Extracted extracted =
        read_as("a.rtf", std::string("{\\rtf1 4111 11") + inside + "11}");
    EXPECT_NE(find_text(extracted, Zone::kDocument, "4111 1111"), nullptr) << inside;
    EXPECT_NE(find_text(extracted, Zone::kDocument, "77"), nullptr) << inside;
  }
}

TEST(Rtf, ShowsTextWithoutWhatIsWhite) {
  const Extracted extracted =
      read_as("a.rtf",
              "{\\rtf1{\\colortbl;\\red255\\green255\\blue255;\\red255\\green0\\blue0;}"
              "4111 11{\\cf1 77}1{\\cf2 1}}");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "4111 1111"), nullptr);
}

TEST(Rtf, ShowsTextWithoutWhatIsTiny) {
  const Extracted extracted = read_as("a.rtf", "{\\rtf1 4111 11{\\fs2 77}1{\\fs20 1}}");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "4111 1111"), nullptr);
}

TEST(Rtf, ReadsNamesThatTellOfANumber) {
  const Extracted extracted =
      read_as("a.rtf",
              "{\\rtf1{\\fonttbl{\\f0 Arial;}}{\\stylesheet{\\s1 card 4111 1111 1;}}hi}");
  EXPECT_NE(find_text(extracted, Zone::kMetadata, "card 4111 1111 1"), nullptr);
  EXPECT_EQ(find_text(extracted, Zone::kMetadata, "Arial"), nullptr);
}

TEST(Rtf, PartsTheNameAndTheValueOfAVariable) {
  const Extracted extracted =
      read_as("a.rtf",
              "{\\rtf1{\\*\\docvar {card}{4111 1111}}{\\*\\userprops"
              "{\\propname iban}{\\staticval GB29}}}");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "card\n4111 1111"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kDocument, "iban\n"), nullptr);
}

TEST(Rtf, ReadsEscapesOfLinks) {
  const Extracted extracted =
      read_as("a.rtf",
              "{\\rtf1{\\field{\\*\\fldinst HYPERLINK \"https://a.example/?c="
              "4111%201111%201111%201111\"}{\\fldrslt x}}}");
  EXPECT_NE(find_text(extracted, Zone::kBody, "4111 1111 1111 1111"), nullptr);
}

TEST(OfficeXml, OfExcel2003IsATable) {
  const Extracted extracted = read_as(
      "a.xml",
      "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:"
      "spreadsheet\"><Row><Cell><Data>card</Data></Cell></Row><Row><Cell><Data>4</Data>"
      "</Cell><Cell><Data>1</Data></Cell></Row></Workbook>");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "card\t\n4\t1"), nullptr);
}

TEST(OfficeXml, OfXpsGivesItsGlyphs) {
  const Extracted extracted = read_as(
      "1.fpage",
      "<FixedPage xmlns=\"http://schemas.microsoft.com/xps/2005/06\"><Glyphs "
      "UnicodeString=\"card 4111\"/><Glyphs UnicodeString=\"1111\"/></FixedPage>");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "card 4111  1111"), nullptr);
}

TEST(OfficeXml, PartsValuesThatChartsAndLinksKeep) {
  const Extracted extracted = read_as(
      "a.xml",
      "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/"
      "main\"><w:pt><w:v>card</w:v></w:pt><w:pt><w:v>4111</w:v></w:pt>"
      "<w:lvlText w:val=\"numbered 1\"/><w:name w:val=\"left out\"/></w:document>");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "card\t4111"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kDocument, "numbered 1"), nullptr);
}

TEST(OfficeXml, IsReadWithoutItsPackage) {
  const Extracted extracted = read_as(
      "a.xml",
      "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/"
      "wordprocessingml/2006/main\"><w:p><w:r><w:t>4111</w:t></w:r><w:r><w:t> 1111</w:t>"
      "</w:r></w:p></w:document>");
  EXPECT_NE(find_text(extracted, Zone::kDocument, "4111 1111"), nullptr);
}

}  // namespace
}  // namespace noshare::extract
