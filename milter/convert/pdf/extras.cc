#include "convert/pdf/extras.h"

#include <algorithm>
#include <vector>

#include "noshare/base/text.h"

namespace noshare::convert {

namespace {

using model::Zone;

struct Free {
  void operator()(char* text) const { g_free(text); }
};

// Takes a text that the caller owns; may be null.
std::string owned(char* text) {
  const std::unique_ptr<char, Free> holder(text);
  return text == nullptr ? std::string() : std::string(text);
}

std::string borrowed(const char* text) { return text == nullptr ? "" : text; }

// All blanks alike, so that a text is found again however its lines are broken.
std::string squeezed(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') result += c;
  }
  return result;
}

bool is_shown(std::string_view squeezed_page, std::string_view text) {
  return squeezed_page.find(squeezed(text)) != std::string_view::npos;
}

gboolean append_bytes(const gchar* bytes, gsize size, gpointer into, GError** /*error*/) {
  static_cast<std::string*>(into)->append(bytes, size);
  return TRUE;
}

void put_attachment(PopplerAttachment& attachment, const std::string& fallback,
                    Output& out) {
  std::string bytes;
  GError* error = nullptr;
  const bool whole =
      poppler_attachment_save_to_callback(&attachment, append_bytes, &bytes, &error) != 0;
  if (error != nullptr) g_error_free(error);
  std::string name = borrowed(poppler_attachment_get_name(&attachment));
  if (name.empty()) name = fallback;
  if (!whole) out.unreadable(model::UnreadableReason::kCorrupt, name, "file in a PDF");
  out.file(std::move(name), std::move(bytes));
  out.text(Zone::kMetadata, "description of a file",
           borrowed(poppler_attachment_get_description(&attachment)));
}

std::string field_text(PopplerFormField& field) {
  switch (poppler_form_field_get_field_type(&field)) {
    case POPPLER_FORM_FIELD_TEXT:
      return owned(poppler_form_field_text_get_text(&field));
    case POPPLER_FORM_FIELD_CHOICE: {
      std::string text = owned(poppler_form_field_choice_get_text(&field));
      const int count = poppler_form_field_choice_get_n_items(&field);
      for (int i = 0; i < count; ++i) {
        text += "\n" + owned(poppler_form_field_choice_get_item(&field, i));
      }
      return text;
    }
    default:
      return "";
  }
}

// "name: value" for each field; of a value that the page shows nothing is said.
std::string form_text(PopplerPage& page, std::string_view squeezed_page) {
  std::string text;
  GList* const mapping = poppler_page_get_form_field_mapping(&page);
  for (const GList* at = mapping; at != nullptr; at = at->next) {
    PopplerFormField& field = *static_cast<PopplerFormFieldMapping*>(at->data)->field;
    const std::string value = field_text(field);
    if (trimmed(value).empty() || is_shown(squeezed_page, value)) continue;
    std::string label = owned(poppler_form_field_get_alternate_ui_name(&field));
    if (label.empty()) label = owned(poppler_form_field_get_partial_name(&field));
    text += label + (label.empty() ? "" : ": ") + value + "\n";
  }
  poppler_page_free_form_field_mapping(mapping);
  return text;
}

void put_annotations(PopplerPage& page, const std::string& label,
                     std::string_view squeezed_page, Output& out) {
  std::string text;
  GList* const mapping = poppler_page_get_annot_mapping(&page);
  for (const GList* at = mapping; at != nullptr; at = at->next) {
    PopplerAnnot& annotation = *static_cast<PopplerAnnotMapping*>(at->data)->annot;
    const PopplerAnnotType type = poppler_annot_get_annot_type(&annotation);
    if (type == POPPLER_ANNOT_WIDGET) continue;
    std::vector<std::string> words = {owned(poppler_annot_get_contents(&annotation))};
    if (POPPLER_IS_ANNOT_MARKUP(&annotation)) {
      words.push_back(
          owned(poppler_annot_markup_get_label(POPPLER_ANNOT_MARKUP(&annotation))));
      words.push_back(
          owned(poppler_annot_markup_get_subject(POPPLER_ANNOT_MARKUP(&annotation))));
    }
    for (const std::string& word : words) {
      if (!word.empty() && !is_shown(squeezed_page, word)) text += word + "\n";
    }
    if (type != POPPLER_ANNOT_FILE_ATTACHMENT) continue;
    const GObjectPointer<PopplerAttachment> attachment(
        poppler_annot_file_attachment_get_attachment(
            POPPLER_ANNOT_FILE_ATTACHMENT(&annotation)));
    if (attachment) put_attachment(*attachment, label + ", attached file", out);
  }
  poppler_page_free_annot_mapping(mapping);
  out.text(Zone::kDocument, label + ", comments", text);
}

std::string target_of(const PopplerAction* action) {
  if (action == nullptr) return "";
  switch (action->type) {
    case POPPLER_ACTION_URI:
      return borrowed(action->uri.uri);
    case POPPLER_ACTION_LAUNCH:
      return borrowed(action->launch.file_name) + " " + borrowed(action->launch.params);
    case POPPLER_ACTION_GOTO_REMOTE:
      return borrowed(action->goto_remote.file_name);
    case POPPLER_ACTION_JAVASCRIPT:
      return borrowed(action->javascript.script);
    default:
      return "";
  }
}

std::string link_text(PopplerPage& page) {
  std::string text;
  GList* const mapping = poppler_page_get_link_mapping(&page);
  for (const GList* at = mapping; at != nullptr; at = at->next) {
    const std::string target =
        target_of(static_cast<PopplerLinkMapping*>(at->data)->action);
    if (!trimmed(target).empty()) text += target + "\n";
  }
  poppler_page_free_link_mapping(mapping);
  return text;
}

constexpr int kMostDepth = 32;
constexpr int kMostEntries = 100'000;

void append_titles(PopplerIndexIter* entry, int depth, int& left, std::string& text) {
  if (entry == nullptr) return;
  do {
    if (--left < 0) break;
    PopplerAction* const action = poppler_index_iter_get_action(entry);
    if (action != nullptr) {
      text += borrowed(action->any.title) + "\n";
      poppler_action_free(action);
    }
    if (depth < kMostDepth) {
      append_titles(poppler_index_iter_get_child(entry), depth + 1, left, text);
    }
  } while (poppler_index_iter_next(entry) != 0);
  poppler_index_iter_free(entry);
}

void show_layers(PopplerLayersIter* entry, int depth, int& left) {
  if (entry == nullptr) return;
  do {
    if (--left < 0) break;
    const GObjectPointer<PopplerLayer> layer(poppler_layers_iter_get_layer(entry));
    if (layer) poppler_layer_show(layer.get());
    if (depth < kMostDepth) {
      show_layers(poppler_layers_iter_get_child(entry), depth + 1, left);
    }
  } while (poppler_layers_iter_next(entry) != 0);
  poppler_layers_iter_free(entry);
}

// Of a text that was read without the layers and again with them: the lines that came.
std::string new_lines(std::string_view text, std::string_view squeezed_page) {
  std::string lines;
  for (const std::string_view line : split(text, '\n')) {
    if (!is_shown(squeezed_page, line)) lines += std::string(line) + "\n";
  }
  return lines;
}

}  // namespace

