#pragma once
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "harness/probe/generator.h"

namespace plugvet::tests {

/// An API description, and what is generated from it.
struct Described {
  explicit Described(const std::string& yaml) {
    const auto document = parse_yaml(yaml, "openapi.yaml");
    if (!document) throw std::runtime_error(document.problem()->what);
    api.document = *document;
    api.description = openapi::describe(*document);
    contracts = openapi::contracts_of(api);
  }

  Generator generator(std::size_t operation, std::uint64_t seed = 1) const {
    return Generator{*api.description, contracts[operation], {}, seed};
  }

  ApiDescription api;
  std::vector<std::shared_ptr<const openapi::Contract>> contracts;
};

}  // namespace plugvet::tests
