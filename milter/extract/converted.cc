#include "extract/converted.h"

#include <algorithm>
#include <utility>

#include "noshare/base/text.h"
#include "noshare/extract/converter.h"

#include "extract/containers/unpacking.h"
#include "extract/embedded.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;

class ConvertedFile {
 public:
  ConvertedFile(const FilePlace& place, Collector& out) : place_(place), out_(out) {}

  void add(std::vector<Found> found) {
    for (Found& one : found) {
      if (!out_.time_left()) return;
      // A converter may have been taken over by its file.
      one.name = to_valid_utf8(one.name);
      add(std::move(one));
    }
  }

 private:
  void add(Found one) {
    const std::string path =
        one.name.empty() ? place_.path : place_.inside(one.name).path;
    switch (one.kind) {
      case FoundKind::kText:
        add_with_runs({place_.part, path, place_.depth}, one.zone,
                      to_valid_utf8(one.bytes), out_);
        return;
      case FoundKind::kFile:
        if (!out_.count_part()) return;
        out_.charge_unpacked(one.bytes.size());
        read_member(one.bytes, one.name, place_, out_);
        return;
      case FoundKind::kPicture:
        if (one.bytes.empty()) {
          add_unread(path, UnreadableReason::kUnsupported, "shows only pictures");
        } else {
          read_shown(one.bytes, place_.inside(one.name), out_);
        }
        return;
      case FoundKind::kUnreadable:
        add_unread(path, one.reason, one_line(to_valid_utf8(one.bytes)));
        return;
    }
  }

  void add_unread(const std::string& path, UnreadableReason reason,
                  std::string_view detail) {
    out_.add_unreadable(place_.part, path, reason, detail);
  }

  const FilePlace& place_;
  Collector& out_;
};

void read_converted(ConverterKind kind, std::string_view type, std::string_view bytes,
                    const FilePlace& place, Collector& out) {
  Converter* const converter = out.converter();
  if (converter == nullptr || !converter->offers(kind)) {
    const bool encrypted = sniff(bytes).encrypted;
    out.add_unreadable(
        place.part, place.path,
        encrypted ? UnreadableReason::kEncrypted : UnreadableReason::kUnsupported, type);
    return;
  }
  ConvertBudget budget;
  budget.deadline = out.deadline();
  budget.bytes = most_unpacked(out);
  budget.pictures = converter->offers(ConverterKind::kImage);
  ConvertedFile(place, out).add(converter->convert(kind, bytes, budget));
}

// The converter of pictures, if it is switched on and there is time for one more.
Converter* picture_converter(const Collector& out) {
  Converter* const converter = out.converter();
  const bool offered = converter != nullptr && converter->offers(ConverterKind::kImage);
  return offered && out.ocr_used < out.limits().ocr_time ? converter : nullptr;
}

}  // namespace

void read_shown(std::string_view bytes, const FilePlace& place, Collector& out) {
  Converter* const converter = picture_converter(out);
  if (converter == nullptr) {
    out.add_unreadable(place.part, place.path, UnreadableReason::kMedia,
                       sniff(bytes).type);
    return;
  }
  const auto start = SteadyClock::now();
  ConvertBudget budget;
  budget.deadline = Deadline::after(
      std::min(out.deadline().remaining(), out.limits().ocr_time - out.ocr_used));
  budget.bytes = most_unpacked(out);
  auto found = converter->convert(ConverterKind::kImage, bytes, budget);
  out.ocr_used += std::chrono::duration_cast<Milliseconds>(SteadyClock::now() - start) +
                  Milliseconds(1);
  ConvertedFile(place, out).add(std::move(found));
}

void read_old_office(std::string_view bytes, const FilePlace& place, Collector& out) {
  read_converted(ConverterKind::kOffice, "application/x-ole-storage", bytes, place, out);
}

void read_pdf(std::string_view bytes, const FilePlace& place, Collector& out) {
  read_converted(ConverterKind::kPdf, "application/pdf", bytes, place, out);
}

}  // namespace noshare::extract
