#include "harness/authorize/enforcement.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <nlohmann/json.hpp>

#include "harness/authorize/header_calls.h"
#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr std::size_t kept_body = 64u << 10;  // of each answer, for checks
constexpr std::size_t usual_token = 43;       // characters of a made-up one
constexpr unsigned deepest_list = 3;

bool is_basic(const AuthDeclaration& declaration) {
  return equal_ignoring_case_ascii(declaration.scheme, "basic");
}

std::string encoded(const std::string& token) {
  return token.find(':') == std::string::npos ? token : base64(token);
}

/// One call on its way.
struct Pending {
  AccessAttempt attempt;
  std::future<Fetch> fetch;
};

/// The value of an id in a list's answer: under the parameter's own name, or "id", or a name that ends with it.
const Json* id_in(const Json& item, const std::string& parameter) {
  if (!item.is_object()) return item.is_primitive() && !item.is_null() && !item.is_boolean() ? &item : nullptr;
  for (const std::string& name : {parameter, std::string{"id"}, std::string{"uuid"}, std::string{"slug"}})
    if (const auto found = item.find(name); found != item.end() && found->is_primitive()) return &*found;
  return nullptr;
}

const Json* first_list(const Json& value, unsigned depth) {
  if (value.is_array()) return value.empty() ? nullptr : &value;
  if (!value.is_object() || depth == deepest_list) return nullptr;
  for (const auto& [name, member] : value.items())
    if (const Json* list = first_list(member, depth + 1)) return list;
  return nullptr;
}

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

class Knocking {
 public:
  Knocking(Client& client, std::span<const OperationCall> calls, const Passes& passes, bool allow_writes,
           Enforcement& enforcement)
      : client_{client}, calls_{calls}, passes_{passes}, allow_writes_{allow_writes}, enforcement_{enforcement} {}

  void run() {
    for (const OperationCall& call : calls_) enforcement_.operations.push_back(operation_of(call));
    // What lists objects goes first: it tells the ids for what shows one.
    for (const bool has_values : {false, true})
      for (std::size_t i = 0; i < calls_.size(); ++i)
        if (calls_[i].path_values.empty() != has_values) knock_at(calls_[i], enforcement_.operations[i]);
  }

 private:
  GuardedOperation operation_of(const OperationCall& call) const {
    GuardedOperation operation;
    operation.method = call.method;
    operation.path = call.path;
    operation.id = call.id;
    operation.where = call.where;
    operation.not_called_because = call.not_possible_because;
    if (operation.not_called_because.empty() && !call.only_reads() && !allow_writes_)
      operation.not_called_because = "it may change something; add --allow-writes";
    return operation;
  }

  void knock_at(const OperationCall& call, GuardedOperation& operation) {
    if (operation.not_called_because.empty() && client_.time_left() <= std::chrono::milliseconds{1})
      operation.not_called_because = "the time was up";
    if (!operation.not_called_because.empty()) return;
    operation.url = url_of(call);
    std::vector<Pending> pending;
    for (const Pass pass : usual_passes(call)) pending.push_back(start(call, operation.url, pass));
    if (!has_tried_rare_passes_ && call.only_reads()) {
      has_tried_rare_passes_ = true;
      for (const Pass pass : {Pass::altered, Pass::lower_case, Pass::in_query})
        if (is_possible(pass)) pending.push_back(start(call, operation.url, pass));
    }
    for (Pending& one : pending) operation.attempts.push_back(finished(std::move(one), operation));
    if (call.only_reads() && call.path_values.empty()) keep_ids(call, operation);
  }

  std::vector<Pass> usual_passes(const OperationCall& call) const {
    std::vector<Pass> passes;
    for (const Pass pass :
         {Pass::valid, Pass::none, Pass::empty, Pass::undefined, Pass::wrong, Pass::other_scheme, Pass::forged_headers})
      if (is_possible(pass)) passes.push_back(pass);
    if (!call.path_values.empty() && call.only_reads() && is_possible(Pass::other_account))
      passes.push_back(Pass::other_account);
    return passes;
  }

  bool is_possible(Pass pass) const {
    const AuthDeclaration& declaration = enforcement_.declaration;
    switch (pass) {
      case Pass::valid:
        return !passes_.valid.empty();
      case Pass::other_account:
        return !passes_.other_account.empty();
      case Pass::other_scheme:
        return declaration.kind != AuthKind::api_key;
      case Pass::altered:
        return !passes_.valid.empty();
      case Pass::lower_case:
      case Pass::in_query:
        return !passes_.valid.empty() && !is_basic(declaration) && declaration.kind != AuthKind::api_key;
      case Pass::expired:
        return false;
      case Pass::none:
      case Pass::empty:
      case Pass::undefined:
      case Pass::wrong:
      case Pass::forged_headers:
        break;
    }
    return true;
  }

  Pending start(const OperationCall& call, const std::string& url, Pass pass) {
    Request request{call.method, url, call.headers, call.body};
    add_pass(request, pass);
    Pending pending;
    pending.attempt.pass = pass;
    pending.attempt.expected =
        pass == Pass::valid || pass == Pass::lower_case ? Reaction::granted : Reaction::refused;
    pending.fetch = client_.start(std::move(request));
    return pending;
  }

