// A PDF from its first page to its properties. See pdf.h.
#include "convert/pdf/pdf.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <poppler-document.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include "noshare/base/text.h"

#include "convert/pdf/extras.h"
#include "convert/pdf/page_text.h"
#include "convert/pdf/png.h"
#include "convert/pdf/stored_texts.h"

namespace noshare::convert {

namespace {

using model::UnreadableReason;
using model::Zone;

// A page that pictures cover by more than half, with less text than a letterhead has, is
// a scan.
constexpr double kScanCover = 0.5;
constexpr std::size_t kScanBytes = 200;

// The blank pages of an ordinary document, and a page of text for the library to warm up
// with: fonts, encodings, the tables of Unicode.
constexpr std::string_view kSample =
    "%PDF-1.4\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
    "/Resources<</Font<</F1 5 0 R>>>>/Annots[6 0 R]>>endobj\n"
    "4 0 obj<</Length 39>>stream\nBT /F1 12 Tf 10 10 Td (sample) Tj ET   \nendstream\n"
    "endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica"
    "/Encoding/WinAnsiEncoding>>endobj\n"
    "6 0 obj<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(note)>>endobj\n"
    "trailer<</Root 1 0 R/Size 7>>\n%%EOF\n";

// Poppler's complaints, as far as they tell of text that was lost.
struct Complaints {
  bool missing_map = false;
  bool broken = false;
};

void note_complaint(const std::string& text, void* closure) {
  auto& complaints = *static_cast<Complaints*>(closure);
  complaints.broken = true;
  for (const std::string_view word : {"CMap", "language pack", "haracter collection"}) {
    if (text.find(word) != std::string::npos) complaints.missing_map = true;
  }
}

std::string utf8(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  return {bytes.begin(), bytes.end()};
}

// The page in grey, its longer side as many pixels as said.
poppler::image render(const poppler::page& page, double longest) {
  const poppler::rectf size = page.page_rect();
  const double points = std::max({size.width(), size.height(), 1.0});
  poppler::page_renderer renderer;
  renderer.set_render_hint(poppler::page_renderer::antialiasing);
  renderer.set_image_format(poppler::image::format_gray8);
  const double resolution = 72 * longest / points;
  return renderer.render_page(&page, resolution, resolution);
}

// Whether anything at all is drawn: the page in the size of a stamp.
bool is_blank(const poppler::page& page) {
  constexpr double kStamp = 120;
  const poppler::image stamp = render(page, kStamp);
  if (!stamp.is_valid()) return false;
  const char* const pixels = stamp.const_data();
  for (int y = 0; y < stamp.height(); ++y) {
    const char* const row = pixels + std::ptrdiff_t{y} * stamp.bytes_per_row();
    if (!std::all_of(row, row + stamp.width(),
                     [&](char pixel) { return pixel == pixels[0]; })) {
      return false;
    }
  }
  return true;
}

// For reading: A4 at 200 dots per inch.
std::string picture_of(const poppler::page& page) {
  constexpr double kReadable = 2339;
  const poppler::image image = render(page, kReadable);
  if (!image.is_valid()) return "";
  return png_of(image.const_data(), image.width(), image.height(),
                static_cast<std::size_t>(image.bytes_per_row()));
}

class PdfReader {
 public:
  PdfReader(std::string_view file, Output& out) : file_(file), out_(out) {}

  void read() {
    OpenedPdf opened = open_pdf(file_);
    if (opened.how != Opened::kDone) return refuse(opened.how);
    // After the other interface, which sets a function of its own.
    poppler::set_debug_error_function(note_complaint, &complaints_);
    const std::unique_ptr<poppler::document> document(
        file_.size() > std::numeric_limits<int>::max()
            ? nullptr
            : poppler::document::load_from_raw_data(file_.data(),
                                                    static_cast<int>(file_.size())));
    if (!document || document->is_locked()) return refuse(Opened::kBroken);
    put_properties(*document);
    read_pages(*document, *opened.document);
    put_document_extras(*opened.document, out_);
    read_hidden_layers(*opened.document);
  }

