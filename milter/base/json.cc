#include "noshare/base/json.h"

template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace noshare {

Result<Json> parse_json(std::string_view text) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    return fail(ErrorCode::kInvalidInput,
                "not valid JSON at byte " + std::to_string(error.byte));
  } catch (const std::exception&) {
    return fail(ErrorCode::kInvalidInput, "not valid JSON");
  }
}

std::string to_line(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace noshare
