// A request and a response, as the review server's own code sees them.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace noshare::review {

struct Request {
  std::string method;                          // "GET"
  std::string path;                            // decoded, "/api/incidents/NS-7K3M9QX2"
  std::map<std::string, std::string> query;    // decoded; the first of equal names
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  std::string peer;  // address of the client, as the socket has it

  // Empty if it is not there.
  std::string_view header(const std::string& name) const;
  std::string_view parameter(const std::string& name) const;
  std::string cookie(std::string_view name) const;
};

struct Response {
  unsigned status = 200;
  std::string type = "application/json; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

using Handler = std::function<Response(const Request&)>;

// "/a%20b?x=1&y" into path and query. False if it is not well formed or holds a NUL.
bool parse_target(std::string_view target, Request& request);

}  // namespace noshare::review
