#include "harness/transport/hop.h"

#include <fmt/format.h>
#include <openssl/ssl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "harness/support/text.h"

namespace plugvet {
namespace {

using std::chrono::milliseconds;

// Whole milliseconds, at least one: zero means that the rung was not reached.
milliseconds at_least_one(std::chrono::nanoseconds duration) {
  return std::max(std::chrono::ceil<milliseconds>(duration), milliseconds{1});
}

curl_slist* append(curl_slist* list, const std::string& text) {
  curl_slist* longer = curl_slist_append(list, text.c_str());
  if (!longer) throw std::bad_alloc{};
  return longer;
}

// What curl must decide itself, so that message and headers cannot disagree.
bool is_curls(const Header& header) {
  const std::string name = to_lower_ascii(header.name);
  return name == "host" || name == "content-length" || name == "transfer-encoding" || name == "connection" ||
         name == "expect" || name == "upgrade" || name == "te";
}

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
  if (curl_easy_setopt(handle, option, value) != CURLE_OK)
    throw std::runtime_error(fmt::format("libcurl refuses option {}", static_cast<int>(option)));
}

}  // namespace

Hop::Hop(HopPlan plan, const AddressPolicy& policy, const TrustStore& trust, SocketBook& sockets)
    : plan_{std::move(plan)},
      policy_{policy},
      trust_{trust},
      sockets_{sockets},
      handle_{curl_easy_init()},
      sent_to_curl_{Clock::now()},
      reader_{plan_.limits, plan_.request.method, plan_.url.text()} {
  if (!handle_) throw std::bad_alloc{};
  set(handle_, CURLOPT_ERRORBUFFER, error_);
  set(handle_, CURLOPT_NOSIGNAL, 1L);
  set_target();
  set_tls();
  set_callbacks();
  if (plan_.old_tls) {
    set(handle_, CURLOPT_CONNECT_ONLY, 1L);
  } else {
    set_request();
    set_headers();
  }
}

Hop::~Hop() {
  curl_easy_cleanup(handle_);
  curl_slist_free_all(headers_);
  curl_slist_free_all(target_);
}

