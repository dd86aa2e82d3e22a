// What is known of HTML's elements and attributes by their names.
//
// In:  keys of html_tokenizer.h     Out: how an element is laid out, what it may show
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace noshare::extract {

enum class Layout { kInline, kBlock, kCell, kRow };
Layout layout_of(std::uint64_t key);

// The start of an element ends the open one, since neither holds the other: "<li>a<li>b"
// (HTML Living Standard, section 13.1.2.4).
bool ends_element(std::uint64_t start, std::uint64_t open);
// Lists and tables: an item that begins in one ends none outside.
bool holds_items(std::uint64_t key);

// It has no content and no end tag.
bool is_void(std::uint64_t key);

// Attributes whose values tell something: where a link leads, what stands for a picture.
bool tells_something(std::string_view name);

// Elements that few programs show, or only on demand.
bool may_be_unseen(std::uint64_t key);

// The name that html_key() was made from, up to its eighth letter.
std::string element_name(std::uint64_t key);

}  // namespace noshare::extract
