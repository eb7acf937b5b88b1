#include "harness/authorize/journey.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "harness/authorize/delivery.h"
#include "harness/support/text.h"

namespace plugvet {
namespace {

constexpr unsigned most_requests = 30;  // of one journey
constexpr unsigned most_pages = 12;
constexpr std::size_t shortest_session = 16;  // of a cookie that may be one

/// The host as the most careless reader would see it: after user info and backslashes.
std::string loose_host(std::string_view url) {
  const std::size_t begin = url.find("//");
  if (begin == std::string_view::npos) return {};
  std::string_view rest = url.substr(begin + 2);
  rest = rest.substr(0, rest.find_first_of("/?#\\"));
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
  return to_lower_ascii(rest.substr(0, rest.rfind(':')));
}

bool is_platform(std::string_view host) {
  return host == "chat.openai.com" || host == "chatgpt.com" || host.ends_with(".chat.openai.com");
}

/// The login page's address, with the attacker's for every place where people may be sent on.
std::string led_astray(const Url& page) {
  static constexpr std::string_view usual[] = {"next", "return_to", "continue", "url", "redirect", "returnUrl"};
  const std::string evil = fmt::format("https://{}/", attackers_host);
  Pairs query = read_form(page.query());
  for (auto& [name, value] : query)
    if (name != "redirect_uri" && (value.starts_with('/') || value.starts_with("http"))) value = evil;
  for (const std::string_view name : usual)
    if (!value_of(query, name)) query.emplace_back(name, evil);
  return page.origin() + page.path() + "?" + form_encoded(query);
}

void add_cookies(Request& request, const Url& url, const CookieJar& jar) {
  if (const std::string cookies = jar.cookies_for(url); !cookies.empty()) request.headers.push_back({"Cookie", cookies});
}

class Journey {
 public:
  Journey(Client& client, CookieJar& jar, Departure departure)
      : client_{client}, jar_{jar}, plan_{std::move(departure.plan)}, first_{std::move(departure.first)} {
    if (plan_.login) login_origins_ = {plan_.login->origins.begin(), plan_.login->origins.end()};
    if (const auto url = Url::parse(plan_.url)) login_origins_.insert(url->origin());
  }

  JourneyEnd run() {
    Request next;
    next.url = plan_.url;
    while (!is_over_ && requests_ < most_requests) next = after(std::move(next));
    if (!is_over_) go_round_no_longer(next.url);
    return std::move(end_);
  }

 private:
  /// Sends a request and says what follows.
  Request after(Request request) {
    ++requests_;
    if (!filled_.empty() && note_ != signs_in()) replace_account(request);
    const auto url = Url::parse(request.url);
    if (!url) {
      stop(Reaction::redirected, "sign_in.address", "The sign-in leads to an address that cannot be opened: " +
           url.problem()->what, request.url);
      return {};
    }
    Exchange exchange = first_.valid() ? exchange_of(first_.get()) : sent(std::move(request), *url);
    record(exchange);
    if (!exchange.response) {
      end_.problem = exchange.problem;
      finish(Reaction::unanswered, answer_text(exchange));
      return {};
    }
    keep_cookies(*url, exchange);
    const Response& response = *exchange.response;
    const std::string* location = find_header(response.headers, "Location");
    if (response.status / 100 == 3 && location) return after_redirect(exchange, *url, *location);
    return after_page(exchange, *url);
  }

  Exchange sent(Request request, const Url& url) {
    add_cookies(request, url, jar_);
    return client_.send(std::move(request));
  }

  std::string signs_in() const { return "signs in as " + plan_.account; }

  void replace_account(Request& request) {
    for (const auto& [from, to] : plan_.replacing)
      for (std::string* text : {&request.url, &request.body})
        for (std::size_t at = 0; (at = text->find(from, at)) != std::string::npos; at += to.size()) {
          text->replace(at, from.size(), to);
          end_.has_replaced = true;
        }
  }

