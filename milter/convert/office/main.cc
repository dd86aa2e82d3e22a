// noshare-convert-office: reads old Office files for noshare-worker and noshare.
#include "noshare/extract/office.h"

#include "convert/keeper.h"

namespace {

void convert(std::string_view file, noshare::convert::Output& out) {
  noshare::extract::read_office(
      file, [&out](const noshare::extract::Found& found) { out.put(found); });
}

}  // namespace

int main(int argument_count, char** arguments) {
  return noshare::convert::run_keeper(argument_count, arguments,
                                      {noshare::extract::load_code_pages, convert});
}
