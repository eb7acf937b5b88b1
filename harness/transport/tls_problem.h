#pragma once
#include <string_view>

#include "harness/support/result.h"
#include "harness/transport/tls_record.h"

namespace plugvet {

/// Why there is no trustworthy session: of what was recorded, and of curl's words where the record is silent.
/// `where` is the URL, `peer` "todo.example (93.184.216.34:443)".
Problem tls_problem(const TlsRecord& record, std::string_view curl_words, const std::string& where,
                    const std::string& peer);

}  // namespace plugvet