  void record(const Exchange& exchange) {
    SignInStep step;
    step.kind = requests_ == 1 ? StepKind::authorization_request : next_kind_;
    step.note = std::move(note_);
    note_.clear();
    step.sent = exchange.request.body.empty()
                    ? shown_fields(read_form(query_of(exchange.request.url)), client_.secrets())
                    : shown_fields(read_form(exchange.request.body), client_.secrets());
    step.exchange = exchange;
    end_.ended_at = step.kind;
    end_.steps.push_back(std::move(step));
  }

  void keep_cookies(const Url& url, const Exchange& exchange) {
    jar_.take(url, exchange.response->headers, exchange.started_at);
    std::vector<Secret> sessions;
    for (std::string& value : jar_.values())
      if (value.size() >= shortest_session && known_cookies_.insert(value).second)
        sessions.push_back({"cookie", std::move(value)});
    client_.secrets().give(std::move(sessions));
  }

  // --- Redirects ---------------------------------------------------------------------------------------------------

  Request after_redirect(const Exchange& exchange, const Url& from, const std::string& location) {
    const auto to = from.resolve(location);
    const std::string target = to ? to->text() : location;
    if (is_delivery(location) || is_delivery(target)) return arrive(is_delivery(location) ? location : target), Request{};
    if (!to) {
      stop(Reaction::redirected, "sign_in.address",
           fmt::format("{} redirects to an address that cannot be opened: {}", shown_address(from.text()),
                       to.problem()->what),
           from.text());
      return {};
    }
    if (from.is_https() && !to->is_https()) {
      stop(Reaction::redirected, "sign_in.plain_http",
           fmt::format("{} redirects to {}, where everybody on the way can read along.", shown_address(from.text()),
                       shown_address(target)),
           from.text());
      return {};
    }
    next_kind_ = StepKind::redirect;
    Request next;
    next.url = target.substr(0, target.find('#'));
    const bool keeps_body = exchange.response->status == 307 || exchange.response->status == 308;
    if (!keeps_body || exchange.request.method == "GET") return next;
    if (from.origin() != to->origin()) {
      stop(Reaction::redirected, "sign_in.forwarded",
           fmt::format("{} asks with status {} to send the form on to {}; it is not sent there.", shown_address(from.text()),
                       exchange.response->status, printable(to->origin())),
           from.text());
      return {};
    }
    next.method = exchange.request.method;
    next.body = exchange.request.body;
    next.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    return next;
  }

  /// Where a code would be delivered: the address that was asked for, and whatever belongs to platform or attacker.
  bool is_delivery(std::string_view target) const {
    const std::string host = loose_host(target);
    const bool is_asked = !plan_.redirect_uri.empty() && target.starts_with(bare_address(plan_.redirect_uri));
    return is_asked || target.starts_with(bare_address(plan_.usual_redirect_uri)) || is_platform(host) ||
           is_same_or_subdomain(host, attackers_host) ||
           host.ends_with("." + loose_host(plan_.usual_redirect_uri));
  }

  void arrive(const std::string& target) {
    Delivery delivery = read_delivery(target, plan_, client_.secrets());
    SignInStep step;
    step.kind = end_.ended_at = StepKind::callback;
    step.from = Party::authorization_server;
    step.to = Party::platform;
    step.sent = delivery.callback.query;
    step.exchange.request.url = target;
    end_.steps.push_back(std::move(step));
    finish(reaction_to(delivery.callback), delivery_text(delivery.callback));
    end_.code = std::move(delivery.code);
    end_.callback = std::move(delivery.callback);
  }

  Reaction reaction_to(const Callback& callback) const {
    const bool is_where_asked =
        plan_.redirect_uri.empty() ? false : std::string_view{callback.url} == bare_address(plan_.redirect_uri);
    const bool is_usual = std::string_view{callback.url} == bare_address(plan_.usual_redirect_uri);
    if (!callback.error.empty()) return is_usual ? Reaction::refused : Reaction::redirected;
    const auto is_token = [](const ShownField& field) { return field.name == "access_token"; };
    if (std::ranges::any_of(callback.fragment, is_token) || std::ranges::any_of(callback.query, is_token))
      return Reaction::granted;
    if (!callback.code) return Reaction::redirected;
    return is_where_asked ? Reaction::granted : is_usual ? Reaction::other : Reaction::redirected;
  }

