#include "checks/probes.h"

#include <fmt/format.h>

#include "harness/support/text.h"

namespace plugvet::checks {

int status_of(const Probe& probe) {
  return probe.exchange.response ? probe.exchange.response->status : 0;
}

std::string answer_of(const Probe& probe) {
  if (!probe.exchange.response) return "nothing that can be used";
  const Response& response = *probe.exchange.response;
  if (response.body.empty()) return fmt::format("{} without a body", response.status);
  const std::string type = response.media_type();
  return fmt::format("{} with {} of {}", response.status, bytes_text(response.body.size()),
                     type.empty() ? "no declared type" : printable(shortened(type, 60)));
}

Finding probe_finding(const Probe& probe, Location where, const std::string& why, std::string expected,
                      std::string actual) {
  std::string message = fmt::format("{} answers {}.", probe.operation, answer_of(probe));
  if (!why.empty()) message.append(" ").append(why);
  message += fmt::format(" The request ({}): {}.", name_of(probe.kind), printable(shortened(probe.about, 300)));
  return {std::move(where), std::move(message), std::move(expected), std::move(actual), probe.exchange.request.url, {}};
}

const openapi::Contract::Answer* promised_answer(const Probe& probe) {
  const int status = status_of(probe);
  return status == 0 ? nullptr : probe.contract->answer_to(status);
}

const openapi::Contract::Content* promised_content(const Probe& probe) {
  const auto* answer = promised_answer(probe);
  return answer ? answer->content_of(probe.exchange.response->media_type()) : nullptr;
}

}  // namespace plugvet::checks
