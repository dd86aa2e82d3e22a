// Masking inside office documents: the values go, the document stays one.
#include <gtest/gtest.h>

#include "noshare/extract/redact.h"

#include "extract/containers/zip_members.h"
#include "extract/transfer.h"
#include "office_package.h"
#include "support.h"

namespace noshare::extract {
namespace {

using model::MaskTarget;
using model::Zone;

constexpr std::string_view kValue =
    "4111 1111 1111 1111";  // the card brands' test number

constexpr std::string_view kRelations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
    R"(<Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/>)"
    R"(</Relationships>)";

using Members = Parts;

std::string message_with(const std::string& file, const std::string& name) {
  return "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
         "--b\r\n\r\nsee attached\r\n--b\r\n"
         "Content-Type: application/octet-stream; name=" +
         name + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
         encode_base64(file, "\r\n") + "\r\n--b--\r\n";
}

Members word(std::string document, const Members& more = {}) {
  Members members = {{"[Content_Types].xml", "<Types/>"},
                     {"_rels/.rels", std::string(kRelations)},
                     {"word/document.xml", "<w:document xmlns:w=\"w\"><w:body>" +
                                               document + "</w:body></w:document>"}};
  members.insert(members.end(), more.begin(), more.end());
  return members;
}

Members workbook(std::string rows, std::string strings = "", const Members& more = {}) {
  Members members = {{"[Content_Types].xml", "<Types/>"},
                     {"_rels/.rels", std::string(kRelations)},
                     {"xl/workbook.xml", "<workbook/>"},
                     {"xl/sharedStrings.xml", "<sst>" + strings + "</sst>"},
                     {"xl/worksheets/sheet1.xml",
                      "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}};
  members.insert(members.end(), more.begin(), more.end());
  return members;
}

constexpr std::string_view kManifest =
    R"(<manifest:manifest xmlns:manifest="m">)"
    R"(<manifest:file-entry manifest:full-path="/" manifest:media-type="x"/>)"
    R"(<manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png"/>)"
    R"(<manifest:file-entry manifest:full-path="content.xml"/></manifest:manifest>)";

// An OpenDocument file of that body: "text", "spreadsheet" or "presentation".
Members open_document(const std::string& kind, const std::string& body,
                      const Members& more = {}) {
  Members members = {
      {"mimetype", "application/vnd.oasis.opendocument." + kind},
      {"content.xml",
       "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" "
       "xmlns:table=\"b\" xmlns:xlink=\"l\" xmlns:calcext=\"c\" xmlns:draw=\"d\">"
       "<office:body><office:" +
           kind + ">" + body + "</office:" + kind +
           "></office:body></office:document-content>"},
      {"META-INF/manifest.xml", std::string(kManifest)}};
  members.insert(members.end(), more.begin(), more.end());
  return members;
}

Members sheet(const std::string& cells, const Members& more = {}) {
  return open_document("spreadsheet",
                       "<table:table table:name=\"Sheet1\"><table:table-row>" + cells +
                           "</table:table-row></table:table>",
                       more);
}

// Each place where a text shows one of the values.
std::vector<MaskTarget> targets_of(const Extracted& extracted,
                                   const std::vector<std::string>& values) {
  std::vector<MaskTarget> targets;
  for (const model::Segment& segment : extracted.segments) {
    for (const std::string& value : values) {
      const std::string& text = segment.source_text();
      for (std::size_t at = text.find(value); at != text.npos;
           at = text.find(value, at + 1)) {
        const auto begin = static_cast<std::uint32_t>(at);
        targets.push_back({segment.part, segment.path, segment.zone, begin,
                           begin + static_cast<std::uint32_t>(value.size())});
      }
    }
  }
  return targets;
}

struct DocumentCase {
  const char* name;
  const char* file;
  Members members;
  std::string member;    // that is looked at afterwards
  std::string expected;  // what stands in it
};

const std::vector<std::string> kValues = {std::string(kValue), "4111111111111111"};

Redacted redact(const std::string& message) {
  return redact_message(message, targets_of(read(message), kValues), {},
                        Deadline::never());
}

// The document of the message's second part.
std::string document_in(const std::string& body) {
  const std::size_t head = body.find("base64\r\n\r\n");
  return decode_base64(body.substr(head + 10, body.find("\r\n--b--") - head - 10)).bytes;
}

class MaskedDocument : public testing::TestWithParam<DocumentCase> {};

TEST_P(MaskedDocument, ShowsTheMaskAndNotTheValue) {
  const DocumentCase& given = GetParam();
  const std::string message = message_with(package(given.members), given.file);
  ASSERT_FALSE(targets_of(read(message), kValues).empty());
  const Redacted redacted = redact(message);
  ASSERT_TRUE(redacted.report.possible) << redacted.report.reason;
  const Extracted again = read(message.substr(0, redacted.body_begin) + redacted.body);
  EXPECT_TRUE(targets_of(again, kValues).empty());
  EXPECT_TRUE(again.unreadable.empty());
  const std::string document = document_in(redacted.body);
  const ZipMembers zip = list_zip(document, 100);
  EXPECT_TRUE(zip.complete);
  EXPECT_TRUE(zip.gaps.empty());
  const ZipMember* member = find_member(zip, given.member);
  ASSERT_NE(member, nullptr);
  EXPECT_NE(unpack(*member, 1 << 20).bytes.find(given.expected), std::string::npos)
      << unpack(*member, 1 << 20).bytes;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, MaskedDocument,
    testing::Values(
        DocumentCase{"OneRun", "a.docx",
                     word("<w:p><w:r><w:t>card 4111 1111 1111 1111</w:t></w:r></w:p>"),
                     "word/document.xml", "<w:t>card **** **** **** 1111</w:t>"},
        DocumentCase{"SplitOverRuns", "a.docx",
                     word("<w:p><w:r><w:t>4111 11</w:t></w:r><w:r><w:rPr><w:b/></w:rPr>"
                          "<w:t>11 1111 1</w:t></w:r><w:r><w:t>111</w:t></w:r></w:p>"),
                     "word/document.xml",
                     "<w:t>**** **</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>** **** 1"},
        DocumentCase{"ByReference", "a.docx",
                     word("<w:p><w:r><w:t>&#52;111 1111 &#x31;111 1111 &amp; "
                          "b</w:t></w:r></w:p>"),
                     "word/document.xml", "<w:t>**** **** **** 1111 &amp; b</w:t>"},
        DocumentCase{"Header", "a.docx",
                     word("<w:p/>", {{"word/header1.xml",
                                      "<w:hdr><w:p><w:r><w:t>4111 1111 1111 "
                                      "1111</w:t></w:r></w:p></w:hdr>"}}),
                     "word/header1.xml", "<w:t>**** **** **** 1111</w:t>"},
        DocumentCase{"Comment", "a.docx",
                     word("<w:p/>", {{"word/comments.xml",
                                      "<w:comments><w:comment><w:p><w:r><w:t>4111 1111 "
                                      "1111 1111</w:t></w:r></w:p></w:comment>"
                                      "</w:comments>"}}),
                     "word/comments.xml", "<w:t>**** **** **** 1111</w:t>"},
        DocumentCase{"Properties", "a.docx",
                     word("<w:p/>", {{"docProps/core.xml",
                                      "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\">"
                                      "<dc:title>4111 1111 1111 1111</dc:title>"
                                      "</cp:coreProperties>"}}),
                     "docProps/core.xml", "<dc:title>**** **** **** 1111</dc:title>"},
        DocumentCase{
            "Deleted", "a.docx",
            word("<w:p><w:del><w:r><w:delText>4111 1111 1111 1111</w:delText></w:r>"
                 "</w:del></w:p>"),
            "word/document.xml", "<w:delText>**** **** **** 1111</w:delText>"},
        DocumentCase{
            "Link", "a.docx",
            word("<w:p/>",
                 {{"word/_rels/document.xml.rels",
                   "<Relationships><Relationship Id=\"r1\" TargetMode=\"External\" "
                   "Target=\"https://else.test/4111111111111111\"/></Relationships>"}}),
            "word/_rels/document.xml.rels", "https://else.test/************1111"},
        DocumentCase{"SharedString", "a.xlsx",
                     workbook("<row><c r=\"A1\" t=\"s\"><v>0</v></c>"
                              "<c r=\"B1\" t=\"s\"><v>0</v></c></row>",
                              "<si><r><t>4111 1111</t></r><r><t> 1111 1111</t></r></si>"),
                     "xl/sharedStrings.xml", "<t>**** ****</t></r><r><t> **** 1111</t>"},
        DocumentCase{"SharedStringOfNoCell", "a.xlsx",
                     workbook("", "<si><t>4111 1111 1111 1111</t></si>"),
                     "xl/sharedStrings.xml", "<t>**** **** **** 1111</t>"},
        DocumentCase{"InlineString", "a.xlsx",
                     workbook("<row><c r=\"A1\" t=\"inlineStr\"><is><t>4111 1111 1111 "
                              "1111</t></is></c></row>"),
                     "xl/worksheets/sheet1.xml",
                     "t=\"inlineStr\"><is><t>**** **** **** 1111</t></is>"},
        DocumentCase{"NumberBecomesText", "a.xlsx",
                     workbook("<row><c r=\"A1\"><v>4111111111111111</v></c>"
                              "<c r=\"B1\" t=\"n\"><v>7</v></c></row>"),
                     "xl/worksheets/sheet1.xml",
                     "<c t=\"str\" r=\"A1\"><v>************1111</v></c>"
                     "<c r=\"B1\" t=\"n\"><v>7</v></c>"},
        DocumentCase{"ScientificNumber", "a.xlsx",
                     workbook("<row><c r=\"A1\" t=\"n\"><v>4.111111111111111E15</v></c>"
                              "</row>"),
                     "xl/worksheets/sheet1.xml",
                     "<c r=\"A1\" t=\"str\"><v>*.******************</v></c>"},
        DocumentCase{"SheetHeader", "a.xlsx",
                     workbook("", "",
                              {{"xl/worksheets/sheet2.xml",
                                "<worksheet><headerFooter><oddHeader>&amp;L4111 "
                                "1111 1111 1111</oddHeader></headerFooter>"
                                "</worksheet>"}}),
                     "xl/worksheets/sheet2.xml", "&amp;L**** **** **** 1111"},
        DocumentCase{"SheetComment", "a.xlsx",
                     workbook("", "",
                              {{"xl/comments1.xml",
                                "<comments><comment><text><t>4111 1111 1111 "
                                "1111</t></text></comment></comments>"}}),
                     "xl/comments1.xml", "<t>**** **** **** 1111</t>"}),
    [](const auto& given) { return given.param.name; });

INSTANTIATE_TEST_SUITE_P(
    OpenDocument, MaskedDocument,
    testing::Values(
        DocumentCase{"Paragraph", "a.odt",
                     open_document("text", "<text:p>card 4111 1111 1111 1111</text:p>"),
                     "content.xml", "<text:p>card **** **** **** 1111</text:p>"},
        DocumentCase{
            "SplitOverSpans", "a.odt",
            open_document("text",
                          "<text:p>4111<text:s/>11<text:span>11 1111 1</text:span>"
                          "111</text:p>"),
            "content.xml", "<text:p>****<text:s/>**<text:span>** **** 1</text:span>111<"},
        DocumentCase{
            "Slide", "a.odp",
            open_document("presentation",
                          "<draw:page><draw:frame><draw:text-box><text:p>4111 1111 "
                          "1111 1111</text:p></draw:text-box></draw:frame>"
                          "</draw:page>"),
            "content.xml", "<text:p>**** **** **** 1111</text:p>"},
        DocumentCase{"Link", "a.odt",
                     open_document("text",
                                   "<text:p><text:a xlink:href=\"https://else.test/"
                                   "4111111111111111\">see</text:a></text:p>"),
                     "content.xml", "https://else.test/************1111\""},
        DocumentCase{
            "PageHeader", "a.odt",
            open_document("text", "<text:p/>",
                          {{"styles.xml",
                            "<office:document-styles xmlns:office=\"o\" "
                            "xmlns:text=\"t\"><text:p>4111 1111 1111 1111</text:p>"
                            "</office:document-styles>"}}),
            "styles.xml", "<text:p>**** **** **** 1111</text:p>"},
        DocumentCase{"Properties", "a.odt",
                     open_document("text", "<text:p/>",
                                   {{"meta.xml",
                                     "<office:document-meta xmlns:office=\"o\" "
                                     "xmlns:dc=\"d\"><dc:title>4111 1111 1111 1111"
                                     "</dc:title></office:document-meta>"}}),
                     "meta.xml", "<dc:title>**** **** **** 1111</dc:title>"},
        DocumentCase{
            "TextCell", "a.ods",
            sheet("<table:table-cell office:value-type=\"string\"><text:p>4111 1111 "
                  "1111 1111</text:p></table:table-cell>"),
            "content.xml", "<text:p>**** **** **** 1111</text:p>"},
        DocumentCase{
            "NumberBecomesText", "a.ods",
            sheet("<table:table-cell office:value-type=\"float\" "
                  "office:value=\"4111111111111111\" calcext:value-type=\"float\">"
                  "<text:p>4111111111111111</text:p></table:table-cell>"),
            "content.xml",
            "<table:table-cell office:value-type=\"string\"  "
            "calcext:value-type=\"string\"><text:p>************1111</text:p>"},
        DocumentCase{"ScientificNumber", "a.ods",
                     sheet("<table:table-cell office:value-type=\"float\" "
                           "office:value=\"4.111111111111111E15\">"
                           "<text:p>4.11E+15</text:p></table:table-cell>"
                           "<table:table-cell office:value-type=\"float\" "
                           "office:value=\"7\"><text:p>7</text:p></table:table-cell>"),
                     "content.xml",
                     "<table:table-cell office:value-type=\"string\" ><text:p>*.***+**"
                     "</text:p></table:table-cell><table:table-cell "
                     "office:value-type=\"float\" office:value=\"7\">"},
        DocumentCase{
            "CommentOfAFormula", "a.ods",
            sheet("<table:table-cell table:formula=\"of:=1+1\" "
                  "office:value-type=\"float\" office:value=\"2\">"
                  "<office:annotation><text:p>4111 1111 1111 1111</text:p>"
                  "</office:annotation><text:p>2</text:p></table:table-cell>"),
            "content.xml",
            "office:value=\"2\"><office:annotation><text:p>**** **** **** 1111<"}),
    [](const auto& given) { return given.param.name; });

struct RefusedDocument {
  const char* name;
  Members members;
  std::string reason;
};

class UnmaskableDocument : public testing::TestWithParam<RefusedDocument> {};

TEST_P(UnmaskableDocument, IsLeftAlone) {
  const std::string message = message_with(package(GetParam().members), "a.bin");
  ASSERT_FALSE(targets_of(read(message), kValues).empty());
  const Redacted redacted = redact(message);
  EXPECT_FALSE(redacted.report.possible);
  EXPECT_NE(redacted.report.reason.find(GetParam().reason), std::string::npos)
      << redacted.report.reason;
  EXPECT_TRUE(redacted.body.empty());
}

const std::string kRun = "<w:p><w:r><w:t>4111 1111 1111 1111</w:t></w:r></w:p>";

INSTANTIATE_TEST_SUITE_P(
    Cases, UnmaskableDocument,
    testing::Values(
        RefusedDocument{"Formula",
                        workbook("<row><c r=\"A1\" t=\"str\"><f>\"4111\"&amp;B1</f>"
                                 "<v>4111 1111 1111 1111</v></c></row>"),
                        "cannot be changed"},
        RefusedDocument{"DefinedName",
                        workbook("", "",
                                 {{"xl/tables/table1.xml",
                                   "<table><calculatedColumnFormula>4111 1111 "
                                   "1111 1111</calculatedColumnFormula>"
                                   "<v>4111 1111 1111 1111</v></table>"}}),
                        "cannot be changed"},
        RefusedDocument{"Signed", word(kRun, {{"_xmlsignatures/sig1.xml", "<s/>"}}),
                        "signed"},
        RefusedDocument{"BrokenXml", word(kRun + "<w:p>"), ""},
        RefusedDocument{"EmbeddedWorkbook",
                        word("<w:p/>", {{"word/embeddings/a.xlsx",
                                         package(workbook("",
                                                          "<si><t>4111 1111 1111 1111</t>"
                                                          "</si>"))}}),
                        "cannot be masked"},
        RefusedDocument{"ChartNumber",
                        word("<w:p/>", {{"word/charts/chart1.xml",
                                         "<c:chart xmlns:c=\"c\"><c:numCache><c:pt><c:v>"
                                         "4111111111111111</c:v></c:pt></c:numCache>"
                                         "</c:chart>"}}),
                        "cannot be changed"}),
    [](const auto& given) { return given.param.name; });

const std::string kParagraph = "<text:p>4111 1111 1111 1111</text:p>";

INSTANTIATE_TEST_SUITE_P(
    OpenDocument, UnmaskableDocument,
    testing::Values(
        RefusedDocument{"Formula",
                        sheet("<table:table-cell table:formula=\"of:=B1\" "
                              "office:value-type=\"float\" "
                              "office:value=\"4111111111111111\">"
                              "<text:p>4111111111111111</text:p></table:table-cell>"),
                        "cannot be changed"},
        RefusedDocument{"Field",
                        open_document("text",
                                      "<text:p><text:user-field-get>4111 1111 1111 1111"
                                      "</text:user-field-get></text:p>"),
                        "cannot be changed"},
        RefusedDocument{"Signed",
                        open_document("text", kParagraph,
                                      {{"META-INF/documentsignatures.xml", "<s/>"}}),
                        "signed"},
        RefusedDocument{"Object",
                        open_document("text", "<text:p/>",
                                      {{"Object 1/content.xml",
                                        "<office:document-content xmlns:office=\"o\" "
                                        "xmlns:text=\"t\">" +
                                            kParagraph + "</office:document-content>"}}),
                        "cannot be changed"},
        RefusedDocument{"BrokenXml", open_document("text", kParagraph + "<text:p>"), ""}),
    [](const auto& given) { return given.param.name; });

TEST(RedactDocument, LeavesOutTheThumbnailOfAnOpenDocumentAndKeepsItsTypeFirst) {
  Members members = open_document("text", kParagraph,
                                  {{"Thumbnails/thumbnail.png", "\x89PNG\r\n\x1A\n"}});
  const Redacted redacted = redact(message_with(package(members), "a.odt"));
  ASSERT_TRUE(redacted.report.possible) << redacted.report.reason;
  const std::string document = document_in(redacted.body);
  const ZipMembers zip = list_zip(document, 100);
  ASSERT_EQ(zip.members.size(), 3U);
  EXPECT_EQ(zip.members[0].name, "mimetype");
  EXPECT_EQ(zip.members[0].method, ZipMethod::kStored);
  const std::string manifest = unpack(zip.members[2], 1 << 20).bytes;
  EXPECT_EQ(manifest.find("Thumbnails"), std::string::npos) << manifest;
  EXPECT_NE(manifest.find("content.xml"), std::string::npos) << manifest;
}

TEST(RedactDocument, LeavesOutThePictureOfTheFirstPage) {
  Members members = word(kRun, {{"docProps/thumbnail.jpeg", "\xFF\xD8\xFF picture"}});
  members[1].second =
      R"(<Relationships><Relationship Id="r1" Type="http://x/metadata/thumbnail" )"
      R"(Target="docProps/thumbnail.jpeg"/><Relationship Id="r2" )"
      R"(Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>)";
  const Redacted redacted = redact(message_with(package(members), "a.docx"));
  ASSERT_TRUE(redacted.report.possible) << redacted.report.reason;
  const std::string document = document_in(redacted.body);
  const ZipMembers zip = list_zip(document, 100);
  EXPECT_EQ(find_member(zip, "docProps/thumbnail.jpeg"), nullptr);
  const ZipMember* relations = find_member(zip, "_rels/.rels");
  ASSERT_NE(relations, nullptr);
  EXPECT_EQ(
      unpack(*relations, 1 << 20).bytes,
      R"(<Relationships><Relationship Id="r2" )"
      R"(Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>)");
}

TEST(RedactDocument, KeepsEveryOtherMemberAsItWas) {
  const Members members = word(kRun, {{"word/styles.xml", "<w:styles/>"},
                                      {"word/media/image1.png", "\x89PNG\r\n\x1A\n"}});
  const Redacted redacted = redact(message_with(package(members), "a.docx"));
  ASSERT_TRUE(redacted.report.possible) << redacted.report.reason;
  const std::string document = document_in(redacted.body);
  const ZipMembers zip = list_zip(document, 100);
  ASSERT_EQ(zip.members.size(), members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    EXPECT_EQ(zip.members[i].name, members[i].first);
    if (members[i].first == "word/document.xml") continue;
    EXPECT_EQ(unpack(zip.members[i], 1 << 20).bytes, members[i].second);
  }
}

}  // namespace
}  // namespace noshare::extract
