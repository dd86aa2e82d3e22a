// Workbooks: cells of all sheets, hidden ones too, comments, text boxes, headers, links
// ([MS-XLS]; BIFF5 of Excel 5 and 95 as far as it differs).
#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "extract/containers/little_endian.h"
#include "extract/office/biff.h"
#include "extract/office/cell_value.h"
#include "extract/office/parts.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

enum RecordType : std::uint16_t {
  kFormula = 0x0006,
  kHeader = 0x0014,
  kFooter = 0x0015,
  kDateMode = 0x0022,
  kFilePass = 0x002F,
  kCodePage = 0x0042,
  kBoundSheet = 0x0085,
  kManyNumbers = 0x00BD,
  kRichLabel = 0x00D6,
  kCellFormat = 0x00E0,
  kSharedStrings = 0x00FC,
  kSharedLabel = 0x00FD,
  kTextObject = 0x01B6,
  kLink = 0x01B8,
  kNumber = 0x0203,
  kLabel = 0x0204,
  kString = 0x0207,
  kSmallNumber = 0x027E,
  kNumberFormat = 0x041E,
  kBegin = 0x0809,
};

constexpr std::uint16_t kBiff8 = 0x0600;
constexpr std::size_t kMostGap = 64;  // empty columns; more are one gap

// Section 2.5.217: a whole number or the upper half of a double, perhaps in hundredths.
double small_number(std::uint32_t bits) {
  double value = 0;
  if ((bits & 2U) != 0) {
    value = static_cast<double>(static_cast<std::int32_t>(bits) >> 2);
  } else {
    value = std::bit_cast<double>(std::uint64_t{bits & ~3U} << 32U);
  }
  return (bits & 1U) != 0 ? value / 100 : value;
}

struct Cell {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  std::string text;
};

// A row a line, cells parted by tabs, each column at the same place.
std::string table_of(std::vector<Cell>& cells) {
  std::stable_sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) {
    return a.row != b.row ? a.row < b.row : a.column < b.column;
  });
  std::string text;
  const Cell* last = nullptr;
  for (const Cell& cell : cells) {
    const bool same_row = last != nullptr && last->row == cell.row;
    if (last != nullptr && !same_row) text += '\n';
    const std::size_t gap = cell.column - (same_row ? last->column : 0);
    text.append(std::min<std::size_t>(gap, kMostGap), '\t');
    for (const char c : cell.text) {
      text += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
    }
    last = &cell;
  }
  return text + "\n";
}

struct Sheet {
  std::string name;
  std::vector<Cell> cells;
  std::string notes;  // comments, text boxes, headers
  std::string links;
};

class Workbook {
 public:
  Workbook(std::string_view stream, const OfficeOutput& out)
      : reader_(stream), out_(out) {}

  void read() {
    while (const auto record = reader_.next()) {
      if (record->type == kFilePass) {
        return out_.unreadable(UnreadableReason::kEncrypted, "",
                               "document with a password");
      }
      if (record->type == kBegin) {
        begin(*record);
      } else if (!read_global(*record)) {
        read_of_sheet(*record);
      }
      if (bytes_ > kMostOfficeText) {
        out_.unreadable(UnreadableReason::kTooLarge, "", "more text than allowed");
        break;
      }
    }
    finish_sheet();
    if (reader_.cut()) {
      out_.unreadable(UnreadableReason::kCorrupt, "", "broken workbook");
    }
    std::string unshown;
    for (std::size_t i = 0; i < shared_.size(); ++i) {
      if (!shown_[i]) unshown += shared_[i] + "\n";
    }
    out_.text(Zone::kDocument, "texts of no cell", std::move(unshown));
  }

 private:
  void begin(const BiffRecord& record) {
    if (record.data.size() >= 2 && depth_++ == 0) {
      biff8_ = u16_at(record.data, 0) == kBiff8;
    }
    const auto name = names_.find(record.at);
    if (name == names_.end()) return;  // a chart inside a sheet
    finish_sheet();
    sheet_.name = name->second;
  }

