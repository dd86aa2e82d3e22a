#include "letter.h"

#include <algorithm>

#include "noshare/base/clock.h"
#include "noshare/base/fingerprint.h"
#include "noshare/base/mail_text.h"
#include "noshare/base/text.h"

namespace noshare::outbox {

namespace {

constexpr const char* kBetween =
    "\n----------------------------------------------------------------------\n\n";

std::string header_address(std::string_view address) {
  std::string text = letter_safe(address);
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) >= 0x7F; }, '?');
  return text;
}

// A placeholder that nothing has a value for has its template's own.
std::vector<config::ReplyValue> with_advice(std::vector<config::ReplyValue> values,
                                            const config::LetterTemplate& letter) {
  for (config::ReplyValue& one : values) {
    if (one.name == "advice" && one.text.empty()) one.text = letter.advice;
  }
  return values;
}

}  // namespace

std::string letter_safe(std::string_view text) {
  std::string result = to_valid_utf8(one_line(text));
  std::replace_if(
      result.begin(), result.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return result;
}

std::string letter_from(const config::Settings& settings) {
  if (!settings.notices.from.empty()) return settings.notices.from;
  for (const std::string& domain : settings.organisation.domains) {
    if (domain.find('*') == std::string::npos) return "postmaster@" + domain;
  }
  return {};
}

std::string write_letter(const LetterFacts& facts,
                         const std::vector<config::LetterTemplate>& templates,
                         const std::vector<config::ReplyValue>& values) {
  std::string subject;
  std::string body;
  for (const config::LetterTemplate& one : templates) {
    const auto known = with_advice(values, one);
    if (subject.empty()) subject = letter_safe(config::fill_reply(one.subject, known));
    body += (body.empty() ? "" : kBetween) + config::fill_reply(one.body, known);
  }
  return "From: noshare <" + facts.from + ">\r\nTo: <" + header_address(facts.to) +
         ">\r\nSubject: " + (is_ascii(subject) ? subject : encoded_words(subject)) +
         "\r\nDate: " + rfc5322_utc(facts.time_us) + "\r\nMessage-ID: <" + facts.id +
         "@" + address_domain(facts.from) +
         ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
         "Content-Type: text/plain; charset=utf-8\r\n"
         "Content-Transfer-Encoding: quoted-printable\r\n\r\n" +
         quoted_printable(body);
}

}  // namespace noshare::outbox
