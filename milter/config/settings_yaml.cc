// parse_settings_yaml: see settings_value.h.
//
// Refuses what YAML allows and a settings file has no use for, before a tree is built:
// anchors (a few lines of them can stand for billions of nodes), tabs, several documents.
#include <algorithm>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "noshare/base/text.h"

#include "config/settings_value.h"
#include "config/yaml_map.h"

namespace noshare::config {

namespace {

constexpr std::size_t kMostBytes = 4U << 20;  // tens of thousands of rules
constexpr int kMostDepth = 16;                // the table of keys needs 5

tl::unexpected<Error> fault_at_byte(const std::string& text, const std::string& file,
                                    std::size_t at, const std::string& what) {
  const auto begin = text.begin();
  const auto end = begin + static_cast<std::ptrdiff_t>(at);
  const std::size_t line_start = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  return fail(ErrorCode::kInvalidInput,
              file + ":" + std::to_string(std::count(begin, end, '\n') + 1) + ":" +
                  std::to_string(at - line_start + 1) + ": " + what);
}

Result<void> check_bytes(const std::string& text, const std::string& file) {
  if (text.size() > kMostBytes) {
    return fail(ErrorCode::kInvalidInput,
                file + ": the file has " + std::to_string(text.size()) +
                    " bytes, expected at most " + std::to_string(kMostBytes));
  }
  bool indentation = true;  // only white space since the line began
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    const CodePoint point = code_point_at(text, at);
    if (point.bytes == 1 && static_cast<unsigned char>(c) >= 0x80) {
      return fault_at_byte(text, file, at, "not UTF-8; save the file as UTF-8");
    }
    if (c == '\0') return fault_at_byte(text, file, at, "a NUL byte; expected text");
    if (c == '\t' && indentation) {
      return fault_at_byte(text, file, at,
                           "a tab in the indentation; YAML wants spaces here");
    }
    indentation = c == '\n' || (indentation && is_ascii_space(c));
    at += point.bytes;
  }
  return {};
}

// Listens to the parser and remembers the first thing that is not wanted.
class UnwantedYaml : public YAML::EventHandler {
 public:
  bool found() const { return !what_.empty(); }
  Result<void> result(const std::string& file) const {
    SettingsFaults faults(file);
    if (found()) faults.add(mark_, what_);
    return faults.result();
  }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    check(mark, anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    check(mark, anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                const std::string&) override {
    check(mark, anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    enter(mark, anchor);
  }
  void OnSequenceEnd() override { --depth_; }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    enter(mark, anchor);
  }
  void OnMapEnd() override { --depth_; }

 private:
  void check(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0)
      note(mark,
           "anchors (&) and aliases (*) are not used here; write "
           "the value out, or quote a text that begins so");
  }
  void enter(const YAML::Mark& mark, YAML::anchor_t anchor) {
    check(mark, anchor);
    if (++depth_ > kMostDepth) note(mark, "nested too deeply");
  }
  void note(const YAML::Mark& mark, const char* what) {
    if (found()) return;
    mark_ = mark;
    what_ = what;
  }

  int depth_ = 0;
  YAML::Mark mark_;
  std::string what_;
};

}  // namespace

Result<YAML::Node> parse_settings_yaml(const std::string& text,
                                       const std::string& file_name) {
  NOSHARE_CHECK(check_bytes(text, file_name));
  UnwantedYaml unwanted;
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    parser.HandleNextDocument(unwanted);
  } catch (const YAML::ParserException& error) {
    // An unknown alias is such an exception, too; its message says so.
    SettingsFaults faults(file_name);
    const bool too_deep = error.msg == YAML::ErrorMsg::BAD_FILE;  // its depth guard's
    faults.add(error.mark, too_deep ? "nested too deeply" : error.msg);
    return tl::unexpected(faults.result().error());
  } catch (const YAML::Exception& error) {
    return fail(ErrorCode::kInvalidInput, file_name + ": " + error.what());
  }
  NOSHARE_CHECK(unwanted.result(file_name));
  return parse_yaml(text, file_name);
}

}  // namespace noshare::config
