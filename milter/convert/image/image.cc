#include "convert/image/image.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>
#include <zbar.h>

namespace noshare::convert {

namespace {

using model::UnreadableReason;
using model::Zone;

// A page of A3 at 400 dots per inch; more is scaled down.
constexpr double kMostPixels = 32e6;
// Letters smaller than tesseract reads stand in pictures of screens: those are doubled.
constexpr int kSmallSide = 1000;
constexpr int kMostPages = 200;

struct FreePix {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPointer = std::unique_ptr<Pix, FreePix>;

// Loaded in the server, so that children share its pages; null without language data.
std::unique_ptr<tesseract::TessBaseAPI>& reader() {
  static std::unique_ptr<tesseract::TessBaseAPI> api;
  return api;
}

PixPointer scaled(PixPointer gray) {
  const double pixels =
      static_cast<double>(pixGetWidth(gray.get())) * pixGetHeight(gray.get());
  double factor = 1;
  if (pixels > kMostPixels) factor = std::sqrt(kMostPixels / pixels);
  if (std::max(pixGetWidth(gray.get()), pixGetHeight(gray.get())) < kSmallSide)
    factor = 2;
  if (factor == 1) return gray;
  const auto by = static_cast<float>(factor);
  return PixPointer(pixScale(gray.get(), by, by));
}

// Grey, eight bits a pixel, without a map of colours; transparent places are white.
PixPointer gray_of(PixPointer pix) {
  if (pixGetSpp(pix.get()) == 4) pix.reset(pixAlphaBlendUniform(pix.get(), 0xFFFFFF00));
  if (!pix) return pix;
  PixPointer gray(pixConvertTo8(pix.get(), 0));
  return gray ? scaled(std::move(gray)) : std::move(gray);
}

void put_codes(Pix& gray, const std::string& page, Output& out) {
  const int width = pixGetWidth(&gray);
  const int height = pixGetHeight(&gray);
  std::vector<std::uint8_t> pixels;
  pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y) {
    l_uint32* const line = pixGetData(&gray) + std::ptrdiff_t{y} * pixGetWpl(&gray);
    for (int x = 0; x < width; ++x) {
      pixels.push_back(static_cast<std::uint8_t>(GET_DATA_BYTE(line, x)));
    }
  }
  zbar::ImageScanner scanner;
  zbar::Image image(static_cast<unsigned>(width), static_cast<unsigned>(height), "Y800",
                    pixels.data(), pixels.size());
  if (scanner.scan(image) <= 0) return;
  std::string text;
  for (auto code = image.symbol_begin(); code != image.symbol_end(); ++code) {
    text += code->get_data() + "\n";
  }
  out.text(Zone::kOcr, page + "codes", text);
}

void put_letters(Pix& gray, const std::string& page, Output& out) {
  tesseract::TessBaseAPI* const api = reader().get();
  if (api == nullptr) {
    return out.unreadable(UnreadableReason::kUnsupported, "",
                          "no language data for tesseract");
  }
  api->SetImage(&gray);
  api->SetSourceResolution(300);
  const std::unique_ptr<char[]> text(api->GetUTF8Text());
  if (text) out.text(Zone::kOcr, page + "text", text.get());
  api->Clear();
}

void convert_page(PixPointer pix, const std::string& page, Output& out) {
  const PixPointer gray = gray_of(std::move(pix));
  if (!gray) return out.unreadable(UnreadableReason::kCorrupt, page, "broken picture");
  put_codes(*gray, page, out);
  put_letters(*gray, page, out);
}

void convert_pages(const l_uint8* bytes, std::size_t size, Output& out) {
  std::size_t offset = 0;
  for (int page = 1; page <= kMostPages; ++page) {
    PixPointer pix(pixReadMemFromMultipageTiff(bytes, size, &offset));
    if (!pix) {
      return out.unreadable(UnreadableReason::kCorrupt, "", "broken picture");
    }
    convert_page(std::move(pix), "page " + std::to_string(page) + ", ", out);
    if (offset == 0) return;
  }
  out.unreadable(UnreadableReason::kTooMany, "", "more pages than allowed");
}

}  // namespace

void convert_image(std::string_view file, Output& out) {
  const auto* const bytes = reinterpret_cast<const l_uint8*>(file.data());
  if (file.starts_with("II") || file.starts_with("MM")) {
    return convert_pages(bytes, file.size(), out);
  }
  PixPointer pix(pixReadMem(bytes, file.size()));
  if (!pix) {
    return out.unreadable(UnreadableReason::kUnsupported, "", "picture of unknown form");
  }
  convert_page(std::move(pix), "", out);
}

void warm_up_image() {
  setMsgSeverity(L_SEVERITY_NONE);
  auto api = std::make_unique<tesseract::TessBaseAPI>();
  if (api->Init(nullptr, "eng", tesseract::OEM_LSTM_ONLY) != 0) return;
  api->SetPageSegMode(tesseract::PSM_AUTO);
  reader() = std::move(api);
}

}  // namespace noshare::convert
