#pragma once
#include <string>
#include <vector>

namespace plugvet {

/// Where the mail of a domain goes, as the name service says.
struct MailRoute {
  std::string domain;
  bool exists = true;                   ///< the name
  bool has_address = false;             ///< where mail goes when no exchanger is named (RFC 5321, section 5.1)
  std::vector<std::string> exchangers;  ///< of the MX records, the preferred one first; ".": no mail is taken (RFC 7505)
};

}  // namespace plugvet
