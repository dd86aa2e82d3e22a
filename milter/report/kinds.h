// A function per kind of report.
#pragma once

#include "noshare/report/report.h"

namespace noshare::report {

Result<Report> summary_report(const Sources& sources, const Question& question);
Result<Report> breach_report(const Sources& sources, const Question& question);
Result<Report> recipients_report(const Sources& sources, const Question& question);
Result<Report> payment_report(const Sources& sources, const Question& question);

}  // namespace noshare::report
