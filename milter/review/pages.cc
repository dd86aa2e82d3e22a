#include "review/pages.h"

#include "noshare/base/files.h"

namespace noshare::review {

namespace {

namespace fs = std::filesystem;

constexpr const char* kFirstPage = "/index.html";
constexpr std::uint64_t kMostFileBytes = 16 << 20;

std::string type_of(const fs::path& file) {
  const std::string ending = file.extension().string();
  if (ending == ".html") return "text/html; charset=utf-8";
  if (ending == ".js") return "text/javascript; charset=utf-8";
  if (ending == ".css") return "text/css; charset=utf-8";
  if (ending == ".svg") return "image/svg+xml";
  return "application/octet-stream";
}

}  // namespace

Result<Pages> Pages::load(const fs::path& folder) {
  Pages pages;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    if (!at->is_regular_file()) continue;
    NOSHARE_TRY(std::string bytes, read_file(at->path(), kMostFileBytes));
    pages.files_["/" + at->path().filename().string()] = {type_of(at->path()),
                                                          std::move(bytes)};
  }
  if (!pages.files_.contains(kFirstPage)) {
    return fail(ErrorCode::kNotFound,
                "the web pages are missing: no index.html in " + folder.string());
  }
  return pages;
}

Response Pages::answer(const Request& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    return {405, "text/plain; charset=utf-8", "expected GET\n", {}};
  }
  auto file = files_.find(request.path);
  if (file == files_.end()) file = files_.find(kFirstPage);
  // Another content has another name; the first page names the ones of today.
  const bool is_first = file->first == kFirstPage;
  return {200,
          file->second.type,
          file->second.bytes,
          {{"Cache-Control",
            is_first ? "no-cache" : "private, max-age=31536000, immutable"}}};
}

void add_protection(Response& response, bool under_tls) {
  auto& headers = response.headers;
  headers.emplace_back("Content-Security-Policy",
                       "default-src 'none'; script-src 'self'; style-src 'self'; "
                       "img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
                       "form-action 'none'; frame-ancestors 'none'");
  headers.emplace_back("X-Content-Type-Options", "nosniff");
  headers.emplace_back("X-Frame-Options", "DENY");
  headers.emplace_back("Referrer-Policy", "no-referrer");
  headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  if (under_tls) {
    headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
  }
}

fs::path default_page_folder() {
  std::error_code error;
  const auto program = fs::read_symlink("/proc/self/exe", error);
  const auto beside = program.parent_path() / "review-pages";
  if (fs::is_directory(beside, error)) return beside;
  return program.parent_path().parent_path() / "share/noshare/review";
}

}  // namespace noshare::review
