// Tests of documents, slides and open documents: what is read, and where it is said to
// stand.
#include <string>

#include <gtest/gtest.h>

#include "office_package.h"
#include "support.h"
#include "zip_builder.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

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