  void finish_sheet() {
    const std::string name = sheet_.name.empty() ? "workbook" : sheet_.name;
    if (!sheet_.cells.empty()) out_.text(Zone::kCell, name, table_of(sheet_.cells));
    out_.text(Zone::kDocument, name + ", notes", std::move(sheet_.notes));
    out_.text(Zone::kAttribute, name + ", links", std::move(sheet_.links));
    sheet_ = {};
  }

  bool read_global(const BiffRecord& record) {
    const std::string_view data = record.data;
    switch (record.type) {
      case kDateMode:
        if (data.size() >= 2) from_1904_ = u16_at(data, 0) != 0;
        return true;
      case kCodePage:
        if (data.size() >= 2) page_ = u16_at(data, 0);
        return true;
      case kBoundSheet:
        if (data.size() >= 7) names_[u32_at(data, 0)] = short_text(data.substr(6));
        return true;
      case kCellFormat:
        if (data.size() >= 4) cell_formats_.push_back(u16_at(data, 2));
        return true;
      case kNumberFormat:
        read_number_format(data);
        return true;
      case kSharedStrings:
        read_shared(data);
        return true;
      default:
        return false;
    }
  }

  void read_of_sheet(const BiffRecord& record) {
    const std::string_view data = record.data;
    switch (record.type) {
      case kHeader:
      case kFooter:
        if (!data.empty()) {
          sheet_.notes += biff8_ && data.size() >= 2 ? text16(data) : short_text(data);
          sheet_.notes += '\n';
        }
        return;
      case kTextObject:
        return read_text_object(data);
      case kLink:
        return read_link(data);
      case kString:
        if (awaited_) add_cell(awaited_row_, awaited_column_, text16(data));
        awaited_ = false;
        return;
      default:
        if (data.size() >= 6) read_cell(record.type, data);
    }
  }

  void read_cell(std::uint16_t type, std::string_view data) {
    const std::uint16_t row = u16_at(data, 0);
    const std::uint16_t column = u16_at(data, 2);
    const std::uint16_t format = u16_at(data, 4);
    const std::string_view value = data.substr(6);
    switch (type) {
      case kSharedLabel:
        if (value.size() >= 4) add_shared(row, column, u32_at(value, 0));
        return;
      case kLabel:
      case kRichLabel:
        return add_cell(row, column, text16(value));
      case kNumber:
        if (value.size() >= 8) {
          add_number(row, column, format, std::bit_cast<double>(u64_at(value, 0)));
        }
        return;
      case kSmallNumber:
        if (value.size() >= 4) {
          add_number(row, column, format, small_number(u32_at(value, 0)));
        }
        return;
      case kManyNumbers:
        // Pairs of a format and a number, and the last column's number.
        for (std::size_t at = 4; at + 6 + 2 <= data.size(); at += 6) {
          add_number(row, column + static_cast<std::uint32_t>((at - 4) / 6),
                     u16_at(data, at), small_number(u32_at(data, at + 2)));
        }
        return;
      case kFormula:
        if (value.size() >= 8) read_formula(row, column, format, value);
        return;
      default:
        return;
    }
  }

  // Section 2.5.133: a number, unless its last two bytes are FF; then 0 says that a
  // record with the text follows.
  void read_formula(std::uint16_t row, std::uint16_t column, std::uint16_t format,
                    std::string_view value) {
    if (u16_at(value, 6) != 0xFFFF) {
      return add_number(row, column, format, std::bit_cast<double>(u64_at(value, 0)));
    }
    awaited_ = value[0] == 0;
    awaited_row_ = row;
    awaited_column_ = column;
  }

  void add_cell(std::uint32_t row, std::uint32_t column, std::string text) {
    if (text.empty()) return;
    bytes_ += text.size();
    sheet_.cells.push_back({row, column, std::move(text)});
  }

  void add_shared(std::uint32_t row, std::uint32_t column, std::size_t index) {
    if (index >= shared_.size()) return;
    shown_[index] = true;
    add_cell(row, column, shared_[index]);
  }

