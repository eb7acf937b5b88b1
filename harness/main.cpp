#include "checks/all.h"
#include "harness/cli/cli.h"
#include "reports/all.h"

// Read by jemalloc: reviews of many documents touch tens of megabytes once, and a page fault costs as much as parsing the page.
extern "C" {
const char* malloc_conf = "thp:always,metadata_thp:auto";
}

int main(int argc, char** argv) {
  using namespace plugvet;
  return cli::run(argc, argv, {checks::all(), shipped_profiles(), reports::all()});
}
