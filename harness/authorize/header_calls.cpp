#include "harness/authorize/header_calls.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "harness/authorize/enforcement.h"
#include "harness/support/text.h"
#include "harness/support/url.h"

namespace plugvet {
namespace {

constexpr const char* conversation_header = "openai-conversation-id";
constexpr const char* user_header = "openai-ephemeral-user-id";
constexpr const char* location_header = "openai-subdivision-1-iso-code";
constexpr const char* first_id = "00000000-0000-4000-8000-000000000000";
constexpr const char* other_id = "00000000-0000-4000-8000-000000000001";
constexpr const char* gpt_agent =
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot";

struct Variant {
  const char* id;
  const char* about;
  Headers headers;
};

Headers traffic(const char* agent, Headers more) {
  Headers headers{{"User-Agent", agent},
                  {"Accept", "*/*"},
                  {conversation_header, first_id},
                  {user_header, other_id},
                  {location_header, "US-CA"},
                  {"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
                  {"tracestate", "dd=s:1"},
                  {"x-datadog-trace-id", "1234567890123456789"},
                  {"x-datadog-parent-id", "987654321098765432"},
                  {"x-datadog-sampling-priority", "1"}};
  for (Header& header : more) headers.push_back(std::move(header));
  return headers;
}

std::vector<Variant> variants() {
  return {
      {"header/none", "without the platform's headers", {}},
      {"header/location", "from US-CA", {{location_header, "US-CA"}}},
      {"header/other-location", "from GB-ENG", {{location_header, "GB-ENG"}}},
      {"header/unknown-location", "from XX-ZZZ, which is nowhere", {{location_header, "XX-ZZZ"}}},
      {"header/ephemeral-user", "for a user of today", {{user_header, first_id}}},
      {"header/other-ephemeral-user", "for the same user of tomorrow", {{user_header, other_id}}},
      {"header/conversation", "in a conversation", {{conversation_header, first_id}}},
      {"header/other-conversation", "in another conversation", {{conversation_header, other_id}}},
      {"header/plugin-traffic", "as ChatGPT plugins were called",
       traffic("Python/3.9 aiohttp/3.8.4", {{"Accept-Language", "en-US,en;q=0.9"}})},
      {"header/gpt-traffic", "as GPT Actions are called", traffic(gpt_agent, {{"openai-gpt-id", "g-plugvet0000"}})},
  };
}

/// Where nobody has to prove anything.
std::optional<Request> open_call(std::span<const OperationCall> calls) {
  const auto call = std::ranges::find_if(calls, [](const OperationCall& one) {
    return one.method == "GET" && one.path_values.empty() && one.not_possible_because.empty();
  });
  if (call == calls.end()) return std::nullopt;
  return Request{call->method, call->server + call->path + call->query, call->headers, call->body};
}

void replace_header(Headers& headers, const Header& with) {
  std::erase_if(headers, [&](const Header& one) { return equal_ignoring_case_ascii(one.name, with.name); });
  headers.push_back(with);
}

}  // namespace

Headers platform_headers() {
  return {{"User-Agent", gpt_agent}, {conversation_header, first_id}, {user_header, other_id}, {location_header, "US-CA"}};
}

void call_with_headers(Client& client, std::span<const OperationCall> calls, const std::string& token,
                       Enforcement& enforcement) {
  const auto request = token.empty() ? open_call(calls) : guarded_call(calls, token, enforcement);
  if (!request || client.time_left() <= std::chrono::milliseconds{1}) return;
  std::vector<std::future<Fetch>> fetches;
  const std::vector<Variant> all = variants();
  for (const Variant& variant : all) {
    Request one = *request;
    for (const Header& header : variant.headers) replace_header(one.headers, header);
    fetches.push_back(client.start(std::move(one)));
  }
  const auto url = Url::parse(request->url);
  const std::string called = request->method + " " + (url ? url->path() : request->url);
  for (std::size_t i = 0; i < all.size(); ++i) {
    Attempt attempt;
    attempt.id = all[i].id;
    attempt.tried = fmt::format("{} {}", called, all[i].about);
    attempt.expected = Reaction::granted;
    Exchange exchange = exchange_of(fetches[i].get());
    attempt.seen = reaction_of(exchange);
    attempt.actual = answer_text(exchange);
    attempt.exchanges.push_back(std::move(exchange));
    enforcement.header_calls.push_back(std::move(attempt));
  }
}

}  // namespace plugvet