  // --- Pages -------------------------------------------------------------------------------------------------------

  Request after_page(const Exchange& exchange, const Url& url) {
    const Response& response = *exchange.response;
    const Page page = read_page(response.body, url);
    if (response.status / 100 == 5) {
      stop(Reaction::failed, "sign_in.failed",
           fmt::format("{} answers with status {}.", shown_address(url.text()), response.status), url.text());
      return {};
    }
    if (response.status / 100 == 4 && (filled_.empty() || page.forms.empty())) return refuse(exchange, url, page), Request{};
    if (!page.refresh.empty()) {
      const bool is_over = is_delivery(page.refresh);
      if (is_over) arrive(page.refresh);
      next_kind_ = StepKind::redirect;
      Request next;
      if (!is_over) next.url = page.refresh;
      return next;
    }
    if (!plan_.login) {
      finish(Reaction::asked, page.forms.empty() ? answer_text(exchange) : "a page that asks to sign in");
      end_.problem = user_problem("sign_in.nobody", "Nobody was to sign in.", url.text());
      return {};
    }
    if (++pages_ > most_pages) return go_round_no_longer(url.text()), Request{};
    return send_form(page, url);
  }

  /// A status of 4xx where nobody had signed in yet, or without a form to try again: the request was not liked.
  void refuse(const Exchange& exchange, const Url& url, const Page& page) {
    const int status = exchange.response->status;
    const std::string says = page.text.empty() ? "" : fmt::format(" It says {}.", in_quotes(page.text, 120));
    const std::string lower = to_lower_ascii(exchange.response->body.substr(0, 4000));
    const bool is_about_client =
        lower.find("client") != std::string::npos || lower.find("redirect") != std::string::npos;
    const bool may_be_users = filled_.empty() && is_about_client && (status == 400 || status == 401 || status == 403);
    end_.problem = Problem{.rung = Rung::http,
                           .id = "sign_in.refused",
                           .what = fmt::format("{} answers the authorization request with status {}.{}{}",
                                               shown_address(url.text()), status, says,
                                               may_be_users ? " Is this client_id and plugin_id what the plugin knows?"
                                                            : ""),
                           .where = url.text(),
                           .blame = may_be_users ? Blame::user : Blame::submission};
    finish(Reaction::refused, answer_text(exchange));
  }

  Request send_form(const Page& page, const Url& url) {
    auto form = fill_form(page, *plan_.login);
    const bool is_login = form && !form->filled.empty();
    end_.was_asked |= form && !is_login;
    if (form && !is_login && plan_.refuses) {
      form = refuse_form(page);
      if (!form) return stop_for_user("sign_in.no_refusal", no_refusal(url), url.text()), Request{};
    }
    if (!form) return give_up_at(page, url), Request{};
    if (is_login && plan_.leads_astray && !std::exchange(is_astray_, true)) {
      Request again;
      again.url = led_astray(url);
      next_kind_ = StepKind::redirect;
      return again;
    }
    const auto target = Url::parse(form->action);
    if (url.is_https() && target && !target->is_https()) {
      stop(Reaction::redirected, "sign_in.plain_http",
           fmt::format("The form of {} is sent to {}, where everybody on the way can read along; it was not sent.",
                       shown_address(url.text()), shown_address(target->text())),
           url.text());
      return {};
    }
    if (is_login) {
      if (!login_origins_.contains(url.origin()) || !target || !login_origins_.contains(target->origin())) {
        const std::string origin = login_origins_.contains(url.origin()) && target ? target->origin() : url.origin();
        stop_for_user("sign_in.foreign_login",
                      fmt::format("The login page is at {}, which is not where the plugin's sign-in begins; if the "
                                  "account is meant for it, name it in login.origins.",
                                  printable(origin)),
                      url.text());
        return {};
      }
      std::vector<std::string> names = form->filled;
      std::ranges::sort(names);
      if (!filled_.insert(std::string{bare_address(form->action)} + " " + listed(names)).second) {
        stop_for_user("sign_in.account",
                      fmt::format("{} asks for {} again after they were sent: it does not accept {}.", shown_address(url.text()),
                                  listed(names), plan_.account),
                      url.text());
        return {};
      }
    }
    if (form->form->is_multipart) {
      stop_for_user("sign_in.multipart",
                    fmt::format("The form at {} wants to be sent as multipart/form-data; sign in with --interactive.",
                                shown_address(url.text())),
                    url.text());
      return {};
    }
    next_kind_ = StepKind::form;
    note_ = is_login ? signs_in() : plan_.refuses ? "does not agree" : "agrees";
    Request next = request_of(*form);
    if (const std::string origin = url.origin(); next.method == "POST") next.headers.push_back({"Origin", origin});
    return next;
  }