  void add_pass(Request& request, Pass pass) {
    const AuthDeclaration& declaration = enforcement_.declaration;
    const auto with = [&](const std::string& token) { request.headers.push_back(pass_header(declaration, token)); };
    const std::string model = passes_.valid.empty() ? std::string(usual_token, 'a') : passes_.valid;
    switch (pass) {
      case Pass::valid:
        return with(passes_.valid);
      case Pass::none:
        return;
      case Pass::empty:
        return with("");
      case Pass::undefined:
        return with("undefined");
      case Pass::wrong:
        return with(client_.random().like(model));
      case Pass::altered:
        return with(altered(passes_.valid));
      case Pass::other_scheme:
        request.headers.push_back({"Authorization", (is_basic(declaration) ? "Bearer " : "Basic ") +
                                                        (passes_.valid.empty() ? client_.random().token(usual_token)
                                                                               : encoded(passes_.valid))});
        return;
      case Pass::lower_case:
        request.headers.push_back({"Authorization", "bearer " + passes_.valid});
        return;
      case Pass::in_query:
        request.url += (request.url.find('?') == std::string::npos ? "?" : "&");
        request.url += "access_token=" + percent_encoded(passes_.valid);
        return;
      case Pass::expired:
        return;
      case Pass::forged_headers:
        for (Header& header : platform_headers()) request.headers.push_back(std::move(header));
        return;
      case Pass::other_account:
        return with(passes_.other_account);
    }
  }

  static std::string altered(std::string token) {
    token.back() = token.back() == 'A' ? 'B' : 'A';
    return token;
  }

  AccessAttempt finished(Pending pending, const GuardedOperation& operation) {
    AccessAttempt attempt = std::move(pending.attempt);
    attempt.exchange = exchange_of(pending.fetch.get());
    attempt.seen = reaction_of(attempt.exchange);
    attempt.actual = answer_text(attempt.exchange);
    if (!attempt.exchange.response) return attempt;
    // What is not there for an account is not shown to it.
    if (attempt.pass == Pass::other_account && attempt.exchange.response->status == 404) attempt.seen = Reaction::refused;
    std::string& body = attempt.exchange.response->body;
    const std::string sum = sha256(body);
    if (attempt.pass == Pass::valid) {
      body_of_valid_ = sum;
      last_valid_body_ = body;
    } else if (const AccessAttempt* valid = operation.attempt(Pass::valid)) {
      attempt.same_as_valid = !body.empty() && valid->seen == Reaction::granted && sum == body_of_valid_;
    }
    if (body.size() > kept_body) body.resize(kept_body);
    return attempt;
  }

  std::string url_of(const OperationCall& call) const {
    std::string path = call.path;
    for (const auto& [name, example] : call.path_values) {
      const std::string placeholder = "{" + name + "}";
      const std::size_t at = path.find(placeholder);
      if (at == std::string::npos) continue;
      const std::string collection = path.substr(0, at > 0 ? at - 1 : 0);
      const auto seen = ids_.find(call.server + collection);
      const Json* id = seen == ids_.end() ? nullptr : id_in(seen->second, name);
      path.replace(at, placeholder.size(), id ? percent_encoded(text_of(*id)) : example);
    }
    return call.server + path + call.query;
  }

  /// The first object of a list, by the list's address.
  void keep_ids(const OperationCall& call, const GuardedOperation& operation) {
    const AccessAttempt* valid = operation.attempt(Pass::valid);
    if (!valid || valid->seen != Reaction::granted) return;
    const auto document = parse_json(last_valid_body_, operation.url);
    const Json* list = document ? first_list(document->root(), 0) : nullptr;
    if (list) ids_.emplace(call.server + call.path, list->front());
  }

  Client& client_;
  std::span<const OperationCall> calls_;
  const Passes& passes_;
  bool allow_writes_;
  Enforcement& enforcement_;
  bool has_tried_rare_passes_ = false;
  std::string body_of_valid_, last_valid_body_;
  std::map<std::string, Json> ids_;
};

bool was_let_in(const GuardedOperation& operation) {
  const AccessAttempt* valid = operation.attempt(Pass::valid);
  return valid && valid->seen == Reaction::granted && (operation.method == "GET" || operation.method == "HEAD");
}

}  // namespace

Header pass_header(const AuthDeclaration& declaration, const std::string& token) {
  if (declaration.kind == AuthKind::api_key) return {declaration.header, token};
  if (is_basic(declaration)) return {"Authorization", "Basic " + encoded(token)};
  return {"Authorization", "Bearer " + token};
}

void knock(Client& client, std::span<const OperationCall> calls, const Passes& passes, bool allow_writes,
           Enforcement& enforcement) {
  enforcement.no_token_because = passes.valid.empty() ? passes.no_token_because : std::string{};
  Knocking{client, calls, passes, allow_writes, enforcement}.run();
}

std::optional<Request> guarded_call(std::span<const OperationCall> calls, const std::string& token,
                                    const Enforcement& enforcement) {
  for (std::size_t i = 0; i < enforcement.operations.size(); ++i) {
    const GuardedOperation& operation = enforcement.operations[i];
    if (!was_let_in(operation)) continue;
    Request request{calls[i].method, operation.url, calls[i].headers, calls[i].body};
    request.headers.push_back(pass_header(enforcement.declaration, token));
    return request;
  }
  return std::nullopt;
}

std::optional<Exchange> call_again(Client& client, std::span<const OperationCall> calls, const std::string& token,
                                   const Enforcement& enforcement) {
  auto request = guarded_call(calls, token, enforcement);
  return request ? std::optional{client.send(std::move(*request))} : std::nullopt;
}

void add_expired(std::optional<Exchange> exchange, const std::string& not_made_because, Enforcement& enforcement) {
  const auto operation = std::ranges::find_if(enforcement.operations, was_let_in);
  if (operation == enforcement.operations.end()) return;
  AccessAttempt attempt;
  attempt.pass = Pass::expired;
  attempt.actual = not_made_because;
  if (exchange) {
    attempt.exchange = *std::move(exchange);
    attempt.seen = reaction_of(attempt.exchange);
    attempt.actual = answer_text(attempt.exchange);
  }
  operation->attempts.push_back(std::move(attempt));
}

}  // namespace plugvet
