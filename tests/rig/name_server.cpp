#include "tests/rig/name_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cctype>
#include <chrono>
#include <mutex>
#include <stdexcept>
#include <string_view>
#include <thread>

namespace plugvet::rig {
namespace {

constexpr int type_a = 1, type_cname = 5, type_mx = 15, type_aaaa = 28;

void put16(std::string& packet, unsigned value) {
  packet += static_cast<char>(value >> 8 & 0xff);
  packet += static_cast<char>(value & 0xff);
}

std::string labels_of(const std::string& name) {
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t dot = std::min(name.find('.', at), name.size());
    out += static_cast<char>(dot - at);
    out += name.substr(at, dot - at);
    at = dot + 1;
  }
  return out + '\0';
}

struct Question {
  std::string name;
  int type = 0;
  std::size_t end = 0;  ///< of it in the packet
};

Question question_of(std::string_view packet) {
  Question question;
  std::size_t at = 12;
  while (at < packet.size() && packet[at] != 0) {
    const auto length = static_cast<unsigned char>(packet[at]);
    if (!question.name.empty()) question.name += '.';
    for (const char c : packet.substr(at + 1, length))
      question.name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    at += 1u + length;
  }
  if (at + 5 > packet.size()) return {};
  question.type = static_cast<unsigned char>(packet[at + 1]) << 8 | static_cast<unsigned char>(packet[at + 2]);
  question.end = at + 5;
  return question;
}

std::string record(const std::string& owner, int type, const std::string& data) {
  std::string out = owner;
  put16(out, static_cast<unsigned>(type));
  put16(out, 1);
  put16(out, 0), put16(out, 0);  // no time to live: every look at it asks again
  put16(out, static_cast<unsigned>(data.size()));
  return out + data;
}

std::string response_to(std::string_view packet, const Question& question, const NameAnswer& answer) {
  std::vector<std::string> records;
  std::string owner = labels_of(question.name);
  if (answer.code == NameAnswer::Code::found && !answer.alias.empty()) {
    records.push_back(record(owner, type_cname, labels_of(answer.alias)));
    owner = labels_of(answer.alias);
  }
  for (const std::string& address : answer.addresses) {
    const bool is_ipv6 = address.find(':') != std::string::npos;
    if (question.type != (is_ipv6 ? type_aaaa : type_a)) continue;
    unsigned char bytes[16];
    if (::inet_pton(is_ipv6 ? AF_INET6 : AF_INET, address.c_str(), bytes) != 1) continue;
    records.push_back(record(owner, question.type, {reinterpret_cast<char*>(bytes), is_ipv6 ? 16u : 4u}));
  }
  std::string out{packet.substr(0, 2)};
  put16(out, 0x8180u | static_cast<unsigned>(answer.code));
  put16(out, 1);
  const bool is_garbage = question.type == type_mx && !answer.garbage.empty();
  put16(out, is_garbage ? 3 : static_cast<unsigned>(records.size()));
  put16(out, 0), put16(out, 0);
  out += packet.substr(12, question.end - 12);
  if (is_garbage) return out + answer.garbage;
  for (const std::string& one : records) out += one;
  return out;
}

}  // namespace

struct NameServer::Running {
  NameBook book;
  int socket = -1, stop = -1;
  std::thread thread;
  mutable std::mutex mutex;
  std::map<std::string, unsigned> questions;

  struct Letter {
    sockaddr_in to;
    std::string text;
  };
  std::multimap<std::chrono::steady_clock::time_point, Letter> later;  ///< one that is slow makes nobody else wait

  void answer_all() {
    pollfd both[2] = {{socket, POLLIN, 0}, {stop, POLLIN, 0}};
    while (::poll(both, 2, later.empty() ? -1 : 1) >= 0 && !both[1].revents) {
      if (both[0].revents) answer_one();
      for (; !later.empty() && later.begin()->first <= std::chrono::steady_clock::now(); later.erase(later.begin())) {
        const auto& [to, text] = later.begin()->second;
        ::sendto(socket, text.data(), text.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
      }
    }
  }

  void answer_one() {
    char packet[1500];
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    const ssize_t count = ::recvfrom(socket, packet, sizeof packet, 0, reinterpret_cast<sockaddr*>(&peer), &size);
    if (count < 12) return;
    const std::string_view bytes{packet, static_cast<std::size_t>(count)};
    const Question question = question_of(bytes);
    if (question.end == 0) return;
    unsigned before = 0;
    {
      const std::scoped_lock lock{mutex};
      unsigned& times = questions[question.name];
      before = question.type == type_a ? times++ : times > 0 ? times - 1 : 0;  // the AAAA of a lookup follows its A
    }
    const NameAnswer answer = book(question.name, before);
    if (answer.code == NameAnswer::Code::silence) return;
    later.emplace(std::chrono::steady_clock::now() + answer.delay, Letter{peer, response_to(bytes, question, answer)});
  }
};

NameServer::NameServer(NameBook book, const std::string& address, unsigned short port)
    : running_{std::make_unique<Running>()} {
  running_->book = std::move(book);
  running_->socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  running_->stop = ::eventfd(0, EFD_CLOEXEC);
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(port);
  ::inet_pton(AF_INET, address.c_str(), &name.sin_addr);
  if (::bind(running_->socket, reinterpret_cast<sockaddr*>(&name), sizeof name) != 0)
    throw std::runtime_error{"the name server cannot listen on " + address};
  running_->thread = std::thread{[running = running_.get()] { running->answer_all(); }};
}

NameServer::~NameServer() {
  const std::uint64_t one = 1;
  if (::write(running_->stop, &one, sizeof one) < 0) std::terminate();
  running_->thread.join();
  ::close(running_->socket);
  ::close(running_->stop);
}

std::map<std::string, unsigned> NameServer::questions() const {
  const std::scoped_lock lock{running_->mutex};
  return running_->questions;
}

}  // namespace plugvet::rig