OpenedPdf open_pdf(std::string_view file) {
  GBytes* const bytes = g_bytes_new_static(file.data(), file.size());
  GError* error = nullptr;
  OpenedPdf opened;
  opened.document.reset(poppler_document_new_from_bytes(bytes, nullptr, &error));
  g_bytes_unref(bytes);
  if (opened.document) {
    opened.how = Opened::kDone;
  } else if (error != nullptr &&
             g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) != 0) {
    opened.how = Opened::kEncrypted;
  }
  if (error != nullptr) g_error_free(error);
  return opened;
}

void put_page_extras(PopplerPage& page, const std::string& label, std::string_view shown,
                     Output& out) {
  const std::string page_text = squeezed(shown);
  put_annotations(page, label, page_text, out);
  out.text(Zone::kDocument, label + ", form", form_text(page, page_text));
  out.text(Zone::kAttribute, label + ", links", link_text(page));
}

void put_hidden_layers(PopplerPage& page, const std::string& label,
                       std::string_view shown, Output& out) {
  out.text(Zone::kDocument, label + ", hidden layers",
           new_lines(owned(poppler_page_get_text(&page)), squeezed(shown)));
}

void put_document_extras(PopplerDocument& document, Output& out) {
  std::string titles;
  int left = kMostEntries;
  append_titles(poppler_index_iter_new(&document), 0, left, titles);
  out.text(Zone::kDocument, "bookmarks", titles);
  GList* const attachments = poppler_document_get_attachments(&document);
  int number = 0;
  for (const GList* at = attachments; at != nullptr; at = at->next) {
    const GObjectPointer<PopplerAttachment> attachment(
        static_cast<PopplerAttachment*>(at->data));
    put_attachment(*attachment, "file " + std::to_string(++number), out);
  }
  g_list_free(attachments);
}

bool show_all_layers(PopplerDocument& document) {
  PopplerLayersIter* const first = poppler_layers_iter_new(&document);
  if (first == nullptr) return false;
  int left = kMostEntries;
  show_layers(first, 0, left);
  return true;
}

double covered_by_pictures(PopplerPage& page) {
  double width = 0;
  double height = 0;
  poppler_page_get_size(&page, &width, &height);
  double covered = 0;
  GList* const mapping = poppler_page_get_image_mapping(&page);
  for (const GList* at = mapping; at != nullptr; at = at->next) {
    const PopplerRectangle& area = static_cast<PopplerImageMapping*>(at->data)->area;
    covered += std::max(0.0, area.x2 - area.x1) * std::max(0.0, area.y2 - area.y1);
  }
  poppler_page_free_image_mapping(mapping);
  return width * height > 0 ? covered / (width * height) : 0;
}

}  // namespace noshare::convert
