// Looks for stated passwords and tries them on the archives set aside. See locked_zip.h.
#include "extract/containers/locked_zip.h"

#include <algorithm>
#include <array>

#include "noshare/base/text.h"

#include "extract/containers/unpacking.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;

constexpr std::size_t kMostWords = 8;  // behind the word for password

// Lower case; Latin ones are also found inside longer words ("Zip-Passwort").
constexpr std::array<std::string_view, 25> kWords = {
    "password",   "passwort",     "kennwort",   "passwd", "passcode",
    "passphrase", "passphrase",   "pwd",        "pw:",    "pw is",
    "pin:",       "mot de passe", "contraseña", "clave",  "wachtwoord",
    "lösenord",   "adgangskode",  "passord",    "senha",  "salasana",
    "hasło",      "heslo",        "пароль",     "密码",   "パスワード"};

constexpr std::string_view kAround = " \t\r\n\"'`()[]<>{}.,;:=*_-|";

void add_once(std::vector<std::string>& list, std::string_view word) {
  if (word.empty() || word.size() > 128) return;
  if (std::find(list.begin(), list.end(), word) == list.end()) list.emplace_back(word);
}

// Each word as it stands, and without the quotes or full stop around it.
void add_words(std::string_view text, std::vector<std::string>& list) {
  std::size_t at = 0;
  for (std::size_t count = 0; count < kMostWords; ++count) {
    at = text.find_first_not_of(" \t\r\n", at);
    if (at == std::string_view::npos) return;
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    at = end;
    const std::size_t first = word.find_first_not_of(kAround);
    if (first == std::string_view::npos) continue;
    add_once(list, word.substr(first, word.find_last_not_of(kAround) - first + 1));
    const std::size_t begin = word.find_first_not_of(":=");
    if (begin != std::string_view::npos) add_once(list, word.substr(begin));
  }
}

void look_in(const model::Segment& segment, std::size_t most,
             std::vector<std::string>& list) {
  constexpr std::size_t kLooked = 300;          // bytes behind the word
  constexpr std::size_t kSearched = 1U << 20U;  // of one text
  const std::string& text = segment.source_text();
  const std::string lower = ascii_lowered(std::string_view(text).substr(0, kSearched));
  for (std::string_view word : kWords) {
    for (std::size_t at = lower.find(word); at != std::string::npos && list.size() < most;
         at = lower.find(word, at + word.size())) {
      add_words(std::string_view(text).substr(at + word.size(), kLooked), list);
    }
  }
}

}  // namespace

std::vector<std::string> stated_passwords(const std::vector<model::Segment>& segments,
                                          std::size_t most) {
  std::vector<std::string> list;
  for (const model::Segment& segment : segments) look_in(segment, most, list);
  if (list.size() > most) list.resize(most);
  return list;
}

void open_locked_archives(Collector& out) {
  std::vector<std::string> passwords;
  // Opening one may set aside another that stood inside it.
  for (std::vector<LockedFile> files = out.take_locked(); !files.empty();
       files = out.take_locked()) {
    passwords = stated_passwords(out.extracted().segments, out.limits().passwords);
    for (const LockedFile& file : files) {
      const FilePlace place{file.part, file.path, file.depth};
      const bool opened = std::any_of(
          passwords.begin(), passwords.end(), [&](const std::string& password) {
            return out.time_left() && read_locked_zip(file.bytes, password, place, out);
          });
      if (opened) continue;
      for (const std::string& name : file.members) {
        refuse_member(name, UnreadableReason::kEncrypted, "member of an archive", place,
                      out);
      }
    }
  }
}

}  // namespace noshare::extract
