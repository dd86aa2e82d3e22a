// LibmilterServer: the mail server as libmilter shows it, during one end of message.
#pragma once

#include <libmilter/mfapi.h>

#include "daemon/mta.h"

namespace noshare::daemon {

class LibmilterServer : public MailServer {
 public:
  // With `leading_space` (SMFIP_HDR_LEADSPC) nobody puts a space after a header's colon
  // for us.
  LibmilterServer(SMFICTX* context, bool leading_space)
      : context_(context), leading_space_(leading_space) {}

  bool add_header(const std::string& name, const std::string& value) override;
  bool change_header(const std::string& name, std::uint32_t index,
                     const std::string& value) override;
  bool delete_header(const std::string& name, std::uint32_t index) override;
  bool remove_recipient(const std::string& argument) override;
  bool replace_body(std::string_view body) override;
  bool quarantine(const std::string& reason) override;
  bool set_reply(const Reply& reply) override;

  // Tells the mail server that work goes on. False when it has gone.
  bool progress();

 private:
  std::string spaced(const std::string& value) const;

  SMFICTX* context_;
  bool leading_space_;
};

}  // namespace noshare::daemon
