// Texts of known kinds, the same on every run: prose, tables, logs, and hostile ones.
#pragma once

#include <cstddef>
#include <string>

namespace noshare::bench {

// Sentences of varied words with names, dates, amounts, links and quoted lines.
std::string prose(std::size_t bytes);
// Prose with a card, account, telephone or tax number, or an address, every 2 to 5 KB.
std::string prose_with_values(std::size_t bytes);
// Prose as a browser's text of a newsletter: short lines, menus, links.
std::string html_text(std::size_t bytes);
// Rows of numbers: ids, amounts, dates, reference numbers, telephone numbers.
std::string digit_table(std::size_t bytes);
// A server's log: time stamps, addresses, counters, hexadecimal ids.
std::string server_log(std::size_t bytes);
std::string repeated(const std::string& piece, std::size_t bytes);

}  // namespace noshare::bench
