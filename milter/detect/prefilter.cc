// The wrapping of Hyperscan's C interface (or Vectorscan's, which is the same).
#include "detect/prefilter.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <hs/hs.h>

#include "detect/byte_stream.h"

namespace noshare::detect {
namespace {

struct Sink {
  std::vector<Prefilter::Hit>* hits;
  std::uint32_t first_id;
};

int on_match(unsigned int id, unsigned long long, unsigned long long to, unsigned int,
             void* context) noexcept {
  auto* sink = static_cast<Sink*>(context);
  sink->hits->push_back({sink->first_id + id, static_cast<std::uint32_t>(to)});
  return 0;
}

tl::unexpected<Error> compile_failure(hs_compile_error_t* error) {
  std::string text = error != nullptr ? error->message : "out of memory";
  hs_free_compile_error(error);
  return fail(ErrorCode::kInvalidInput, "pattern engine: " + text);
}

struct Sources {
  std::vector<const char*> texts;
  std::vector<std::size_t> sizes;
  std::vector<unsigned> flags, ids;

  Sources(const std::vector<std::string>& sources, unsigned flag)
      : flags(sources.size(), flag) {
    for (const std::string& source : sources) {
      ids.push_back(static_cast<unsigned>(texts.size()));
      texts.push_back(source.c_str());
      sizes.push_back(source.size());
    }
  }
  unsigned count() const { return static_cast<unsigned>(texts.size()); }
};

}  // namespace

void Prefilter::FreeDatabase::operator()(hs_database* database) const noexcept {
  hs_free_database(database);
}

void Prefilter::Scratch::Free::operator()(hs_scratch* scratch) const noexcept {
  hs_free_scratch(scratch);
}

Result<Prefilter> Prefilter::compile(const std::vector<std::string>& literals,
                                     const std::vector<std::string>& expressions) {
  Prefilter result;
  hs_compile_error_t* error = nullptr;
  hs_database* database = nullptr;
  if (!literals.empty()) {
    const Sources sources(literals, HS_FLAG_CASELESS);
    if (hs_compile_lit_multi(sources.texts.data(), sources.flags.data(),
                             sources.ids.data(), sources.sizes.data(), sources.count(),
                             HS_MODE_BLOCK, nullptr, &database, &error) != HS_SUCCESS)
      return compile_failure(error);
    result.literals_.reset(database);
  }
  if (!expressions.empty()) {
    const Sources sources(expressions, HS_FLAG_DOTALL);
    if (hs_compile_multi(sources.texts.data(), sources.flags.data(), sources.ids.data(),
                         sources.count(), HS_MODE_BLOCK, nullptr, &database,
                         &error) != HS_SUCCESS)
      return compile_failure(error);
    result.expressions_.reset(database);
  }
  result.literal_count_ = static_cast<std::uint32_t>(literals.size());
  return result;
}

Result<std::string> Prefilter::serialised() const {
  ByteWriter out;
  out.value(literal_count_);
  for (const Handle* handle : {&literals_, &expressions_}) {
    char* bytes = nullptr;
    std::size_t size = 0;
    if (*handle && hs_serialize_database(handle->get(), &bytes, &size) != HS_SUCCESS)
      return fail(ErrorCode::kInternal, "cannot serialise the compiled patterns");
    out.text({bytes, size});
    std::free(bytes);
  }
  return out.take();
}

Result<Prefilter> Prefilter::deserialise(std::string_view bytes) {
  const auto corrupt = [] {
    return fail(ErrorCode::kCorrupt, "not a compiled database of this machine");
  };
  Prefilter result;
  ByteReader in(bytes);
  if (!in.value(result.literal_count_)) return corrupt();
  for (Handle* handle : {&result.literals_, &result.expressions_}) {
    std::string_view piece;
    if (!in.text(piece)) return corrupt();
    if (piece.empty()) continue;
    hs_database* database = nullptr;
    if (hs_deserialize_database(piece.data(), piece.size(), &database) != HS_SUCCESS)
      return corrupt();
    handle->reset(database);
  }
  if (!in.at_end()) return corrupt();
  return result;
}

Result<Prefilter::Scratch> Prefilter::make_scratch() const {
  Scratch result;
  for (const Handle* handle : {&literals_, &expressions_}) {
    if (!*handle) continue;
    hs_scratch* scratch = result.scratch_.release();
    const hs_error_t status = hs_alloc_scratch(handle->get(), &scratch);
    result.scratch_.reset(scratch);
    if (status != HS_SUCCESS)
      return fail(ErrorCode::kInternal, "no memory for the pattern engine");
  }
  return result;
}

bool Prefilter::scan(std::string_view text, Scratch& scratch,
                     std::vector<Hit>& hits) const {
  hits.clear();
  std::uint32_t first_id = 0;
  for (const Handle* handle : {&literals_, &expressions_}) {
    Sink sink{&hits, first_id};
    first_id = literal_count_;
    if (!*handle) continue;
    if (hs_scan(handle->get(), text.data(), static_cast<unsigned>(text.size()), 0,
                scratch.scratch_.get(), on_match, &sink) != HS_SUCCESS)
      return false;
  }
  if (literals_ && expressions_) {
    std::stable_sort(hits.begin(), hits.end(),
                     [](const Hit& a, const Hit& b) { return a.end < b.end; });
  }
  return true;
}

std::string prefilter_platform() {
  hs_platform_info_t platform{};
  hs_populate_platform(&platform);
  return fmt::format("{} tune {} features {:x}", hs_version(), platform.tune,
                     platform.cpu_features);
}

}  // namespace noshare::detect
