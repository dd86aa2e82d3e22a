#include "daemon/libmilter_server.h"

#include <algorithm>

namespace noshare::daemon {

namespace {

// libmilter's prototypes lack const; it does not write.
char* text(const std::string& value) { return const_cast<char*>(value.c_str()); }

}  // namespace

std::string LibmilterServer::spaced(const std::string& value) const {
  return leading_space_ ? " " + value : value;
}

bool LibmilterServer::add_header(const std::string& name, const std::string& value) {
  return smfi_addheader(context_, text(name), text(spaced(value))) == MI_SUCCESS;
}

bool LibmilterServer::change_header(const std::string& name, std::uint32_t index,
                                    const std::string& value) {
  return smfi_chgheader(context_, text(name), static_cast<int>(index),
                        text(spaced(value))) == MI_SUCCESS;
}

bool LibmilterServer::delete_header(const std::string& name, std::uint32_t index) {
  return smfi_chgheader(context_, text(name), static_cast<int>(index), nullptr) ==
         MI_SUCCESS;
}

bool LibmilterServer::remove_recipient(const std::string& argument) {
  return smfi_delrcpt(context_, text(argument)) == MI_SUCCESS;
}

bool LibmilterServer::replace_body(std::string_view body) {
  constexpr std::size_t kPiece = 65535;  // MILTER_CHUNK_SIZE
  do {
    const std::string_view piece = body.substr(0, kPiece);
    auto* bytes = reinterpret_cast<unsigned char*>(const_cast<char*>(piece.data()));
    if (smfi_replacebody(context_, bytes, static_cast<int>(piece.size())) != MI_SUCCESS) {
      return false;
    }
    body.remove_prefix(piece.size());
  } while (!body.empty());
  return true;
}

bool LibmilterServer::quarantine(const std::string& reason) {
  return smfi_quarantine(context_, text(reason)) == MI_SUCCESS;
}

bool LibmilterServer::set_reply(const Reply& reply) {
  return smfi_setreply(context_, text(reply.code), text(reply.enhanced),
                       text(reply.text)) == MI_SUCCESS;
}

bool LibmilterServer::progress() { return smfi_progress(context_) == MI_SUCCESS; }

}  // namespace noshare::daemon
