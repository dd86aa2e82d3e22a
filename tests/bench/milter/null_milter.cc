// null_milter: a libmilter program that accepts everything and does nothing else.
//
// In:  milter events     Out: CONTINUE, at the end of message ACCEPT
// The reference of the milter benchmark, so it asks for the same events as
// noshare-milter; also the harness's own test partner.
// Usage: null_milter SOCKET [--answer-each]
//   SOCKET          as libmilter writes it: unix:/path or inet:port@host
//   --answer-each   answers every step (no SMFIP_NR_*), as naive filters do
#include <cstdio>
#include <cstring>

#include <libmilter/mfapi.h>
#include <sys/stat.h>

namespace {

bool answer_each = false;

sfsistat on_connect(SMFICTX*, char*, _SOCK_ADDR*) {
  return answer_each ? SMFIS_CONTINUE : SMFIS_NOREPLY;
}
sfsistat on_helo(SMFICTX*, char*) { return answer_each ? SMFIS_CONTINUE : SMFIS_NOREPLY; }
sfsistat on_header(SMFICTX*, char*, char*) {
  return answer_each ? SMFIS_CONTINUE : SMFIS_NOREPLY;
}
sfsistat on_envelope(SMFICTX*, char**) {
  return answer_each ? SMFIS_CONTINUE : SMFIS_NOREPLY;
}
sfsistat on_body(SMFICTX*, unsigned char*, size_t) {
  return answer_each ? SMFIS_CONTINUE : SMFIS_NOREPLY;
}
sfsistat on_end_of_message(SMFICTX*) { return SMFIS_ACCEPT; }

sfsistat on_negotiate(SMFICTX*, unsigned long offered_actions, unsigned long offered,
                      unsigned long, unsigned long, unsigned long* actions,
                      unsigned long* protocol, unsigned long* reserved1,
                      unsigned long* reserved2) {
  const unsigned long unwanted = SMFIP_NODATA | SMFIP_NOEOH | SMFIP_NOUNKNOWN;
  const unsigned long unanswered = SMFIP_NR_CONN | SMFIP_NR_HELO | SMFIP_NR_MAIL |
                                   SMFIP_NR_RCPT | SMFIP_NR_HDR | SMFIP_NR_BODY;
  *actions = offered_actions;
  *protocol = offered & (unwanted | SMFIP_HDR_LEADSPC | (answer_each ? 0 : unanswered));
  *reserved1 = *reserved2 = 0;
  return SMFIS_CONTINUE;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') {
    std::fprintf(stderr,
                 "usage: null_milter unix:/path|inet:port@host [--answer-each]\n");
    return 2;
  }
  answer_each = argc > 2 && std::strcmp(argv[2], "--answer-each") == 0;

  umask(0);  // the mail servers of the tests run as other users
  smfiDesc filter{};
  char name[] = "null_milter";
  filter.xxfi_name = name;
  filter.xxfi_version = SMFI_VERSION;
  filter.xxfi_flags = 0;
  filter.xxfi_negotiate = on_negotiate;
  filter.xxfi_connect = on_connect;
  filter.xxfi_helo = on_helo;
  filter.xxfi_envfrom = on_envelope;
  filter.xxfi_envrcpt = on_envelope;
  filter.xxfi_header = on_header;
  filter.xxfi_body = on_body;
  filter.xxfi_eom = on_end_of_message;
  if (smfi_register(filter) == MI_FAILURE || smfi_setconn(argv[1]) == MI_FAILURE ||
      smfi_opensocket(true) == MI_FAILURE) {
    std::fprintf(stderr, "null_milter: cannot listen on %s\n", argv[1]);
    return 1;
  }
  return smfi_main() == MI_SUCCESS ? 0 : 1;
}
