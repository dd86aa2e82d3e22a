// Runs every file of the given folders through a fuzz target once, as a plain test.
//
// In:  folders     Out: exit status 1 if a folder has no file or cannot be read
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

// The number of files that were run, or -1.
int replay(const std::filesystem::path& folder) {
  std::error_code error;
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    (void)LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                 bytes.size());
    ++files;
  }
  return error ? -1 : files;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s FOLDER...\n", argv[0]);
    return 1;
  }
  for (int i = 1; i < argc; ++i) {
    const int files = replay(argv[i]);
    std::printf("%s: %d files\n", argv[i], files);
    if (files <= 0) return 1;
  }
  return 0;
}
