#pragma once
#include <nlohmann/json.hpp>

#include "harness/support/json.h"

/// The code of Json is made once, in json_instance.cpp, not by every file that touches one: a tenth of the time of a build.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;
