#pragma once
#include <string>
#include <string_view>

#include "harness/openapi/description.h"

namespace plugvet::openapi {

/// Where the platform sends its calls.
struct ServerChoice {
  const Server* server = nullptr;  ///< null: the host that serves the document
  std::string reason;              ///< a sentence
};

/// OpenAI, Plugins in production: the choice by both documented orders.
struct ServerSelection {
  ServerChoice first_match;  ///< mid-2023: the first that is the root domain or a subdomain of it
  ServerChoice exact_match;  ///< before: one that is the root domain, else the first that is a subdomain of it
};

/// Among the servers of the whole document. `root_domain`: of the manifest, Manifest::root_domain(). `base`: where the
/// document is served; relative servers are resolved against it.
ServerSelection select_server(const Description& description, std::string_view root_domain,
                              const std::optional<Url>& base);

}  // namespace plugvet::openapi
