#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/artefact.h"
#include "harness/model/authorization.h"
#include "harness/model/exchange.h"
#include "harness/support/json.h"

/// What an API answered to requests that were made of its own description. All of it is evidence: nothing here says
/// whether it is right.
namespace plugvet {

namespace openapi {
struct Contract;
}

enum class ProbeKind : unsigned char {
  example,   ///< what the description shows
  coverage,  ///< every boundary of each constraint, each value of an enum, each optional part with and without
  random,    ///< anything that the description allows
  negative,  ///< breaks one constraint
};
std::string_view name_of(ProbeKind kind);

/// The one constraint that a negative probe breaks.
enum class Breach : unsigned char {
  none,
  type,
  required,        ///< a member that must be there is not
  enumeration,     ///< none of the values that are listed
  range,           ///< of a number
  length,          ///< of a text, or how many items or members
  pattern,
  format,
  unknown_member,  ///< one that the schema excludes
  combination,     ///< allOf, oneOf, anyOf, not and their like
  missing_parameter,
  missing_body,
  malformed_body,  ///< no JSON, and sent as JSON
  media_type,      ///< a body that is sent as something that is not declared
  no_media_type,   ///< a body without Content-Type
  method,          ///< one that the path does not declare
  empty_value,     ///< an optional parameter without a value: some take it for one that was left out
};
std::string_view name_of(Breach breach);
/// The request says what the description excludes, whatever way it is read; not merely something odd about HTTP.
bool is_of_data(Breach breach);

/// One generated test case, and what became of it.
struct Probe {
  std::shared_ptr<const openapi::Contract> contract;  ///< of its operation, never null; harness/openapi/contract.h
  std::string operation;                              ///< "POST /todos (addTodo)"
  Location where;                                     ///< of the operation in the API description
  ProbeKind kind = ProbeKind::example;
  Breach breach = Breach::none;
  std::string about;    ///< for people: "text has 200 characters, the most allowed", "text is 17, expected a string"
  Location constraint;  ///< what it breaks, or is about
  std::string field;    ///< the name of what is wrong, where it has one
  Location part;        ///< the parameter or body that is wrong; of a right one the operation
  bool is_odd = false;  ///< legal, but a careful server may refuse it: blank texts, control characters, no members
  bool is_flaky = false;  ///< the same request was answered otherwise when it was sent again
  std::vector<Request> before;  ///< what was sent first, so that its object is there
  Exchange exchange;
};

/// What was done with one operation.
struct ProbedOperation {
  std::string name;  ///< as Probe::operation
  Location where;
  std::size_t requests = 0;
  std::array<std::size_t, 4> by_kind{};          ///< of these, by ProbeKind
  std::map<int, std::size_t> statuses;           ///< what they were answered with; 0: nothing that can be used
  std::vector<std::chrono::milliseconds> times;  ///< until the answer was there
  std::string not_probed_because;       ///< nothing was sent; empty: something was
  std::string ended_because;            ///< it was left alone before the plan was done: it asked for a rest
  std::vector<std::string> left_out;    ///< what no value can be made for, and why; sentences
};

/// What a step of a sequence was for.
enum class Role : unsigned char { create, read, change, remove, read_again, other };
std::string_view name_of(Role role);

/// One object from its making to its end.
struct Sequence {
  std::string id;          ///< the object's, as a path has it
  bool is_listed = false;  ///< there is no operation that reads one object: the list was read
  bool is_plain = false;   ///< it was made with what is required only
  struct Step {
    Role role = Role::create;
    std::string operation;
    Location where;
    Exchange exchange;
    std::shared_ptr<const Json> object;  ///< the one of that id, where the answer has it
  };
  std::vector<Step> steps;
  const Step* step(Role role) const;
};

/// What was tried with the state of the API read before and after.
enum class TrialKind : unsigned char {
  first_call,     ///< a change without the confirmation that it may have
  used_code,      ///< a change that was confirmed and made, sent again with the same code
  other_payload,  ///< the code of one change sent with another
  reading,        ///< a call that only reads
  retry,          ///< a change that needs no confirmation, sent twice
};
struct Trial {
  TrialKind kind = TrialKind::first_call;
  std::string operation;
  Location where;
  std::vector<Request> sent;  ///< all that led there
  Exchange exchange;          ///< the call that is on trial
  bool has_effect = false;    ///< it was done, and what is read is not what was read before
};

/// All of it.
struct Probing {
  std::vector<ProbedOperation> operations;  ///< in the order of the document
  /// What a check complained about, made as small as it can be, and samples of the rest, in the order they were sent.
  std::vector<Probe> probes;
  std::vector<Sequence> sequences;
  std::vector<Trial> trials;
  std::size_t requests = 0;
  std::string ended_because;  ///< it ended before the plan was done: the time was up, the host does not answer any more
};

/// Says by its name that it changes nothing: GET, HEAD, OPTIONS.
bool only_reads(std::string_view method);

/// The request as a command for a shell; values of `secrets` are the names of variables there.
std::string curl_line(const Request& request, const std::vector<Secret>& secrets);
/// Several, one after the other.
std::string curl_lines(const std::vector<Request>& requests, const std::vector<Secret>& secrets);

}  // namespace plugvet
