// What a PDF holds beside the text of its pages, through poppler's GLib interface.
//
// In:  the file's bytes; the text of each page, so that nothing is told twice
// Out: comments, form fields, links, bookmarks, texts of hidden layers, files inside it
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <poppler.h>

#include "convert/output.h"

namespace noshare::convert {

struct Unreference {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class Object>
using GObjectPointer = std::unique_ptr<Object, Unreference>;

enum class Opened { kDone, kEncrypted, kBroken };
struct OpenedPdf {
  Opened how = Opened::kBroken;
  GObjectPointer<PopplerDocument> document;
};
// The bytes must outlive the document.
OpenedPdf open_pdf(std::string_view file);

// `shown`: the text of the page, as read otherwise.
void put_page_extras(PopplerPage& page, const std::string& label, std::string_view shown,
                     Output& out);
// After show_all_layers(): what the page did not show before.
void put_hidden_layers(PopplerPage& page, const std::string& label,
                       std::string_view shown, Output& out);
void put_document_extras(PopplerDocument& document, Output& out);

// Shows all layers. False if there are none, so that nothing has changed.
bool show_all_layers(PopplerDocument& document);

// How much of the page pictures cover, 0 to 1 or more.
double covered_by_pictures(PopplerPage& page);

}  // namespace noshare::convert