void Hop::set_target() {
  set(handle_, CURLOPT_URL, plan_.url.text().c_str());
  set(handle_, CURLOPT_PROTOCOLS_STR, "http,https");
  set(handle_, CURLOPT_FOLLOWLOCATION, 0L);
  set_proxy();
  set(handle_, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(handle_, CURLOPT_QUICK_EXIT, 1L);
  // Changing something twice is worse than a handshake more: on a reused connection that turns out to be closed, curl
  // would send any request again.
  const bool may_repeat = plan_.may_repeat || plan_.request.method == "GET" || plan_.request.method == "HEAD";
  set(handle_, CURLOPT_FRESH_CONNECT, may_repeat && !plan_.old_tls && !plan_.fresh_connection ? 0L : 1L);
  set(handle_, CURLOPT_FORBID_REUSE, may_repeat ? 0L : 1L);  // or a connection more would lie idle after each

  if (plan_.addresses.empty()) return;  // the proxy looks the name up
  const Address& first = plan_.addresses.front();
  if (plan_.proxy || first.port() != plan_.url.port()) {
    target_ = append(target_,
                     fmt::format("::{}:{}", first.is_ipv6() ? "[" + first.text() + "]" : first.text(), first.port()));
    set(handle_, CURLOPT_CONNECT_TO, target_);
  } else if (!plan_.url.host_is_address()) {
    std::string entry = fmt::format("{}:{}:", plan_.url.host(), plan_.url.port());
    for (const Address& address : plan_.addresses) entry += (entry.ends_with(':') ? "" : ",") + address.text();
    target_ = append(target_, entry);
    set(handle_, CURLOPT_RESOLVE, target_);
  }
}

// Said in any case, or libcurl would ask the environment.
void Hop::set_proxy() {
  const Proxy* proxy = plan_.proxy;
  set(handle_, CURLOPT_PROXY, proxy ? proxy->url().c_str() : "");
  set(handle_, CURLOPT_NOPROXY, proxy ? "" : "*");
  if (!proxy) return;
  if (!proxy->user().empty() || !proxy->password().empty()) {
    set(handle_, CURLOPT_PROXYAUTH, static_cast<long>(CURLAUTH_BASIC));
    set(handle_, CURLOPT_PROXYUSERNAME, proxy->user().c_str());
    set(handle_, CURLOPT_PROXYPASSWORD, proxy->password().c_str());
  }
  set(handle_, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));  // the plugin's are not the proxy's
  set(handle_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(handle_, CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(handle_, CURLOPT_PROXY_SSL_VERIFYPEER, 1L);
  set(handle_, CURLOPT_PROXY_SSL_VERIFYHOST, 2L);
  set(handle_, CURLOPT_PROXY_CAINFO, static_cast<const char*>(nullptr));
  set(handle_, CURLOPT_PROXY_CAPATH, static_cast<const char*>(nullptr));
}

void Hop::set_request() {
  const Request& request = plan_.request;
  const bool sends_body =
      !request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
  if (request.method == "HEAD") {
    set(handle_, CURLOPT_NOBODY, 1L);
  } else if (sends_body) {
    set(handle_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(handle_, CURLOPT_POSTFIELDS, request.body.c_str());
    set(handle_, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  } else {
    set(handle_, CURLOPT_HTTPGET, 1L);
    if (request.method != "GET") set(handle_, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
  set(handle_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(handle_, CURLOPT_HTTP09_ALLOWED,
      1L);  // so that what is not HTTP reaches the reader, which refuses it with evidence
  set(handle_, CURLOPT_ACCEPT_ENCODING, "gzip, deflate, br");
  set(handle_, CURLOPT_BUFFERSIZE, 16L << 10);
}

void Hop::set_headers() {
  const auto& headers = plan_.request.headers;
  for (const Header& header : headers) {
    if (is_curls(header)) continue;
    headers_ = append(headers_, header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
  }
  if (!find_header(headers, "User-Agent")) headers_ = append(headers_, "User-Agent: " + plan_.user_agent);
  if (!find_header(headers, "Content-Type")) headers_ = append(headers_, "Content-Type:");  // curl's guess is no help
  headers_ = append(headers_, "Expect:");
  set(handle_, CURLOPT_HTTPHEADER, headers_);
}

void Hop::set_tls() {
  set(handle_, CURLOPT_SSLVERSION,
      plan_.old_tls ? static_cast<long>(CURL_SSLVERSION_TLSv1_0) | static_cast<long>(CURL_SSLVERSION_TLSv1_1) << 16
                    : static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(handle_, CURLOPT_SSL_VERIFYPEER, 1L);
  set(handle_, CURLOPT_SSL_VERIFYHOST, 2L);
  set(handle_, CURLOPT_SSL_SESSIONID_CACHE, 0L);  // a resumed session shows no certificates
  set(handle_, CURLOPT_CAINFO, static_cast<const char*>(nullptr));
  set(handle_, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  if (!plan_.url.is_https() && !(plan_.proxy && plan_.proxy->speaks_tls())) return;
  set(handle_, CURLOPT_SSL_CTX_DATA, this);
  set(
      handle_, CURLOPT_SSL_CTX_FUNCTION,
      +[](CURL*, void* context, void* self) { return static_cast<Hop*>(self)->start_tls(context); });
}

void Hop::set_callbacks() {
  // The library's own limits are a second fence: the event loop ends each phase itself and knows why.
  const auto left = std::chrono::ceil<milliseconds>(plan_.deadline - Clock::now()) + milliseconds{500};
  set(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(std::max(left, milliseconds{1}).count()));
  set(handle_, CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>((plan_.limits.connect + plan_.limits.tls + milliseconds{500}).count()));

  set(handle_, CURLOPT_OPENSOCKETDATA, this);
  set(
      handle_, CURLOPT_OPENSOCKETFUNCTION, +[](void* self, curlsocktype, curl_sockaddr* address) -> curl_socket_t {
        return static_cast<Hop*>(self)->open_socket(*address);
      });
  set(handle_, CURLOPT_CLOSESOCKETDATA, &sockets_);  // the connection outlives this hop
  set(
      handle_, CURLOPT_CLOSESOCKETFUNCTION, +[](void* sockets, curl_socket_t fd) -> int {
        static_cast<SocketBook*>(sockets)->remove(fd);
        return close(fd);
      });
  set(handle_, CURLOPT_PREREQDATA, this);
  set(
      handle_, CURLOPT_PREREQFUNCTION, +[](void* self, char* peer, char* local, int port, int local_port) -> int {
        return static_cast<Hop*>(self)->connected(peer, port, local, local_port);
      });
  set(handle_, CURLOPT_HEADERDATA, this);
  set(
      handle_, CURLOPT_HEADERFUNCTION, +[](char* bytes, std::size_t, std::size_t count, void* self) -> std::size_t {
        return static_cast<Hop*>(self)->take_line({bytes, count}) ? count : 0;
      });
  set(handle_, CURLOPT_WRITEDATA, this);
  set(
      handle_, CURLOPT_WRITEFUNCTION, +[](char* bytes, std::size_t, std::size_t count, void* self) -> std::size_t {
        return static_cast<Hop*>(self)->take_body({bytes, count}) ? count : 0;
      });
}

// Every socket of this process is opened here or not at all.
curl_socket_t Hop::open_socket(const curl_sockaddr& target) {
  const auto address = Address::of(target.addr);
  if (!address) return CURL_SOCKET_BAD;
  // A proxy is where the user says, also in a private network.
  if (auto refused = plan_.proxy ? std::nullopt : policy_.refuse_address(plan_.url, *address)) {
    refused_ = std::move(refused);
    return CURL_SOCKET_BAD;
  }
  tried_.push_back(address->with_port());
  const int fd = socket(target.family, target.socktype | SOCK_CLOEXEC, target.protocol);
  if (fd < 0) {
    socket_error_ = errno;
    return CURL_SOCKET_BAD;
  }
  sockets_.add(fd);
  return fd;
}

CURLcode Hop::start_tls(void* context) {
  if (plan_.proxy && plan_.proxy->speaks_tls() && !has_tls_with_proxy_) {  // the first of two sessions
    has_tls_with_proxy_ = true;
    trust_.share_with(static_cast<SSL_CTX*>(context));
    return CURLE_OK;
  }
  tls_began_ = Clock::now();
  tls_ = std::make_shared<TlsRecord>();
  tls_->host = plan_.url.host();
  tls_->host_is_address = plan_.url.host_is_address();
  tls_->versions_only = plan_.old_tls;
  auto* tls = static_cast<SSL_CTX*>(context);
  trust_.share_with(tls);
  watch(tls, tls_);
  return CURLE_OK;
}

// Called when the connection stands and nothing has been sent yet. It may be one that an earlier hop made.
int Hop::connected(const char* peer, int port, const char* local, int local_port) {
  is_connected_ = true;
  local_address_ = local;
  local_port_ = static_cast<std::uint16_t>(local_port);
  const auto address = Address::parse(peer, static_cast<std::uint16_t>(port));
  address_ = address ? address->with_port() : std::string{};
  curl_tlssessioninfo* session = nullptr;
  if (!tls_ && plan_.url.is_https() && curl_easy_getinfo(handle_, CURLINFO_TLS_SSL_PTR, &session) == CURLE_OK &&
      session)
    tls_ = record_of(static_cast<const SSL*>(session->internals));
  const bool is_kept = tried_.empty();
  if (is_kept && !is_clean(local, local_port)) {
    needs_fresh_connection_ = true;
    return CURL_PREREQFUNC_ABORT;
  }
  if (plan_.url.is_https() && (!tls_ || !tls_->facts.verified)) {
    problem_ = problem(Rung::tls, "tls.handshake", "The connection was not verified.");
    return CURL_PREREQFUNC_ABORT;
  }
  return CURL_PREREQFUNC_OK;
}

bool Hop::is_clean(const char* local, int local_port) const {
  curl_tlssessioninfo* session = nullptr;
  if (plan_.url.is_https() && curl_easy_getinfo(handle_, CURLINFO_TLS_SSL_PTR, &session) == CURLE_OK && session &&
      session->internals && SSL_has_pending(static_cast<const SSL*>(session->internals)))
    return false;
  return !sockets_.has_waiting_bytes(local, static_cast<std::uint16_t>(local_port));
}

bool Hop::take_line(std::string_view line) {
  if (line == "\r\n") sockets_.acknowledge(local_address_, local_port_);
  return reader_.take_line(line);
}

std::size_t Hop::wire_bytes() const {
  curl_off_t bytes = 0;
  curl_easy_getinfo(handle_, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
  return static_cast<std::size_t>(std::max<curl_off_t>(bytes, 0));
}

bool Hop::take_body(std::string_view piece) {
  return reader_.take_body(piece, wire_bytes());
}

Hop::Clock::time_point Hop::limit() const {
  Clock::time_point phase = plan_.deadline;
  if (!is_connected_ && tls_began_) phase = *tls_began_ + plan_.limits.tls;
  if (!is_connected_ && !tls_began_) phase = sent_to_curl_ + plan_.limits.connect;
  return std::min(phase, plan_.deadline);
}

void Hop::time_out() {
  const auto seconds = [](milliseconds limit) { return static_cast<double>(limit.count()) / 1000; };
  const auto since = [&](Clock::time_point begin) {
    return seconds(std::chrono::round<milliseconds>(limit() - begin));
  };
  const double whole = seconds(plan_.limits.deadline);
  if (!is_connected_ && !tls_began_ && plan_.proxy) {
    problem_ = problem(Rung::connect, "proxy.no_answer",
                       fmt::format("There was no connection to {} within {} s.", peer_text(), since(sent_to_curl_)),
                       Blame::environment);
  } else if (!is_connected_ && !tls_began_) {
    problem_ = problem(Rung::connect, "connect.timeout",
                       fmt::format("{} did not accept a connection within {} s.", peer_text(), since(sent_to_curl_)));
  } else if (!is_connected_) {
    problem_ =
        problem(Rung::tls, "tls.timeout",
                fmt::format("{} did not finish the TLS handshake within {} s.", peer_text(), since(*tls_began_)));
  } else if (!reader_.has_begun()) {
    problem_ =
        problem(Rung::http, "http.deadline", fmt::format("{} sent no response within {} s.", peer_text(), whole));
  } else if (!reader_.head_is_complete()) {
    problem_ = problem(Rung::http, "http.deadline",
                       fmt::format("The response headers of {} had not ended after {} s.", peer_text(), whole));
  } else {
    problem_ = problem(Rung::http, "http.deadline",
                       fmt::format("The response of {} had not ended after {} s; {} of its body had arrived.",
                                   peer_text(), whole, bytes_text(reader_.response().body.size())));
  }
}

Timing Hop::timing() const {
  const auto offset = sent_to_curl_ - plan_.began;
  const auto at = [&](CURLINFO info) {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(handle_, info, &microseconds);
    return microseconds > 0 ? at_least_one(offset + std::chrono::microseconds{microseconds}) : milliseconds{};
  };
  long connections = 0;
  curl_easy_getinfo(handle_, CURLINFO_NUM_CONNECTS, &connections);
  Timing timing;
  if (connections > 0) {
    timing.name = plan_.name_took;
    timing.connect = at(CURLINFO_CONNECT_TIME_T);
    timing.tls = at(CURLINFO_APPCONNECT_TIME_T);
  }
  timing.first_byte = reader_.has_begun() ? at(CURLINFO_STARTTRANSFER_TIME_T) : milliseconds{};
  timing.total = at_least_one(Clock::now() - plan_.began);
  return timing;
}

Exchange Hop::finish(CURLcode code) {
  Exchange exchange;
  exchange.request = plan_.request;
  exchange.address = address_;
  if (plan_.proxy) exchange.proxy = plan_.proxy->url();
  exchange.timing = timing();
  exchange.started_at = plan_.started_at;
  if (tls_) exchange.tls = tls_->facts;
  if (!problem_ && reader_.problem()) problem_ = reader_.problem();
  if (!problem_ && code != CURLE_OK) problem_ = problem_of(code);
  if (!problem_ && !reader_.head_is_complete())
    problem_ = problem(Rung::http, "http.empty_response",
                       fmt::format("{} closed the connection without a response.", peer_text()));
  if (!problem_ && tls_ && reader_.ends_with_connection() && !tls_->said_goodbye)
    problem_ = problem(
        Rung::http, "http.truncated",
        fmt::format("{} closed the TLS connection without saying that the body had ended, so anybody on the way "
                    "may have cut it.",
                    peer_text()));
  if (!problem_ && is_answer_of_proxy()) problem_ = refusal_of_proxy(reader_.response().status);
  if (problem_) {
    exchange.problem = not_blamed_for_proxy(*problem_);
    return exchange;
  }
  exchange.response = reader_.take_response();
  exchange.response->wire_bytes = wire_bytes();
  return exchange;
}

}  // namespace plugvet