  void add_number(std::uint32_t row, std::uint32_t column, std::size_t format,
                  double value) {
    const std::uint16_t number =
        format < cell_formats_.size() ? cell_formats_[format] : std::uint16_t{0};
    const auto own = number_formats_.find(number);
    const std::string_view pattern =
        own == number_formats_.end() ? std::string_view() : own->second;
    std::string text = stored_number(value);
    const std::string shown = is_date_format(number, pattern)
                                  ? shown_date(value, from_1904_)
                                  : shown_digits(value, pattern);
    if (!shown.empty() && is_date_format(number, pattern)) {
      text = shown;  // what a day is stored as tells nothing
    } else if (!shown.empty() && shown != text) {
      text = shown + " " + text;
    }
    add_cell(row, column, std::move(text));
  }

  // Behind an 8-bit count.
  std::string short_text(std::string_view data) {
    if (data.empty()) return "";
    const auto count = static_cast<std::uint8_t>(data[0]);
    if (!biff8_) return from_code_page(data.substr(1, count), page_);
    return BiffText(data.substr(1), reader_).rich_text(count);
  }

  // Behind a 16-bit count.
  std::string text16(std::string_view data) {
    if (data.size() < 2) return "";
    const std::uint16_t count = u16_at(data, 0);
    if (!biff8_) return from_code_page(data.substr(2, count), page_);
    return BiffText(data.substr(2), reader_).rich_text(count);
  }

  void read_number_format(std::string_view data) {
    if (data.size() < 3) return;
    const std::string_view text = data.substr(2);
    number_formats_[u16_at(data, 0)] = biff8_ ? text16(text) : short_text(text);
  }

  void read_shared(std::string_view data) {
    if (data.size() < 8) return;
    const std::uint32_t count = u32_at(data, 4);
    BiffText texts(data.substr(8), reader_);
    for (std::uint32_t i = 0; i < count && bytes_ <= kMostOfficeText; ++i) {
      const auto size = texts.number16();
      if (!size) break;
      shared_.push_back(texts.rich_text(*size));
      bytes_ += shared_.back().size();
    }
    shown_.assign(shared_.size(), false);
  }

  // Section 2.4.329: the text stands in the continuation.
  void read_text_object(std::string_view data) {
    constexpr std::size_t kCount = 10;
    if (data.size() < kCount + 2) return;
    const std::uint16_t count = u16_at(data, kCount);
    if (count == 0) return;
    const auto text = reader_.next_continuation();
    if (!text || text->empty()) return;
    BiffText characters(text->substr(1), reader_);
    sheet_.notes += characters.characters(count, ((*text)[0] & 1) != 0) + "\n";
  }

  // [MS-OSHARED] section 2.3.7.6: an address behind the class of URL monikers.
  void read_link(std::string_view data) {
    constexpr std::string_view kUrl(
        "\xE0\xC9\xEA\x79\xF9\xBA\xCE\x11\x8C\x82\x00\xAA\x00\x4B\xA9\x0B", 16);
    const std::size_t at = data.find(kUrl);
    if (at == std::string_view::npos || data.size() - at < kUrl.size() + 4) return;
    const std::size_t size = u32_at(data, at + kUrl.size());
    std::string address = from_utf16(data.substr(at + kUrl.size() + 4, size));
    address.resize(std::min(address.find('\0'), address.size()));
    sheet_.links += address + "\n";
  }

  BiffReader reader_;
  const OfficeOutput& out_;
  bool biff8_ = true;
  unsigned page_ = 1252;
  bool from_1904_ = false;
  std::size_t depth_ = 0;
  std::size_t bytes_ = 0;
  std::map<std::size_t, std::string> names_;  // of sheets, by where they begin
  std::vector<std::uint16_t> cell_formats_;
  std::map<std::uint16_t, std::string> number_formats_;
  std::vector<std::string> shared_;
  std::vector<bool> shown_;
  Sheet sheet_;
  bool awaited_ = false;  // the text of a formula
  std::uint32_t awaited_row_ = 0;
  std::uint32_t awaited_column_ = 0;
};

}  // namespace

void read_workbook(std::string_view stream, const OfficeOutput& out) {
  Workbook(stream, out).read();
}

}  // namespace noshare::extract
