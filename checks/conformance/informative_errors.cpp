#include "checks/probes.h"
#include "harness/support/text.h"

namespace plugvet::checks {
namespace {

/// Letters and digits only: dueDate, due_date and "due date" are the same.
std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char c : to_lower_ascii(text))
    if (static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters += c;
  return letters;
}

Judgement judge_informative_errors(const Probe& probe) {
  const int status = status_of(probe);
  if (!is_of_data(probe.breach) || (status != 400 && status != 422) || probe.exchange.request.method == "HEAD")
    return Judgement::pass();
  const Response& response = *probe.exchange.response;
  const auto fail = [&](const std::string& why, std::string actual) {
    return Judgement::fail(probe_finding(probe, probe.where, why, "a message that says what is wrong", std::move(actual)));
  };
  if (is_blank(response.body)) return fail("It says nothing.", "nothing");
  if (response.media_type() == "text/html") return fail("It is a page for people.", "a page");
  const std::string field = letters_of(probe.field);
  if (field.empty() || letters_of(response.body).find(field) != std::string::npos) return Judgement::pass();
  return fail("It does not name " + in_quotes(probe.field) + ", which is wrong.",
              in_quotes(shortened(printable(response.body), 100)));
}

}  // namespace

extern constinit const Check conformance_informative_errors = define_check<judge_informative_errors>({
    .id = "conformance/informative-errors",
    .title = "Errors say what is wrong",
    .requirement =
        "A request that is refused as wrong is answered with JSON or text, not with a page or nothing, and the message "
        "names the parameter or member that is wrong.",
    .rationale =
        "The model reads the error and tries again. From “invalid request” it learns nothing, and gives up or sends the "
        "same once more.",
    .remedy = R"(Answer like {"error": {"field": "due", "message": "due is no date in the form YYYY-MM-DD."}}.)",
    .source = "OpenAI, Plugin review (2023): informative error messages",
    .passing = R"(400 {"error": {"field": "due", "message": "due is no date."}})",
    .failing = R"(400 {"error": "Invalid request"})",
    .severity = Severity::warning,
});

}  // namespace plugvet::checks
