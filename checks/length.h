#pragma once
#include <string>
#include <string_view>

#include "harness/model/check.h"

namespace plugvet::checks {

// Platforms count Unicode code points; readers written in .NET or JavaScript count UTF-16 units, and others bytes. A
// finding shows all of them where they differ, for an emoji at the edge flips the verdict of one and not of the other.

/// "27 characters", "27 characters (28 UTF-16 units, 31 bytes)"
std::string length_text(std::string_view text);

/// One text with its limit: a measure, and a finding when it is longer. Silent where the member is missing, no text, or
/// a template whose length is not yet known (manifest/placeholders).
Judgement judge_length(const Manifest& manifest, std::string_view pointer, std::size_t maximum);

}  // namespace plugvet::checks
