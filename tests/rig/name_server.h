#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace plugvet::rig {

/// What a name server says of a name.
struct NameAnswer {
  enum class Code { found = 0, format_error = 1, server_failure = 2, no_such_name = 3, refused = 5, silence = 100 };
  Code code = Code::found;
  std::vector<std::string> addresses = {};  ///< of both families; each question gets those of its own
  std::string alias = {};                   ///< a CNAME in front of them
  std::chrono::milliseconds delay{0};
  std::string garbage = {};  ///< instead of records, where mail is asked for; it is announced as three of them
};

/// Decides by the name ("todo.plugvet.dev"; in lower case) and how often that name was asked for before.
using NameBook = std::function<NameAnswer(const std::string& name, unsigned before)>;

/// A name server (UDP) on 127.0.0.53:53, or wherever it is put.
class NameServer {
 public:
  explicit NameServer(NameBook book, const std::string& address = "127.0.0.53", unsigned short port = 53);
  ~NameServer();
  NameServer(const NameServer&) = delete;
  NameServer& operator=(const NameServer&) = delete;

  /// How often IPv4 addresses of each name were asked for.
  std::map<std::string, unsigned> questions() const;

  struct Running;

 private:
  std::unique_ptr<Running> running_;
};

}  // namespace plugvet::rig