  static std::string no_refusal(const Url& url) {
    return fmt::format("The page at {} has neither a button nor a link that says no.", shown_address(url.text()));
  }

  void give_up_at(const Page& page, const Url& url) {
    const std::vector<std::string> asked = asked_fields(page);
    if (!asked.empty()) {
      std::vector<std::string> given;
      for (const auto& [name, value] : plan_.login->fields) given.push_back(name);
      std::vector<std::string> names;
      for (const std::string& name : asked) names.push_back(printable(shortened(name, 40)));
      if (names.size() > 6) names.resize(6);
      return stop_for_user("sign_in.fields",
                           fmt::format("The page at {} asks for {}, and login.fields names {}.", shown_address(url.text()),
                                       listed(names), listed(given)),
                           url.text());
    }
    if (page.has_script)
      return stop_for_user("sign_in.script",
                           fmt::format("The page at {} has no form that can be sent: it works with scripts only. Sign in "
                                       "with a browser (--interactive), or give the cookies of one that is signed in "
                                       "(login.cookies).",
                                       shown_address(url.text())),
                           url.text());
    stop(Reaction::asked, "sign_in.no_form",
         fmt::format("The page at {} has no form to go on with{}.", shown_address(url.text()),
                     page.text.empty() ? "" : "; it says " + in_quotes(page.text, 120)),
         url.text());
  }

  // --- Ends --------------------------------------------------------------------------------------------------------

  void finish(Reaction reaction, std::string actual) {
    is_over_ = true;
    end_.reaction = reaction;
    end_.actual = std::move(actual);
  }

  void go_round_no_longer(const std::string& where) {
    stop(Reaction::asked, "sign_in.endless",
         fmt::format("After {} and {} the sign-in is still not at its end; it last went to {}.",
                     counted(requests_, "request"), counted(pages_, "page"), shown_address(where)),
         where);
  }

  static Problem user_problem(std::string id, std::string what, const std::string& where) {
    return {.rung = Rung::http, .id = std::move(id), .what = std::move(what), .where = where, .blame = Blame::user};
  }

  void stop(Reaction reaction, std::string id, std::string what, const std::string& where) {
    end_.problem = Problem{.rung = Rung::http, .id = std::move(id), .what = what, .where = where};
    finish(reaction, std::move(what));
  }

  void stop_for_user(std::string id, std::string what, const std::string& where) {
    end_.problem = user_problem(std::move(id), what, where);
    finish(Reaction::asked, std::move(what));
  }

  Client& client_;
  CookieJar& jar_;
  const JourneyPlan plan_;
  std::future<Fetch> first_;
  std::set<std::string> login_origins_, filled_, known_cookies_;
  JourneyEnd end_;
  StepKind next_kind_ = StepKind::redirect;
  std::string note_;
  unsigned requests_ = 0, pages_ = 0;
  bool is_over_ = false, is_astray_ = false;
};

}  // namespace

Departure depart(Client& client, const CookieJar& jar, JourneyPlan plan) {
  Departure departure{std::move(plan), {}};
  const auto url = Url::parse(departure.plan.url);
  if (!url) return departure;
  Request request;
  request.url = departure.plan.url;
  request.headers.push_back({"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"});
  add_cookies(request, *url, jar);
  departure.first = client.start(std::move(request));
  return departure;
}

JourneyEnd travel(Client& client, CookieJar& jar, Departure departure) {
  return Journey{client, jar, std::move(departure)}.run();
}

}  // namespace plugvet
