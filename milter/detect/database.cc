// Database: packs compiled, or loaded from the cache, and proven by their own examples.
#include <algorithm>

#include <fmt/format.h>

#include "noshare/detect/detector.h"

#include "detect/cache.h"
#include "detect/compiled.h"

namespace noshare::detect {
namespace {

constexpr std::size_t kMostFailuresShown = 20;

Result<void> compile(Database::Impl& impl, const std::filesystem::path& cache_folder) {
  const DatabaseCache cache(cache_folder, impl.plan);
  if (cache.load(impl.plan)) return {};
  std::uint32_t faulty = UINT32_MAX;
  const auto compiled = impl.plan.compile(faulty);
  if (!compiled) {
    if (faulty >= impl.patterns.size()) return tl::unexpected(compiled.error());
    const config::Pattern& pattern = impl.patterns[faulty].pattern;
    return fail(compiled.error().code,
                at_line(pattern, pattern.line,
                        fmt::format("{}: the expression is too complex: {}", pattern.id,
                                    compiled.error().message)));
  }
  cache.store(impl.plan);
  return {};
}

// By its own id, or by that of an umbrella over it.
bool is_disabled(const config::Pattern& pattern,
                 const std::vector<std::string>& disabled) {
  return std::any_of(disabled.begin(), disabled.end(), [&](const std::string& id) {
    return id == pattern.id ||
           std::binary_search(pattern.umbrellas.begin(), pattern.umbrellas.end(), id);
  });
}

}  // namespace

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::~Database() = default;

Result<std::shared_ptr<const Database>> Database::create(const config::PackSet& packs,
                                                         const Options& options) {
  auto impl = std::make_unique<Impl>();
  impl->version = packs.version;
  for (const config::Pattern& pattern : packs.patterns) {
    const bool runs = pattern.enabled && config::finds(pattern) &&
                      !is_disabled(pattern, options.disabled);
    if (runs) NOSHARE_CHECK(add_pattern(pattern, *impl));
  }
  settle_identities(*impl);
  impl->words.finish();
  impl->plan.file_expressions();
  NOSHARE_CHECK(compile(*impl, options.cache));
  for (Exclusion& exclusion : impl->plan.exclusions) {
    impl->patterns[exclusion.pattern].excluded_forms = exclusion.automata;
    exclusion.trees.clear();
  }
  impl->standing = standing_of(impl->patterns, impl->plan, impl->words.size());
  impl->screening =
      Screening(impl->plan, impl->patterns, impl->standing.sturdy_somewhere);
  // The trees were needed for compiling alone.
  for (PlannedExpression& expression : impl->plan.expressions) expression.tree = {};
  std::shared_ptr<const Database> database(new Database(std::move(impl)));
  if (!options.run_examples) return database;
  std::vector<std::string> failures = failed_examples(database);
  if (failures.empty()) return database;
  const std::size_t count = failures.size();
  failures.resize(std::min(count, kMostFailuresShown));
  std::string text = fmt::format("{}", fmt::join(failures, "\n"));
  if (count > failures.size())
    text += fmt::format("\nand {} more", count - failures.size());
  return fail(ErrorCode::kInvalidInput, std::move(text));
}

const config::Pattern* Database::find(const std::string& entity) const {
  const auto found = impl_->by_id.find(entity);
  return found == impl_->by_id.end() ? nullptr : &impl_->patterns[found->second].pattern;
}

model::EntityInfo Database::info(const std::string& entity) const {
  const config::Pattern* pattern = find(entity);
  if (pattern == nullptr) return {entity, {}};
  return {pattern->title, pattern->categories, pattern->umbrellas};
}

std::size_t Database::size() const { return impl_->patterns.size(); }
const std::string& Database::version() const { return impl_->version; }

}  // namespace noshare::detect
