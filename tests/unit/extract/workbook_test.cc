// Tests of Excel workbooks: cells as shown and as stored, formulas, formats.
#include <string>

#include <gtest/gtest.h>

#include "extract/documents/formula.h"
#include "extract/documents/number_format.h"
#include "extract/documents/sheet_text.h"
#include "office_package.h"
#include "support.h"

namespace noshare::extract {
namespace {

using model::Zone;

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

}  // namespace
}  // namespace noshare::extract
