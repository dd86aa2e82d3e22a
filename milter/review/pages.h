// Pages: the files of the web interface, as the build made them.
//
// In:  a path     Out: a file of the folder; for any other path of ours the first page,
// which finds its way by itself. All files are read at the start: no request reads the
// disk. Their names tell their content (web/build.mjs), so browsers keep them.
#pragma once

#include <filesystem>
#include <map>

#include "noshare/base/result.h"

#include "review/http.h"

namespace noshare::review {

class Pages {
 public:
  // Errors: kNotFound unless the folder has an index.html.
  static Result<Pages> load(const std::filesystem::path& folder);
  Response answer(const Request& request) const;

 private:
  struct File {
    std::string type;
    std::string bytes;
  };
  std::map<std::string, File> files_;  // by path, "/app-HASH.js"
};

// Headers that every answer carries: nothing from elsewhere, no frames, no guessing of
// types.
void add_protection(Response& response, bool under_tls);

// Where the pages lie: beside the programs of a build, or the installation's folder.
std::filesystem::path default_page_folder();

}  // namespace noshare::review
