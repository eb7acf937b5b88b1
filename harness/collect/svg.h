#pragma once
#include <optional>
#include <string_view>

#include "harness/model/evidence.h"

namespace plugvet {

/// Whether the bytes are meant as SVG: an <svg element near the beginning, behind prolog, comments and doctype.
bool looks_like_svg(std::string_view bytes);

/// What is in an SVG, without rendering it: size, scripts, references to elsewhere. No entity is expanded and nothing
/// is loaded. Declared entities or attributes, bad XML and depth are `logo.decoding` problems; a document type
/// declaration alone, as drawing programs write it, is none.
void read_svg(std::string_view bytes, Logo& logo);

}  // namespace plugvet
