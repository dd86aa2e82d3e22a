// A letter of noshare's own: templates and values to RFC 5322.
//
// In:  templates in one or several languages, values     Out: a text/plain letter, ASCII,
// CRLF lines. Values may hold anything that a mail can hold: what could end a header or a
// line is taken out of them before.
#pragma once

#include <string>
#include <vector>

#include "noshare/config/letter_template.h"
#include "noshare/config/settings.h"

namespace noshare::outbox {

struct LetterFacts {
  std::string from;  // address
  std::string to;    // address
  std::string id;    // left of the Message-ID's "@"
  std::int64_t time_us = 0;
};

// Who noshare's letters come from; empty if the settings tell no address.
std::string letter_from(const config::Settings& settings);

// Several languages stand one below the other; the subject is that of the first.
std::string write_letter(const LetterFacts& facts,
                         const std::vector<config::LetterTemplate>& templates,
                         const std::vector<config::ReplyValue>& values);

// A text that may come from a mail, as it can stand in a letter's line: one line of UTF-8
// without control characters.
std::string letter_safe(std::string_view text);

}  // namespace noshare::outbox
