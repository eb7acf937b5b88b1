#include <cstdlib>

#include "checks/all.h"
#include "harness/cli/cli.h"
#include "reports/all.h"

int main(int argc, char** argv) {
  ::unsetenv("SSLKEYLOGFILE");  // libcurl would write the keys of all sessions there
  using namespace plugvet;
  return cli::run(argc, argv, {checks::all(), shipped_profiles(), reports::all()});
}
