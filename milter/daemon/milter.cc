#include "daemon/milter.h"

#include <exception>

#include <libmilter/mfapi.h>
#include <libmilter/mfdef.h>

#include "noshare/base/log.h"

#include "daemon/connection.h"
#include "daemon/end_of_message.h"
#include "daemon/libmilter_server.h"
#include "daemon/negotiation.h"

namespace noshare::daemon {

namespace {

Services* g_services = nullptr;  // set before any callback, never changed afterwards

Connection* connection_of(SMFICTX* context) {
  return static_cast<Connection*>(smfi_getpriv(context));
}

// Runs `step`, and keeps what it throws from libmilter. A step before the end of a
// message has no reply that could say so: its transaction remembers the failure until
// then.
template <class Step>
sfsistat guarded(SMFICTX* context, sfsistat otherwise, Step&& step) noexcept {
  Connection* const connection = connection_of(context);
  if (connection == nullptr) return otherwise;
  try {
    return step(*connection);
  } catch (const std::exception&) {
    // Its text might quote what it choked on.
    log::error("callback_failed", {{"reason", "exception"}});
  } catch (...) {
    log::error("callback_failed", {{"reason", "unknown exception"}});
  }
  if (Transaction* transaction = connection->transaction()) {
    transaction->fail("exception");
  }
  return otherwise;
}

sfsistat unless_quiet(bool quiet) { return quiet ? SMFIS_NOREPLY : SMFIS_CONTINUE; }

const char* macro(SMFICTX* context, const char* name) {
  return smfi_getsymval(context, const_cast<char*>(name));
}

// Macros beyond the mail servers' default lists cost bytes in each message: only these.
void ask_for_macros(SMFICTX* context) {
  const auto ask = [&](int stage, const char* names) {
    smfi_setsymlist(context, stage, const_cast<char*>(names));
  };
  ask(SMFIM_CONNECT, "{daemon_name}");
  ask(SMFIM_HELO, "{tls_version}");
  ask(SMFIM_ENVFROM, "i {auth_authen} {tls_version}");
  ask(SMFIM_EOM, "i");
}

sfsistat on_negotiate(SMFICTX* context, unsigned long actions, unsigned long protocol,
                      unsigned long, unsigned long, unsigned long* agreed_actions,
                      unsigned long* agreed_protocol, unsigned long* unused2,
                      unsigned long* unused3) noexcept {
  Services& services = *g_services;
  // Refused early, so that the mail server defers instead of waiting, and so that there
  // are always descriptors left for the messages of those who are in.
  if (services.gate.closed() ||
      services.connections.load() >= services.most_connections) {
    log::warning(
        "connection_refused",
        {{"reason", services.gate.closed() ? "stopping" : "too many connections"}});
    return SMFIS_REJECT;
  }
  try {
    const Terms terms = negotiate(actions, protocol);
    *agreed_actions = terms.actions;
    *agreed_protocol = terms.protocol;
    *unused2 = 0;
    *unused3 = 0;
    if ((actions & SMFIF_SETSYMLIST) != 0) ask_for_macros(context);
    delete connection_of(context);  // a second negotiation on one connection
    auto connection = std::make_unique<Connection>(services, terms.agreement);
    if (smfi_setpriv(context, connection.get()) != MI_SUCCESS) return SMFIS_REJECT;
    static_cast<void>(connection.release());  // on_close() deletes it
    return SMFIS_CONTINUE;
  } catch (...) {
    log::error("callback_failed", {{"reason", "exception in negotiation"}});
    return SMFIS_REJECT;
  }
}

sfsistat on_connect(SMFICTX* context, char* host, _SOCK_ADDR* address) noexcept {
  return guarded(context, SMFIS_TEMPFAIL, [&](Connection& connection) {
    connection.connected(host, reinterpret_cast<const sockaddr*>(address),
                         macro(context, "{daemon_name}"));
    return unless_quiet(connection.agreement().quiet_connect);
  });
}

sfsistat on_helo(SMFICTX* context, char* name) noexcept {
  return guarded(context, SMFIS_TEMPFAIL, [&](Connection& connection) {
    connection.greeted(name, macro(context, "{tls_version}"));
    return unless_quiet(connection.agreement().quiet_helo);
  });
}

sfsistat on_mail(SMFICTX* context, char** arguments) noexcept {
  return guarded(context, SMFIS_TEMPFAIL, [&](Connection& connection) {
    connection.began(arguments[0], macro(context, "{auth_authen}"),
                     macro(context, "{tls_version}"));
    return unless_quiet(connection.agreement().quiet_mail);
  });
}

// A step inside a message. Without MAIL FROM before it, which libmilter lets pass, there
// is no transaction: the end of the message then has no verdict and is deferred.
template <class Step>
sfsistat in_message(SMFICTX* context, bool Agreement::*quiet, Step&& step) noexcept {
  Connection* const connection = connection_of(context);
  if (connection == nullptr) return SMFIS_TEMPFAIL;
  const sfsistat reply = unless_quiet(connection->agreement().*quiet);
  return guarded(context, reply, [&](Connection& known) {
    if (Transaction* transaction = known.transaction()) step(*transaction);
    return reply;
  });
}

sfsistat on_recipient(SMFICTX* context, char** arguments) noexcept {
  return in_message(context, &Agreement::quiet_recipient, [&](Transaction& transaction) {
    transaction.add_recipient(arguments[0]);
  });
}

sfsistat on_header(SMFICTX* context, char* name, char* value) noexcept {
  return in_message(context, &Agreement::quiet_header, [&](Transaction& transaction) {
    const bool leading_space = connection_of(context)->agreement().leading_space;
    transaction.add_header(name, value, leading_space);
  });
}

sfsistat on_body(SMFICTX* context, unsigned char* bytes, std::size_t size) noexcept {
  return in_message(context, &Agreement::quiet_body, [&](Transaction& transaction) {
    transaction.add_body({reinterpret_cast<const char*>(bytes), size});
  });
}

sfsistat milter_status(Outcome outcome) {
  switch (outcome) {
    case Outcome::kAccept:
      return SMFIS_ACCEPT;
    case Outcome::kReject:
      return SMFIS_REJECT;
    case Outcome::kDiscard:
      return SMFIS_DISCARD;
    case Outcome::kDefer:
    case Outcome::kFailed:
      return SMFIS_TEMPFAIL;
  }
  return SMFIS_TEMPFAIL;
}

sfsistat on_end_of_message(SMFICTX* context) noexcept {
  const sfsistat status = guarded(context, SMFIS_TEMPFAIL, [&](Connection& connection) {
    Transaction* const transaction = connection.transaction();
    if (transaction == nullptr) return sfsistat{SMFIS_TEMPFAIL};
    if (const char* queue_id = macro(context, "i"))
      transaction->envelope().queue_id = queue_id;
    LibmilterServer server(context, connection.agreement().leading_space);
    const WakeUp::Blocking blocking(*connection.services().wakeup);
    return milter_status(end_message(connection.services(), *transaction, server,
                                     [&] { return server.progress(); }));
  });
  if (Connection* connection = connection_of(context)) connection->ended();
  return status;
}

sfsistat on_abort(SMFICTX* context) noexcept {
  if (Connection* connection = connection_of(context)) connection->ended();
  return SMFIS_CONTINUE;
}

// May come without any other callback before it: a port check, or our own wake-up.
sfsistat on_close(SMFICTX* context) noexcept {
  delete connection_of(context);
  smfi_setpriv(context, nullptr);
  return SMFIS_CONTINUE;
}

}  // namespace

Result<void> register_milter(Services& services) {
  g_services = &services;
  static char name[] = "noshare";
  smfiDesc filter{};
  filter.xxfi_name = name;
  filter.xxfi_version = SMFI_VERSION;
  filter.xxfi_flags = all_actions();
  filter.xxfi_negotiate = on_negotiate;
  filter.xxfi_connect = on_connect;
  filter.xxfi_helo = on_helo;
  filter.xxfi_envfrom = on_mail;
  filter.xxfi_envrcpt = on_recipient;
  filter.xxfi_header = on_header;
  filter.xxfi_body = on_body;
  filter.xxfi_eom = on_end_of_message;
  filter.xxfi_abort = on_abort;
  filter.xxfi_close = on_close;
  if (smfi_register(filter) != MI_SUCCESS) {
    return fail(ErrorCode::kInternal, "libmilter refused the registration");
  }
  return {};
}

}  // namespace noshare::daemon
