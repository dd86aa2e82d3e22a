// Categories: see categories.h.
#include "config/categories.h"

namespace noshare::config {

const std::vector<std::string>& categories() {
  static const std::vector<std::string> kAll = {
      "financial", "payment", "contact",    "government_id", "tax",
      "health",    "network", "credential", "date",          "name",
      "address",   "vehicle", "company",    "customer",      "document"};
  return kAll;
}

}  // namespace noshare::config
