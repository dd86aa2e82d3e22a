// noshare-convert-image: reads what pictures show, for noshare-worker and noshare.
#include "convert/image/image.h"
#include "convert/keeper.h"

int main(int argument_count, char** arguments) {
  return noshare::convert::run_keeper(
      argument_count, arguments,
      {noshare::convert::warm_up_image, noshare::convert::convert_image});
}
