// noshare-convert-pdf: reads PDF files for noshare-worker and noshare.
//
// Linked with poppler, so this program as a whole is under the GNU GPL, version 3; the
// others are not.
#include "convert/keeper.h"
#include "convert/pdf/pdf.h"

int main(int argument_count, char** arguments) {
  return noshare::convert::run_keeper(
      argument_count, arguments,
      {noshare::convert::warm_up_pdf, noshare::convert::convert_pdf});
}
