// MailServer: what may be asked of the mail server at the end of a message.
//
// One call, one libmilter function; false when libmilter refuses it (the action was not
// negotiated, the connection is gone). Behind an interface, so that tests see the order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "daemon/reply_text.h"

namespace noshare::daemon {

class MailServer {
 public:
  virtual ~MailServer() = default;
  virtual bool add_header(const std::string& name, const std::string& value) = 0;
  // `index` counts headers of equal name from 1.
  virtual bool change_header(const std::string& name, std::uint32_t index,
                             const std::string& value) = 0;
  virtual bool delete_header(const std::string& name, std::uint32_t index) = 0;
  virtual bool remove_recipient(const std::string& argument) = 0;
  virtual bool replace_body(std::string_view body) = 0;
  virtual bool quarantine(const std::string& reason) = 0;
  virtual bool set_reply(const Reply& reply) = 0;
};

}  // namespace noshare::daemon
