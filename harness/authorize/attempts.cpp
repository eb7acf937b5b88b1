#include "harness/authorize/attempts.h"

#include "harness/authorize/attempt_list.h"

namespace plugvet {

std::vector<Attempt> make_attempts(const AttemptPlan& plan) {
  AttemptList attempts{plan};
  try_authorization_endpoint(plan, attempts);
  try_token_endpoint(plan, attempts);
  return attempts.take();
}

}  // namespace plugvet