 private:
  void refuse(Opened how) {
    const bool encrypted = how == Opened::kEncrypted;
    out_.unreadable(encrypted ? UnreadableReason::kEncrypted : UnreadableReason::kCorrupt,
                    "", encrypted ? "PDF with a password" : "broken PDF");
  }

  void put_properties(const poppler::document& document) {
    std::string text;
    for (const std::string& key : document.info_keys()) {
      // Dates of the file, not of a person.
      if (key == "CreationDate" || key == "ModDate") continue;
      const std::string value = utf8(document.info_key(key));
      if (!trimmed(value).empty()) text += key + ": " + value + "\n";
    }
    out_.text(Zone::kMetadata, "properties", text);
    std::string packet = utf8(document.metadata());
    if (!trimmed(packet).empty()) out_.file("metadata.xmp", std::move(packet));
  }

  void read_pages(const poppler::document& document, PopplerDocument& extras) {
    const int count = document.pages();
    if (count == 0) out_.unreadable(UnreadableReason::kCorrupt, "", "PDF without pages");
    for (int i = 0; i < count; ++i) {
      const std::string label = "page " + std::to_string(i + 1);
      const std::unique_ptr<poppler::page> page(document.create_page(i));
      const GObjectPointer<PopplerPage> other(poppler_document_get_page(&extras, i));
      if (!page || !other) {
        out_.unreadable(UnreadableReason::kCorrupt, label, "broken page");
        texts_.emplace_back();
        continue;
      }
      read_page(*page, *other, label);
    }
  }

  void read_page(const poppler::page& page, PopplerPage& extras,
                 const std::string& label) {
    complaints_ = {};
    const std::string& text = texts_.emplace_back(arrange(words_of(page)));
    out_.text(Zone::kDocument, label, text);
    const Complaints of_text = complaints_;
    put_page_extras(extras, label, text, out_);
    if (of_text.missing_map) {
      out_.unreadable(UnreadableReason::kUnsupported, label,
                      "text in a character map that is not at hand");
    }
    const std::size_t size = trimmed(text).size();
    if (size == 0 ? is_blank(page)
                  : size >= kScanBytes || covered_by_pictures(extras) < kScanCover) {
      if (size == 0 && of_text.broken) {
        out_.unreadable(UnreadableReason::kCorrupt, label, "broken page");
      }
      return;
    }
    out_.picture(label, out_.wants_pictures() ? picture_of(page) : "");
  }

  void read_hidden_layers(PopplerDocument& extras) {
    if (!show_all_layers(extras)) return;
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      const GObjectPointer<PopplerPage> page(
          poppler_document_get_page(&extras, static_cast<int>(i)));
      if (!page) continue;
      put_hidden_layers(*page, "page " + std::to_string(i + 1), texts_[i], out_);
    }
  }

  std::string_view file_;
  Output& out_;
  Complaints complaints_;
  std::vector<std::string> texts_;  // of the pages
};

// Keeps what is told, so that nothing is told twice.
class Recorder final : public Output {
 public:
  explicit Recorder(Output& out) : out_(out) {}
  void put(const extract::Found& item) override {
    if (item.kind == extract::FoundKind::kText) told_ += item.bytes + "\n";
    if (item.kind == extract::FoundKind::kUnreadable && item.name.empty()) whole_ = false;
    out_.put(item);
  }
  bool wants_pictures() const override { return out_.wants_pictures(); }
  const std::string& told() const { return told_; }
  bool whole() const { return whole_; }

 private:
  Output& out_;
  std::string told_;
  bool whole_ = true;  // nothing is said against the file as such
};

class NoOutput final : public Output {
 public:
  void put(const extract::Found& /*item*/) override {}
};

}  // namespace

void convert_pdf(std::string_view file, Output& out) {
  Recorder recorder(out);
  PdfReader(file, recorder).read();
  if (recorder.whole()) put_stored_texts(file, recorder.told(), out);
}

void warm_up_pdf() {
  NoOutput nowhere;
  convert_pdf(kSample, nowhere);
}

}  // namespace noshare::convert
