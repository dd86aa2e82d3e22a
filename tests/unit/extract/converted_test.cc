// What comes from a converter, and what is said where there is none.
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "noshare/extract/converter.h"

#include "support.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

// Gives the same things for every file of one kind.
class Stub final : public Converter {
 public:
  Stub(ConverterKind kind, std::vector<Found> found)
      : kind_(kind), found_(std::move(found)) {}
  bool offers(ConverterKind kind) const override { return kind == kind_; }
  std::vector<Found> convert(ConverterKind kind, std::string_view /*bytes*/,
                             const ConvertBudget& budget) override {
    ++calls;
    last_bytes = budget.bytes;
    return kind == kind_ ? found_ : std::vector<Found>();
  }
  int calls = 0;
  std::uint64_t last_bytes = 0;

 private:
  ConverterKind kind_;
  std::vector<Found> found_;
};

Found text(std::string name, std::string bytes) {
  Found found;
  found.name = std::move(name);
  found.bytes = std::move(bytes);
  return found;
}
Found of_kind(FoundKind kind, std::string name, std::string bytes) {
  Found found = text(std::move(name), std::move(bytes));
  found.kind = kind;
  return found;
}

Extracted read_with(Converter* converter, const std::string& bytes) {
  Options options;
  options.converter = converter;
  return extract_file(bytes, "a.pdf", options, Deadline::never());
}

constexpr const char* kPdf = "%PDF-1.7\n...";

TEST(ConvertedFile, GivesTextsWithTheirPlace) {
  Stub stub(ConverterKind::kPdf, {text("page 1", "hello"), text("", "whole")});
  const Extracted extracted = read_with(&stub, kPdf);
  const auto* page = find_text(extracted, Zone::kDocument, "hello");
  ASSERT_NE(page, nullptr);
  EXPECT_EQ(page->path, "a.pdf › page 1");
  ASSERT_NE(find_text(extracted, Zone::kDocument, "whole"), nullptr);
  EXPECT_EQ(find_text(extracted, Zone::kDocument, "whole")->path, "a.pdf");
}

TEST(ConvertedFile, IsReadForWhatStandsEncodedInItsTexts) {
  Stub stub(ConverterKind::kPdf,
            {text("page 1, links", "https://a.example/?c=4111%201111%201111%201111"),
             text("page 2", "bXkgY2FyZCBpcyA0MTExIDExMTEgMTExMSAxMTEx")});
  const Extracted extracted = read_with(&stub, kPdf);
  EXPECT_NE(find_text(extracted, Zone::kBody, "?c=4111 1111 1111 1111"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kBody, "my card is 4111"), nullptr);
}

TEST(ConvertedFile, IsReadAgainForTheFilesInsideIt) {
  Stub stub(ConverterKind::kPdf,
            {of_kind(FoundKind::kFile, "b.html", "<html><p>in<b>side</b></p></html>")});
  const Extracted extracted = read_with(&stub, kPdf);
  EXPECT_NE(find_text(extracted, Zone::kHtmlVisible, "inside"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kFilename, "b.html"), nullptr);
}

TEST(ConvertedFile, ThatHoldsItselfEndsAtTheDepth) {
  Stub stub(ConverterKind::kPdf, {of_kind(FoundKind::kFile, "a.pdf", kPdf)});
  const Extracted extracted = read_with(&stub, kPdf);
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kTooDeep), nullptr);
  EXPECT_LE(stub.calls, 70);
}

TEST(ConvertedFile, WithoutAConverterIsUnsupported) {
  const Extracted extracted = read_with(nullptr, kPdf);
  const auto* one = find_unreadable(extracted, UnreadableReason::kUnsupported);
  ASSERT_NE(one, nullptr);
  EXPECT_EQ(one->detail, "application/pdf");
}

TEST(ConvertedFile, SaysWhatItsConverterCouldNotRead) {
  Found dead = of_kind(FoundKind::kUnreadable, "", "signal 11");
  dead.reason = UnreadableReason::kWorkerDied;
  Stub stub(ConverterKind::kPdf, {text("page 1", "before"), dead});
  const Extracted extracted = read_with(&stub, kPdf);
  EXPECT_NE(find_text(extracted, Zone::kDocument, "before"), nullptr);
  const auto* one = find_unreadable(extracted, UnreadableReason::kWorkerDied);
  ASSERT_NE(one, nullptr);
  EXPECT_EQ(one->path, "a.pdf");
}

TEST(ConvertedFile, MayComeWithBrokenTextAndNames) {
  Stub stub(ConverterKind::kPdf, {text("p\xFF\n1", "br\xFFoken")});
  const Extracted extracted = read_with(&stub, kPdf);
  const auto* one = find_text(extracted, Zone::kDocument, "oken");
  ASSERT_NE(one, nullptr);
  EXPECT_EQ(one->path.find('\n'), std::string::npos);
}

TEST(ConvertedFile, WhosePagesArePicturesIsUnsupportedWithoutOcr) {
  Stub stub(ConverterKind::kPdf, {of_kind(FoundKind::kPicture, "page 2", "")});
  const auto extracted = read_with(&stub, kPdf);
  const auto* one = find_unreadable(extracted, UnreadableReason::kUnsupported);
  ASSERT_NE(one, nullptr);
  EXPECT_EQ(one->path, "a.pdf › page 2");
}

TEST(ConvertedFile, BehindAFewBytesOfJunkIsStillRead) {
  Stub stub(ConverterKind::kPdf, {text("page 1", "hello")});
  const std::string tail = std::string(kPdf) + "1 0 obj endobj %%EOF";
  for (const std::string& junk :
       {std::string("\x01\x02\x03\0\x04\x05", 6), std::string("a line of text\n"),
        std::string("\x89PNG\r\n\x1A\n....")}) {
    EXPECT_NE(find_text(read_with(&stub, junk + tail), Zone::kDocument, "hello"),
              nullptr);
  }
  stub.calls = 0;
  read_with(&stub, "a text that speaks of %PDF-1.7 and no more\n");
  EXPECT_EQ(stub.calls, 0);
}

constexpr const char* kPng = "\x89PNG\r\n\x1A\n";

TEST(Picture, IsMediaUnlessItIsRead) {
  EXPECT_NE(find_unreadable(read_with(nullptr, kPng), UnreadableReason::kMedia), nullptr);
  Found letters = text("text", "letters");
  letters.zone = Zone::kOcr;
  Stub stub(ConverterKind::kImage, {letters});
  const Extracted extracted = read_with(&stub, kPng);
  EXPECT_NE(find_text(extracted, Zone::kOcr, "letters"), nullptr);
  EXPECT_TRUE(extracted.unreadable.empty());
}

TEST(Picture, IsMediaWhenTheTimeForPicturesIsUsedUp) {
  Stub stub(ConverterKind::kImage, {text("text", "letters")});
  Options options;
  options.converter = &stub;
  options.limits.ocr_time = Milliseconds(0);
  const auto extracted = extract_file(kPng, "a.png", options, Deadline::never());
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kMedia), nullptr);
  EXPECT_EQ(stub.calls, 0);
}

}  // namespace
}  // namespace noshare::extract
