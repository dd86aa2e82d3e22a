// Well-formed mail reads as GMime reads it: the same text parts, in the same order.
#include <array>
#include <memory>

#include <gmime/gmime.h>
#include <gtest/gtest.h>

#include "support.h"

namespace noshare::extract {
namespace {

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};

// The decoded text parts, as GMime finds them.
void collect(GMimeObject* object, std::vector<std::string>& texts) {
  if (GMIME_IS_MULTIPART(object)) {
    GMimeMultipart* multipart = GMIME_MULTIPART(object);
    for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i) {
      collect(g_mime_multipart_get_part(multipart, i), texts);
    }
  } else if (GMIME_IS_MESSAGE_PART(object)) {
    collect(g_mime_message_get_mime_part(
                g_mime_message_part_get_message(GMIME_MESSAGE_PART(object))),
            texts);
  } else if (GMIME_IS_TEXT_PART(object)) {
    char* text = g_mime_text_part_get_text(GMIME_TEXT_PART(object));
    texts.emplace_back(text == nullptr ? "" : text);
    g_free(text);
  }
}

std::vector<std::string> read_by_gmime(const std::string& message) {
  g_mime_init();
  std::unique_ptr<GMimeStream, Unref> stream(
      g_mime_stream_mem_new_with_buffer(message.data(), message.size()));
  std::unique_ptr<GMimeParser, Unref> parser(g_mime_parser_new_with_stream(stream.get()));
  std::unique_ptr<GMimeMessage, Unref> parsed(
      g_mime_parser_construct_message(parser.get(), nullptr));
  std::vector<std::string> texts;
  collect(g_mime_message_get_mime_part(parsed.get()), texts);
  return texts;
}

std::vector<std::string> read_by_us(const std::string& message) {
  std::vector<std::string> texts;
  for (const model::Segment& segment : read(message).segments) {
    const bool text =
        segment.zone == model::Zone::kBody || segment.zone == model::Zone::kDocument;
    if (text) texts.push_back(segment.text);
  }
  return texts;
}

class GmimeComparison : public testing::TestWithParam<const char*> {};

TEST_P(GmimeComparison, GivesTheSameText) {
  EXPECT_EQ(read_by_us(GetParam()), read_by_gmime(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, GmimeComparison,
    testing::Values(
        "Subject: s\n\nplain\n",
        "Content-Type: text/plain; charset=iso-8859-2\n"
        "Content-Transfer-Encoding: quoted-printable\n\nza=BF=F3=B3=E6\n",
        "Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset=utf-8\n\n"
        "Y2Fmw6kK\n",
        "Content-Transfer-Encoding: x-uuencode\nContent-Type: text/plain\n\n"
        "begin 644 a\n#0V%T\n`\nend\n",
        "Content-Type: multipart/mixed; boundary=\"=_a b\"\n\n--=_a b\n\none\n--=_a b\n"
        "Content-Type: multipart/alternative; boundary=c\n\n--c\n\ntwo\n--c--\n--=_a b\n"
        "Content-Type: text/csv\n\nthree\n--=_a b--\n",
        "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: "
        "message/rfc822\n\n"
        "Subject: inner\nContent-Type: multipart/mixed; "
        "boundary=b\n\n--b\n\nin\n--b--\n--a\n\n"
        "out\n--a--\n",
        "Content-Type: multipart/mixed; boundary=a\n\n--a\n\nb starts alike\n--ab\n--a "
        "--\n"));

}  // namespace
}  // namespace noshare::extract
