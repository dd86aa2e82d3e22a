// All numbers come of one seeded generator. Values are from reserved ranges or published.
#include "generated_text.h"

#include <array>
#include <random>

#include <fmt/format.h>

namespace noshare::bench {
namespace {

constexpr std::array kCommon = {
    "the",   "of",    "and",   "to",    "in",    "that", "is",   "we",   "for",  "it",
    "with",  "as",    "was",   "on",    "be",    "at",   "by",   "this", "have", "from",
    "or",    "had",   "not",   "but",   "what",  "all",  "were", "when", "you",  "there",
    "can",   "an",    "your",  "which", "their", "said", "if",   "do",   "will", "each",
    "about", "how",   "up",    "out",   "them",  "then", "she",  "many", "some", "so",
    "these", "would", "other", "into",  "has",   "more", "her",  "two",  "like", "him",
    "see",   "time",  "could", "no",    "make",  "than"};
constexpr std::array kRoots = {
    "account", "service", "project", "meeting", "contract", "deliver",  "report",
    "review",  "market",  "custom",  "invoice", "schedul",  "agree",    "present",
    "manage",  "improv",  "develop", "system",  "support",  "question", "summer",
    "office",  "travel",  "budget",  "answer",  "letter",   "propos",   "discuss",
    "number",  "address", "account", "card",    "order",    "phone",    "street",
    "machine", "garden",  "colour",  "weather", "library",  "kitchen",  "morning",
    "village", "company", "history", "picture", "problem",  "window",   "station",
    "season",  "mountain"};
constexpr std::array kEndings = {"",     "s",  "ed", "ing",   "er",
                                 "ment", "ly", "al", "ation", ""};
constexpr std::array kNames = {"Anna",     "Peter",     "Maria",  "John",   "Sarah",
                               "Thomas",   "Julia",     "Martin", "Smith",  "Miller",
                               "Weber",    "Rossi",     "London", "Berlin", "Tuesday",
                               "November", "Christmas", "Europe"};

class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  std::string text;

  unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }
  template <class Array>
  const char* one_of(const Array& words) {
    return words[below(static_cast<unsigned>(words.size()))];
  }
  void digits(unsigned count) {
    while (count-- > 0) text.push_back(static_cast<char>('0' + below(10)));
  }
  template <class... Values>
  void formatted(fmt::format_string<Values...> format, Values... values) {
    text += fmt::vformat(format, fmt::make_format_args(values...));
  }

  void word() {
    const unsigned kind = below(100);
    if (kind < 52)
      text += one_of(kCommon);
    else if (kind < 92)
      (text += one_of(kRoots)) += one_of(kEndings);
    else if (kind < 98)
      text += one_of(kNames);
    else if (kind == 98)
      formatted("{}", below(2000));
    else
      formatted("{:02}:{:02}", below(24), below(60));
  }
  void sentence() {
    const std::size_t begin = text.size();
    const unsigned words = 6 + below(16);
    for (unsigned i = 0; i < words; ++i) {
      word();
      text += i + 1 == words ? "." : below(9) == 0 ? ", " : " ";
    }
    text[begin] = static_cast<char>(text[begin] & ~0x20);
    if (below(40) == 0)
      formatted(" On {}-{:02}-{:02} we will know.", 2000 + below(30), 1 + below(12),
                1 + below(28));
    if (below(60) == 0)
      formatted(" See https://www.example.com/page/{} for {} more.", below(90000),
                below(90));
    text += below(5) == 0 ? "\n\n" : below(4) == 0 ? "\n" : " ";
  }
  void value() {
    switch (below(5)) {
      case 0:
        text += "Card number 4111 1111 1111 1111, valid until 04/29. ";
        break;
      case 1:
        text += "Please pay to GB29 NWBK 6016 1331 9268 19 by Friday. ";
        break;
      case 2:
        formatted("Call me at (212) 555-01{:02} tomorrow. ", below(100));
        break;
      case 3:
        text += "Write to anna.miller@example.com about it. ";
        break;
      default:
        formatted("His SSN is 219-09-{:04}. ", 1 + below(9998));
        break;
    }
  }

 private:
  std::mt19937 random_;
};

}  // namespace

std::string prose(std::size_t bytes) {
  Writer writer(1);
  while (writer.text.size() < bytes) writer.sentence();
  return writer.text;
}

std::string prose_with_values(std::size_t bytes) {
  Writer writer(2);
  std::size_t next = 0;
  while (writer.text.size() < bytes) {
    writer.sentence();
    if (writer.text.size() < next) continue;
    writer.value();
    next = writer.text.size() + 2000 + writer.below(3000);
  }
  return writer.text;
}

std::string html_text(std::size_t bytes) {
  Writer writer(3);
  while (writer.text.size() < bytes) {
    for (unsigned i = 0; i < 6; ++i) {
      writer.text += writer.one_of(kNames);
      writer.text += " ";
      writer.word();
      writer.text += "\n";
    }
    writer.sentence();
    writer.formatted("https://click.example.com/t?u={}&id={:06x}{:06x}\n",
                     writer.below(1000000), writer.below(1U << 24),
                     writer.below(1U << 24));
    writer.sentence();
    writer.formatted("{}% off until {:02}/{:02}\n", writer.below(90),
                     1 + writer.below(12), 1 + writer.below(28));
  }
  return writer.text;
}

std::string digit_table(std::size_t bytes) {
  Writer writer(4);
  writer.text = "id,date,account,amount,reference,phone,quantity,total\n";
  while (writer.text.size() < bytes) {
    writer.digits(6);
    writer.formatted(",{}-{:02}-{:02},", 2000 + writer.below(30), 1 + writer.below(12),
                     1 + writer.below(28));
    writer.digits(10);
    writer.formatted(",{}.{:02},", writer.below(10000), writer.below(100));
    writer.digits(8 + writer.below(9));
    writer.formatted(",212-555-01{:02},{},{}\n", writer.below(100), writer.below(500),
                     writer.below(100000));
  }
  return writer.text;
}

std::string server_log(std::size_t bytes) {
  Writer writer(5);
  while (writer.text.size() < bytes) {
    writer.formatted("2026-11-{:02}T{:02}:{:02}", 1 + writer.below(28), writer.below(24),
                     writer.below(60));
    writer.formatted(":{:02}.{:06}Z 192.0.2.{} ", writer.below(60), writer.below(1000000),
                     writer.below(255));
    writer.formatted("request {:08x}{:08x} took {} us ", writer.below(1U << 31),
                     writer.below(1U << 31), writer.below(90000));
    writer.word();
    writer.text += "\n";
  }
  return writer.text;
}

std::string repeated(const std::string& piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

}  // namespace noshare::bench
